"""What a digest tells: in which edition, named or counted, and when there is nothing to tell."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from bot.domain.digest import settings
from bot.domain.digest.lines import BEGINNING, LINES
from bot.domain.digest.views import AheadMeeting, Decision, NewFactor, NewMinutes, Section, TookPart
from bot.domain.factors import edits, experiences, factors
from bot.domain.factors.counting import Standing
from bot.domain.factors.wording import FactorText
from bot.domain.meetings import cancelling
from bot.domain.membership import answering, archiving, organisation_changes, track_changes
from bot.domain.programme import programmes
from bot.domain.tracks.places import Slot
from storage.desk import Desk
from storage.enums import (
    Answer,
    Choice,
    ExperienceStance,
    FactorKind,
    FactorStatus,
    MeetingKind,
    PlaceKind,
    Preset,
)
from storage.factors.factors import Factor
from storage.meetings.meetings import Meeting
from storage.talk import talk
from storage.tracks.tracks import Track
from tests.domain.conftest import CARE, HERE, HOW, MANAGER, NOW, SCHOOL, somebody
from tests.domain.digesting import (
    CARE_EDITION,
    DAY,
    FORUM_EDITION,
    HOUR,
    SCHOOL_EDITION,
    THURSDAY,
    WEEK,
    cut,
    decide,
    deliver,
    merge,
    preview,
    send,
    told,
    unmerge,
    vote,
    withdraw,
    write_minutes,
)
from tests.domain.holding import change, plan, say, times, weekly
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 12, 13
OPEN, ADOPTED, DECLINED = FactorStatus.OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED
MERGED, WITHDRAWN = FactorStatus.MERGED, FactorStatus.WITHDRAWN


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both)."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    return trial


def change_row(world, kind: type, key: int, **values: Any) -> None:
    world(lambda session: session.get(kind, key).sqlmodel_update(values))


def edition(world, number=FORUM_EDITION, now=THURSDAY):
    """What would be told now."""
    return preview(world, now, edition=number).edition


def decisions(world, now=THURSDAY):
    return [(each.title, each.status, each.undone) for each in edition(world, now=now).decisions]


def cancel(world, meeting, occurrence=None, now=NOW):
    return world(cancelling.cancel, meeting, occurrence, "", by=MANAGER, now=now)


# --- which edition


def test_a_track_s_edition_holds_its_own_and_what_is_for_all_the_forum_s_everything(people):
    people.factor(ANNA, title="In school")
    people.factor(BO, title="In care")
    people.factor(CILLA, title="For all", track="all")
    titles = {key: {new.title for new in told.new} for key, told in cut(people).items()}
    assert titles == {
        SCHOOL_EDITION: {"In school", "For all"},
        CARE_EDITION: {"In care", "For all"},
        FORUM_EDITION: {"In school", "In care", "For all"},
    }


def test_what_belongs_to_a_closed_track_stays_there(people):
    school = people.factor(ANNA).id
    plan(people, track=SCHOOL)
    change_row(people, Track, SCHOOL_EDITION, closed=True)
    vote(people, school, ANNA, NOW + HOUR)
    forum, own = edition(people), edition(people, SCHOOL_EDITION)
    assert (forum.new_total, forum.ahead_total, forum.people) == (
        0, 0, TookPart(2, 0, 0, ((202648, 0),)),
    )  # fmt: skip
    assert (own.new_total, own.ahead_total, own.people.votes) == (1, 1, 1)
    assert set(cut(people)) == {SCHOOL_EDITION}


def test_what_was_merged_into_a_factor_of_a_closed_track_says_so_without_its_title(people):
    school, care = people.factor(ANNA, title="In school").id, people.factor(BO, title="In care").id
    merge(people, care, school, NOW + HOUR)
    assert [edition(people, key).decisions[0].into for key in (FORUM_EDITION, CARE_EDITION)] == [
        "In school", "In school",
    ]  # fmt: skip
    change_row(people, Track, SCHOOL_EDITION, closed=True)
    for key in (FORUM_EDITION, CARE_EDITION):
        [told] = edition(people, key).decisions
        assert (told.title, told.status, told.into) == ("In care", MERGED, "")


def test_an_archived_track_has_no_edition_and_its_decisions_stand_in_the_forum_s(people):
    people(track_changes.create, name="Culture", by=MANAGER)
    school = people.factor(ANNA).id
    decide(people, school, ADOPTED, NOW + HOUR)
    people(archiving.archive, SCHOOL_EDITION, by=MANAGER, now=NOW + HOUR)
    shown = preview(people)
    assert [key for key, _ in shown.editions] == [CARE_EDITION, 3, FORUM_EDITION]
    assert shown.edition.decided == {ADOPTED: 1}
    assert shown.edition.people.organisations == 2  # Göteborg is in no track that goes on


def test_one_track_in_use_has_the_only_edition_and_tells_what_was_archived_too(people):
    decide(people, people.factor(ANNA).id, ADOPTED, NOW + HOUR)
    people(archiving.archive, SCHOOL_EDITION, by=MANAGER, now=NOW + HOUR)
    shown = preview(people)
    assert shown.editions == ((CARE_EDITION, CARE),)
    assert shown.edition.decided == {ADOPTED: 1}
    assert [parcel.slot for parcel in deliver(people, THURSDAY)] == ["announcements:2"]


def test_one_track_has_one_edition(world):
    world.set_up(preset=Preset.SINGLE)
    world.join(ANNA, world.organisation("Göteborgs stad"))
    world.factor(ANNA)
    assert [parcel.slot for parcel in deliver(world, THURSDAY)] == ["announcements:1"]


def test_five_tracks_have_six_editions(people):
    for name in ("Culture", "Sports", "Roads"):
        people(track_changes.create, name=name, by=MANAGER)
    people.factor(CILLA, track="all")
    assert list(cut(people)) == [1, 2, 3, 4, 5, FORUM_EDITION]


def test_a_programme_without_tracks_has_the_forum_s_edition(world):
    world.set_up(preset=Preset.EMPTY)
    organisation = world.organisation("Göteborgs stad")
    world(settings.change, off=(), greeting="Welcome", by=MANAGER)
    told = cut(world)
    assert list(told) == [FORUM_EDITION]
    assert told[FORUM_EDITION].people.organisations == 1
    assert organisation


# --- new factors and decisions


def test_a_new_factor_is_told_with_what_everybody_may_see(people):
    first = people.factor(ANNA, how=f"{HOW}\n\n  And so on." + " x" * 200).id
    people(factors.posted, first, channel_id=71, message_id=72, thread_id=72)
    [new] = edition(people).new
    assert new == NewFactor(
        "Try it small", f"https://discord.com/channels/{HERE}/71/72", FactorKind.PROMOTING,
        "Göteborgs stad", new.how, Standing.TOO_EARLY,
    )  # fmt: skip
    assert new.how.startswith(f"{HOW} And so on. x x")
    assert new.how.endswith("x x…")
    assert BEGINNING - 2 <= len(new.how) <= BEGINNING


def test_a_list_in_a_text_is_told_on_one_line(people):
    people.factor(ANNA, how="Three things helped:\n- a plan\n\n  * an hour a week\n\u2022 a friend")
    [new] = edition(people).new
    assert new.how == "Three things helped: · a plan · an hour a week · a friend"


def test_of_many_five_are_named_and_all_are_counted(people):
    ids = [people.factor(ANNA, title=f"Factor {at}", now=NOW + at * HOUR).id for at in range(9)]
    shown = edition(people)
    assert [new.title for new in shown.new] == [f"Factor {at}" for at in range(LINES)]
    assert shown.new_total == 9
    for at, key in enumerate(ids):
        decide(people, key, ADOPTED if at > 5 else DECLINED, NOW + (9 + at) * HOUR)
    shown = edition(people)
    assert [each.title for each in shown.decisions] == [f"Factor {at}" for at in (6, 7, 8, 0, 1)]
    assert shown.decided == {ADOPTED: 3, DECLINED: 6}
    assert shown.new_total == 9


def test_what_was_withdrawn_or_merged_is_not_new(people):
    first, second, third = (people.factor(ANNA, title=title).id for title in "ABC")
    withdraw(people, first, NOW + HOUR)
    merge(people, second, third, NOW + HOUR)
    shown = edition(people)
    assert [new.title for new in shown.new] == ["C"]
    assert shown.decisions == (
        Decision("B", None, MERGED, "The same.", into="C"),
        Decision("A", None, WITHDRAWN, "No longer."),
    )


def test_the_last_decision_of_the_week_is_told_with_its_reason(people):
    first = people.factor(ANNA).id
    decide(people, first, ADOPTED, NOW + HOUR, "At first.")
    decide(people, first, DECLINED, NOW + 2 * HOUR, "On reflection.")
    assert edition(people).decisions == (
        Decision("Try it small", None, DECLINED, "On reflection."),
    )


def test_what_was_reopened_is_told(people):
    first = people.factor(ANNA).id
    decide(people, first, ADOPTED, NOW + HOUR)
    cut(people)
    decide(people, first, OPEN, THURSDAY + HOUR)
    assert decisions(people, THURSDAY + WEEK) == [("Try it small", OPEN, False)]


def test_a_merge_that_was_undone_is_told_unless_nobody_was_told_of_it(people):
    first, second = (people.factor(ANNA, title=title).id for title in "AB")
    merge(people, first, second, NOW + HOUR)
    unmerge(people, first, NOW + 2 * HOUR)
    assert decisions(people) == []
    merge(people, first, second, NOW + 3 * HOUR)
    cut(people)
    unmerge(people, first, THURSDAY + HOUR)
    assert decisions(people, THURSDAY + WEEK) == [("A", OPEN, True)]
    assert edition(people, now=THURSDAY + WEEK).new == ()  # it was published a week ago
    decide(people, first, ADOPTED, THURSDAY + 2 * HOUR)
    assert decisions(people, THURSDAY + WEEK) == [("A", ADOPTED, False)]


def test_what_happens_after_a_week_changes_nothing_in_it(people):
    """A digest that is cut late is about its week."""
    first, second, third = (people.factor(ANNA, title=title).id for title in "ABC")
    decide(people, first, ADOPTED, NOW + HOUR, "Then.")
    for now in (THURSDAY + HOUR, THURSDAY + 2 * HOUR):
        merge(people, second, third, now)
        unmerge(people, second, now + timedelta(minutes=1))
    merge(people, second, third, THURSDAY + 3 * HOUR)
    withdraw(people, third, THURSDAY + 3 * HOUR)
    decide(people, first, DECLINED, THURSDAY + 3 * HOUR, "Now.")
    told = cut(people, THURSDAY + DAY)[FORUM_EDITION]
    assert [(new.title, new.standing) for new in told.new] == [
        (title, Standing.TOO_EARLY) for title in "ABC"
    ]
    assert told.decisions == (Decision("A", None, ADOPTED, ""),)


def test_a_merge_that_is_undone_after_the_week_was_one_in_it(people):
    first, second = (people.factor(ANNA, title=title).id for title in "AB")
    merge(people, first, second, NOW + HOUR)
    unmerge(people, first, THURSDAY + HOUR)
    told = cut(people, THURSDAY + DAY)[FORUM_EDITION]
    assert told.decisions == (Decision("A", None, MERGED, "", into="B"),)
    assert [new.title for new in told.new] == ["B"]


# --- what moved


def test_a_standing_that_moved_is_told_from_where_to_where(people):
    first = people.factor(ANNA).id
    cut(people)
    vote(people, first, ANNA, THURSDAY + HOUR)
    vote(people, first, CILLA, THURSDAY + 2 * HOUR)
    vote(people, first, CILLA, THURSDAY + 3 * HOUR, Choice.OBJECT)
    [moved] = edition(people, now=THURSDAY + WEEK).moved
    assert (moved.title, moved.before, moved.after) == (
        "Try it small", Standing.TOO_EARLY, Standing.DIVIDED,
    )  # fmt: skip
    vote(people, first, ANNA, THURSDAY + WEEK + HOUR, Choice.OBJECT)  # after it
    assert cut(people, THURSDAY + WEEK + DAY)[FORUM_EDITION].moved == (moved,)


def test_what_is_new_or_closed_or_back_where_it_was_has_not_moved(people):
    first = people.factor(ANNA).id
    for member in (ANNA, CILLA):
        vote(people, first, member, NOW + HOUR)
    shown = edition(people)
    assert (shown.moved, shown.new[0].standing) == ((), Standing.SHARED_GROUND)
    cut(people)
    vote(people, first, ANNA, THURSDAY + HOUR, Choice.OBJECT)
    vote(people, first, ANNA, THURSDAY + 2 * HOUR)
    assert edition(people, now=THURSDAY + WEEK).moved_total == 0
    vote(people, first, ANNA, THURSDAY + 3 * HOUR, Choice.OBJECT)
    decide(people, first, DECLINED, THURSDAY + 4 * HOUR)
    shown = edition(people, now=THURSDAY + WEEK)
    assert (shown.moved_total, shown.decided) == (0, {DECLINED: 1})


# --- meetings


def test_meetings_of_two_weeks_are_ahead_and_those_cancelled_meanwhile(people):
    view = weekly(people, times=4, where="Town hall", track=SCHOOL)  # from Tuesday on
    change_row(people, Meeting, view.id, channel_id=71, message_id=72)
    assert [each.starts_at.day for each in edition(people).ahead] == [1, 8]
    second = times(people, view.id)[1].id
    change(people, view.id, second, title="A special one", where="By the lake")
    url = f"https://discord.com/channels/{HERE}/71/72"
    [one, other] = edition(people, SCHOOL_EDITION).ahead
    assert one == AheadMeeting(
        "Kick-off", url, MeetingKind.DIGITAL, one.starts_at, "Town hall", cancelled=False
    )
    assert (other.title, other.place) == ("A special one", "By the lake")
    assert edition(people, CARE_EDITION).ahead == ()
    cancel(people, view.id, second)
    assert [each.cancelled for each in edition(people).ahead] == [False, True]
    cut(people)
    assert [each.starts_at.day for each in edition(people, now=THURSDAY + DAY).ahead] == [1]


def test_a_series_that_is_cancelled_is_told_once_however_far_ahead(people):
    view = weekly(people, times=9, when="2027-01-12 13:00")
    assert edition(people).ahead == ()
    cancel(people, view.id, now=NOW + HOUR)
    [gone] = edition(people).ahead
    assert (gone.cancelled, gone.starts_at.day) == (True, 12)
    assert set(cut(people)) == {SCHOOL_EDITION, CARE_EDITION, FORUM_EDITION}
    assert cut(people, THURSDAY + WEEK) == {}


def test_minutes_are_told_when_they_are_written(people):
    view = plan(people, when="2026-11-24 13:00")
    [time] = times(people, view.id)
    write_minutes(people, time.id, NOW + 2 * DAY, "Nothing yet.")
    write_minutes(people, time.id, NOW + 2 * DAY + HOUR, "We agreed.\nOn all.")
    shown = edition(people)
    assert shown.minutes == (NewMinutes("Kick-off", None, time.starts_at, "We agreed. On all.", 2),)
    assert (shown.minutes_total, shown.ahead_total) == (1, 0)
    assert edition(people, CARE_EDITION).minutes_total == 1
    cut(people)
    assert edition(people, now=THURSDAY + WEEK).minutes == ()


def test_a_meeting_wakes_a_digest_a_week_ahead(people):
    plan(people, when="2026-12-03 10:00")  # the Thursday after, an hour late
    shown = edition(people)
    assert (shown.ahead_total, shown.quiet) == (1, True)
    plan(people, when="2026-12-03 08:59", title="Soon")
    assert not edition(people).quiet


# --- what waits


def test_what_waits_is_counted_in_the_tracks_and_wakes_nobody(people):
    people.factor(ANNA)
    closed = people.factor(ANNA).id
    decide(people, closed, DECLINED, NOW)
    later, over = people.factor(ANNA).id, people.factor(ANNA).id
    change_row(people, Factor, later, opens_at=THURSDAY + 30 * DAY)
    change_row(people, Factor, over, closes_at=NOW + HOUR)
    people.factor(CILLA, track="all")
    plan(people, track=SCHOOL, when="2026-12-23 13:00")
    plan(people, track=CARE, when="2026-12-26 13:00")  # more than 28 days ahead
    cut(people)
    number = {key: edition(people, key, THURSDAY + HOUR) for key in (0, 1, 2)}
    assert [number[key].waiting_factors for key in (0, 1, 2)] == [0, 2, 1]
    assert [number[key].waiting_meetings for key in (0, 1, 2)] == [0, 1, 0]
    assert all(each.quiet for each in number.values())
    [time] = times(people, 1)
    for member in (ANNA, CILLA):
        say(people, member, time.id, Answer.CANT, THURSDAY)
    assert edition(people, SCHOOL_EDITION, THURSDAY + HOUR).waiting_meetings == 0


# --- the liveliest discussions


@scene
def lively(people):
    """Channels that things were said in, from 1 (forum) on; 9 is the coordinators'."""
    slots = ("forum", "discussion:1", "factors:1", "discussion:2", "coordinators")
    ids = dict(zip(slots, (101, 102, 103, 104, 109), strict=True))
    for key, channel in ids.items():
        slot = Slot(key, PlaceKind.TEXT, key)
        people(programmes.fill, slot, channel)

    def speak(session: Session) -> None:
        day = NOW.date()
        for place in ids.values():
            talk.add(Desk(session, HERE, None, NOW), place, place, day, place - 100)
        talk.add(Desk(session, HERE, None, NOW), 555, 103, day, 40)
        talk.add(Desk(session, HERE, None, NOW), 555, 103, day + DAY, 2)
        talk.add(
            Desk(session, HERE, None, NOW), 556, 103, THURSDAY.date(), 99
        )  # its week is the next

    people(speak)
    first = people.factor(ANNA, now=NOW - WEEK).id
    people(factors.posted, first, channel_id=103, message_id=555, thread_id=555)
    return people


def test_discussions_are_named_with_the_way_to_them_where_people_may_read_them(lively):
    said = lambda key: [(t.channel_id, t.messages) for t in edition(lively, key).talk]  # noqa: E731
    assert said(SCHOOL_EDITION) == [(555, 42), (103, 3), (102, 2)]
    assert said(CARE_EDITION) == [(104, 4)]
    assert said(FORUM_EDITION) == [(555, 42), (104, 4), (103, 3), (102, 2), (101, 1)]
    top = edition(lively).talk[0]
    assert (top.title, top.url) == ("Try it small", f"https://discord.com/channels/{HERE}/555")
    assert edition(lively).talk_total == 5
    change_row(lively, Track, SCHOOL_EDITION, closed=True)
    assert said(FORUM_EDITION) == [(104, 4), (101, 1)]
    assert not edition(lively).quiet


def test_each_day_is_told_by_one_digest(lively):
    send(lively, THURSDAY - HOUR)
    later = edition(lively, now=THURSDAY + DAY)
    assert [(each.channel_id, each.messages) for each in later.talk] == [(556, 99)]


def test_a_programme_with_one_track_names_what_was_said_in_the_forum(lively):
    lively(archiving.archive, CARE_EDITION, by=MANAGER)
    assert {t.channel_id for t in preview(lively).edition.talk} == {555, 104, 103, 102, 101}


# --- who took part


def test_each_organisation_that_did_anything_counts_once_and_each_vote(people):
    first = people.factor(ANNA, now=NOW - HOUR).id  # before the programme's first week
    for choice in (Choice.SUPPORT, Choice.OBJECT):
        vote(people, first, CILLA, NOW + HOUR, choice)
    vote(people, first, ANNA, NOW + HOUR)
    assert edition(people).people == TookPart(3, 2, 2, ((202648, 2),))
    assert edition(people, SCHOOL_EDITION).people == TookPart(2, 2, 2, ((202648, 2),))
    assert edition(people, CARE_EDITION).people == TookPart(2, 0, 0, ((202648, 0),))


def test_whatever_people_do_is_taking_part(people):
    first = people.factor(ANNA, now=NOW - HOUR).id
    everyone = people.factor(CILLA, now=NOW - HOUR, track="all").id
    meeting = plan(people, now=NOW - HOUR, when="2026-11-25 13:00")
    [time] = times(people, meeting.id)

    def took_part(number=FORUM_EDITION):
        return edition(people, number).people.took_part

    assert took_part() == 0
    people(experiences.tell, first, ExperienceStance.DONE, HOW, by=somebody(ANNA), now=NOW + HOUR)
    assert (took_part(), took_part(CARE_EDITION)) == (1, 0)
    say(people, BO, time.id, Answer.GOING, NOW + HOUR)
    assert (took_part(), took_part(CARE_EDITION)) == (2, 1)
    people(answering.attend, time.id, CILLA, now=time.starts_at + HOUR)
    assert took_part() == 3
    people(organisation_changes.remove, "Vara kommun", by=MANAGER, now=NOW + 2 * HOUR)
    assert edition(people).people.organisations == took_part() == 2
    assert everyone


def test_the_votes_of_earlier_weeks_stand_beside_those_of_this_one(people):
    first = people.factor(ANNA).id
    changing = {each: cycle([Choice.SUPPORT, Choice.UNSURE]) for each in (ANNA, CILLA)}
    for week in range(9):
        now = THURSDAY + week * WEEK
        for member in (ANNA, CILLA)[: week % 3]:
            vote(people, first, member, now - HOUR, next(changing[member]))
        deliver(people, now + 3 * DAY if week == 6 else now)  # once it was down
    vote(people, first, ANNA, now + HOUR, next(changing[ANNA]))
    assert edition(people, SCHOOL_EDITION, now + DAY).people.trend == (
        (202650, 2), (202651, 0), (202652, 1), (202653, 2), (202702, 1), (202703, 2), (202704, 1),
    )  # fmt: skip


# --- sections that are off


def test_a_section_that_is_off_wakes_nobody(people):
    first = people.factor(ANNA, now=NOW - HOUR).id
    vote(people, first, ANNA, NOW + HOUR)
    off = [Section.PEOPLE]
    people(settings.change, off=off, greeting="", by=MANAGER)
    assert edition(people).quiet
    decide(people, first, ADOPTED, NOW + HOUR)
    assert not edition(people).quiet
    people(settings.change, off=[*off, Section.MOVED], greeting="", by=MANAGER)
    assert edition(people).quiet
    assert edition(people).decided == {ADOPTED: 1}
    assert cut(people) == {}


def test_titles_are_told_as_they_are_when_the_week_is_cut(people):
    first = people.factor(ANNA).id
    text = FactorText("Try it large", HOW, "", "")
    people(edits.edit, first, text, small=False, by=somebody(ANNA), now=NOW + HOUR)
    view = told(people, deliver(people, THURSDAY)[0])
    assert [new.title for new in view.edition.new] == ["Try it large"]


# --- how it is found


def test_a_week_is_found_without_looking_through_those_before_and_after_it(people):
    """Whatever the database thinks of its indexes: time grows with the week, not the history."""
    asked: list[tuple[str, Any]] = []
    first = people.factor(ANNA).id
    people(factors.posted, first, channel_id=71, message_id=72, thread_id=72)
    people(lambda session: talk.add(Desk(session, HERE, None, NOW), 72, 71, NOW.date(), 5))
    people(programmes.fill, Slot("factors:1", PlaceKind.TEXT, "x"), 71)
    listen = (people.engine, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    event.listen(*listen)
    preview(people)
    event.remove(*listen)

    def plans(about: str) -> set[str]:
        with people.engine.connect() as connection:
            return {
                str(line)
                for statement, values in asked
                if about in statement
                for *_, line in connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", values
                )
                if " factor " in f"{line} " or " journal " in line
            }

    spans = "SEARCH journal USING INDEX journal_time (programme_id=? AND at>? AND at<?)"
    kinds = "SEARCH journal USING INDEX journal_kind (programme_id=? AND kind=? AND at>? AND at<?)"
    later = "SEARCH journal USING INDEX journal_subject (programme_id=? AND subject=?"
    assert any(line.startswith(later) for line in plans("CASE WHEN"))
    for line in plans("journal"):
        assert line.startswith((spans, kinds, later, "SEARCH factor USING INTEGER PRIMARY KEY")), (
            line
        )
    assert any("factor_thread_id" in line for line in plans("thread_id IN"))
    assert any("factor_waiting" in line for line in plans("too_early"))
