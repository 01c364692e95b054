"""Every setting, declared once: the dialog, the command line, the file and the documentation all come from here."""

from enum import StrEnum

from msgspec import Struct


class SettingKind(StrEnum):
    """How a setting is edited."""

    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    FOLDER = "folder"
    TEXT_LIST = "list"


SettingValue = float | int | str | bool | tuple[str, ...]


class Setting(Struct, frozen=True):
    """One setting. ``minimum`` and ``maximum`` bound a number; ``choices`` are the values of a choice."""

    key: str
    section: str
    title: str
    description: str
    kind: SettingKind
    default: SettingValue
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()


THEME = Setting(
    "theme",
    "Appearance",
    "Theme",
    "Follow the system, or always light, dark or with high contrast.",
    SettingKind.CHOICE,
    "system",
    choices=("system", "light", "dark", "high-contrast", "high-contrast-light"),
)
PHOTO_GROUND = Setting(
    "photo_ground",
    "Appearance",
    "Grey around photos",
    "Brightness is judged against it: as the theme has it, or one grey in every theme.",
    SettingKind.CHOICE,
    "theme",
    choices=("theme", "black", "dark", "middle", "light", "white"),
)
TEXT_SIZE = Setting(
    "text_size",
    "Appearance",
    "Text size",
    "All texts of the window, in per cent of the system's size.",
    SettingKind.NUMBER,
    100,
    minimum=80,
    maximum=200,
    step=10,
    unit="%",
)
LESS_MOVEMENT = Setting(
    "less_movement",
    "Appearance",
    "Less movement",
    "No bars that run to and fro, no fading controls, no blinking cursor; always so where the system asks for it.",
    SettingKind.SWITCH,
    False,
)
THUMBNAIL_SIDE = Setting(
    "thumbnail_side",
    "Appearance",
    "Thumbnail size",
    "The longest side of a thumbnail in the grid.",
    SettingKind.NUMBER,
    160,
    minimum=96,
    maximum=320,
    step=16,
    unit="px",
)
SIMILARITY = Setting(
    "similarity",
    "Matching",
    "Similarity",
    "How sure a match must be to be shown; the slider's position.",
    SettingKind.NUMBER,
    0.75,
    minimum=0.5,
    maximum=1.0,
    step=0.01,
)
TIME_GAP = Setting(
    "time_gap_s",
    "Matching",
    "Time gap",
    "The longest pause between two neighbours of a burst.",
    SettingKind.NUMBER,
    20.0,
    minimum=0.0,
    maximum=60.0,
    step=0.5,
    unit="s",
)
EMBEDDING = Setting(
    "embedding",
    "Scanning",
    "Recognise content",
    "Run the network on every photo; needed for lookalikes and bursts.",
    SettingKind.SWITCH,
    True,
)
THREADS = Setting(
    "threads",
    "Scanning",
    "Threads",
    "How many photos are decoded at once; 0 uses every core.",
    SettingKind.NUMBER,
    0,
    minimum=0,
    maximum=64,
    step=1,
)
IGNORED_NAMES = Setting(
    "ignored_names",
    "Scanning",
    "Ignored names",
    "Folders and files with these names are passed over, wherever they are; so are hidden ones.",
    SettingKind.TEXT_LIST,
    (  # each with its reason in docs/ignored.md
        "@eaDir",
        "#recycle",
        "#snapshot",
        "@Recycle",
        "@Recently-Snapshot",
        ".Trash*",
        "$RECYCLE.BIN",
        "RECYCLER",
        "System Volume Information",
        "lost+found",
        "Thumbs.db",
        ".thumbnails",
        ".picasaoriginals",
        ".dtrash",
        "*.lrdata",
        "*.lrcat-data",
        ".twinlens-quarantine",
    ),
)
IGNORED_PATHS = Setting(
    "ignored_paths",
    "Scanning",
    "Ignored paths",
    "Places whose path fits one of these patterns are passed over: * is any part of a name, ** any number of folders.",
    SettingKind.TEXT_LIST,
    (
        "*.photoslibrary/resources/**",
        "*.photoslibrary/database/**",
        "*.photoslibrary/private/**",
        "*.photoslibrary/scopes/**",
        "*.photoslibrary/Thumbnails/**",
        "*.photoslibrary/Previews/**",
        "*.photolibrary/Thumbnails/**",
        "*.photolibrary/Previews/**",
        "*.aplibrary/Thumbnails/**",
        "*.aplibrary/Previews/**",
        "CaptureOne/Cache/**",
        "*.cocatalog/Cache/**",
        "appdata_*/preview/**",
    ),
)
WATCH_FOLDERS = Setting(
    "watch_folders",
    "Scanning",
    "Watch the folders",
    "New, changed and removed photos appear by themselves while the window is open.",
    SettingKind.SWITCH,
    True,
)
MAX_MEGAPIXELS = Setting(
    "max_megapixels",
    "Scanning",
    "Largest picture",
    "Pictures with more pixels are listed as problems instead of decoded.",
    SettingKind.NUMBER,
    300,
    minimum=10,
    maximum=2000,
    step=10,
    unit="MP",
)
QUARANTINE_VARIABLE = "TWINLENS_QUARANTINE"  # the environment goes before the setting below; --quarantine sets it
QUARANTINE_FOLDER = Setting(
    "quarantine_folder",
    "Removal",
    "Quarantine folder",
    "Where removed photos wait, on the same volume; empty chooses a folder at the root of each volume.",
    SettingKind.FOLDER,
    "",
)
MEASURE_BURSTS = Setting(
    "measure_bursts",
    "Review",
    "Tell the best shot",
    "Look closely at the frames of bursts after a scan, and suggest the best one.",
    SettingKind.SWITCH,
    True,
)
KEEP_BEST = Setting(
    "keep_best",
    "Review",
    "Best shots to keep",
    "How many frames of a burst stay when it is thinned to the best.",
    SettingKind.NUMBER,
    1,
    minimum=1,
    maximum=32,
    step=1,
)
QUARANTINE_DAYS = Setting(
    "quarantine_days",
    "Removal",
    "Empty the quarantine after",
    "Photos that have waited so long are removed for good when the window opens, each checked before; 0 never does that.",
    SettingKind.NUMBER,
    0,
    minimum=0,
    maximum=3650,
    step=1,
    unit="days",
)
AUTO_ADVANCE = Setting(
    "auto_advance",
    "Review",
    "Go on after a decision",
    "Select the next photo after keep or reject.",
    SettingKind.SWITCH,
    True,
)
KEYS = Setting(
    "keys",
    "Keyboard",
    "Own keys",
    "Keys that differ from the built-in ones, as command=key key; changed in the window under Edit > Change keys.",
    SettingKind.TEXT_LIST,
    (),
)
RECENT_FOLDERS = Setting(
    "recent_folders",
    "Appearance",
    "Folders opened lately",
    "What the menu File > Open recent offers, the newest first; the window keeps it.",
    SettingKind.TEXT_LIST,
    (),
)

ALL_SETTINGS: tuple[Setting, ...] = (
    THEME,
    PHOTO_GROUND,
    TEXT_SIZE,
    LESS_MOVEMENT,
    THUMBNAIL_SIDE,
    SIMILARITY,
    TIME_GAP,
    EMBEDDING,
    THREADS,
    WATCH_FOLDERS,
    IGNORED_NAMES,
    IGNORED_PATHS,
    MAX_MEGAPIXELS,
    QUARANTINE_FOLDER,
    QUARANTINE_DAYS,
    MEASURE_BURSTS,
    KEEP_BEST,
    AUTO_ADVANCE,
    KEYS,
    RECENT_FOLDERS,
)
