"""What does a nearest-neighbour index cost, and what does it find? Exact search, ours, and whatever is installed."""

from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import Workbench

ALL = "all"


def run(bench: Workbench, wishes: Wishes) -> LabReport:
    """Measure the indexes."""
    from twinlens.lab.ann.answer import Size, measure

    counts = (wishes.count(name) for name in ("own", "random", "dimension", "queries", "neighbours"))
    only = wishes.text("only")
    return measure(bench, Size(*counts)) if only == ALL else measure(bench, Size(*counts), (only,))


experiment = Experiment(
    "ann",
    "Indexes",
    "Compare nearest-neighbour indexes: exact search, Twinlens' own, and hnswlib, usearch, faiss and annoy where they are "
    "installed. Build time, memory, queries a second and recall against exact search, on the library's own vectors and on "
    "random ones. Each index runs in a process of its own, on one thread. A million random vectors take their time: minutes "
    "for each index.",
    (
        Option("own", Wants.COUNT, "Own vectors", "At most so many of the library; 0: none.", default=100_000),
        Option("random", Wants.COUNT, "Random vectors", "So many; 0: none.", default=1_000_000),
        Option(
            "dimension", Wants.COUNT, "Their numbers", "Length of a random vector.", default=100, least=2, most=4_096
        ),
        Option(
            "queries",
            Wants.COUNT,
            "Queries",
            "Vectors to look up, none of which is in the index.",
            default=1_000,
            least=1,
        ),
        Option("neighbours", Wants.COUNT, "Neighbours", "So many are looked for.", default=10, least=1, most=1_000),
        Option(
            "only",
            Wants.CHOICE,
            "Only",
            "Only this one, beside exact search.",
            default=ALL,
            choices=(ALL, "projected", "hnswlib", "usearch", "faiss", "annoy"),
        ),
    ),
    run,
)
