"""Votes that are cast at once come to the same as one by one."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session, select

from bot.domain.factors import edits, factors, merging, outcomes, recounts, votes
from bot.domain.factors.casting import Press, cast_many, cast_one
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import UserError
from bot.domain.membership import presence
from storage.desk import Desk
from storage.enums import Choice, FactorStatus
from storage.factors.factors import Factor
from storage.factors.votes import Vote
from storage.journal import Entry
from tests.domain.conftest import HERE, MANAGER, NOW, SCHOOL, somebody
from tests.domain.scenes import scene

SOON = NOW + timedelta(hours=1)
# Anna and Bo of Göteborg, Cia of Vara, Dan of Västerås and taken for gone, Eva alone of Borås.
ANNA, BO, CIA, DAN, EVA, NOBODY = range(101, 107)
PLAIN, EDITED, MERGED, INTO, DECIDED, OF_ALL, NONE = range(1, 8)


@scene
def busy(trial):
    """Factors with all that can have happened to them, and votes on most."""
    boras = trial.organisation("Borås stad", SCHOOL)
    homes = (trial.goteborg, trial.goteborg, trial.vara, trial.vasteras, boras)
    for member, home in zip((ANNA, BO, CIA, DAN, EVA), homes, strict=True):
        trial.join(member, home)
    for title in ("Plain", "Edited", "Merged", "Into", "Decided"):
        trial.factor(BO, title=title)
    trial.factor(ANNA, title="Of all", track="all")
    for about in (EDITED, MERGED, INTO, DECIDED, OF_ALL):
        for member, choice in ((BO, Choice.SUPPORT), (DAN, Choice.UNSURE)):
            trial(votes.vote, about, member, choice)
    text = FactorText("Edited", "It is another way now, which somebody tells of at some length.")
    trial(edits.edit, EDITED, text, small=False, by=somebody(BO), now=NOW + timedelta(minutes=1))
    trial(merging.merge, MERGED, INTO, "They say the same.", by=MANAGER)
    trial(outcomes.decide, DECIDED, FactorStatus.ADOPTED, "It works.", by=MANAGER)
    trial(presence.gone, [DAN])
    return trial.engine


presses = st.lists(
    st.builds(
        Press,
        st.sampled_from((PLAIN, EDITED, MERGED, INTO, DECIDED, OF_ALL, OF_ALL, NONE)),
        st.sampled_from((ANNA, BO, CIA, DAN, EVA, NOBODY)),
        st.sampled_from(Choice),
        st.sampled_from((None, "Too early.", "Too late.", "  ")),
        st.sampled_from((None, SOON, SOON, NOW - timedelta(days=1), NOW + timedelta(minutes=2))),
        shown=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def desks(session, number):
    return [Desk(session, HERE, None, SOON + timedelta(seconds=each)) for each in range(number)]


def one_by_one(session, said):
    answers = []
    for desk, press in zip(desks(session, len(said)), said, strict=True):
        try:
            with session.begin_nested():
                answers.append(cast_one(desk, press))
        except UserError as error:
            answers.append(error)
    return answers


def at_once(session, said):
    return cast_many(list(zip(desks(session, len(said)), said, strict=True)))


def outcome(engine, way, said):
    """What was answered, and all that is kept; nothing stays."""
    with Session(engine, expire_on_commit=False) as session:
        answers = way(session, said)
        told = [
            (type(each), each.values)
            if isinstance(each, Exception)
            else (each.changed, each.alone, each.factor and each.factor.id)
            for each in answers
        ]
        session.flush()
        session.expire_all()
        [desk] = desks(session, 1)
        due = {row.id for row in session.exec(select(Factor)) if row.recount_due}
        while recounts.is_due(desk):
            recounts.settle(desk)
        session.expire_all()
        kept = sorted(vote.model_dump_json() for vote in session.exec(select(Vote)))
        noted = [
            (each.at, each.who, each.kind, each.subject_id, each.data)
            for each in session.exec(select(Entry).order_by(Entry.id))
            if each.kind != "factor.moved"
        ]
        rows = session.exec(select(Factor).order_by(Factor.id)).all()
        stand = [(row.standing, row.score, row.split) for row in rows]
        tallies = [factors.show(desk, row.id).tally for row in rows]
        session.rollback()
    return {"told": told, "kept": kept, "noted": sorted(noted, key=str), "stand": stand,
            "tallies": tallies}, due  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses)
def test_votes_cast_at_once_come_to_the_same_as_one_by_one(busy, said):
    single, _ = outcome(busy, one_by_one, said)
    together, _ = outcome(busy, at_once, said)
    assert together == single


def test_who_is_to_see_the_factor_gets_it_counted_and_the_rest_waits(busy):
    said = [
        Press(PLAIN, ANNA, Choice.SUPPORT, shown=True),
        Press(OF_ALL, ANNA, Choice.SUPPORT),
        Press(PLAIN, BO, Choice.UNSURE),
        Press(PLAIN, EVA, Choice.SUPPORT, shown=True),
    ]
    with Session(busy, expire_on_commit=False) as session:
        while recounts.is_due(desks(session, 1)[0]):  # what the scene left
            recounts.settle(desks(session, 1)[0])
        answers = at_once(session, said)
        assert [each.alone for each in answers] == [False, False, False, True]
        assert [each.factor and each.factor.id for each in answers] == [PLAIN, None, None, PLAIN]
        assert {(each.factor.tally.support, each.factor.tally.unsure)
                for each in answers if each.factor} == {(2, 1)}  # fmt: skip
        session.expire_all()
        assert [row.id for row in session.exec(select(Factor)) if row.recount_due] == [OF_ALL]
        session.rollback()


def test_plain_votes_of_many_take_as_many_statements_as_those_of_few(busy):
    def statements(said):
        asked = []
        listen = (busy, "before_cursor_execute", lambda *about: asked.append(about[2]))
        with Session(busy, expire_on_commit=False) as session:
            event.listen(*listen)
            at_once(session, said)
            event.remove(*listen)
            session.rollback()
        return asked

    few = statements([Press(PLAIN, ANNA, Choice.SUPPORT)])
    many = statements([Press(each, who, Choice.SUPPORT)
                       for each in (PLAIN, OF_ALL) for who in (ANNA, EVA)])  # fmt: skip
    assert len(many) == len(few) <= 6
