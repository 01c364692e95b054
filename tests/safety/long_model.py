"""The model for a long time, on all processor cores: ``python -m tests.safety.long_model --operations 1000000 --seed 4001``.

Each part is a process of its own with a seed of its own, the next number, so that any part that fails can be repeated
alone. It prints a line a part, and at the end what was tried in all; it ends with 1 at the first part that fails.
"""

import argparse
import ast
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count
from pathlib import Path

from tests.safety.test_safety_model import NO_OPERATIONS

MODEL = "tests/safety/test_safety_model.py"
ROOT = Path(__file__).parents[2]
RUNS_A_PART = 200
SAID = re.compile(r"^[\d,]+ operations: (\{.*\})$", re.MULTILINE)

Part = tuple[int, "Counter[str]", str]


def one_part(seed: int, runs: int = RUNS_A_PART) -> Part:
    """Let the model do so many runs; returns the seed, what was tried, and what pytest wrote where it failed."""
    options = ["-q", "-s", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, MODEL],
        cwd=ROOT,
        env={**os.environ, "TWINLENS_MODEL_EXAMPLES": str(runs)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = SAID.search(done.stdout)
    tried = Counter[str](ast.literal_eval(said[1])) if said else Counter[str]()
    return seed, tried, "" if said and not done.returncode else done.stdout + done.stderr


def operations_in(tried: Counter[str]) -> int:
    """How many of these counts are deeds, and not what came of them."""
    return sum(number for name, number in tried.items() if name not in NO_OPERATIONS)


def parts(first_seed: int, processes: int) -> Iterator[Part]:
    """Parts as they end, without an end; that many work at a time."""
    seeds = count(first_seed)
    with ThreadPoolExecutor(processes) as pool:
        running: set[Future[Part]] = {pool.submit(one_part, next(seeds)) for _ in range(processes)}
        try:
            while True:
                ended, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {pool.submit(one_part, next(seeds)) for _ in ended}
                yield from (part.result() for part in ended)
        finally:
            pool.shutdown(cancel_futures=True)


def main() -> None:
    """Go on until so many operations were tried, or a part fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.safety.long_model", description=__doc__)
    parser.add_argument("--operations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=4001)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    tried, began_s = Counter[str](), time.monotonic()
    for seed, more, failure in parts(options.seed, options.processes):
        tried += more
        say(f"seed {seed}: {operations_in(more):,} operations, {operations_in(tried):,} in all")
        if failure:
            say(failure)
            sys.exit(1)
        if operations_in(tried) >= options.operations:
            break
    minutes = (time.monotonic() - began_s) / 60
    say(f"{operations_in(tried):,} operations in {minutes:.0f} minutes, nothing lost: {dict(sorted(tried.items()))}")


def say(line: str) -> None:
    """One line of the log, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
