"""Standings that stay as they stood, by new rules for what is open; edits that were undone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations import old_rules
from storage.types import Snowflake, UtcDateTime

revision = "0012"
down_revision = "0011"

# Votes that were taken back, and count nowhere any more, are deleted.
changes_data = True

_LISTED = [
    "programme_id", "status", "id", "track_id", "kind", "key_area_id", "standing", "score", "split",
    "discussed", "opens_at", "closes_at",
]  # fmt: skip
_BATCH = 500

_ENDED = sa.text(
    """
    SELECT factor.id, factor.programme_id, factor.track_id
    FROM factor LEFT JOIN track ON track.id = factor.track_id
    WHERE factor.status IN ('adopted', 'declined', 'withdrawn')
        OR (factor.status = 'open'
            AND (factor.closes_at <= :now OR track.archived_at IS NOT NULL))
    ORDER BY factor.id
    """
).bindparams(sa.bindparam("now", type_=UtcDateTime()))
_TRACES = """
DELETE FROM vote WHERE choice IS NULL AND NOT EXISTS (
    SELECT 1 FROM factor AS here
    JOIN factor AS there ON there.root_id = here.root_id AND there.id <> here.id
    JOIN vote AS other ON other.factor_id = there.id
        AND other.participant_id = vote.participant_id
    WHERE here.id = vote.factor_id)
"""


def upgrade() -> None:
    op.create_table(
        "frozen_tally",
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("old_rules", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("objectors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"]),
        sa.PrimaryKeyConstraint("factor_id"),
    )
    op.add_column("factor", sa.Column("frozen_at", UtcDateTime(), nullable=True))
    op.add_column("organisation", sa.Column("left_out_at", UtcDateTime(), nullable=True))
    op.add_column("vote", sa.Column("stale_at", UtcDateTime(), nullable=True))
    undone: sa.Column[bool] = sa.Column(
        "undone", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("factor_version", undone)
    op.drop_index("factor_list", "factor")
    op.create_index("factor_list", "factor", _LISTED)
    op.execute(_TRACES)
    _freeze(datetime.now(UTC))
    op.execute("UPDATE factor SET recount_due = TRUE WHERE status = 'open'")


def _freeze(now: datetime) -> None:
    """Let what is decided, or closed to votes, stay as it stands, by the rules until now."""
    connection = op.get_bind()
    tracks: dict[int, list[int]] = {}
    for programme, track in connection.execute(
        sa.text("SELECT programme_id, id FROM track ORDER BY id").columns(programme_id=Snowflake())
    ):
        tracks.setdefault(programme, []).append(track)
    inside: dict[int, list[int]] = {}
    for organisation, track in connection.execute(
        sa.text("SELECT organisation_id, track_id FROM organisation_track ORDER BY 1, 2")
    ):
        inside.setdefault(organisation, []).append(track)
    there: dict[int, list[int]] = {}
    for organisation, joined in inside.items():
        for track in joined:
            there.setdefault(track, []).append(organisation)
    ended = connection.execute(_ENDED.columns(programme_id=Snowflake()), {"now": now}).all()
    frozen = sa.table(
        "frozen_tally",
        sa.column("factor_id"),
        sa.column("old_rules"),
        sa.column("body", sa.JSON()),
        sa.column("objectors", sa.JSON()),
    )
    factor = sa.table("factor", sa.column("id"), sa.column("frozen_at", UtcDateTime()))
    for start in range(0, len(ended), _BATCH):
        batch = ended[start : start + _BATCH]
        ids = [row.id for row in batch]
        found = old_rules.heard(connection, ids, inside, now)
        rows = [
            {
                "factor_id": row.id,
                "old_rules": True,
                "objectors": found[row.id].objectors,
                "body": _body(
                    found[row.id],
                    [row.track_id] if row.track_id is not None else tracks[row.programme_id],
                    there,
                ),
            }
            for row in batch
        ]
        op.bulk_insert(frozen, rows)
        connection.execute(sa.update(factor).where(factor.c.id.in_(ids)).values(frozen_at=now))


def _body(
    heard: old_rules.Heard, scope: Sequence[int], there: Mapping[int, Sequence[int]]
) -> dict[str, Any]:
    """As ``bot.domain.factors.tally`` reads it."""
    members = {
        track: {each: heard.votes.get(each, (0, 0, 0)) for each in there.get(track, ())}
        for track in scope
    }
    return {
        "standing": old_rules.standing(list(members.values())),
        "score": old_rules.score(list(members.values())),
        "before_edit": heard.before_edit,
        "voices": {
            str(each): [old_rules.stance(*votes), *votes] for each, votes in heard.votes.items()
        },
        "tracks": {
            str(track): [old_rules.standing([votes]), list(votes)]
            for track, votes in members.items()
        },
    }
