import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinlens.volumes import identity, is_here, mounted_volumes, relative_to_volume, resolved, volume_of
from twinlens.volumes.mounts import Mount, mount_of, mounts, parse_mountinfo

CARD = Mount("/media/card", "/", "vfat", "/dev/sdb1", os.makedev(8, 17))


def with_mounts(monkeypatch: pytest.MonkeyPatch, *mounted: Mount, uuids: dict[int, str] | None = None) -> None:
    monkeypatch.setattr(identity, "mounts", lambda: list(mounted))
    monkeypatch.setattr(identity, "_links", lambda folder: (uuids or {}) if folder == identity.BY_UUID else {})


def test_a_line_of_mountinfo() -> None:
    line = rb"36 35 98:5 /photos /mnt/my\040card\134x\012y rw,noatime shared:1 master:2 - ext4 /dev/sd\040a1 rw"
    assert parse_mountinfo(line) == Mount("/mnt/my card\\x\ny", "/photos", "ext4", "/dev/sd a1", os.makedev(98, 5))
    assert parse_mountinfo(b"36 35 98:0 / /mnt") is None


@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_any_mount_point(name: bytes) -> None:
    escaped = b"".join(rb"\%03o" % byte if byte in b" \t\n\\" else bytes([byte]) for byte in name)
    mount = parse_mountinfo(b"1 2 3:4 / /" + escaped + b" rw - tmpfs tmpfs rw")
    assert mount is not None
    assert os.fsencode(mount.mount_point) == b"/" + name


def test_the_deepest_and_latest_mount_holds_a_folder() -> None:
    root, first, second = (
        Mount("/", "/", "ext4", "/dev/a", 1),
        Mount("/m", "/", "vfat", "b", 2),
        Mount("/m", "/", "vfat", "c", 3),
    )
    assert mount_of("/m/x", [root, first, second]) is second
    assert mount_of("/mx", [root, first, second]) is root
    with pytest.raises(LookupError):
        mount_of("/other", [first])


def test_a_card_is_known_again_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    uuids = {os.makedev(8, 17): "1234-ABCD"}
    ids = set()
    for place in ("one", "two"):
        folder = tmp_path / place
        folder.mkdir()
        with_mounts(
            monkeypatch,
            Mount("/", "/", "ext4", "none", 1),
            Mount(str(folder), "/", "vfat", "x", os.makedev(8, 17)),
            uuids=uuids,
        )
        volume = volume_of(str(folder / "DCIM.jpg"))
        assert (volume.mount_point, volume.label) == (str(folder), place)
        assert relative_to_volume(str(folder / "DCIM.jpg"), volume) == "DCIM.jpg"
        ids.add(volume.id)
    assert ids == {"uuid:1234-ABCD"}


def identities(monkeypatch: pytest.MonkeyPatch, *mounted: Mount) -> list[str]:
    with_mounts(monkeypatch, *mounted)
    return [identity._volume(mount, mounted, {}, {}).id for mount in mounted]


def test_what_has_no_uuid_has_a_stable_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    share, share_elsewhere = (Mount(f"/mnt/{k}", "/", "nfs4", "nas:/photos", 50 + k) for k in range(2))
    other_share = Mount("/mnt/3", "/", "nfs4", "nas:/scans", 60)
    memory, other_memory = Mount("/a", "/", "tmpfs", "tmpfs", 70), Mount("/b", "/", "tmpfs", "tmpfs", 71)
    subvolume = Mount("/home", "/@home", "nfs4", "nas:/photos", 80)
    found = identities(monkeypatch, share, share_elsewhere, other_share, memory, other_memory, subvolume)
    assert found[0] == found[1]
    assert len(set(found)) == 5


def test_a_copied_drive_is_not_taken_for_the_original(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both say the same UUID: the one that was mounted first keeps it, whichever is asked first."""
    (tmp_path / "original").mkdir()
    (tmp_path / "copy").mkdir()
    original = Mount(str(tmp_path / "original"), "/", "exfat", "/dev/of-the-test-b", os.makedev(8, 17))
    again = Mount("/elsewhere", "/DCIM", "exfat", "/dev/of-the-test-b", os.makedev(8, 17))
    copy = Mount(str(tmp_path / "copy"), "/", "exfat", "/dev/of-the-test-c", os.makedev(8, 33))
    uuids = {os.makedev(8, 17): "1234-ABCD", os.makedev(8, 33): "1234-ABCD"}
    root = Mount("/", "/", "ext4", "none", 1)
    with_mounts(monkeypatch, root, original, again, copy, uuids=uuids)
    assert volume_of(str(tmp_path / "copy")).id == "uuid:1234-ABCD:/dev/of-the-test-c"
    assert volume_of(str(tmp_path / "original")).id == "uuid:1234-ABCD"
    assert {volume.id for volume in mounted_volumes()} >= {"uuid:1234-ABCD", "uuid:1234-ABCD:/dev/of-the-test-c"}
    with_mounts(monkeypatch, root, original, uuids=uuids)
    assert volume_of(str(tmp_path / "original")).id == "uuid:1234-ABCD"


def test_sticks_without_an_identity_are_told_apart_by_their_size(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stick = Mount(str(tmp_path), "/", "vfat", "/dev/of-the-test", os.makedev(8, 49))
    sizes = set()
    for blocks in (1000, 2000):
        facts = os.statvfs_result((4096, 4096, blocks, 1, 1, 1, 1, 1, 0, 255))
        monkeypatch.setattr("twinlens.volumes.identity.os.statvfs", lambda _path, facts=facts: facts)
        sizes.update(identities(monkeypatch, stick))
    assert len(sizes) == 2


@pytest.mark.parametrize(
    ("fs_type", "last"),
    [("ext4", True), ("ntfs3", True), ("vfat", False), ("exfat", False), ("fuse.sshfs", False), ("fuseblk", True)],
)
def test_which_inodes_can_be_believed(
    fs_type: str, last: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_mounts(
        monkeypatch, Mount("/", "/", "ext4", "none", 1), Mount(str(tmp_path), "/", fs_type, "/dev/of-a-test", 2)
    )
    assert volume_of(str(tmp_path)).inodes_last is last


def test_a_volume_is_here_while_it_is_mounted_at_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    card = Mount(str(tmp_path), "/", "vfat", "none", os.makedev(8, 17))
    root = Mount("/", "/", "ext4", "none", 1)
    with_mounts(monkeypatch, root, card, uuids={os.makedev(8, 17): "CARD"})
    volume = volume_of(str(tmp_path))
    assert is_here(volume)
    with_mounts(monkeypatch, root)  # the folder is still there
    assert not is_here(volume)
    with_mounts(monkeypatch, root, card, uuids={os.makedev(8, 17): "OTHER"})
    assert not is_here(volume)


def test_links_in_folders_are_resolved_and_a_link_to_a_photo_is_not(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.jpg").write_bytes(b"x")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "link.jpg").symlink_to("a.jpg")
    real = os.path.realpath(tmp_path / "real")
    assert resolved(str(tmp_path / "folder" / "link.jpg")) == f"{real}/link.jpg"
    assert resolved(str(tmp_path / "folder")) == real
    assert resolved(str(tmp_path / "folder" / ".." / "real" / "no.jpg")) == f"{real}/no.jpg"


def test_the_volume_of_a_real_folder(tmp_path: Path) -> None:
    volume = volume_of(str(tmp_path / "photo \udcff.jpg"))
    assert os.path.ismount(volume.mount_point)
    assert volume_of(volume.mount_point) == volume
    assert volume.id
    below = relative_to_volume(str(tmp_path / "photo \udcff.jpg"), volume)
    assert os.path.join(volume.mount_point, below) == f"{os.path.realpath(tmp_path)}/photo \udcff.jpg"
    assert relative_to_volume(volume.mount_point, volume) == ""
    assert volume.id in [mounted.id for mounted in mounted_volumes()]


def test_no_volume_for_what_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError):
        volume_of(str(tmp_path / "no folder" / "a.jpg"))
    with_mounts(monkeypatch, CARD)
    with pytest.raises(ValueError, match="is not on the volume mounted at"):
        relative_to_volume(str(tmp_path), identity._volume(CARD, [CARD], {}, {}))


def test_mounted_volumes_are_each_named_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "hosts"
    file.write_bytes(b"")
    hidden = Mount(str(tmp_path), "/", "ext4", "nas:/hidden", 4)
    with_mounts(
        monkeypatch,
        Mount("/proc", "/", "proc", "proc", 1),
        hidden,
        Mount(str(tmp_path), "/", "nfs4", "nas:/photos", 2),
        Mount("/", "/", "nfs4", "nas:/photos", 2),
        Mount(str(file), "/etc/hosts", "ext4", "/dev/x", 3),
    )
    assert [(volume.id, volume.mount_point) for volume in mounted_volumes()] == [("nfs4:nas:/photos", "/")]


def test_without_mountinfo_psutil_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from_system = {mount.mount_point for mount in mounts()}
    monkeypatch.setattr("twinlens.volumes.mounts.MOUNTINFO", str(tmp_path / "absent"))
    assert {mount.mount_point for mount in mounts()} & from_system
