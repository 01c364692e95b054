"""A report with one of everything."""

import numpy as np

from twinlens.lab.figures import Axis, Bars, HeatMap, Lines, Picture, Pictures, Points, Scatter, Values
from twinlens.lab.report import Column, Kind, LabReport, Measure, table

NAMES = ("airplanes", "ant", "Faces_easy")
MANY = np.linspace(0, 1, 5_000)
FIGURES = (
    Bars("Accuracy", NAMES, (Values("share", (0.2, None, 1.0)),), Axis("share", percent=True, least=0, most=1)),
    Bars("Time", NAMES, (Values("ours", (1, 2, 3)), Values("theirs", (2, 3, 4))), Axis("ms"), horizontal=False),
    Lines("Recall", (Points("ours", [1, 100, 10_000], [1, 0.9, 0.8]),), Axis("queries", log=True), Axis("recall")),
    Scatter(
        "Map", (Points("all", list(MANY), list(MANY**2)), Points("one", [0.5], [0.5], ("this",))), Axis("x"), Axis("y")
    ),
    HeatMap("Confused", NAMES, NAMES, np.eye(3, dtype=np.float32), "photo of", "neighbour of", "share", percent=True),
    Pictures("Both", (Picture("a", np.zeros((8, 12, 3), np.uint8)), Picture("b", np.full((8, 6), 255, np.uint8)))),
)
REPORT = LabReport(
    "sizes",
    "Title <of> it",
    words=("One sentence.", "Another."),
    measures=(Measure("Accuracy", "accuracy", 0.8343, Kind.SHARE), Measure("Nothing", "nothing", float("nan"))),
    settings=(("photos", 288), ("network", "none")),
    tables=(
        table(
            "Classes",
            (Column("class", "class"), Column("photos", "photos", Kind.COUNT), Column("part", "part", Kind.SHARE, 2)),
            [("airplanes & more", 12_000, 0.12345), ("ant", None, 1.0)],
            "How to read it.",
        ),
    ),
    figures=FIGURES,
)
