"""The view of results: what was asked about, what of the answers is shown, and the answers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.results.filter_bar import ResultsFilterBar
from twinlens.gui.results.grid import ResultsGrid
from twinlens.gui.results.query_picture import QueryPicture
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, title
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.words import count_words, photos_words
from twinlens.review.results import arranged

if TYPE_CHECKING:
    from twinlens.gui.desks.results_desk import Results
    from twinlens.review.query import Query
    from twinlens.review.results import ResultRow


class ResultsPage(QWidget):
    """Shows results and asks by signals; the trail of queries is somebody else's."""

    backRequested = Signal()
    shownChanged = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: Results | None = None
        self.grid, self.bar, self.picture = ResultsGrid(loader, self), ResultsFilterBar(self), QueryPicture(self)
        self.heading, self.summary = ElidedLabel(self, Qt.TextElideMode.ElideMiddle), QuietLabel("", self)
        set_in(title, self.heading)
        self.back = QPushButton(self.tr("&Back"), self)
        self.back.setToolTip(self.tr("To what was asked about before (Alt+Left)"))
        self.back.clicked.connect(self.backRequested)
        words = QVBoxLayout()
        words.setSpacing(HALF_PX)
        words.addStretch(1)
        words.addWidget(self.heading)
        words.addWidget(self.summary)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(WIDE_PX, 0, WIDE_PX, UNIT_PX)
        head.setSpacing(WIDE_PX)
        head.addWidget(self.picture)
        head.addLayout(words, 1)
        head.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, WIDE_PX, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.bar.changed.connect(self._arrange)
        self.clear()

    def clear(self) -> None:
        """Nothing was asked yet: say how to."""
        self._results = None
        self.heading.setText(self.tr("Results"))
        self.summary.clear()
        self.picture.show_picture(QImage(), None)
        self.bar.hide()
        self.back.hide()
        self.grid.show_rows((), from_top=True)
        self.grid.say_when_empty(
            self.tr("Nothing was looked for yet"),
            self.tr(
                "Press Shift+S on a photo, drop or paste a picture, or draw a rectangle on the preview of a photo."
            ),
        )

    def show_searching(self, query: "Query") -> None:
        """A search has begun; the answer to another query goes, that to the same one stays until it is replaced."""
        if self._results is not None and self._results.query is query:
            return
        self._results = None
        self._name(query)
        self.picture.show_picture(QImage(), None)
        self.bar.hide()
        self.summary.setText(self.tr("Searching…"))
        self.grid.say_when_empty(self.tr("Searching…"), "")
        self.grid.show_rows((), from_top=True)

    def show_error(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.summary.setText("")
        self.grid.show_rows((), from_top=True)
        self.grid.say_when_empty(self.tr("That did not work"), sentence)

    def show_results(self, results: "Results", *, can_go_back: bool) -> None:
        """Show the answers to another query."""
        self._results, query = results, results.query
        self._name(query)
        self.picture.show_picture(results.picture, query.region)
        self.back.setEnabled(can_go_back)
        self.grid.asked_id = query.photo_id
        self.bar.begin(results.rows)
        self.bar.setVisible(bool(results.rows))
        self._show(from_top=True)

    def _name(self, query: "Query") -> None:
        part = self.tr("A part of {}") if query.region is not None else self.tr("Similar to {}")
        self.heading.setText(part.format(query.label))
        self.back.show()

    def results(self) -> "Results | None":
        """What is shown, before it is filtered."""
        return self._results

    def shown(self) -> "list[ResultRow]":
        """What is shown, filtered and sorted."""
        rows = self._results.rows if self._results is not None else ()
        return arranged(rows, self.bar.wanted(), self.bar.chosen_order())

    @Slot()
    def _arrange(self) -> None:
        self._show(from_top=False)

    def _show(self, *, from_top: bool) -> None:
        if self._results is None:
            return
        rows = self.shown()
        total = len(self._results.rows)
        number = photos_words(total) if len(rows) == total else f"{count_words(len(rows))} / {photos_words(total)}"
        parts = [number]
        containing = sum(row.match.contains for row in rows)
        if self._results.query.region is not None:
            parts.append(self.tr("{} contain it").format(count_words(containing)))
        parts.append(self.tr("{} ms").format(QLocale().toString(round(self._results.elapsed_ms))))
        self.summary.setText("  ·  ".join(parts))
        if total:
            self.grid.say_when_empty(self.tr("Nothing passes the filter"), self.tr("Widen what is shown above."))
        else:
            self.grid.say_when_empty(self.tr("Nothing looks like this"), self.tr("The library holds no similar photo."))
        self.grid.show_rows(rows, from_top=from_top)
        self.shownChanged.emit()
