"""In which group a photo is, of whatever class, the strongest first."""

from twinlens.domain.group import Group
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.gui.session import LibrarySession


def class_with(photo_id: int, session: LibrarySession) -> tuple[PhotoClass, int] | None:
    """The class in which this photo is in a group, and the number of the group there."""
    for groups in session.groups.all_groups():
        number = groups.group_of(PhotoId(photo_id))
        if number is not None:
            return groups.query.photo_class, number
    return None


def group_with(photo_id: int, session: LibrarySession) -> Group | None:
    """The group of this photo."""
    found = class_with(photo_id, session)
    groups = session.groups.groups(found[0]) if found is not None else None
    return groups[found[1]] if found is not None and groups is not None else None
