"""Uploads: what a file held, from its preview to its confirmation."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.kit.errors import UploadGone, UploadUsed
from storage.kit import uploads
from storage.kit.uploads import Upload

KEPT_FOR = timedelta(hours=24)


def keep(
    session: Session,
    programme_id: int,
    member_id: int,
    kind: str,
    body: dict[str, Any],
    *,
    now: datetime,
) -> int:
    """Keep what a file held for its author to confirm within a day, and forget older ones.

    Returns:
        the upload's id.
    """
    uploads.forget(session, now - KEPT_FOR)
    row = Upload(programme_id=programme_id, member_id=member_id, kind=kind, body=body, saved_at=now)
    session.add(row)
    session.flush()
    return row.id or 0


def need(
    session: Session,
    programme_id: int,
    member_id: int,
    kind: str | None,
    upload_id: int,
    *,
    now: datetime,
) -> Upload:
    """What a member uploaded and has not confirmed yet; of a kind, or of any.

    Raises:
        UploadGone: it was cancelled, or a day has passed, or it is somebody else's.
        UploadUsed: it was confirmed.
    """
    row = uploads.find(session, programme_id, member_id, upload_id)
    if row is None or kind not in {None, row.kind} or row.saved_at < now - KEPT_FOR:
        raise UploadGone
    if row.used_at is not None:
        raise UploadUsed
    return row


def use(session: Session, row: Upload, *, now: datetime) -> None:
    """Let it not be confirmed again."""
    row.used_at, row.body = now, {}
    session.add(row)


def drop(
    session: Session, programme_id: int, member_id: int, upload_id: int, *, now: datetime
) -> None:
    """Forget what a member uploaded and has not confirmed, whatever it is.

    Raises:
        UploadGone, UploadUsed: as :func:`need`.
    """
    cancel(session, need(session, programme_id, member_id, None, upload_id, now=now))


def cancel(session: Session, row: Upload) -> None:
    """Forget it now."""
    session.delete(row)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete the uploads whose day is over."""
    uploads.forget(session, now - KEPT_FOR)
