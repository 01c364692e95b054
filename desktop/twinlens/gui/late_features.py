"""The features that nobody can miss before the first photos are on the screen, made piece by piece behind them."""

from collections.abc import Generator
from importlib import import_module
from typing import NamedTuple

from twinlens.gui.window_parts import Feature, WindowParts
from twinlens.gui.workspace import MADE_LATER

FINDING, COMPARING, SURVEYING = ("results", "results_back", "paste"), ("compare", "walk"), ("survey",)
ASKED_BY = FINDING + COMPARING + SURVEYING  # how the names of their actions begin

# What they are made of, what is needed first first. Each is loaded by itself: beside threads that read the library a module
# takes ten times as long, and all together held up a frame.
PAGES = (
    "results.filter_bar",
    "results.page",
    "records.model",
    "records.panel",
    "quarantine.panel",
    "history.deed_model",
    "history.deed_tree",
    "history.panel",
    "problems.panel",
    "results.feature",
    "history.feature",
    "quarantine.beside",
    "quarantine.feature",
    "menus.feature",
)
PHOTOS_BESIDE_EACH_OTHER = (
    "compare.differences",
    "compare.alignments",
    "compare.laying",
    "compare.stage",
    "compare.asking",
    "compare.walk",
    "compare.view",
    "compare.bar",
    "compare.feature",
    "survey.tile",
    "survey.tiling",
    "survey.view",
    "survey.feature",
)


class Late(NamedTuple):
    """A late feature, and how the names of the actions begin that do nothing without it."""

    feature: Feature
    asked_by: tuple[str, ...] = ()


def late_features(parts: WindowParts) -> Generator[Late | None]:
    """In pieces: each module, page and feature is one by itself."""
    yield from _loaded(PAGES)
    for view in MADE_LATER:
        parts.workspace.page(view)
        yield None
    from twinlens.gui.history.feature import HistoryFeature
    from twinlens.gui.menus.feature import TableMenus
    from twinlens.gui.quarantine.feature import SeeQuarantine
    from twinlens.gui.results.feature import Finding

    yield Late(Finding(parts), FINDING)
    yield Late(HistoryFeature(parts))
    yield Late(SeeQuarantine(parts))
    yield Late(TableMenus(parts))
    yield from _loaded(PHOTOS_BESIDE_EACH_OTHER)
    from twinlens.gui.compare.feature import Comparing
    from twinlens.gui.survey.feature import Surveying

    yield Late(Comparing(parts), COMPARING)
    yield Late(Surveying(parts), SURVEYING)


def _loaded(modules: tuple[str, ...]) -> Generator[None]:
    for name in modules:
        import_module(f"twinlens.gui.{name}")
        yield None
