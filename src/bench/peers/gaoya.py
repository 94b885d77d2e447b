"""Pairs by gaoya: words, sketches and index in Rust."""

import sys

here = sys.path.pop(0)
from gaoya.minhash import MinHashStringIndex

sys.path.insert(0, here)
from pairs import BANDS, MINIMA, WORDS, articles, write

BATCH = 2000
ids, texts = articles()
# It drops pairs by the similarity of their sketches, which errs: .4 keeps nearly all above .5.
index = MinHashStringIndex(
    hash_size=32,
    jaccard_threshold=0.4,
    num_bands=BANDS,
    band_size=MINIMA // BANDS,
    num_hashes=None,
    analyzer="word",
    lowercase=True,
    ngram_range=(WORDS, WORDS),
    id_container="vec",
)


def pairs():
    for first in range(0, len(texts), BATCH):
        batch = texts[first : first + BATCH]
        index.par_bulk_insert_docs(list(range(first, first + len(batch))), batch)
        for at, others in enumerate(index.par_bulk_query(batch), first):
            yield from ((other, at) for other in others if other < at)


write(ids, pairs())
