"""Moments as the user's locale writes them."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def moment_words(at: datetime) -> str:
    """Day and minute in the computer's own time zone."""
    local = QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
