"""How long ago something was, in words."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from twinlens.gui.records.moments import moment_words
from twinlens.gui.thumbnails.counts import COUNTS

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


def when_words(at: datetime, now: datetime | None = None) -> str:
    """Says "just now", "5 minutes ago", "2 hours ago"; the moment itself for what is older than half a day."""
    ago_s = ((now or datetime.now(UTC)) - at).total_seconds()
    if not 0 <= ago_s < _DAY_S / 2:
        return moment_words(at)
    if ago_s < _MINUTE_S:
        return QCoreApplication.translate("When", "just now")
    if ago_s < _HOUR_S:
        return COUNTS.minutes_ago(int(ago_s // _MINUTE_S))
    return COUNTS.hours_ago(int(ago_s // _HOUR_S))
