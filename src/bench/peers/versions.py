"""Which of the packages there are, and of which version."""

from importlib.metadata import PackageNotFoundError, version

for name in "datasketch", "rensa", "gaoya", "daft":
    try:
        print(name, version(name), sep="\t")
    except PackageNotFoundError:
        pass
