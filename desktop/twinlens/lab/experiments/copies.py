"""How many copies of your photos would be found?"""

from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import Workbench


def run(bench: Workbench, wishes: Wishes) -> LabReport:
    """Make, find, count."""
    from twinlens.lab.copies.answer import measure

    counts = (wishes.count(name) for name in ("photos", "edits", "rounds", "seed"))
    return measure(bench, wishes.text("folder"), *counts)


experiment = Experiment(
    "copies",
    "Copies",
    "Make edited copies of your photos in a temporary folder, find them again with a library of their own, and count: "
    "recall of every edit, precision of every class. Your library and your photos stay as they are.",
    (
        Option("folder", Wants.FOLDER, "Folder", argument=True, required=True),
        Option("photos", Wants.COUNT, "Photos", "So many photos are edited.", default=40, least=1, most=5_000),
        Option("edits", Wants.COUNT, "Edits", "So many edits of each in a round.", default=9, least=1, most=60),
        Option("rounds", Wants.COUNT, "Rounds", "Each makes other edits; 6 make all.", default=2, least=1, most=60),
        Option("seed", Wants.COUNT, "Seed", "The same seed makes the same edits.", default=1),
    ),
    run,
)
