"""What the session knows, put on the screen: groups into tabs, marks onto photos, lists into their pages."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from twinlens.domain.columns import PhotoColumns
from twinlens.domain.group import Group, Member
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.group_desk import GROUPED
from twinlens.gui.desks.similar_desk import SimilarAnswer
from twinlens.gui.first_page_presenter import FirstPagePresenter
from twinlens.gui.footer.bar import Footer
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.progress.strip import ProgressStrip
from twinlens.gui.record_presenter import RecordPresenter
from twinlens.gui.resting import Resting
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace


class Presenter(QObject):
    """Listens to the session; asks nothing of it but lookalikes of the photo under the cursor."""

    def __init__(
        self,
        session: LibrarySession,
        loader: ThumbnailLoader,
        workspace: Workspace,
        side: SidePanel,
        sidebar: Sidebar,
        progress: ProgressStrip,
        footer: Footer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._loader = session, loader
        self._workspace, self._side, self._sidebar, self._footer = workspace, side, sidebar, footer
        self._opening = FirstPagePresenter(session, loader, workspace, self)
        self._records = RecordPresenter(session, workspace, sidebar, progress, self)
        self._shown: set[int] = set()
        self._loaded: PhotoColumns | None = None  # what the grid was filled from
        self._asked: int | None = None
        self._left_at: int | None = None
        self._settle = Resting(self)
        self._settle.timeout.connect(self.find_similar)
        self._first = QTimer(self, singleShot=True)
        self._first.timeout.connect(self._show_current)
        for panel in (*workspace.group_panels(), workspace.photos, side.similar):
            panel.set_photos(session.photos.photos)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.photosChanged.connect(self._photos_changed)
        session.groups.changed.connect(self._groups_changed)
        session.groups.loaded.connect(self._photos_loaded)
        session.marks.changed.connect(self._marks_changed)
        session.similar.searching.connect(self._side.similar.show_searching)
        session.similar.found.connect(self._show_matches)
        session.similar.failed.connect(self._side.similar.show_error)
        session.scans.finished.connect(self._ask_again)
        self._workspace.duplicates.classChosen.connect(self._class_chosen)
        self._workspace.viewShown.connect(self._view_shown)
        for panel in (*self._workspace.group_panels(), self._workspace.photos):
            panel.currentPhotoChanged.connect(self.show_current)
        self._side.similar.currentPhotoChanged.connect(self._show_in_inspector)

    def current(self) -> tuple[Photo | None, Member | None, Group | None]:
        """The photo under the cursor of the view in the middle, and where it belongs."""
        panel = self._workspace.photo_panel()
        photo_id = panel.current_photo_id() if panel else None
        if photo_id is None:
            return None, None, None
        group = panel.current_group() if isinstance(panel, GroupsPanel) else None
        member = next((m for m in group.members if m.photo_id == photo_id), None) if group else None
        photo = self._session.photos.find(photo_id)
        return (photo, member, group) if photo is not None else (None, None, None)

    @Slot()
    def show_current(self) -> None:
        """Inspector at once, lookalikes too; of a cursor that keeps moving, as soon as it rests."""
        if self._loaded is None:
            self._first.start(0)  # the grid is painted before
        else:
            self._show_current()

    @Slot()
    def _show_current(self) -> None:
        self._side.inspector.show_photo(*self.current())
        self._settle.moved()

    @Slot()
    def find_similar(self) -> None:
        """Look for what looks like the photo under the cursor, unless that is shown already."""
        photo, _, _ = self.current()
        if photo is None and self._asked is not None:
            self._asked = None
            self._session.similar.forget()
            self._side.similar.clear()
        elif photo is not None and photo.id != self._asked:
            self._asked = photo.id
            self._session.similar.to_photo(photo.id, printable(photo.path.rpartition("/")[2]))

    @Slot()
    def _ask_again(self) -> None:
        """A scan has ended: the photo under the cursor may have more lookalikes than when it was asked about."""
        self._asked = None
        self._settle.start()

    @Slot(int)
    def _show_in_inspector(self, photo_id: int) -> None:
        self._side.inspector.show_photo(self._session.photos.find(photo_id), None, None)

    def shut_down(self) -> None:
        """Ask for nothing more."""
        self._settle.stop()
        self._first.stop()

    def forget_query(self) -> None:
        """The lookalikes shown are of something else than the photo under the cursor."""
        self._asked = None

    @Slot(object)
    def _show_matches(self, answer: SimilarAnswer) -> None:
        self._side.similar.show_matches(answer.label, answer.matches, answer.elapsed_ms)

    @Slot(object)
    def _photos_changed(self, photo_ids: list[int]) -> None:
        self._loader.forget(photo_ids)
        known = [photo_id for photo_id in photo_ids if photo_id in self._shown]
        fresh = [photo_id for photo_id in photo_ids if photo_id not in self._shown]
        if known:
            self._workspace.photos.forget(known)
        if fresh and self._session.scans.running:
            self._shown.update(fresh)
            grid = self._workspace.photos
            grid.append_photo_ids([photo_id for photo_id in fresh if not grid.shows(photo_id)])
            self._sidebar.show_counts({ViewId.PHOTOS: len(self._shown)})
            self._workspace.set_empty(False)
            if not grid.has_current():
                self._workspace.photos.show_photo(fresh[0])

    def come_back_to(self, photo_id: int | None) -> None:
        """Make this photo current, where the last run was left, as soon as its view has photos."""
        self._left_at = photo_id
        self._opening.come_back_to(photo_id)

    def _returned(self, panel: GroupsPanel | PhotoGridPanel) -> bool:
        """Whether the panel in the middle was brought to the photo of the last run just now."""
        if self._left_at is None or panel is not self._workspace.photo_panel():
            return False
        photo_id, self._left_at = self._left_at, None
        return panel.show_photo(photo_id)

    @Slot()
    def _photos_loaded(self) -> None:
        """All photos, newest first; during a scan the grid only grows, so that nothing jumps."""
        data = self._session.groups.data
        if data is None or data.photos is self._loaded or (self._session.scans.running and self._loaded is not None):
            return
        photos = data.photos
        when = np.where(np.isnan(photos.taken_s), photos.mtime_s, photos.taken_s)
        ids = photos.photo_id[np.argsort(-when, kind="stable")].tolist()
        if self._session.scans.running:
            ids += sorted(self._shown.difference(ids))  # catalogued since the library was read
        self._loaded, self._shown = photos, set(ids)
        grid = self._workspace.photos
        unmoved = grid.is_at_top()
        grid.set_photo_ids(ids)
        if not self._returned(grid) and unmoved:
            grid.go_to_top()  # however the list is sorted now: never a cursor that is nowhere, never a jump
        self._sidebar.show_counts({ViewId.PHOTOS: len(ids)})
        self._workspace.set_empty(not ids and not self._session.scans.running)

    @Slot(object)
    def _groups_changed(self, classes: list[PhotoClass]) -> None:
        desk, totals, counts = self._session.groups, {}, dict.fromkeys(GROUPED, 0)
        for kind in GROUPED:
            if (shown := desk.shown(kind)) is not None:
                totals[kind] = (len(shown), shown.total_reclaimable_bytes)
                counts[kind] = shown.whole_count
        self._workspace.duplicates.show_totals(totals)
        bursts = counts.pop(PhotoClass.BURST)
        self._sidebar.show_counts({ViewId.DUPLICATES: sum(counts.values()), ViewId.BURSTS: bursts})
        if (kind := self._workspace.duplicates.photo_class()) in classes:
            self._show_groups(self._workspace.duplicates.groups, kind)
        if PhotoClass.BURST in classes:
            self._show_groups(self._workspace.bursts, PhotoClass.BURST)
        self._side.inspector.show_photo(*self.current())
        self._settle.was_moved()
        if self.current()[0] is None:
            self._settle.start(0)  # nothing is shown: no lookalikes of what was

    def _show_groups(self, panel: GroupsPanel, kind: PhotoClass) -> None:
        groups = self._session.groups.shown(kind)
        if groups is None:
            return
        panel.set_groups(groups, self._session.groups.query(kind))
        if panel is not self._workspace.groups_panel() and self._session.scans.running and len(groups):
            panel.view().place(0, 0)  # nobody looks yet: begin at the top, not where the first group has got to
        if len(groups):
            self._returned(panel)

    @Slot(object)
    def _class_chosen(self, kind: PhotoClass) -> None:
        self._show_groups(self._workspace.duplicates.groups, kind)
        self.show_current()

    @Slot(str)
    def _view_shown(self, view: str) -> None:
        self._sidebar.show_view(ViewId(view))
        if self._workspace.photo_panel() is not None:
            self.show_current()

    @Slot()
    def _marks_changed(self) -> None:
        marks = self._session.marks
        for panel in (*self._workspace.group_panels(), self._workspace.photos, self._side.similar):
            panel.set_marks(marks.marks)
        self._footer.show_marked(marks.rejected_count, marks.rejected_bytes)
