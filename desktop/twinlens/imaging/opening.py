"""Opening a picture with the one plugin that its content asks for, and turning every failure into one sentence."""

import importlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.formats import HEAD_BYTES, Format, recognise, what_it_is_not

# What decoders raise on damaged input. Pillow documents few of these; fuzzing found the rest.
DAMAGE = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError,
    EOFError, NotImplementedError, RuntimeError, struct.error, zlib.error, BufferError, Image.DecompressionBombError,
)  # fmt: skip
EARLY_END = (
    "truncated",
    "too early",
    "unexpected end",
    "end of file",
    "insufficient",
    "got eof",
    "not enough",
    "too small",
)
UNKNOWN_KIND = ("unknown pixel mode", "unsupported", "not supported", "unknown mode", "not implemented")
TOO_EARLY = "the file ends too early: part of the picture is missing"
QUIET = ("ignore", UserWarning, r"PIL\.")


def format_of(data: bytes, name: str) -> Format:
    """The format of a file by its content; raises PhotoUnreadable, saying what it is instead."""
    found = recognise(data[:HEAD_BYTES], name)
    if found is None:
        raise PhotoUnreadable(f"the file is not an image {what_it_is_not(data[:512])}")
    return found


@contextmanager
def damage_as_unreadable(entry: Format) -> Iterator[None]:
    """Turn whatever a decoder raises on damaged input into PhotoUnreadable."""
    try:
        yield
    except PhotoUnreadable:
        raise
    except MemoryError as error:
        raise PhotoUnreadable(f"decoding this {entry.name} file needs more memory than is allowed") from error
    except DAMAGE as error:
        raise PhotoUnreadable(sentence_for(entry, error)) from error


def sentence_for(entry: Format, error: BaseException) -> str:
    """One sentence about what is wrong with the file."""
    detail = " ".join(str(error).split())[:200]
    if isinstance(error, EOFError) or any(words in detail.lower() for words in EARLY_END):
        return TOO_EARLY
    if any(words in detail.lower() for words in UNKNOWN_KIND):
        return f"this kind of {entry.name} file cannot be decoded ({detail})"
    return f"the {entry.name} data is damaged ({detail or type(error).__name__})"


def open_picture(data: bytes, entry: Format) -> ImageFile.ImageFile:
    """Read the header; nothing is decoded yet. Errors are those of the plugin: use inside ``damage_as_unreadable``.

    The plugin is called directly: ``Image.open`` would try other plugins, and warn of sizes that are checked here anyway.
    """
    keep_pillow_quiet()
    module, _, name = entry.decoder.partition(":")
    plugin = getattr(importlib.import_module(module), name)
    image = plugin(io.BytesIO(data))
    if not isinstance(image, ImageFile.ImageFile):
        raise TypeError(f"{entry.decoder} opens no image files")
    return image


def keep_pillow_quiet() -> None:
    """Pillow tells of damaged metadata by ``warnings.warn``, about hostile files that are none of the user's doing.

    ``warnings.catch_warnings`` is not safe in threads; one filter for Pillow's modules, set once, is.
    """
    action, category, module = QUIET
    for known in warnings.filters:
        if known[0] == action and known[2] is category and getattr(known[3], "pattern", "") == module:
            return
    warnings.filterwarnings("ignore", category=UserWarning, module=module)
