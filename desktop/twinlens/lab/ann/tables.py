"""Trials as tables, plots and words."""

from collections.abc import Mapping, Sequence

from twinlens.lab.ann.measuring import Answered, Trial
from twinlens.lab.figures import Axis, Bars, Figure, Lines, Points, Values
from twinlens.lab.report import Cell, Column, Kind, Measure, Table, table

GOOD_RECALL = 0.95
Found = Mapping[str, Sequence[Trial]]

_COLUMNS = (
    Column("index", "index"),
    Column("setting", "setting"),
    Column("build", "build_cpu_s", Kind.SECONDS),
    Column("memory", "memory_bytes", Kind.BYTES),
    Column("queries a second", "queries_a_second", Kind.COUNT),
    Column("recall", "recall", Kind.SHARE),
    Column("", "problem"),
)


def chosen(trial: Trial) -> Answered | None:
    """The quickest answer with a good recall; the best recall where none is good."""
    good = [answer for answer in trial.answered if answer.recall >= GOOD_RECALL]
    if good:
        return max(good, key=lambda answer: answer.queries_a_second)
    return max(trial.answered, key=lambda answer: answer.recall, default=None)


def tables_of(found: Found) -> tuple[Table, ...]:
    """One line an index for each set of vectors; then every setting that was tried."""
    short = [
        table(
            f"On {name}",
            _COLUMNS,
            [_row(trial, chosen(trial)) for trial in trials],
            f"Of each index the quickest setting with a recall of {100 * GOOD_RECALL:.0f} %, or its best recall.",
        )
        for name, trials in found.items()
    ]
    every = [
        table(
            f"Every setting, on {name}",
            _COLUMNS,
            [_row(trial, answer) for trial in trials for answer in trial.answered],
            "Processor time of one thread; queries come 256 at a time. Memory without the file of the vectors.",
        )
        for name, trials in found.items()
    ]
    return (*short, *every)


def _row(trial: Trial, answer: Answered | None) -> tuple[Cell, ...]:
    if answer is None:
        return trial.title, "", None, None, None, None, trial.problem
    setting = f"{trial.effort_name} {answer.effort}" if trial.effort_name else ""
    return (
        trial.title,
        setting,
        trial.build_s,
        trial.memory_bytes,
        answer.queries_a_second,
        answer.recall,
        trial.problem,
    )


def measures_of(found: Found) -> tuple[Measure, ...]:
    """The figures of our own index, and who is quickest at a good recall."""
    measures: list[Measure] = []
    for name, trials in found.items():
        key = name.split()[0]
        ours = next((trial for trial in trials if trial.word == "projected"), None)
        answer = chosen(ours) if ours is not None else None
        if answer is not None:
            measures += [
                Measure(f"Recall of ours, {name}", f"{key}_projected_recall", answer.recall, Kind.SHARE),
                Measure(f"Queries a second, {name}", f"{key}_projected_qps", answer.queries_a_second, Kind.COUNT),
            ]
    return tuple(measures)


def words_of(found: Found) -> tuple[str, ...]:
    """Who is quickest where answers are good; who is not there."""
    words = []
    for name, trials in found.items():
        good = [
            (answer, trial)
            for trial in trials
            if (answer := chosen(trial)) is not None and answer.recall >= GOOD_RECALL
        ]
        if good:
            answer, best = max(good, key=lambda pair: pair[0].queries_a_second)
            words.append(
                f"On {name}, {best.title} answers most with a recall of {100 * GOOD_RECALL:.0f} % and more: "
                f"{answer.queries_a_second:,.0f} queries a second of one thread's processor time, "
                f"recall {100 * answer.recall:.1f} %."
            )
    absent = sorted({t.title for trials in found.values() for t in trials if t.problem == "not installed"})
    if absent:
        words.append(f"Not installed: {', '.join(absent)}.")
    return tuple(words)


def figures_of(found: Found) -> tuple[Figure, ...]:
    """For each set of vectors: recall against pace, then what building takes and what is held."""
    figures: list[Figure] = []
    for name, trials in found.items():
        there = [trial for trial in trials if trial.answered]
        lines = tuple(
            Points(
                trial.title,
                [answer.queries_a_second for answer in trial.answered],
                [answer.recall for answer in trial.answered],
            )
            for trial in there
        )
        titles = tuple(trial.title for trial in there)
        figures += [
            Lines(
                f"Recall against pace, {name}",
                lines,
                Axis("queries a second", log=True),
                Axis("recall", percent=True),
                words="Up and to the right is better. A point is a setting.",
            ),
            Bars(
                f"Building, {name}", titles, (Values("s", tuple(t.build_s for t in there)),), Axis("processor seconds")
            ),
            Bars(
                f"Memory, {name}",
                titles,
                (Values("MB", tuple(None if t.memory_bytes is None else t.memory_bytes / 1e6 for t in there)),),
                Axis("MB"),
            ),
        ]
    return tuple(figures)
