"""Ways other than the quarantine, in words: what each does, what can be expected of it, what came of it."""

from PySide6.QtCore import QCoreApplication

from twinlens.domain.plan import DisposalKind
from twinlens.gui.outcome_words import refused_words
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.thumbnails.words import file_size_words, photos_words
from twinlens.review.instead import LINKS, Outlook

WAYS = (
    DisposalKind.HARDLINK,
    DisposalKind.REFLINK,
    DisposalKind.SYMLINK,
    DisposalKind.MOVE,
    DisposalKind.COPY,
)


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Instead", text)


def way_words(kind: DisposalKind) -> tuple[str, str]:
    """The name of a way, with its mnemonic, and one sentence about it."""
    return {
        DisposalKind.HARDLINK: (
            tr("&Hard link"),
            tr("Frees space. Every path stays; both become names of one file, and editing one edits both."),
        ),
        DisposalKind.REFLINK: (
            tr("&Reflink"),
            tr("Frees space. Every path stays and can be edited on its own. On Btrfs, XFS and the like."),
        ),
        DisposalKind.SYMLINK: (
            tr("&Symbolic link"),
            tr("Frees space. The path stays and leads to the photo that is kept."),
        ),
        DisposalKind.MOVE: (
            tr("&Move to a folder"),
            tr("Frees no space. The photos leave their place; on the same volume only."),
        ),
        DisposalKind.COPY: (
            tr("&Copy to a folder"),
            tr("Frees no space and needs more. The photos stay where they are as well."),
        ),
    }[kind]


def outlook_words(outlook: Outlook) -> str:
    """What can be expected: "2 photos, 31 MB: frees 31 MB." and how many stay as they are, and why."""
    words = []
    if outlook.count:
        photos, size = photos_words(outlook.count), file_size_words(outlook.size_bytes)
        if outlook.kind in LINKS:
            words.append(tr("{}: frees {}.").format(photos, file_size_words(outlook.frees_bytes)))
        elif outlook.kind is DisposalKind.MOVE:
            words.append(tr("{}, {}: frees no space.").format(photos, size))
        else:
            words.append(tr("{}: needs {} more.").format(photos, size))
    if outlook.left:
        words.append(COUNTS.left_out(outlook.left).format(outlook.reason))
    return " ".join(words) or tr("There is no photo that this could be done with.")


def button_words(outlook: Outlook) -> str:
    """What the button would do."""
    photos = photos_words(outlook.count) if outlook.count else ""
    if outlook.kind in LINKS:
        return tr("Link {}").format(photos).strip()
    return (tr("Move {}") if outlook.kind is DisposalKind.MOVE else tr("Copy {}")).format(photos).strip()


def done_words(kind: DisposalKind, count: int, freed_bytes: int, refused: tuple[tuple[str, str], ...]) -> str:
    """What came of it, with what was left in place and the first reason."""
    photos = photos_words(count)
    words = ""
    if count:
        words = {
            DisposalKind.TRASH: tr("Moved {} to the system trash.").format(photos),
            DisposalKind.HARDLINK: tr("Replaced {} by hard links; {} are free again."),
            DisposalKind.REFLINK: tr("{} share their space with the copies kept now; {} are free again."),
            DisposalKind.SYMLINK: tr("Replaced {} by symbolic links; {} are free again."),
            DisposalKind.MOVE: tr("Moved {} to the folder."),
            DisposalKind.COPY: tr("Copied {} to the folder."),
        }[kind].format(photos, file_size_words(freed_bytes))
    return " ".join(part for part in (words, refused_words(refused)) if part) or tr("There was nothing to do.")
