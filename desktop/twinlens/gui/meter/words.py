"""The meter's figures as words."""

from PySide6.QtCore import QCoreApplication

from twinlens.gui.thumbnails.words import count_words, file_size_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Meter", text)


def left_words(groups_left: int, hidden: int) -> str:
    """How many groups wait for a decision; where none that is shown does, how many that are hidden."""
    if groups_left == 1:
        return tr("1 decision left")
    if groups_left:
        return tr("{} decisions left").format(count_words(groups_left))
    return tr("{} left, hidden by filters").format(count_words(hidden)) if hidden else tr("all decided")


def pace_words(photos_an_hour: int) -> str:
    """How quickly photos are decided on."""
    return tr("{} photos an hour").format(count_words(photos_an_hour))


def removed_words(removed_bytes: int, waiting_bytes: int) -> str:
    """What has been removed so far, and what of it takes no space any more."""
    freed = file_size_words(removed_bytes - waiting_bytes)
    if waiting_bytes <= 0:
        return tr("{} freed").format(freed)
    removed = tr("{} removed").format(file_size_words(removed_bytes))
    return removed if waiting_bytes >= removed_bytes else tr("{}, {} of it freed").format(removed, freed)


def explanation_words(left_of_all: int, hidden: int, waiting_bytes: int) -> str:
    """What the figures mean, one line each."""
    lines = [tr("Groups of this list that wait for a decision: {}").format(count_words(left_of_all))]
    if hidden:
        lines.append(tr("Groups that wait and are hidden by filters: {}").format(count_words(hidden)))
    lines.append(
        tr("Photos an hour: how many you decided on by hand in the last ten minutes of deciding, pauses left out.")
    )
    if waiting_bytes:
        words = tr("Of what was removed, {} wait in the quarantine and take space until it is emptied.")
        lines.append(words.format(file_size_words(waiting_bytes)))
    return "\n".join(lines)
