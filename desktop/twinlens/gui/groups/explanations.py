"""What each class is called, and what it means in one line."""

from PySide6.QtCore import QCoreApplication

from twinlens.domain.relation import PhotoClass


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Explanations", text)


def class_name(kind: PhotoClass) -> str:
    """The class as its tab or view is named."""
    return {
        PhotoClass.IDENTICAL_FILE: tr("Identical files"),
        PhotoClass.IDENTICAL_PIXELS: tr("Identical pixels"),
        PhotoClass.SAME_SHOT: tr("Same shot"),
        PhotoClass.EDITED: tr("Edited"),
        PhotoClass.BURST: tr("Bursts"),
        PhotoClass.LOOKALIKE: tr("Lookalikes"),
    }[kind]


def explanation_words(kind: PhotoClass) -> str:
    """What the photos of a group of this class have in common."""
    return {
        PhotoClass.IDENTICAL_FILE: tr("The same bytes"),
        PhotoClass.IDENTICAL_PIXELS: tr("The same pixels in another file: other metadata, lossless conversion"),
        PhotoClass.SAME_SHOT: tr("One exposure, encoded again: recompressed, resized, turned, another format"),
        PhotoClass.EDITED: tr("One exposure with a crop, other tones, text or a border; never suggested to go"),
        PhotoClass.BURST: tr("Exposures of one scene within seconds"),
        PhotoClass.LOOKALIKE: tr("Similar pictures of any time"),
    }[kind]
