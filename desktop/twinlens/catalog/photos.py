"""The photos of the catalog: save, find, remove."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from twinlens.catalog import photo_rows
from twinlens.catalog.connection import Connection
from twinlens.catalog.copy_vectors import save_copy_vector
from twinlens.catalog.paths import directly_in, name_key, relative, stamp_from, under
from twinlens.catalog.photo_columns import load_photo_columns
from twinlens.catalog.protection import read_protection
from twinlens.catalog.vectors import delete_other_vectors, model_number, save_vector
from twinlens.domain.columns import PhotoColumns
from twinlens.domain.photo import FileStamp, Photo, PhotoId, VolumeId
from twinlens.domain.picture import PhotoRecord


class KnownFile(Struct, frozen=True):
    """What the catalog knows of a file: equal stamps mean that it need not be read again."""

    photo_id: PhotoId
    stamp: FileStamp
    has_embedding: bool


_ANY: Mapping[PhotoId, bytes] = {}
_SET_PIXELS = "UPDATE photos SET pixels = ?1 WHERE id = ?2 AND content = coalesce(?3, content)"


class PhotoTable:
    """All photos, each known by volume and path on it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known_under(
        self, volume: VolumeId, relative_folder: str, model_sha256: str | None = None, *, with_away: bool = False
    ) -> dict[str, KnownFile]:
        """The photos in a folder of a volume and below ("" for all of it), by relative path.

        ``has_embedding`` speaks of the network with this sha256 where one is named, otherwise of any. Photos that are
        away are left out unless ``with_away``.
        """
        return self._known(*under(relative_folder), volume, model_sha256, with_away=with_away)

    def known_in(self, volume: VolumeId, relative_folder: str, model_sha256: str | None) -> dict[str, KnownFile]:
        """The same for what lies in the folder itself and not in folders below, photos that are away too."""
        return self._known(*directly_in(relative_folder), volume, model_sha256, with_away=True)

    def _known(
        self,
        condition: str,
        values: Sequence[bytes | int],
        volume: VolumeId,
        model_sha256: str | None,
        *,
        with_away: bool,
    ) -> dict[str, KnownFile]:
        shown = "1" if with_away else "away = 0"
        rows = self._db.rows(
            "SELECT relative_path, id, size_bytes, mtime_ns, inode, EXISTS (SELECT 1 FROM embeddings e"  # noqa: S608 - fixed text
            " WHERE e.photo_id = photos.id AND (?2 IS NULL OR e.model = (SELECT id FROM models WHERE sha256 = ?2)))"
            f" FROM photos WHERE volume = ?1 AND {shown} AND {condition}",
            (volume, model_sha256, *values),
        )
        return {
            os.fsdecode(path): KnownFile(PhotoId(id_), stamp_from(size, mtime, inode), bool(embedded))
            for path, id_, size, mtime, inode, embedded in rows
        }

    def save(self, records: Sequence[PhotoRecord], model_sha256: str | None) -> list[PhotoId]:
        """Add or renew photos in one transaction; returns their ids in order.

        A photo at a known place keeps its id. Its relations are dropped, and where the content is another, so are its
        mark, its pixel hash and the vectors of all networks. A problem noted for the file is forgotten.

        Raises:
            ValueError: a record has an embedding and no network is named.
        """
        with self._db.transaction():
            model = None if model_sha256 is None else model_number(self._db, model_sha256)
            return [self._save_one(record, model) for record in records]

    def _save_one(self, record: PhotoRecord, model: int | None) -> PhotoId:
        place = (record.volume, os.fsencode(record.relative_path))
        before = self._db.row("SELECT id, content FROM photos WHERE volume = ? AND relative_path = ?", place)
        id_ = self._db.number(photo_rows.SAVE, photo_rows.values_of(record))
        if before is not None:
            self._db.run("DELETE FROM relations WHERE first = ?1 OR second = ?1", (id_,))
            if before[1] != record.content:
                self._db.run("DELETE FROM marks WHERE photo_id = ?", (id_,))
                delete_other_vectors(self._db, id_, model if record.embedding is not None else None)
        prints = record.fingerprints
        self._db.run(
            "INSERT OR REPLACE INTO fingerprints (photo_id, perceptual, histogram) VALUES (?, ?, ?)",
            (id_, prints.perceptual.astype("<u8").tobytes(), prints.histogram.astype("<f4").tobytes()),
        )
        if record.embedding is not None:
            if model is None:
                raise ValueError("an embedding needs the sha256 of the network that made it")
            save_vector(self._db, id_, model, record.embedding, record.embedding_norm)
            save_copy_vector(self._db, id_, model, record.copy_vector)
        self._db.run("DELETE FROM problems WHERE volume = ? AND relative_path = ?", place)
        return PhotoId(id_)

    def remove(self, ids: Sequence[PhotoId]) -> None:
        """Forget photos, with their fingerprints, vectors, relations and marks."""
        with self._db.transaction():
            self._db.run_many("DELETE FROM photos WHERE id = ?", [(int(id_),) for id_ in ids])

    def move(self, photo_id: PhotoId, relative_path: str) -> None:
        """Note that a photo has another path on the same volume; all that is known of it stays.

        Raises:
            KeyError: there is no such photo.
            ValueError: another photo is catalogued at that path.
        """
        with self._db.transaction():
            self.get(photo_id)
            path = os.fsencode(relative_path)
            taken = self._db.number(
                "SELECT count(*) FROM photos WHERE relative_path = ?2 AND id != ?1"
                " AND volume = (SELECT volume FROM photos WHERE id = ?1)",
                (int(photo_id), path),
            )
            if taken:
                raise ValueError(f"another photo is catalogued at {relative_path!r}")
            self._db.run(
                "UPDATE photos SET relative_path = ?, name_key = ? WHERE id = ?",
                (path, name_key(relative_path), int(photo_id)),
            )

    def get(self, photo_id: PhotoId) -> Photo:
        """One photo; raises KeyError."""
        row = self._db.row(f"{photo_rows.SELECT} WHERE p.id = ?", (int(photo_id),))
        if row is None:
            raise KeyError(f"photo {photo_id} is not in the library")
        return photo_rows.photo_from(row, read_protection(self._db))

    def get_many(self, ids: Sequence[PhotoId]) -> list[Photo]:
        """These photos in this order; those that are not there are left out."""
        wanted = [int(id_) for id_ in ids]
        found = {
            photo.id: photo
            for photo in self._select("WHERE p.id IN (SELECT value FROM json_each(?))", json.dumps(wanted))
        }
        return [found[PhotoId(id_)] for id_ in wanted if id_ in found]

    def by_path(self, path: str) -> Photo | None:
        """The photo at this absolute path; one on a volume that is here goes before one that is not."""
        return self.by_paths([path]).get(path)

    def by_paths(self, paths: Iterable[str]) -> dict[str, Photo]:
        """The photos at these absolute paths, as ``by_path`` finds each; paths without one are left out."""
        return _at_paths(self._db, paths)

    def with_content(self, content: bytes) -> list[Photo]:
        """All photos with this content hash, by id."""
        return self._select("WHERE p.content = ? AND p.away = 0 ORDER BY p.id", content)

    def sizes_and_contents(self) -> Iterator[tuple[int, bytes]]:
        """The file size and content hash of every photo."""
        yield from self._db.rows("SELECT size_bytes, content FROM photos WHERE away = 0")

    def named(self, name: str, limit: int = -1) -> list[Photo]:
        """Photos whose file name is or contains ``name``, without regard to case; the exact ones first."""
        order = f"ORDER BY p.name_key != ?1, p.id LIMIT {limit:d}"
        return self._select(f"WHERE p.away = 0 AND instr(p.name_key, ?1) {order}", name_key(name))

    def _select(self, where: str, value: bytes | str) -> list[Photo]:
        protection = read_protection(self._db)
        rows = self._db.rows(f"{photo_rows.SELECT} {where}", (value,))
        return [photo_rows.photo_from(row, protection) for row in rows]

    def set_pixels(self, hashes: Sequence[tuple[PhotoId, bytes]], contents: Mapping[PhotoId, bytes] = _ANY) -> None:
        """Store hashes of decoded pixels; where ``contents`` says of which bytes, only while the photo still has them."""
        values = [(hash_, int(id_), contents.get(id_)) for id_, hash_ in hashes]
        with self._db.transaction():
            self._db.run_many(_SET_PIXELS, values)

    def sizes(self, ids: Sequence[PhotoId]) -> dict[int, int]:
        """The bytes of these photos; those that are not there are left out."""
        query = "SELECT id, size_bytes FROM photos WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._db.rows(query, (json.dumps([int(id_) for id_ in ids]),)))

    def count(self) -> int:
        """How many photos there are, from indexes alone."""
        return self._db.number("SELECT (SELECT count(*) FROM photos) - (SELECT count(*) FROM photos WHERE away = 1)")

    def count_up_to(self, limit: int) -> int:
        """How many photos there are, without counting further than ``limit``."""
        return self._db.number("SELECT count(*) FROM (SELECT 1 FROM photos WHERE away = 0 LIMIT ?)", (limit,))

    def total_bytes(self) -> int:
        """The size of all photos' files together; a file with several names (hard links) counts once."""
        names = "SELECT inode FROM photos WHERE inode != 0 GROUP BY inode HAVING count(*) > 1"
        return self._db.number(
            "SELECT sum(size_bytes) - (SELECT coalesce(sum((names - 1) * size_bytes), 0) FROM"  # noqa: S608 - fixed text
            f" (SELECT count(*) AS names, size_bytes FROM photos WHERE away = 0 AND inode IN ({names})"
            " GROUP BY volume, inode, size_bytes, content)) FROM photos WHERE away = 0"
        )

    def columns(self, ids: Sequence[PhotoId] | None = None) -> PhotoColumns:
        """All photos as arrays, or these; under a second for 100,000."""
        return load_photo_columns(self._db, ids)

    def newest(self, limit: int) -> list[PhotoId]:
        """The photos taken last (by the file's time where the camera's is unknown), without loading the others."""
        rows = self._db.rows(
            "SELECT id FROM photos WHERE away = 0 ORDER BY coalesce(taken_us * 1e-6, mtime_ns * 1e-9) DESC, id LIMIT ?",
            (limit,),
        )
        return [PhotoId(id_) for (id_,) in rows]

    def present(self, ids: Sequence[PhotoId]) -> list[PhotoId]:
        """Those of these photos that are in the library, in this order."""
        rows = self._db.rows(
            "SELECT id FROM photos WHERE away = 0 AND id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(id_) for id_ in ids]),),
        )
        known = {id_ for (id_,) in rows}
        return [id_ for id_ in ids if int(id_) in known]


def _at_paths(connection: Connection, paths: Iterable[str]) -> dict[str, Photo]:
    volumes = connection.rows(
        "SELECT id, mount_point FROM volumes ORDER BY online DESC, length(mount_point) DESC"  # the deepest first
    )
    protection = read_protection(connection)
    where = f"{photo_rows.SELECT} WHERE p.volume = ? AND p.relative_path = ? AND p.away = 0"
    found: dict[str, Photo] = {}
    for path in paths:
        for volume, mount_point in volumes:
            below = relative(path, os.fsdecode(mount_point))
            row = connection.row(where, (volume, os.fsencode(below))) if below else None
            if row is not None:
                found[path] = photo_rows.photo_from(row, protection)
                break
    return found
