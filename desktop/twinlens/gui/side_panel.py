"""The right side of the window: the inspector above, the lookalikes below."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from twinlens.gui.inspector.panel import InspectorPanel
from twinlens.gui.inspector.preview_loader import MakePreview
from twinlens.gui.plain_keys import is_for_control
from twinlens.gui.similar.panel import SimilarPanel
from twinlens.gui.theme.spacing import SIDE_PANEL_WIDTH_PX
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.runner import Runner


class SidePanel(QSplitter):
    """Both follow the photo under the cursor."""

    def __init__(
        self, preview: MakePreview, runner: Runner, loader: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.inspector = InspectorPanel(preview, loader, self, runner=runner)
        self.similar = SimilarPanel(loader, self)
        self.addWidget(self.inspector)
        self.addWidget(self.similar)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setMinimumWidth(SIDE_PANEL_WIDTH_PX - 80)
        self.setHandleWidth(1)

    def event(self, event: QEvent) -> bool:
        """A button in here keeps the keys that it needs."""
        if is_for_control(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)
