"""Trying out a quarantine before it is needed: what the rights say is one thing, what the drive does another."""

import contextlib
import os
import secrets

from twinlens.disposal.manifest import tidy
from twinlens.disposal.placement import quarantine_folder_for
from twinlens.disposal.quarantine import make_folders
from twinlens.disposal.regular_file import sync_folder
from twinlens.disposal.rename import rename_new
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused


def try_quarantine(folder: str, override: str | None) -> str:
    """Make the quarantine for photos in ``folder``, write a file there, rename it and remove it; returns where it is.

    Nothing is left: a quarantine that was not there before goes again.

    Raises:
        StepRefused: photos of this folder cannot be quarantined; the sentence says why.
    """
    quarantine = quarantine_folder_for(folder, override)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StepRefused(f"The folder {shown(folder)} may not be written, so nothing can be moved out of it.")
    session = os.path.join(quarantine, f"trial-{secrets.token_hex(4)}")
    place = os.path.join(session, "from")
    made = make_folders(os.path.dirname(quarantine))
    try:
        os.makedirs(session, mode=0o700)
        try:
            _write(place)
            rename_new(place, os.path.join(session, "to"))
            os.unlink(os.path.join(session, "to"))
            sync_folder(quarantine)
        finally:
            if os.path.lexists(place):
                os.unlink(place)
    except OSError as error:
        raise StepRefused(f"The quarantine {shown(quarantine)} does not work: {why(error)}.") from error
    finally:
        tidy(quarantine, session)
        for new in reversed(made):
            with contextlib.suppress(OSError):  # somebody else uses it by now
                os.rmdir(new)
    return quarantine


def _write(place: str) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, b"Twinlens tried whether photos can wait here.\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
