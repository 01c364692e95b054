"""A small world for the model: two drives and a folder, real JPEGs on them, and what must still be there."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from PIL import Image

from tests.review.made_library import catalogue
from tests.safety.faults import Faults, injected
from twinlens.disposal import elsewhere, links, placement, symlinks, system_trash
from twinlens.disposal.mounts import Mount as DiskMount
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.placement import QUARANTINE_NAME
from twinlens.domain.plan import Receipt, StepState
from twinlens.library.open import Library
from twinlens.review.settle import settle_interrupted
from twinlens.volumes import identity
from twinlens.volumes.mounts import Mount

MEMORY = "/dev/shm"  # where there is one: the model syncs thousands of times
DRIVES = ("red", "blue")
MODES = (0o644, 0o600, 0o444, 0o664)


def jpeg(number: int) -> bytes:
    """A real, small JPEG that no other number gives."""
    picture = Image.new("RGB", (16, 12), (number * 53 % 256, number * 97 % 256, number * 29 % 256))
    picture.putpixel((number % 16, number // 16 % 12), (255, 255, 255))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", comment=f"photo {number}".encode())
    return buffer.getvalue()


@dataclass
class Original:
    """A file that somebody owns: where it belongs and what it must hold. ``drive`` "" is the folder beside the drives."""

    drive: str
    below: str
    content: bytes
    mtime_ns: int
    mode: int
    alive: bool = True


@dataclass
class World:
    """The files, the drives and the library; ``at`` says where a drive is plugged in, or nothing."""

    root: Path
    kind: str  # of its file system
    faults: Faults = field(default_factory=Faults)
    originals: list[Original] = field(default_factory=list)
    at: dict[str, str] = field(default_factory=dict)
    last_at: dict[str, str] = field(default_factory=dict)
    seen: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    made: int = 0
    library: Library = field(init=False)

    def place(self, original: Original) -> str:
        """Where it belongs, on a drive that is away too."""
        return f"{self.home(original.drive)}/{original.below}"

    def home(self, drive: str) -> str:
        """The folder that holds a drive's files now."""
        if not drive:
            return f"{self.root}/photos"
        return self.at.get(drive) or f"{self.root}/shelf/{drive}"

    def journalled(self, receipt: Receipt) -> tuple[str, str]:
        """Where a photo that the journal names belongs, and where it waits, as things are now."""
        query = "SELECT volume FROM steps WHERE id = ?"
        row = self.library.catalog()._connection.row(query, (receipt.step_id,))
        drive = str(row[0]).removeprefix("uuid:") if row else ""
        resting = receipt.resting_path or ""
        if drive not in DRIVES or drive in self.at:
            return receipt.path, resting
        before = self.last_at[drive]
        return self.home(drive) + receipt.path[len(before) :], self.home(drive) + resting[len(before) :]

    def add(self, drive: str, name: str, content: bytes, mode: int | None = None) -> Original:
        """A new file of the user's."""
        self.made += 1
        mode = MODES[(self.made - 1) // 4 % len(MODES)] if mode is None else mode
        mtime_ns = 1_500_000_000_123_456_789 + self.made * 1_000_000_007
        original = Original(drive, name, content, mtime_ns, mode)
        path = self.place(original)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(path).write_bytes(content)
        os.chmod(path, mode)
        os.utime(path, ns=(mtime_ns, mtime_ns))
        self.originals.append(original)
        return original

    def plug_in(self, drive: str, point: str) -> None:
        """Plug a drive in, if the place is free."""
        mount_point = str(self.root / "mnt" / point)
        if drive in self.at or mount_point in self.at.values():
            return
        shutil.rmtree(mount_point, ignore_errors=True)
        os.rename(self.root / "shelf" / drive, mount_point)
        self.at[drive] = self.last_at[drive] = mount_point

    def unplug(self, drive: str) -> None:
        """Take a drive away; the empty folder stays."""
        if drive in self.at:
            mount_point = self.at.pop(drive)
            os.rename(mount_point, self.root / "shelf" / drive)
            os.mkdir(mount_point)

    def mounts(self) -> list[Mount]:
        """The table as the system would give it."""
        number = {drive: os.makedev(8, 16 + at) for at, drive in enumerate(DRIVES)}
        drives = [Mount(place, "/", "ext4", "none", number[drive]) for drive, place in self.at.items()]
        return [Mount("/", "/", "ext4", "/dev/root-of-the-test", os.makedev(8, 1)), *drives]

    def uuids(self, folder: str) -> dict[int, str]:
        """What udev would say."""
        return {os.makedev(8, 16 + at): drive for at, drive in enumerate(DRIVES)} if folder == identity.BY_UUID else {}

    def volume_of(self, path: str) -> str:
        """The place where the volume of a path is mounted."""
        return self.mount_of(path).point

    def mount_of(self, folder: str) -> DiskMount:
        """What the engine is told of a folder's file system."""
        for place in self.at.values():
            if folder == place or folder.startswith(place + os.sep):
                return DiskMount(place, self.kind)
        return DiskMount(str(self.root), self.kind)

    def start(self) -> list[str]:
        """Open the library, as after a start of the program; returns what it says of an interrupted session."""
        self.library = Library.open(self.root / "library")
        return settle_interrupted(self.library)

    def end(self) -> None:
        """The process is gone: nothing is saved, nothing tidied."""
        self.library._close_files()

    def look_again(self) -> None:
        """What a scan would find out, without its cost: new and changed files, and those that are gone."""
        catalog = self.library.catalog()
        on_disk = {path for home in self.homes() for path in files_in(home) if not os.path.islink(path)}
        columns = catalog.photos.columns()
        online = [home + os.sep for home in self.homes()]
        gone = [
            photo_id
            for photo_id, path in zip(columns.photo_id.tolist(), columns.paths, strict=True)
            if path not in on_disk and any(path.startswith(home) for home in online)
        ]
        catalog.photos.remove(gone)
        known = set(columns.paths)
        for path in sorted(on_disk):
            status = os.stat(path)
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if path not in known or self.seen.get(path) != stamp:
                catalogue(self.library, [path])
                self.seen[path] = stamp

    def homes(self) -> list[str]:
        """The folders with photos that can be reached."""
        return [str(self.root / "photos"), *self.at.values()]

    def waiting(self) -> list[Receipt]:
        """Receipts that may speak of a file that is not at its place."""
        states = (StepState.INTENDED, StepState.DONE, StepState.UNDOING)
        return [receipt for receipt in self.library.catalog().journal.receipts(states=states) if receipt.resting_path]

    def resting_places(self) -> dict[str, list[str]]:
        """Where the journal says that a photo may be instead of at its place, by that place."""
        found: dict[str, list[str]] = {}
        for receipt in self.waiting():
            path, resting = self.journalled(receipt)
            found.setdefault(path, []).append(resting)
        return found


@contextmanager
def made_world() -> Iterator[World]:
    """A world with six pictures, each with copies in three folders."""
    chosen = os.environ.get("TWINLENS_MODEL_IN")  # such as a Btrfs drive, on which blocks can be shared
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    root = Path(tempfile.mkdtemp(prefix="twinlens-world-", dir=chosen or memory))
    world = World(root, mount_of(chosen).kind if chosen else "ext4")
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, root)
        stack.enter_context(mock.patch.object(identity, "mounts", world.mounts))
        stack.enter_context(mock.patch.object(identity, "_links", world.uuids))
        for module in (placement, links, symlinks, elsewhere, system_trash):
            stack.enter_context(mock.patch.object(module, "mount_of", world.mount_of))
        for folder in ("photos", "aside", "mnt", "shelf", *(f"shelf/{drive}" for drive in DRIVES)):
            (root / folder).mkdir(parents=True)
        for drive, point in zip(DRIVES, "ab", strict=True):
            world.plug_in(drive, point)
        for number in range(4):
            content = jpeg(number)
            for drive in ("", *DRIVES):
                world.add(drive, f"day {number % 2}/IMG_{number}.jpg", content)
            world.add(DRIVES[number % 2], f"copies/IMG_{number}.JPG", content)
        world.faults.volume_of = world.volume_of
        stack.enter_context(injected(world.faults))
        world.start()
        stack.callback(lambda: world.end())
        world.look_again()
        yield world


def files_in(folder: str) -> list[str]:
    """Every file below a folder, quarantines left out."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != QUARANTINE_NAME]
        found += [os.path.join(place, name) for name in names]
    return found


def content_at(path: str) -> bytes | None:
    """The bytes of the file at a path; None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def is_that_file(path: str, status: os.stat_result) -> bool:
    """Whether the path leads to this very file: as a name of it, or as a symbolic link."""
    try:
        return os.path.samestat(os.stat(path), status)
    except (FileNotFoundError, NotADirectoryError):
        return False
