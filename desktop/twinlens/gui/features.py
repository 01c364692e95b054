"""The features that hang in the window, one line each."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from twinlens.gui.announcing.feature import Announcing
from twinlens.gui.appearance.feature import Appearance
from twinlens.gui.arranging.feature import ArrangingFeature
from twinlens.gui.best.feature import BestShots
from twinlens.gui.deciding.feature import Deciding
from twinlens.gui.help.feature import Help
from twinlens.gui.history.undo_feature import UndoFeature
from twinlens.gui.instead.feature import Instead
from twinlens.gui.keys.feature import Keys
from twinlens.gui.late_features import ASKED_BY, late_features
from twinlens.gui.looking.feature import Looking
from twinlens.gui.meter.feature import Meter
from twinlens.gui.naming.feature import Naming
from twinlens.gui.places.feature import Places
from twinlens.gui.protection.feature import ProtectionFeature
from twinlens.gui.recent.feature import Recent
from twinlens.gui.reporting.feature import Reporting
from twinlens.gui.returned.feature import Returned
from twinlens.gui.rules.feature import RulesFeature
from twinlens.gui.sliders.feature import SliderHistograms
from twinlens.gui.trial.feature import Trial
from twinlens.gui.welcome.feature import Welcoming
from twinlens.gui.window_parts import Feature, WindowParts

if TYPE_CHECKING:
    from twinlens.gui.main_window import MainWindow

PIECE_S = 0.008  # of the event loop, at a time


class Features(QObject):
    """All features of one window. The late ones are made after the first photos are on the screen, or when somebody looks."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._parts = parts_of(window)
        self._made = first_features(self._parts)
        self._actions: dict[str, QAction] = {}
        self._late = late_features(self._parts)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._parts.workspace.pageMade.connect(self.start)  # somebody looks at a page: what it needs must follow

    def __iter__(self) -> Iterator[Feature]:
        self.complete()
        return iter(self._made)

    def connect_all(self, actions: dict[str, QAction]) -> None:
        """Connect the actions of what is there, and keep them for what comes."""
        self._actions = actions
        for feature in self._made:
            feature.connect_all(actions)
        for action in self._late_actions(ASKED_BY):
            action.triggered.connect(self._asked_early)

    @Slot()
    def start(self) -> None:
        """Make the late ones, a piece at a time while nothing else is to be done: all at once they would hold up a frame."""
        self._timer.start()

    def complete(self) -> None:
        """Make what is not there yet."""
        while self._make_next():
            pass

    @Slot()
    def _asked_early(self) -> None:
        """A key of a feature that is not there yet: none is lost, however soon it is pressed."""
        action = self.sender()
        self.complete()
        if isinstance(action, QAction):
            action.trigger()

    def _late_actions(self, beginnings: tuple[str, ...]) -> list[QAction]:
        return [action for name, action in self._actions.items() if name.partition(".")[0] in beginnings]

    @Slot()
    def _go_on(self) -> None:
        end_s = time.monotonic() + PIECE_S
        while self._make_next():
            if time.monotonic() > end_s:
                return

    def _make_next(self) -> bool:
        """One piece more; whether there may be another."""
        for late in self._late:
            if late is not None:
                for action in self._late_actions(late.asked_by):
                    action.triggered.disconnect(self._asked_early)
                self._made.append(late.feature)
                late.feature.connect_all(self._actions)
                late.feature.restyle()
            return True
        self._timer.stop()
        return False

    def restyle(self) -> None:
        """The palette has changed."""
        for feature in self._made:
            feature.restyle()

    def shut_down(self) -> None:
        """End what runs, and make nothing more."""
        self._timer.stop()
        self._late.close()
        for feature in self._made:
            feature.shut_down()


def parts_of(window: "MainWindow") -> WindowParts:
    """What features of this window get to work with."""
    return WindowParts(
        window=window,
        surface=window.surface,
        offered=window.offered,
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


def first_features(parts: WindowParts) -> list[Feature]:
    """Those that are there when the window is first painted; each keeps to its own folder."""
    return [
        UndoFeature(parts),
        Looking(parts),
        Deciding(parts),
        Appearance(parts),
        Naming(parts),
        Recent(parts),
        Reporting(parts),
        Help(parts),
        Announcing(parts),
        Places(parts),
        Welcoming(parts),
        Keys(parts),
        ArrangingFeature(parts),
        Meter(parts),
        ProtectionFeature(parts),
        RulesFeature(parts),
        SliderHistograms(parts),
        BestShots(parts),
        Instead(parts),
        Trial(parts),
        Returned(parts),
    ]
