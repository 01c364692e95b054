"""What there is little room for: whole words or none, sliders that give way, columns that are equally full."""

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from tests.gui.content_samples import Shelf, jpegs
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import QUARANTINE_DAYS, SIMILARITY, THREADS, Setting
from twinlens.gui.duplicates.flat_tabs import FlatTabBar
from twinlens.gui.footer.bar import Footer, Hint
from twinlens.gui.groups.bar import GroupsBar
from twinlens.gui.settings.editors import editor_for
from twinlens.gui.shortcuts_sheet.sheet import COLUMNS, balanced
from twinlens.gui.sliders.value_slider import SLIDER_WIDTH_PX
from twinlens.gui.survey.tile import SurveyTile
from twinlens.gui.thumbnails.card_content import CardState, card_content

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_the_footer_teaches_as_many_keys_as_fit_and_cuts_none_off(qtbot):
    footer = Footer(QAction())
    qtbot.addWidget(footer)
    footer.show_keys({"keep": "P", "reject": "X", "accept": "Return"})
    hint = footer.findChild(Hint)
    assert hint is not None
    whole = hint.text()
    seen = set()
    for width in range(0, hint.sizeHint().width() + 40, 8):
        hint.resize(width, 20)
        seen.add(hint.shown_text())
    assert whole in seen
    assert seen <= {"", "Return accepts", "Return accepts, P keeps", whole}
    assert len(seen) == 4


def test_the_summary_above_bursts_is_whole_in_a_small_window(qtbot):
    bar = GroupsBar(GroupQuery(PhotoClass.BURST))
    qtbot.addWidget(bar)
    bar.show_totals([])
    bar.resize(1200, 80)
    bar.show()
    assert bar.similarity.slider().maximumWidth() == SLIDER_WIDTH_PX
    bar.resize(560, 80)
    assert bar.similarity.slider().maximumWidth() < SLIDER_WIDTH_PX
    for slider in (bar.similarity, bar.time_gap):
        assert slider.geometry().right() <= bar.width()


def test_the_columns_of_keys_are_about_equally_full():
    heights = [8, 12, 32, 12, 18, 5, 8]
    columns = balanced(heights)
    assert sorted(number for column in columns for number in column) == list(range(len(heights)))
    assert len(columns) == COLUMNS
    assert max(sum(heights[number] for number in column) for column in columns) <= 35


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [(SIMILARITY, 0.75, "75 %"), (THREADS, 0, "Automatic"), (THREADS, 3, "3"), (QUARANTINE_DAYS, 0, "Never")],
)
def test_numbers_of_settings_are_said_as_everywhere_else(qtbot, setting: Setting, value: float, words: str):
    parent = QWidget()
    qtbot.addWidget(parent)
    editor = editor_for(setting, value, parent)
    assert isinstance(editor.widget, QDoubleSpinBox)
    assert editor.widget.text() == words
    assert editor.read() == value


def test_a_photo_on_a_drive_that_is_away_says_so_on_its_card(qapp, photos_dir):
    photo = Shelf(jpegs(photos_dir / "caltech101", 1)).photos[1]
    assert "offline" not in card_content(photo, photo.id).lines[1]
    assert card_content(replace(photo, online=False), photo.id).lines[1].endswith("offline")


def test_a_tile_of_the_survey_says_what_sets_its_frame_apart(qtbot, photos_dir):
    parent = QWidget()
    qtbot.addWidget(parent)
    tile = SurveyTile(0, 16, parent)
    tile.resize(300, 220)
    photo = Shelf(jpegs(photos_dir / "caltech101", 1)).photos[1]
    tile.show_photo(photo, CardState(), 4)
    plain = tile.grab().toImage()
    tile.show_photo(photo, CardState(), 4, ("Soft",))
    assert "Soft" in tile.accessibleName()
    assert tile.grab().toImage() != plain


def test_tabs_say_less_rather_than_hide_behind_arrows(qtbot):
    tabs = FlatTabBar()
    qtbot.addWidget(tabs)
    for number, name in enumerate(("Identical files", "Identical pixels", "Same shot", "Edited")):
        tabs.addTab(name)
        tabs.set_detail(number, "1,428 · 5.7 GB")
    tabs.resize(900, 40)
    tabs.show()
    assert tabs.detail(0) == "1,428 · 5.7 GB"
    tabs.resize(640, 40)
    assert tabs.detail(0) == "1,428"
    assert tabs.tabRect(3).right() <= 640
    assert tabs.accessibleTabName(0) == "Identical files, 1,428 · 5.7 GB"
