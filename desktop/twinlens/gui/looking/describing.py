"""What is said of a photo below its large picture."""

import os.path

from PySide6.QtCore import QCoreApplication, QLocale

from twinlens.domain.group import Group
from twinlens.domain.photo import Photo
from twinlens.gui.looking.below import Below
from twinlens.gui.looking.facts_line import Facts
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import dimensions_words, file_size_words, sentence_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Looking", text)


def facts_of(photo: Photo, below: Below, group: Group | None = None) -> Facts:
    """All that is known of it. ``group``: where the panel below has none."""
    group = below.group() or group
    members = group.members if group is not None else ()
    ids = [member.photo_id for member in members]
    at, of = (ids.index(photo.id) + 1, len(ids)) if photo.id in ids else below.place(photo.id)
    member = members[at - 1] if photo.id in ids else None
    number = QLocale().toString
    return Facts(
        printable(os.path.basename(photo.path)),
        f"{dimensions_words(photo)}  ·  {file_size_words(photo.stamp.size_bytes)}",
        tr("{} of {}").format(number(at), number(of)) if of > 1 else "",
        sentence_words(member.reason) if member is not None else "",
        mark=below.mark(photo.id),
        error="" if photo.online else tr("The volume of this photo is not connected."),
        protected=photo.protected,
    )
