"""The look at a photo and at its keeper at the moment of acting. Files are held by descriptor and never followed."""

import os
from collections.abc import Iterable
from concurrent.futures import Executor, Future

import xxhash
from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.disposal.regular_file import (
    BLOCK_BYTES,
    FileIdentity,
    identity_at,
    is_same_content,
    open_regular,
    refuse_detour,
)
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import PhotoUnreadable, StepRefused
from twinlens.domain.plan import PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass

_PROOF_SIDE_PX = 64  # a keeper is decoded at the smallest scale its format offers: all of its data is read


class LivingKeeper(Struct, frozen=True):
    """A photo that was opened, hashed and decoded, and the state it was in."""

    path: str
    content: bytes
    identity: FileIdentity


class Cleared(Struct, frozen=True):
    """A removal that passed. ``identity`` is the photo as it was when its bytes were read."""

    step: PlannedRemoval
    identity: FileIdentity
    keeper: LivingKeeper | None  # None only where the user allowed a removal without a copy


def hash_of_open_file(descriptor: int) -> bytes:
    """The content hash (xxh3, 128 bits, 16 bytes) of an open file; equal to ``fingerprints.content.content_hash``."""
    state = xxhash.xxh3_128()
    offset = 0
    while block := os.pread(descriptor, BLOCK_BYTES, offset):
        state.update(block)
        offset += len(block)
    return state.digest()


class Verification:
    """Checks for one apply. A keeper is hashed and decoded once; afterwards its stamp tells that it is unchanged."""

    def __init__(self, catalog: Catalog, removed_paths: frozenset[str], executor: Executor) -> None:
        self._catalog = catalog
        self._removed_paths = removed_paths
        self._executor = executor
        self._keepers: dict[str, LivingKeeper | str] = {}
        self._proofs: dict[str, Future[LivingKeeper | str]] = {}

    def begin_proofs(self, groups: Iterable[PlannedGroup]) -> None:
        """Begin to check the first keeper of each group, several at a time beside this thread; failures are remembered."""
        wanted = {group.keep[0] for group in groups if group.keep}
        new = sorted(wanted - self._keepers.keys() - self._proofs.keys())
        for path, photo in self._catalog.photos.by_paths(new).items():
            self._proofs[path] = self._executor.submit(_prove, path, photo.content)

    def clear(self, group: PlannedGroup, step: PlannedRemoval) -> Cleared:
        """Check one removal; raises StepRefused with what stands against it."""
        refuse_detour(step.path)
        with open_regular(step.path) as descriptor:
            identity = FileIdentity.of(os.fstat(descriptor))
            if identity.size_bytes != step.size_bytes:
                raise StepRefused(f"{shown(step.path)} has changed since the plan was made.")
            keeper = self._keeper_for(group, step, identity, descriptor) if group.keep else None
            is_proved = keeper is not None and step.photo_class is PhotoClass.IDENTICAL_FILE
            content = keeper.content if keeper is not None and is_proved else hash_of_open_file(descriptor)
            if content.hex() != step.content_hex:
                raise StepRefused(f"{shown(step.path)} has changed since the plan was made.")
        return Cleared(step, identity, keeper)

    def still_stands(self, cleared: Cleared) -> None:
        """The last look before the photo is touched; raises StepRefused when either file is not as it was."""
        for path in (cleared.step.path, *([cleared.keeper.path] if cleared.keeper else [])):
            refuse_detour(path)
        if identity_at(cleared.step.path) != cleared.identity:
            raise StepRefused(f"{shown(cleared.step.path)} changed at the last moment.")
        if cleared.keeper is not None and identity_at(cleared.keeper.path) != cleared.keeper.identity:
            raise StepRefused(f"The photo to keep, {shown(cleared.keeper.path)}, changed at the last moment.")

    def _keeper_for(
        self, group: PlannedGroup, step: PlannedRemoval, identity: FileIdentity, descriptor: int
    ) -> LivingKeeper:
        """The first photo of ``group.keep`` that lives and stands for this removal."""
        reason = ""
        for path in group.keep:
            found = self._living(path)
            if isinstance(found, str):
                reason = reason or found
            elif found.identity.is_same_file(identity):
                reason = f"{shown(step.path)} and {shown(path)} are one file: removing a name frees nothing."
            elif step.photo_class is PhotoClass.IDENTICAL_FILE and not _holds_same(path, descriptor):
                reason = f"{shown(step.path)} and {shown(path)} are not the same byte for byte."
            else:
                return found
        raise StepRefused(reason)

    def _living(self, path: str) -> LivingKeeper | str:
        known = self._keepers.get(path)
        if known is None:
            known = f"{shown(path)} is itself to be removed." if path in self._removed_paths else self._proved(path)
            self._keepers[path] = known
        return known

    def _proved(self, path: str) -> LivingKeeper | str:
        proof = self._proofs.pop(path, None)
        if proof is not None:
            return proof.result()
        photo = self._catalog.photos.by_path(path)
        return _prove(path, photo.content) if photo else f"{shown(path)} is not in the library."


def _prove(path: str, content: bytes) -> LivingKeeper | str:
    """Open, hash and decode a keeper; a sentence when it fails."""
    from twinlens.imaging.decode import decode_preview

    try:
        refuse_detour(path)
        with open_regular(path) as descriptor:
            identity = FileIdentity.of(os.fstat(descriptor))
            if hash_of_open_file(descriptor) != content:
                return f"The photo to keep, {shown(path)}, has changed since it was scanned."
        decode_preview(path, _PROOF_SIDE_PX)
    except StepRefused as refused:
        return f"The photo to keep cannot be verified: {refused}"
    except PhotoUnreadable as error:
        return f"The photo to keep, {shown(path)}, cannot be decoded: {shown(str(error))}"
    except OSError as error:
        return f"The photo to keep, {shown(path)}, cannot be read: {why(error)}."
    return LivingKeeper(path, content, identity)


def _holds_same(path: str, descriptor: int) -> bool:
    with open_regular(path) as keeper:
        return is_same_content(keeper, descriptor)
