"""The report of ``lab similarity``: with labels where there are folders, by silhouettes where there are none."""

import numpy as np

from twinlens.domain.fingerprint import Float32Array
from twinlens.lab.figures import Axis, Bars, HeatMap, Lines, Points, Values
from twinlens.lab.report import Cell, Column, Kind, LabReport, Measure, Table, table
from twinlens.lab.similarity.accuracy import Accuracy, accuracy_of, confused
from twinlens.lab.similarity.gathering import Gathered, gather
from twinlens.lab.similarity.silhouette import Clustering, clustered, silhouettes
from twinlens.lab.workbench import Workbench

WORST = 6
PAIRS = 12
SHOWN_CLASSES = 40  # in a plot; the table has all
SHOWN_CLUSTERS = 40


def measure(bench: Workbench, folder: str, neighbours: int, clusters: int, most_asked: int) -> LabReport:
    """Measure the photos under a folder."""
    with bench.library([folder]) as library:
        photos = gather(bench, library, folder)
    sizes = np.bincount(photos.labels[photos.labels >= 0], minlength=len(photos.folders))
    if clusters == 0 and np.count_nonzero(sizes > 1) and len(photos.folders) > 1:
        return _with_labels(photos, accuracy_of(bench, photos, neighbours, most_asked), folder, neighbours)
    return _without_labels(bench, photos, folder, clusters)


def _settings(photos: Gathered, folder: str, *more: tuple[str, Cell]) -> tuple[tuple[str, Cell], ...]:
    known = ("folder", folder), ("photos", len(photos)), ("without vector", photos.without_vector)
    return (*known, *more, ("network", photos.model.name), ("distance", "cosine, exact"))


def _with_labels(photos: Gathered, found: Accuracy, folder: str, neighbours: int) -> LabReport:
    names = photos.folders
    asked = [int(place) for place in np.flatnonzero(found.asked)]
    worst_first = sorted(asked, key=lambda place: float(found.accuracy[place]))
    labelled = photos.labels >= 0
    silhouette = float(silhouettes(photos.vectors[labelled], photos.labels[labelled]).mean())
    return LabReport(
        "similarity",
        "Do the nearest photos belong together?",
        words=_words(found, names, worst_first, neighbours),
        measures=(
            Measure("Similarity accuracy", "similarity_accuracy", found.overall, Kind.SHARE),
            Measure("Nearest is right", "nearest_accuracy", found.first_overall, Kind.SHARE),
            Measure("By chance", "chance", found.chance, Kind.SHARE),
            Measure("Silhouette of the folders", "silhouette", silhouette, Kind.NUMBER, 3),
            Measure("Classes", "classes", len(asked), Kind.COUNT),
        ),
        settings=_settings(photos, folder, ("asked", int(found.asked.sum())), ("neighbours", neighbours)),
        tables=_class_tables(found, names, worst_first, neighbours),
        figures=_class_figures(found, names, worst_first, neighbours),
    )


def _class_tables(
    found: Accuracy, names: tuple[str, ...], worst_first: list[int], neighbours: int
) -> tuple[Table, Table, Table]:
    rows = [
        (
            names[place],
            int(found.asked[place]),
            float(found.accuracy[place]),
            float(found.first[place]),
            _taken_for(found, names, place),
        )
        for place in worst_first
    ]
    columns = (
        Column("class", "class"),
        Column("photos asked", "photos", Kind.COUNT),
        Column(f"accuracy of {neighbours}", "accuracy", Kind.SHARE),
        Column("nearest right", "nearest_right", Kind.SHARE),
        Column("most often taken for", "taken_for"),
    )
    pair_columns = (
        Column("class", "class"),
        Column("and class", "other"),
        Column("neighbours in the other", "to_other", Kind.SHARE),
        Column("and back", "back", Kind.SHARE),
    )
    pairs = [(names[a], names[b], there, back) for a, b, there, back in confused(found)[:PAIRS]]
    return (
        table(f"The {min(WORST, len(rows))} worst classes", columns, rows[:WORST]),
        table("The most confused pairs", pair_columns, pairs, "Of the neighbours of one class, the part in the other."),
        table("All classes, the worst first", columns, rows),
    )


def _words(found: Accuracy, names: tuple[str, ...], worst_first: list[int], neighbours: int) -> tuple[str, ...]:
    worst = ", ".join(f"{names[place]} ({100 * found.accuracy[place]:.0f} %)" for place in worst_first[:3])
    return (
        (
            f"Of the {neighbours} nearest of a photo, {100 * found.overall:.1f} % are of its own folder (of those that could "
            f"be); by chance it would be {100 * found.chance:.1f} %. The worst classes: {worst}."
        ),
    )


def _taken_for(found: Accuracy, names: tuple[str, ...], place: int) -> str:
    others = np.nan_to_num(found.shares[place]).copy()
    others[place] = 0
    other = int(others.argmax())
    return f"{names[other]} ({100 * others[other]:.0f} %)" if others[other] else ""


def _class_figures(
    found: Accuracy, names: tuple[str, ...], worst_first: list[int], neighbours: int
) -> tuple[Bars, HeatMap]:
    shown = worst_first[:SHOWN_CLASSES]
    share = Axis(f"share of the {neighbours} nearest", percent=True, least=0, most=1)
    few = len(shown) < len(worst_first)
    part = f", the {len(shown)} worst of {len(worst_first)}" if few else ""
    labels = tuple(names[place] for place in shown)
    values = Values("accuracy", tuple(float(found.accuracy[place]) for place in shown))
    in_order = sorted(shown)
    return (
        Bars(f"Accuracy by class{part}", labels, (values,), share),
        HeatMap(
            f"Where the neighbours lie{part}",
            tuple(names[place] for place in in_order),
            tuple(names[place] for place in in_order),
            found.shares[np.ix_(in_order, in_order)],
            "photos of",
            "neighbours of",
            "share of neighbours",
            percent=True,
            words="A perfect network shades the diagonal only.",
        ),
    )


def _without_labels(bench: Workbench, photos: Gathered, folder: str, clusters: int) -> LabReport:
    found = clustered(bench, photos.vectors, clusters)
    scores = silhouettes(photos.vectors, found.labels)
    count = int(found.labels.max()) + 1
    overall, misplaced = float(scores.mean()), float((scores < 0).mean())
    start = (
        f"{count} clusters, as wanted," if clusters else f"There are no folders to go by. {count} clusters part best,"
    )
    words = (
        f"{start} with a mean silhouette of {overall:.3f} (1: far apart, 0: they touch, below: wrongly placed, "
        f"as {100 * misplaced:.1f} % of the photos are)."
    )
    clearest = _clusters(photos, found, scores)
    bars, lines = _cluster_figures(clearest, found)
    columns = (
        Column("photo in its middle", "photo"),
        Column("photos", "photos", Kind.COUNT),
        Column("silhouette", "silhouette", Kind.NUMBER, 3),
    )
    return LabReport(
        "similarity",
        "How well do the photos fall into groups?",
        words=(words,),
        measures=(
            Measure("Silhouette", "silhouette", overall, Kind.NUMBER, 3),
            Measure("Clusters", "clusters", count, Kind.COUNT),
            Measure("Wrongly placed", "misplaced", misplaced, Kind.SHARE),
        ),
        settings=_settings(photos, folder, ("clusters tried", ", ".join(str(number) for number, _ in found.tried))),
        tables=(table("Clusters, the clearest first", columns, clearest),),
        figures=(lines, bars) if len(found.tried) > 1 else (bars,),
    )


def _clusters(photos: Gathered, found: Clustering, scores: Float32Array) -> list[tuple[str, int, float]]:
    """The photo in its middle, the photos, the mean silhouette: the clearest first."""
    sizes = np.bincount(found.labels)
    means = np.bincount(found.labels, scores) / sizes
    return [
        (
            photos.names[int(np.where(found.labels == place, scores, -2).argmax())],
            int(sizes[place]),
            float(means[place]),
        )
        for place in np.argsort(-means, kind="stable")
    ]


def _cluster_figures(clearest: list[tuple[str, int, float]], found: Clustering) -> tuple[Bars, Lines]:
    shown = clearest[:SHOWN_CLUSTERS]
    bars = Bars(
        "Silhouette by cluster",
        tuple(f"{name} ({size})" for name, size, _ in shown),
        (Values("silhouette", tuple(mean for _, _, mean in shown)),),
        Axis("mean silhouette"),
        words="A cluster is named after the photo in its middle; in brackets its photos.",
    )
    points = Points("silhouette", [float(number) for number, _ in found.tried], [score for _, score in found.tried])
    lines = Lines("How many clusters part best", (points,), Axis("clusters", log=True), Axis("mean silhouette"))
    return bars, lines
