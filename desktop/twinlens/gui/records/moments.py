"""Moments as the user's locale writes them."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def moment_words(at: datetime) -> str:
    """Day and minute in the computer's own time zone."""
    local = QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000))
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return local.toString("yyyy-MM-dd HH:mm")
    return locale.toString(local, QLocale.FormatType.ShortFormat)
