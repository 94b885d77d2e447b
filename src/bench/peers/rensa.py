"""Pairs by rensa: sketches and index in Rust, words and sets in Python."""

import sys

here = sys.path.pop(0)
from rensa import RMinHash, RMinHashLSH

sys.path.insert(0, here)
from pairs import BANDS, MINIMA, articles, shingles, write

BATCH = 2000
ids, texts = articles()
index = RMinHashLSH(threshold=0.5, num_perm=MINIMA, num_bands=BANDS)


def pairs():
    for first in range(0, len(texts), BATCH):
        tokens = [shingles(text) for text in texts[first : first + BATCH]]
        sketches = RMinHash.from_token_sets(tokens, MINIMA, 1)
        index.insert_many(sketches, first)
        for at, others in enumerate(index.query_all(sketches), first):
            yield from ((other, at) for other in others if other < at)


write(ids, pairs())
