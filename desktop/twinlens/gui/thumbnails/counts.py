"""Counts of things, singular or plural as the language has it.

They are in a class because Qt's text collector knows a plural only by ``self.tr(text, comment, number)``.
"""

from PySide6.QtCore import QCoreApplication


class Counts:
    """How many of what."""

    def tr(self, text: str, comment: str, number: int) -> str:
        """The text in the user's language, in the form for this number."""
        return QCoreApplication.translate("Counts", text, comment, number)

    def photos(self, number: int) -> str:
        """Photos."""
        return self.tr("%Ln photo(s)", "", number)

    def groups(self, number: int) -> str:
        """Groups."""
        return self.tr("%Ln group(s)", "", number)

    def accepted(self, number: int) -> str:
        """Groups whose suggestions were taken at once."""
        return self.tr("Accepted the suggestions of %Ln group(s).", "", number)

    def kept(self, number: int) -> str:
        """Photos that were kept with all others of their groups."""
        return self.tr("Kept all %Ln photo(s).", "", number)

    def without_keeper(self, number: int) -> str:
        """Groups that were left as they are, because nothing in them is kept."""
        return self.tr("Nothing is kept in %Ln group(s): keep a photo there first.", "", number)

    def left_in_place(self, number: int) -> str:
        """Photos that a removal did not touch."""
        return self.tr("Left %Ln photo(s) in place; the first: {}", "", number)

    def waiting(self, number: int) -> str:
        """Rejected photos that cannot be removed yet."""
        return self.tr("%Ln photo(s) on a drive that is not here: rejected until it is back.", "", number)

    def left_out(self, number: int) -> str:
        """Photos for which a way of acting is none."""
        return self.tr("%Ln photo(s) would be left as is; the first: {}", "", number)

    def gone(self, number: int) -> str:
        """Photos that a scan did not find again."""
        return self.tr("No longer there: %Ln photo(s).", "", number)

    def appeared(self, number: int) -> str:
        """Photos that appeared while the folders were watched."""
        return self.tr("%Ln new photo(s).", "", number)

    def changed(self, number: int) -> str:
        """Photos that were changed while the folders were watched."""
        return self.tr("%Ln changed photo(s).", "", number)

    def unreadable(self, number: int) -> str:
        """Files that a scan could not read."""
        return self.tr("%Ln file(s) could not be read.", "", number)

    def decisions(self, number: int) -> str:
        """Decisions in the history."""
        return self.tr("%Ln decision(s)", "", number)

    def minutes_ago(self, number: int) -> str:
        """So long ago."""
        return self.tr("%Ln minute(s) ago", "", number)

    def hours_ago(self, number: int) -> str:
        """So long ago."""
        return self.tr("%Ln hour(s) ago", "", number)


COUNTS = Counts()
