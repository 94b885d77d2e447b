"""What the scripts beside this one have in common: articles in, pairs out.

Each is called with a file of articles (JSON lines with "id" and "text") and a file for its pairs,
two ids a line with a tab between them. All look at runs of five words by 128 minima in 32 bands of
four, which finds a pair of Jaccard similarity .7 with probability .9998 and one of .5 with .87.
"""

import json
import re
import sys

MINIMA, BANDS, WORDS = 128, 32, 5


def articles():
    """Ids and texts."""
    ids, texts = [], []
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            ids.append(article["id"])
            texts.append(article["text"])
    return ids, texts


def shingles(text, word=re.compile(r"\w+").findall):
    """The set of runs of five words of a text."""
    words = word(text.lower())
    return {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}


def write(ids, pairs):
    """Writes pairs of places in `ids`."""
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.writelines(f"{ids[a]}\t{ids[b]}\n" for a, b in pairs)
