"""The row of a journalled step, as a receipt."""

import os
from datetime import UTC, datetime, timedelta
from typing import overload

from twinlens.catalog.connection import Row
from twinlens.domain.plan import DisposalKind, Receipt, StepState
from twinlens.domain.relation import PhotoClass, Transform

RECEIPT_COLUMNS = (
    "id, session, kind, state, path, resting_path, size_bytes, mtime_ns, content, keeper_path, keeper_content,"
    " class_rank, score, transform, reason, at_us, error"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def receipt_from(row: Row) -> Receipt:
    """The receipt of a row of ``RECEIPT_COLUMNS``."""
    id_, session, kind, state, path, resting_path, size, mtime, content, keeper_path, keeper_content = row[:11]
    class_rank, score, transform, reason, at_us, error = row[11:]
    return Receipt(
        step_id=id_,
        session_id=session,
        kind=DisposalKind(kind),
        state=StepState(state),
        path=os.fsdecode(path),
        resting_path=None if resting_path is None else os.fsdecode(resting_path),
        size_bytes=size,
        mtime_ns=mtime,
        content_hex=content.hex(),
        keeper_path=os.fsdecode(keeper_path),
        keeper_content_hex=keeper_content.hex(),
        photo_class=PhotoClass.from_rank(class_rank),
        score=score,
        transform=Transform.from_code(transform),
        reason=reason,
        at=utc(at_us),
        error=error,
    )


@overload
def utc(microseconds: int) -> datetime: ...
@overload
def utc(microseconds: None) -> None: ...
def utc(microseconds: int | None) -> datetime | None:
    """A stored moment as a time in UTC."""
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)
