"""The experiments there are. Adding one (docs/laboratory.md has an example):

1. a file ``lab/experiments/WORD.py`` with ``experiment = Experiment("WORD", ...)``, quick to import;
2. a line here.

The command ``twinlens lab WORD``, its ``--json``, ``--output`` and ``--window``, the form in the window and the page of
commands follow from that.
"""

import importlib

from twinlens.lab.experiment import Experiment

# Each is the module of this name in ``lab.experiments``; the text stands in the lists of the terminal and the window.
EXPERIMENTS: dict[str, str] = {
    "ann": "What does a nearest-neighbour index cost, and what does it find?",
    "copies": "How many copies of your photos are found again?",
    "similarity": "Are the nearest photos of a photo of its own folder?",
    "why": "Why were these two photos joined, or parted?",
}


def experiment_named(word: str) -> Experiment | None:
    """Import an experiment; None if there is none of this name."""
    if word not in EXPERIMENTS:
        return None
    found = importlib.import_module(f"twinlens.lab.experiments.{word}").experiment
    if not isinstance(found, Experiment):
        raise TypeError(f"twinlens.lab.experiments.{word}.experiment is no Experiment")
    return found
