"""Shorthands for weekly digests in the tests of the domain."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.digest import digests as digest_digests
from bot.domain.digest import weeks as digests
from bot.domain.digest.views import DigestView, Edition
from bot.domain.factors import merging, outcomes, votes
from bot.domain.meetings import minutes
from bot.domain.posts import claims
from bot.domain.posts.claims import Parcel
from storage.desk import Desk
from storage.digest import digests as kept
from storage.digest.digests import Digest
from storage.enums import Choice, DeliveryState, FactorStatus
from storage.posts.deliveries import Delivery
from tests.domain.conftest import EVERYWHERE, HERE, MANAGER, NOW, World

# NOW is Monday of week 48, 10:00 in Stockholm; its digest is due on Thursday at 9.
THURSDAY = NOW + timedelta(days=2, hours=23)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
SCHOOL_EDITION, CARE_EDITION, FORUM_EDITION = 1, 2, 0


def deliver(world: World, now: datetime) -> list[Parcel]:
    """What a courier does that comes by: cut the weeks that are due, and post what they tell."""
    posted: list[Parcel] = []
    while parcels := world(claims.claim, EVERYWHERE, now=now, limit=100):
        for parcel in parcels:
            theirs = {"programme": parcel.programme_id, "now": now}
            kind = parcel.things[0].kind
            if kind == digests.WEEK:
                world(claims.perform, parcel, digest_digests.cut, **theirs)
            else:
                if kind == digests.EDITION:
                    posted.append(parcel)
                world(claims.sent, parcel, 7, parcel.lead_id, **theirs)
    return posted


def told(world: World, parcel: Parcel) -> DigestView:
    """What a post of a digest says."""
    thing = parcel.things[0]
    view = world(digest_digests.posted, thing.subject_id, thing.data["edition"])
    assert view is not None
    return view


def cut(world: World, now: datetime = THURSDAY) -> dict[int, Edition]:
    """The editions that are posted at a moment, by number."""
    views = [told(world, parcel) for parcel in deliver(world, now)]
    return {view.edition.track_id or FORUM_EDITION: view.edition for view in views}


def send(world: World, now: datetime) -> tuple[DigestView, ...]:
    return world(digest_digests.send, by=MANAGER, now=now)


def preview(
    world: World, now: datetime = THURSDAY, week: int | None = None, edition: int | None = None
) -> DigestView:
    return world(digest_digests.preview, week, edition, by=MANAGER, now=now)


def weeks(world: World) -> dict[int, Digest]:
    """All that was cut."""

    def rows(session: Session) -> dict[int, Digest]:
        return {row.week: row for row in kept.latest(Desk(session, HERE, None, NOW), 999)}

    return world(rows)


def planned(world: World, kind: str = digests.WEEK) -> list[tuple[int, datetime]]:
    """The weeks that are planned, each with when."""
    query = select(Delivery.subject_id, Delivery.due_at).where(
        col(Delivery.state) == DeliveryState.PLANNED, col(Delivery.kind) == kind
    )
    return world(lambda session: list(session.exec(query.order_by(col(Delivery.id))).all()))


def decide(
    world: World, factor: int, outcome: FactorStatus, now: datetime, reason: str = "So it is."
) -> Any:
    return world(outcomes.decide, factor, outcome, reason, by=MANAGER, now=now)


def withdraw(world: World, factor: int, now: datetime) -> Any:
    return world(outcomes.withdraw, factor, "No longer.", by=MANAGER, now=now)


def merge(world: World, factor: int, into: int, now: datetime) -> Any:
    return world(merging.merge, factor, into, "The same.", by=MANAGER, now=now)


def unmerge(world: World, factor: int, now: datetime) -> Any:
    return world(merging.unmerge, factor, by=MANAGER, now=now)


def vote(
    world: World, factor: int, member: int, now: datetime, choice: Choice = Choice.SUPPORT
) -> Any:
    reason = "It did not work here." if choice is Choice.OBJECT else None
    return world(votes.vote, factor, member, choice, reason=reason, now=now)


def write_minutes(world: World, occurrence: int, now: datetime, text: str = "We agreed.") -> Any:
    said = "Slides https://example.org/1\nhttps://example.org/2"
    return world(minutes.write, occurrence, text, said, by=MANAGER, now=now)
