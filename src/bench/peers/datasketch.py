"""Pairs by datasketch: sketches of sets of strings, an index in Python."""

import sys

# This file must not be taken for the package of the same name.
here = sys.path.pop(0)
from datasketch import MinHash, MinHashLSH

sys.path.insert(0, here)
from pairs import BANDS, MINIMA, articles, shingles, write

ids, texts = articles()
index = MinHashLSH(num_perm=MINIMA, params=(BANDS, MINIMA // BANDS))


def pairs():
    tokens = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    for at, sketch in enumerate(MinHash.generator(tokens, num_perm=MINIMA)):
        for other in index.query(sketch):
            yield other, at
        index.insert(at, sketch, check_duplication=False)


write(ids, pairs())
