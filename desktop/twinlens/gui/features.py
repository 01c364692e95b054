"""The features that hang in the window, one line each."""

from typing import TYPE_CHECKING

from twinlens.gui.announcing.feature import Announcing
from twinlens.gui.appearance.feature import Appearance
from twinlens.gui.arranging.feature import ArrangingFeature
from twinlens.gui.best.feature import BestShots
from twinlens.gui.compare.feature import Comparing
from twinlens.gui.deciding.feature import Deciding
from twinlens.gui.help.feature import Help
from twinlens.gui.history.feature import HistoryFeature
from twinlens.gui.history.undo_feature import UndoFeature
from twinlens.gui.keys.feature import Keys
from twinlens.gui.looking.feature import Looking
from twinlens.gui.menus.feature import TableMenus
from twinlens.gui.meter.feature import Meter
from twinlens.gui.naming.feature import Naming
from twinlens.gui.places.feature import Places
from twinlens.gui.protection.feature import ProtectionFeature
from twinlens.gui.recent.feature import Recent
from twinlens.gui.results.feature import Finding
from twinlens.gui.rules.feature import RulesFeature
from twinlens.gui.sliders.feature import SliderHistograms
from twinlens.gui.survey.feature import Surveying
from twinlens.gui.welcome.feature import Welcoming
from twinlens.gui.window_parts import Feature, WindowParts

if TYPE_CHECKING:
    from twinlens.gui.main_window import MainWindow


def make_features(window: "MainWindow") -> tuple[Feature, ...]:
    """Made once for a window; each keeps to its own folder."""
    return _features(
        WindowParts(
            window=window,
            surface=window.surface,
            session=window.session,
            theme=window.theme,
            loader=window.loader,
            workspace=window.workspace,
            side=window.side,
            sidebar=window.sidebar,
            progress=window.progress,
            footer=window.footer,
            toast=window.toast,
            pictures=window.pictures,
            loupe=window.loupe,
            presenter=window.presenter,
            loupe_commands=window.loupe_commands,
            review=window.review,
        )
    )


def _features(parts: WindowParts) -> tuple[Feature, ...]:
    return (
        UndoFeature(parts),
        HistoryFeature(parts),
        Finding(parts),
        Looking(parts),
        Deciding(parts),
        Appearance(parts),
        Naming(parts),
        Recent(parts),
        Help(parts),
        Announcing(parts),
        Places(parts),
        TableMenus(parts),
        Welcoming(parts),
        Keys(parts),
        ArrangingFeature(parts),
        Meter(parts),
        Comparing(parts),
        ProtectionFeature(parts),
        RulesFeature(parts),
        SliderHistograms(parts),
        Surveying(parts),
        BestShots(parts),
    )
