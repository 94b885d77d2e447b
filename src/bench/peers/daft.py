"""Pairs by Daft: words and sketches in Rust, bands by its query engine."""

import itertools
import sys

here = sys.path.pop(0)
import daft
from daft import col
from daft.functions import minhash, monotonically_increasing_id, normalize

sys.path.insert(0, here)
from pairs import BANDS, MINIMA, WORDS, write

corpus = daft.read_json(sys.argv[1]).select("id", "text")
words = normalize(col("text"), remove_punct=True, lowercase=True, white_space=True)
sketch = minhash(words, num_hashes=MINIMA, ngram_size=WORDS, hash_function="xxhash3_64")
corpus = corpus.select("id", sketch.alias("sketch"))
corpus = corpus.with_column("at", monotonically_increasing_id()).collect()
columns = corpus.select("id", "at").to_pydict()
ids = dict(zip(columns["at"], columns["id"]))

bands = corpus.select("at", col("sketch").chunk(MINIMA // BANDS).alias("band"))
bands = bands.with_column("number", daft.lit(list(range(BANDS)))).explode("band", "number")
buckets = bands.groupby("number", "band").agg(col("at").list_agg())
buckets = buckets.where(col("at").list_count() > 1).to_pydict()["at"]
write(ids, {pair for bucket in buckets for pair in itertools.combinations(sorted(bucket), 2)})
