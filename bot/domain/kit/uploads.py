"""Uploads: what a file held, from its preview to its confirmation."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.kit.errors import UploadGone, UploadUsed
from storage.desk import Desk
from storage.kit import uploads
from storage.kit.uploads import Upload

KEPT_FOR = timedelta(hours=24)


def keep(desk: Desk, member_id: int, kind: str, body: dict[str, Any]) -> int:
    """Keep what a file held for its author to confirm within a day, and forget older ones.

    Returns:
        the upload's id.
    """
    uploads.forget(desk.session, desk.now - KEPT_FOR)
    row = Upload(
        programme_id=desk.programme_id, member_id=member_id, kind=kind, body=body, saved_at=desk.now
    )
    desk.session.add(row)
    desk.session.flush()
    return row.id or 0


def need(desk: Desk, member_id: int, kind: str | None, upload_id: int) -> Upload:
    """What a member uploaded and has not confirmed yet; of a kind, or of any.

    Raises:
        UploadGone: it was cancelled, or a day has passed, or it is somebody else's.
        UploadUsed: it was confirmed.
    """
    row = uploads.find(desk, member_id, upload_id)
    if row is None or kind not in {None, row.kind} or row.saved_at < desk.now - KEPT_FOR:
        raise UploadGone
    if row.used_at is not None:
        raise UploadUsed
    return row


def use(desk: Desk, row: Upload) -> None:
    """Let it not be confirmed again."""
    row.used_at, row.body = desk.now, {}
    desk.session.add(row)


def drop(desk: Desk, member_id: int, upload_id: int) -> None:
    """Forget what a member uploaded and has not confirmed, whatever it is.

    Raises:
        UploadGone, UploadUsed: as :func:`need`.
    """
    cancel(desk, need(desk, member_id, None, upload_id))


def cancel(desk: Desk, row: Upload) -> None:
    """Forget it now."""
    desk.session.delete(row)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete the uploads whose day is over."""
    uploads.forget(session, now - KEPT_FOR)
