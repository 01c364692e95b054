"""The PySide6 that is installed must not be the one that drops a reference of None in every void call (6.12.0 on Python 3.11)."""

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPixmap


def test_void_calls_leave_none_alone(qapp):
    pixmap = QPixmap(16, 16)
    subject = QObject()
    before = sys.getrefcount(None)
    painter = QPainter(pixmap)
    for _ in range(2000):
        painter.drawLine(0, 0, 15, 15)
        subject.setObjectName("a photo")
    painter.end()
    assert sys.getrefcount(None) > before - 500
