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
    return tr("{} left behind the filters").format(count_words(hidden)) if hidden else tr("all decided")


def pace_words(photos_an_hour: int) -> str:
    """How quickly photos are decided on."""
    return tr("{} photos/h").format(count_words(photos_an_hour))


def removed_words(removed_bytes: int) -> str:
    """What has been removed so far."""
    return tr("{} removed").format(file_size_words(removed_bytes))


def explanation_words(left_of_all: int, hidden: int, waiting_bytes: int) -> str:
    """What the figures mean, one line each."""
    lines = [tr("Groups shown that wait for a decision: {}").format(count_words(left_of_all))]
    if hidden:
        lines.append(tr("Hidden by filters and undecided: {}").format(count_words(hidden)))
    lines.append(tr("Photos an hour: over the last ten minutes of deciding; pauses do not count."))
    if waiting_bytes:
        words = tr("Of what was removed, {} wait in the quarantine and take space until it is emptied.")
        lines.append(words.format(file_size_words(waiting_bytes)))
    return "\n".join(lines)
