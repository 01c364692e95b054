"""What an undo and its settling after a crash both ask and do of a photo that gets a file of its own again."""

import os

from twinlens.disposal.regular_file import open_regular
from twinlens.domain.plan import Receipt
from twinlens.review.verification import hash_of_open_file


def holds_its_content(path: str, receipt: Receipt) -> bool:
    """Whether the file at ``path`` still has the bytes that the receipt is about.

    Raises:
        StepRefused: there is no file that could be read.
    """
    with open_regular(path) as descriptor:
        return hash_of_open_file(descriptor).hex() == receipt.content_hex


def give_its_time(receipt: Receipt) -> None:
    """Set the modification time that the photo had; raises OSError."""
    os.utime(receipt.path, ns=(receipt.mtime_ns, receipt.mtime_ns), follow_symlinks=False)
