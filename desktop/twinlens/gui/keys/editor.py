"""Changing keys: find a command, press the new key, see at once whose it is. Every change applies immediately."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.commands.actions import plain
from twinlens.gui.commands.command import MENUS, Command
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.keys.feature import Keys
from twinlens.gui.keys.keymap import RESERVED, Keymap, normal
from twinlens.gui.keys.words import key_words, keys_words
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX

ROW_PX = 24  # a target that a hand can hit
SIZE_PX = (640, 640)
ID_ROLE = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    """A list of all commands above, the key of the current one below."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change keys"))
        self._keys = keys
        self._by_id = {command.id: command for command in COMMANDS}
        self.search, self.list = QLineEdit(self), QTreeWidget(self)
        self.record = QKeySequenceEdit(self)
        self.verdict = QuietLabel("", self)
        self.use = QPushButton(self.tr("&Use this key"), self)
        self.add = QPushButton(self.tr("&Add as another key"), self)
        self.none = QPushButton(self.tr("&No key"), self)
        self.reset = QPushButton(self.tr("&Built-in key"), self)
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._find)
        self.list.currentItemChanged.connect(self._show_current)
        self.record.keySequenceChanged.connect(self._judge)
        for button in (self.use, self.add, self.none, self.reset):
            button.setAutoDefault(False)
            button.clicked.connect(self._change)
        self.list.setCurrentItem(self._items[0])
        self.resize(max(SIZE_PX[0], self.fontMetrics().averageCharWidth() * 88), SIZE_PX[1])

    def command(self) -> Command | None:
        """The command whose key is changed."""
        item = self.list.currentItem()
        return self._by_id.get(item.data(0, ID_ROLE)) if item is not None else None

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Find a command or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.setUniformRowHeights(True)
        self.record.setMaximumSequenceLength(1)
        for field in (self.record, *self.record.findChildren(QLineEdit)):
            field.setAccessibleName(self.tr("New key"))
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().height())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.reset_all = buttons.addButton(self.tr("All built-in keys"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.setAutoDefault(False)
        self.reset_all.clicked.connect(self._reset_all)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self._lay_out_recorder(layout)
        layout.addWidget(without_pictures(buttons))

    def _lay_out_recorder(self, layout: QVBoxLayout) -> None:
        label = QLabel(self.tr("&Press the new key:"), self)
        label.setBuddy(self.record)
        line = QHBoxLayout()
        line.setSpacing(UNIT_PX)
        line.addWidget(label)
        line.addWidget(self.record, 1)
        choices = QHBoxLayout()
        choices.setSpacing(UNIT_PX)
        for button in (self.use, self.add, self.none, self.reset):
            choices.addWidget(button)
        choices.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(self.verdict)
        layout.addLayout(choices)

    def _fill(self) -> None:
        self._heads: list[QTreeWidgetItem] = []
        self._items: list[QTreeWidgetItem] = []
        row = QSize(0, max(ROW_PX, self.fontMetrics().height() + UNIT_PX))  # all as high as the first one
        for menu in MENUS:
            head = QTreeWidgetItem(self.list, [plain(menu)])
            self._heads.append(head)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setSizeHint(0, row)
            head.setData(1, Qt.ItemDataRole.AccessibleTextRole, self.tr("Keys"))
            for command in COMMANDS:
                if command.menu == menu:
                    item = QTreeWidgetItem(head, [plain(command.text)])
                    item.setData(0, ID_ROLE, command.id)
                    item.setSizeHint(0, row)
                    self._items.append(item)
        self.list.expandAll()
        self._show_keys()

    def _show_keys(self) -> None:
        for item in self._items:
            command = self._by_id[item.data(0, ID_ROLE)]
            keys = keys_words(self._keys.keymap.keys_of(command))
            item.setText(1, keys)
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, keys or self.tr("No key"))
            font = item.font(1)
            font.setBold(command.id in self._keys.keymap.changed)
            item.setFont(1, font)

    @Slot(str)
    def _find(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items:
            item.setHidden(wanted not in f"{item.text(0)} {item.text(1)}".casefold())
        for head in self._heads:
            head.setHidden(all(item.isHidden() for item in self._items if item.parent() is head))
        first = next((item for item in self._items if not item.isHidden()), None)
        if first is not None:
            self.list.setCurrentItem(first)

    @Slot()
    def _show_current(self) -> None:
        self.record.clear()
        self._judge()

    @Slot()
    def _judge(self) -> None:
        """Say whose the pressed key is, and offer what can be done."""
        command, key = self.command(), self._pressed()
        owner = self._keys.keymap.owner(key) if key else None
        allowed = command is not None and bool(key) and key not in RESERVED and owner is not command
        self.use.setEnabled(allowed)
        self.add.setEnabled(allowed and command is not None and bool(self._keys.keymap.keys_of(command)))
        self.none.setEnabled(command is not None and bool(self._keys.keymap.keys_of(command)))
        self.reset.setEnabled(command is not None and command.id in self._keys.keymap.changed)
        if not key or command is None:
            self.verdict.setText("")
        elif key in RESERVED:
            self.verdict.setText(self.tr("{} means the same everywhere and stays as it is.").format(key_words(key)))
        elif owner is command:
            self.verdict.setText(self.tr("{} does this already.").format(key_words(key)))
        elif owner is not None:
            words = self.tr("{} belongs to “{}”, which would lose it.")
            self.verdict.setText(words.format(key_words(key), plain(owner.text)))
        else:
            self.verdict.setText(self.tr("{} is free.").format(key_words(key)))

    @Slot()
    def _change(self) -> None:
        command, sender = self.command(), self.sender()
        if command is None:
            return
        now: Keymap = self._keys.keymap
        keys = {
            self.use: (self._pressed(),),
            self.add: (*now.keys_of(command), self._pressed()),
            self.none: (),
            self.reset: command.keys,
        }
        for button, wanted in keys.items():
            if button is sender:
                self._keys.set(now.with_keys(command, wanted))
        self._show_keys()
        self._show_current()

    @Slot()
    def _reset_all(self) -> None:
        self._keys.set(Keymap(unknown=self._keys.keymap.unknown))
        self._show_keys()
        self._show_current()

    def _pressed(self) -> str:
        return normal(self.record.keySequence().toString(QKeySequence.SequenceFormat.PortableText))
