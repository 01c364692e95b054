"""Which photos to compare: those selected, or the keeper and the current one, or the first two of the group."""

from twinlens.domain.group import Group
from twinlens.domain.photo import Photo
from twinlens.gui.compare.arrangement import MOST_PANES
from twinlens.gui.looking.below import Below
from twinlens.gui.looking.whereabouts import group_with
from twinlens.gui.results.grid import ResultsGrid
from twinlens.gui.session import LibrarySession
from twinlens.gui.similar.panel import SimilarPanel
from twinlens.gui.workspace import Workspace


def photos_to_compare(below: Below, session: LibrarySession, workspace: Workspace) -> list[Photo]:
    """Two to four photos, or fewer where there is nothing to compare with."""
    ids = _ids(below, session, workspace)[:MOST_PANES]
    return [photo for photo_id in ids if (photo := below.photo(photo_id)) is not None]


def _ids(below: Below, session: LibrarySession, workspace: Workspace) -> list[int]:
    base = below.base()
    selected, current = base.selected_ids(), base.current_photo_id()
    if len(selected) >= 2:
        return selected
    if current is None:
        return []
    if isinstance(base, ResultsGrid) and base.asked_id not in (None, current):
        return [base.asked_id, current]
    if isinstance(base, SimilarPanel):
        panel = workspace.photo_panel()
        asked = panel.current_photo_id() if panel is not None else None
        return [current] if asked is None or asked == current else [asked, current]
    group = below.group() or group_with(current, session)
    return [current] if group is None else with_keeper(group, current)


def with_keeper(group: Group, photo_id: int) -> list[int]:
    """The keeper of a group and this photo; of the keeper itself, the one that follows."""
    keeper = group.keeper.photo_id
    others = [member.photo_id for member in group.members[1:]]
    return [keeper, photo_id if photo_id in others else others[0]] if others else [keeper]
