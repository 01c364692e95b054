"""The process in which files are read, hashed, decoded and fingerprinted, and pairs verified:
``python -m twinlens.scanning.apart.child``.

Only one small answer leaves it for each file or batch of pairs. It may die of a file, take too long or ask for too much
memory: none of that reaches the process that asked.
"""

import logging

import cv2
from PIL import Image

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.photo import FileStamp
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.fingerprints.content import content_hash, pixel_hash
from twinlens.fingerprints.network_input import network_input
from twinlens.fingerprints.study import fingerprint
from twinlens.fingerprints.traces import traces_of
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.local import Task, decode_here
from twinlens.imaging.opening import format_of
from twinlens.imaging.reading import read_with_stamp
from twinlens.imaging.scale import FOR_STUDY, for_preview
from twinlens.imaging.thumbnail import encode_thumbnail
from twinlens.isolation.frames import Body, Head
from twinlens.isolation.precedence import process_gives_way
from twinlens.isolation.serving import Allowance, allow, run
from twinlens.scanning.apart.messages import StudyAnswer, encode

logger = logging.getLogger(__name__)


def answer(head: Head, sent: bytes) -> tuple[Head, Body]:
    """Do what one request asks; a file that cannot be studied becomes a sentence."""
    bounds = DecodeBounds(**head["bounds"])
    try:
        allow(Allowance(head["patience_s"], bounds.max_memory_bytes))
        if head["task"] == "verify":
            from twinlens.scanning.apart.verdicts import VERDICTS  # where nothing is new, nobody asks

            return {}, VERDICTS.on(head["run"], sent)
        data, stamp = read_with_stamp(head["path"], bounds)
        if head["task"] == "pixels":
            return _pixels(head, data, bounds)
        if head["task"] == "traces":
            return _traces(head, data, bounds)
        if head["task"] == "measure":
            return _measures(head, data, bounds)
        return _study(head, data, stamp, bounds)
    except PhotoUnreadable as error:
        return _failure(error), b""
    except MemoryError:
        return {"error": "there is not enough memory to decode it", "lasts": False, "retire": True}, b""
    except Exception as error:  # the boundary: whatever one file provokes costs one line
        logger.info("studying a file failed", exc_info=True)
        return {"error": f"it cannot be studied ({type(error).__name__}: {str(error)[:200]})", "lasts": False}, b""


def _study(head: Head, data: bytes, stamp: FileStamp, bounds: DecodeBounds) -> tuple[Head, Body]:
    content = content_hash(data)
    if content.hex() in head["known"]:
        return {"known": content.hex(), "stamp": [stamp.size_bytes, stamp.mtime_ns, stamp.inode]}, b""
    picture = decode_here(Task.STUDY, data, format_of(data, head["path"]), FOR_STUDY, bounds)
    if not isinstance(picture, StudyPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    prints = fingerprint(picture.pixels)
    side_px = head["input_side_px"]
    answer = StudyAnswer(
        stamp,
        content,
        picture.facts,
        picture.metadata,
        prints.sharpness,
        prints.perceptual.astype("<u8").tobytes(),
        prints.histogram.astype("<f4").tobytes(),
        encode_thumbnail(picture.pixels),
        network_input(picture.pixels, side_px).tobytes() if side_px else b"",
    )
    return {}, encode(answer)


def _pixels(head: Head, data: bytes, bounds: DecodeBounds) -> tuple[Head, Body]:
    if content_hash(data).hex() != head["content"]:
        return {"changed": True}, b""
    picture = decode_here(Task.FULL, data, format_of(data, head["path"]), FOR_STUDY, bounds)
    if not isinstance(picture, FullPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    return {"pixels": pixel_hash(picture.pixels, picture.profile).hex()}, b""


def _traces(head: Head, data: bytes, bounds: DecodeBounds) -> tuple[Head, Body]:
    if content_hash(data).hex() != head["content"]:
        return {"changed": True}, b""
    picture = decode_here(Task.FULL, data, format_of(data, head["path"]), FOR_STUDY, bounds)
    if not isinstance(picture, FullPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    found = traces_of(picture.pixels, picture.facts.jpeg_quality)
    return {"earlier_quality": found.earlier_quality, "spectrum": found.spectrum.hex()}, b""


def _measures(head: Head, data: bytes, bounds: DecodeBounds) -> tuple[Head, Body]:
    from twinlens.fingerprints.measures import SIDE_PX, measure  # a scan does without

    if content_hash(data).hex() != head["content"]:
        return {"changed": True}, b""
    picture = decode_here(Task.STUDY, data, format_of(data, head["path"]), for_preview(SIDE_PX), bounds)
    if not isinstance(picture, StudyPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    return {"measured": True}, measure(picture.pixels).tobytes()


def _failure(error: PhotoUnreadable) -> Head:
    """The sentence, and whether the same bytes would fail again: not so where the system refused or memory lacked."""
    cause = error.__cause__
    # An OSError of the system has a number; those by which Pillow reports damage have none.
    number = getattr(cause, "errno", None)
    short_of_memory = isinstance(cause, MemoryError)
    return {
        "error": str(error),
        "errno": number,
        "vanished": isinstance(cause, FileNotFoundError),
        "lasts": number is None and not short_of_memory,
        "retire": short_of_memory,
    }


def main() -> None:
    """Serve the process that started this one."""
    cv2.setNumThreads(1)  # as many processes as cores: threads of OpenCV would only get into their way
    process_gives_way()
    Image.MAX_IMAGE_PIXELS = None  # sizes are checked against the bounds of each request
    run(answer)


if __name__ == "__main__":
    main()
