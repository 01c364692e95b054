"""Best shots in the window, with keys and mouse: measured after the scan, kept by number, overridden, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.burst_photos import BEST, BRACKET, BURST, OTHER_BURST, make_bursts
from twinlens.domain.group import Group, Mark, Suggestion
from twinlens.domain.measures import no_measures
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import KEEP_BEST
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.row import is_decided
from twinlens.gui.jobs import AtOnce, Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library
from twinlens.scanning.apart.processes import close_processes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(scope="module", autouse=True)
def no_processes_left() -> Iterator[None]:
    yield
    close_processes()


@pytest.fixture
def window(qapp: QApplication, photos_dir: Path, tmp_path: Path) -> Iterator[MainWindow]:
    make_bursts(photos_dir, tmp_path / "drive")
    session = LibrarySession(Library.open(tmp_path / "library"), replace(Workers.at_once(), measures=AtOnce()))
    made = MainWindow(session, Theme(qapp))
    made.resize(1280, 800)
    made.show()
    made.begin([str(tmp_path / "drive")])
    made.show_view("bursts")
    made.workspace.bursts.view().setFocus()
    settle()
    session.groups.refresh_now()  # the desk rests between two readings
    settle()
    yield made
    made.close()
    made.deleteLater()


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.workspace.bursts.view(), key, modifiers)
    settle()


def go_to(window: MainWindow, name: str) -> Group:
    """Put the cursor on a photo; returns its group."""
    found = window.session.groups.shown(PhotoClass.BURST)
    assert found is not None
    photo_id = next(
        id_ for at in range(len(found)) for id_ in found.photo_ids(at).tolist() if name_of(window, id_) == name
    )
    assert window.workspace.bursts.show_photo(photo_id)
    settle()
    group = window.workspace.bursts.current_group()
    assert group is not None
    return group


def name_of(window: MainWindow, photo_id: int) -> str:
    return window.session.photos.photo(photo_id).path.rpartition("/")[2]


def marks_of(window: MainWindow, names: tuple[str, ...]) -> dict[str, Mark]:
    marks = {name_of(window, photo_id): mark for photo_id, mark in window.session.marks.marks.items()}
    return {name: marks[name] for name in names if name in marks}


def test_the_best_shot_leads_and_says_why(window: MainWindow):
    group = go_to(window, BEST)
    assert name_of(window, group.keeper.photo_id) == BEST
    window.presenter.show_current()
    assert window.side.inspector.reason().startswith("It is the best shot: ")


def test_keep_best_marks_the_burst_and_one_undo_takes_it_back(window: MainWindow):
    go_to(window, BEST)
    press(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert marks_of(window, BURST) == {name: Mark.KEEP if name == BEST else Mark.REJECT for name in BURST}
    assert not marks_of(window, (*OTHER_BURST, *BRACKET))
    assert "Marked the best of 1 group; 3 photos marked to go." in window.toast.text()
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.session.marks.marks


def test_the_number_is_chosen_and_all_bursts_are_thinned_but_no_bracket(window: MainWindow):
    from twinlens.gui.best.bar import KeepBestBar

    bar = window.findChild(KeepBestBar)
    assert bar is not None
    assert bar.isVisible()
    assert bar.state() == ""
    bar.count.setFocus()
    QTest.keyClick(bar.count, Qt.Key.Key_Up)
    assert bar.count.value() == 2
    assert window.session.library.preferences.number(KEEP_BEST) == 2
    QTest.mouseClick(bar.every, Qt.MouseButton.LeftButton)
    settle()
    for burst in (BURST, OTHER_BURST):
        marks = list(marks_of(window, burst).values())
        assert (marks.count(Mark.KEEP), marks.count(Mark.REJECT)) == (2, 2)
    assert marks_of(window, BURST)[BEST] is Mark.KEEP
    assert not marks_of(window, BRACKET)
    assert "Marked the best of 2 groups; 4 photos marked to go." in window.toast.text()
    assert "Never thinned: 1 group" in window.toast.text()
    window.session.undo()
    settle()
    assert not window.session.marks.marks


def test_chips_say_how_a_frame_came_out(window: MainWindow):
    go_to(window, "DSC_0428.JPG")
    window.presenter.show_current()
    assert {"Clipped", "Light"} <= set(window.side.inspector.chips())
    model = window.workspace.bursts.view().model()
    assert isinstance(model, GroupListModel)
    row = model.row(window.workspace.bursts.view().current_number())
    chips = {row.card(at).name: row.card(at).traits for at in range(len(BURST))}
    assert chips[BEST] == ("Sharpest",)
    assert chips["DSC_0425.JPG"] == ("Soft",)
    assert "soft" in row.card(next(at for at in range(4) if row.card(at).name == "DSC_0425.JPG")).spoken


def test_one_key_overrides_the_suggestion(window: MainWindow):
    go_to(window, BEST)
    press(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    go_to(window, "DSC_0427.JPG")
    press(window, Qt.Key.Key_P)
    others = {"DSC_0425.JPG": Mark.REJECT, "DSC_0428.JPG": Mark.REJECT}
    assert marks_of(window, BURST) == {**others, "DSC_0427.JPG": Mark.KEEP, BEST: Mark.REJECT}
    go_to(window, BEST)
    press(window, Qt.Key.Key_P)  # both, then: what one has kept oneself gives way to nothing
    assert marks_of(window, BURST) == {**others, "DSC_0427.JPG": Mark.KEEP, BEST: Mark.KEEP}
    for _ in range(2):
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks_of(window, BURST) == {**others, "DSC_0427.JPG": Mark.REJECT, BEST: Mark.KEEP}


def test_where_nothing_is_marked_a_kept_photo_is_the_keeper_and_decides_the_burst(window: MainWindow):
    go_to(window, "DSC_0427.JPG")
    press(window, Qt.Key.Key_P)
    assert marks_of(window, BURST) == {"DSC_0427.JPG": Mark.KEEP}
    go_to(window, "DSC_0427.JPG")
    view = window.workspace.bursts.view()
    model = view.model()
    assert isinstance(model, GroupListModel)
    row = model.row(view.current_number())
    assert model.state(row, 0, None).suggestion is Suggestion.NONE
    assert is_decided(row.group, window.session.marks.marks)
    groups = window.session.groups.shown(PhotoClass.BURST)
    assert groups is not None
    assert not groups.undecided(window.session.marks.marked_ids())[view.current_number()]


def test_new_measures_make_no_other_class_anew(window: MainWindow):
    desk = window.session.groups
    before = {kind: desk.groups(kind) for kind in (PhotoClass.SAME_SHOT, PhotoClass.BURST)}
    catalog = window.session.library.catalog()
    bursts = before[PhotoClass.BURST]
    assert bursts is not None
    content = catalog.photos.get_many([PhotoId(int(bursts.photo_ids(0)[0]))])[0].content
    catalog.measures.save({content: no_measures(1)})
    changed: list[list[PhotoClass]] = []
    desk.changed.connect(changed.append)
    desk.refresh_now()
    settle()
    assert changed == [[PhotoClass.BURST]]
    assert desk.groups(PhotoClass.SAME_SHOT) is before[PhotoClass.SAME_SHOT]
    assert desk.groups(PhotoClass.BURST) is not before[PhotoClass.BURST]
