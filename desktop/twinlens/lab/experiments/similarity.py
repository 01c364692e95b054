"""Are the nearest of a photo of its own kind? Folders are labels; without labels, how well clusters part."""

from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import Workbench


def run(bench: Workbench, wishes: Wishes) -> LabReport:
    """Measure the folder."""
    from twinlens.lab.similarity.answer import measure

    return measure(
        bench, wishes.text("folder"), wishes.count("neighbours"), wishes.count("clusters"), wishes.count("asked")
    )


experiment = Experiment(
    "similarity",
    "Similarity",
    "Measure how well the network knows what belongs together. Folders are labels: are the nearest photos of a photo in the "
    "same folder, which folders are worst, which are mistaken for each other? Where there are no folders, photos are "
    "clustered, and the silhouette says how well the clusters part.",
    (
        Option("folder", Wants.FOLDER, "Folder", argument=True, required=True),
        Option("neighbours", Wants.COUNT, "Neighbours", "So many nearest photos count.", default=5, least=1, most=100),
        Option(
            "clusters",
            Wants.COUNT,
            "Clusters",
            "Pass over the folders and cluster; 0: by folders.",
            default=0,
            most=200,
        ),
        Option("asked", Wants.COUNT, "Photos asked", "At most so many, evenly spread.", default=20_000, least=2),
    ),
    run,
)
