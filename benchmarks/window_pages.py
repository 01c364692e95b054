"""How soon a page of thumbnails is there after a jump, and how steadily the window paints while it scrolls."""

import time
from collections.abc import Callable, Collection

import numpy as np
from PySide6.QtWidgets import QAbstractItemView, QApplication

from benchmarks.window_watch import PaintWatch, breathe, turn_wheel, wait_until
from twinlens.gui.thumbnails.pixmap_cache import PixmapCache

PLACES = (9, 3, 6, 1, 8, 2, 7, 4, 5, 0)  # tenths of the way down, so that no page is near the one before
PAGE_LIMIT_S = 30.0


def page_times_ms(
    view: QAbstractItemView, visible: Callable[[], Collection[int]], painted: PixmapCache[int]
) -> list[float]:
    """From a jump of the scroll bar until every photo on screen has its thumbnail in ``painted``, for ten far places."""
    times = []
    bar = view.verticalScrollBar()
    for place in PLACES:
        began_s = time.perf_counter()
        bar.setValue(bar.maximum() * place // 10)
        breathe(0)  # what is on screen now is painted, and so asked for
        wait_until(lambda: all(photo_id in painted for photo_id in visible()), PAGE_LIMIT_S)
        times.append((time.perf_counter() - began_s) * 1000)
        breathe(60)
    return times


def frame_ms(view: QAbstractItemView, turns: int) -> float:
    """From a turn of the wheel until the view has painted it, the 95th percentile: at 16.7 ms sixty frames fit a second."""
    paints = PaintWatch()
    view.viewport().installEventFilter(paints)
    times = []
    try:
        for _ in range(turns):
            began_s = time.time()
            paints.painted_at_s = 0.0
            turn_wheel(view)
            wait_until(lambda: paints.painted_at_s > 0)
            QApplication.processEvents()  # the paint itself: the watch sees its beginning
            times.append((time.time() - began_s) * 1000)
            breathe(4)
    finally:
        view.viewport().removeEventFilter(paints)
    return float(np.percentile(times, 95))
