"""Photos and relations of one moment as columns; of a later moment, only what changed since is read."""

import logging

from msgspec import Struct

from twinlens.catalog.changes import ChangeTable
from twinlens.catalog.connection import Connection
from twinlens.catalog.photo_columns import read_changed_photos, read_photos, read_places
from twinlens.catalog.protection import read_protection
from twinlens.catalog.stored_photos import StoredPhotos
from twinlens.catalog.stored_relations import StoredRelations, read_changed_relations, read_relations
from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.protection import Protection

log = logging.getLogger(__name__)

Places = dict[str, tuple[str, bool]]


class LibraryColumns(Struct, frozen=True):
    """What a catalog held at one moment. Columns that are the same as before are the same objects."""

    photos: PhotoColumns
    relations: RelationColumns
    moment: int
    places: Places
    protection: Protection
    stored_photos: StoredPhotos
    stored_relations: StoredRelations


def load_library_columns(connection: Connection, before: LibraryColumns | None = None) -> LibraryColumns:
    """All photos and relations; given what was loaded of this catalog before, only the changes are read.

    Everything is read where there is no before, or where it is too long ago for the catalog to tell.
    """
    with connection.snapshot():
        changes = ChangeTable(connection)
        moment, places, protection = changes.newest(), read_places(connection), read_protection(connection)
        if before is None or not changes.knows(before.moment) or before.stored_photos.is_wasteful:
            photos, relations = read_photos(connection), read_relations(connection)
            log.debug("read %d photos and %d relations", len(photos), len(relations.first))
        else:
            photos, relations = _followed(connection, changes, before)
    return _columns(photos, relations, moment, (places, protection), before)


def _followed(
    connection: Connection, changes: ChangeTable, before: LibraryColumns
) -> tuple[StoredPhotos, StoredRelations]:
    photos, relations = before.stored_photos, before.stored_relations
    changed = changes.photos(before.moment)
    if changed:
        photos = photos.merged(changed, read_changed_photos(connection, before.moment))
    firsts = changes.relations_of(before.moment)
    if firsts:
        relations = relations.merged(firsts, read_changed_relations(connection, before.moment))
    log.debug("followed the changes of %d photos and the relations of %d", len(changed), len(firsts))
    return photos, relations


def _columns(
    photos: StoredPhotos,
    relations: StoredRelations,
    moment: int,
    around: tuple[Places, Protection],
    before: LibraryColumns | None,
) -> LibraryColumns:
    if before is not None and photos is before.stored_photos and around == (before.places, before.protection):
        photo_columns = before.photos
        if relations is before.stored_relations:
            return LibraryColumns(photo_columns, before.relations, moment, *around, photos, relations)
    else:
        photo_columns = photos.columns(*around)
    return LibraryColumns(photo_columns, relations.columns(photo_columns.photo_id), moment, *around, photos, relations)
