"""A plot as wide as its place, drawn away from the GUI thread, in the colours of the palette in force."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twinlens.gui.jobs import Task
from twinlens.gui.theme.palettes import is_dark, quiet_colour
from twinlens.gui.theme.spacing import WIDE_PX
from twinlens.gui.thumbnails.runner import Runner
from twinlens.lab.figures import Figure

MOST_WIDTH_PX = 1_000
LEAST_WIDTH_PX = 420
REST_MS = 120  # a resize is drawn when it rests; meanwhile the picture that is there is scaled


class FigureView(QWidget):
    """Shows one figure. Lives as long as ``runner`` is not finished."""

    def __init__(self, figure: Figure, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._drawn_for = figure, (0, 0.0, False)
        self.image = QImage()
        self._task = Task(runner, self)
        self._task.done.connect(self._drawn)
        self._task.failed.connect(self._failed)
        self._state = self.tr("{} is being drawn…").format(figure.title)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._draw)
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.words)
        self.setToolTip(figure.words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self.setMaximumWidth(MOST_WIDTH_PX)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(MOST_WIDTH_PX, self.heightForWidth(MOST_WIDTH_PX))

    def hasHeightForWidth(self) -> bool:
        """Yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the figure needs at this width."""
        from twinlens.lab.drawing.sizes import DOTS, natural_size

        return round(natural_size(self._figure, width / DOTS).height_in * DOTS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture there is, scaled where it is of another width; what is seen and out of date is drawn anew soon."""
        if self._wanted() != self._drawn_for:
            self._rest.start(0 if self.image.isNull() else REST_MS)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().base())
            if self.image.isNull():
                painter.setPen(quiet_colour(self.palette()))
                painter.drawText(
                    self.rect().adjusted(WIDE_PX, WIDE_PX, -WIDE_PX, 0), Qt.AlignmentFlag.AlignLeft, self._state
                )
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                height = self.image.height() * self.width() / self.image.width()
                painter.drawImage(QRectF(0, 0, self.width(), height), self.image)

    def _wanted(self) -> tuple[int, float, bool]:
        """Width, pixels for each of them, whether dark."""
        return self.width(), self.devicePixelRatioF(), is_dark(self.palette())

    @Slot()
    def _draw(self) -> None:
        figure, wanted = self._figure, self._wanted()
        if wanted == self._drawn_for:
            return
        self._drawn_for = wanted
        width, ratio, dark = wanted

        def work() -> QImage | None:
            if self._drawn_for != wanted:
                return None  # it has another size by now
            from twinlens.lab.drawing.picture import pixels
            from twinlens.lab.drawing.sizes import DOTS, natural_size

            size = natural_size(figure, width / DOTS)
            array = pixels(figure, "dark" if dark else "light", size, dots=round(DOTS * ratio))
            height_px, width_px = array.shape[:2]
            image = QImage(array.data, width_px, height_px, 4 * width_px, QImage.Format.Format_RGBA8888)
            return image.copy()  # the array goes

        self._task.run(work)

    @Slot(object)
    def _drawn(self, image: QImage | None) -> None:
        if image is not None:
            self.image = image
            self.update()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._state = sentence
        self.update()
