"""Why were these two joined, or parted?"""

from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import Workbench


def run(bench: Workbench, wishes: Wishes) -> LabReport:
    """Compare the two."""
    from twinlens.lab.why.answer import explain

    return explain(bench, wishes.text("first"), wishes.text("second"))


experiment = Experiment(
    "why",
    "Why",
    "Say why two photos were joined or parted: the distances of every channel, the measurements of verification, both laid "
    "over each other with what differs, and the group they share in the library. Any two image files will do.",
    (
        Option("first", Wants.PHOTO, "One photo", argument=True, required=True),
        Option("second", Wants.PHOTO, "The other", argument=True, required=True),
    ),
    run,
)
