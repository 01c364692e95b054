"""``python -m benchmarks.fitting``: fit the score of edits again and write it where the matcher reads it."""

from importlib import resources
from pathlib import Path

from benchmarks.fitting.pairs import collect
from benchmarks.fitting.trees import fit, write
from twinlens.matching.fitted import FILE_NAME


def main() -> None:
    """Collect, fit, write, and say how many pairs it was."""
    pairs = collect()
    path = Path(str(resources.files("twinlens.matching").joinpath(FILE_NAME)))
    write(fit(pairs), path)
    print(f"Fitted on {len(pairs.same)} pairs, {int(pairs.same.sum())} of one exposure; written to {path}.")


if __name__ == "__main__":
    main()
