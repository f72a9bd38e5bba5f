"""Factors with all that their cards say beside the text, in one statement and without objects.

Every press that shows a card waits for it, and every list. A head has each column of its
:class:`Factor`, and:

- ``language`` of the programme;
- ``organisation``, ``key_area``: their names;
- ``proposer``: the member id of whoever proposed it, negative once they were erased;
- ``into_track_id``, ``into_title``, ``into_channel_id``, ``into_message_id``, ``into_thread_id``:
  of what it was merged into;
- ``has_merged``: whether anything was merged into it; ``has_told``: whether any organisation has
  told of it, or of what counts here with it.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

from storage.desk import Desk
from storage.factors.experiences import Experience
from storage.factors.factors import Factor
from storage.factors.keyareas import KeyArea
from storage.kit.programmes import Programme
from storage.members.participants import Participant
from storage.organisations.organisations import Organisation
from storage.prepared import Prepared

Head: TypeAlias = Any  # a row, whose columns no type can name

_INTO = aliased(Factor)
_MERGED = aliased(Factor)
_COUNTED_HERE = aliased(Factor)


def of(desk: Desk, factor_ids: Sequence[int]) -> list[Head]:
    """The heads of factors, in the order in which they are asked for."""
    desk.session.flush()
    found = _HEADS.rows(desk.session, {"factors": list(factor_ids)})
    heads = {head.id: head for head in found}
    return [heads[factor_id] for factor_id in factor_ids if factor_id in heads]


_columns = SQLModel.metadata.tables["factor"].c
_HEADS = Prepared(
    select(
        *_columns,
        col(Programme.language).label("language"),
        col(Organisation.name).label("organisation"),
        col(KeyArea.name).label("key_area"),
        col(Participant.member_id).label("proposer"),
        col(_INTO.track_id).label("into_track_id"),
        col(_INTO.title).label("into_title"),
        col(_INTO.channel_id).label("into_channel_id"),
        col(_INTO.message_id).label("into_message_id"),
        col(_INTO.thread_id).label("into_thread_id"),
        exists().where(col(_MERGED.merged_into_id) == _columns.id).label("has_merged"),
        exists()
        .where(
            col(_COUNTED_HERE.root_id) == _columns.id,
            col(Experience.factor_id) == col(_COUNTED_HERE.id),
        )
        .label("has_told"),
    )
    .select_from(Factor)
    .join(Programme, col(Programme.id) == _columns.programme_id)
    .outerjoin(Organisation, col(Organisation.id) == _columns.organisation_id)
    .outerjoin(KeyArea, col(KeyArea.id) == _columns.key_area_id)
    .outerjoin(Participant, col(Participant.id) == _columns.participant_id)
    .outerjoin(_INTO, col(_INTO.id) == _columns.merged_into_id)
    .where(_columns.id.in_(bindparam("factors", expanding=True)))
)
