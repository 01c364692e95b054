"""English plurals without a file of translations: "%n photo(s)" is a source text, not something to show."""

import re

from PySide6.QtCore import QTranslator

PLURAL = re.compile(r"(?P<stem>\w*)\((?P<ending>\w+)\)")


class EnglishPlurals(QTranslator):
    """Turns "%n photo(s)" into "1 photo" and "2 photos". Other languages come from files that are asked before this one."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The text for this count; the source itself without one. Qt takes an empty text for a translation."""
        if n < 0 or "(" not in source:
            return source
        return PLURAL.sub(r"\g<stem>" if n == 1 else r"\g<stem>\g<ending>", source)

    def isEmpty(self) -> bool:
        """Qt does not ask translators that are empty."""
        return False
