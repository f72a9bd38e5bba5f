"""The meeting that a factor came from: which is named when, and by whom."""

from datetime import date, timedelta

import pytest

from bot.domain.factors import drafts, edits, exporting, factors, merging
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import DraftGone
from bot.domain.factors.origins import AFTERWARDS
from bot.domain.factors.wording import FactorText
from bot.domain.meetings import cancelling, meetings
from bot.domain.tracks import places, tracks
from storage.enums import FactorKind, Language, PlaceKind
from storage.kit import programmes as kept_programmes
from tests.domain.conftest import CARE, ELSEWHERE, HERE, HOW, MANAGER, NOW, SCHOOL, somebody
from tests.domain.holding import DAY, WEEK, plan, show, weekly
from tests.domain.scenes import scene

ANNA, BO = 11, 12
FORUM, LOBBY, THREAD = 500, 600, 700
MOMENT = timedelta(microseconds=1)


def channel(world, what, track, programme=HERE):
    """The Discord id of one of a track's channels."""
    (key,) = (each.id for each in world(tracks.all_of, programme=programme) if each.name == track)
    return world(kept_programmes.place, f"{what}:{key}", programme=programme)


@scene
def anna(trial):
    """Anna of Västerås, which is in both tracks; every channel stands."""
    trial.join(ANNA, trial.vasteras)
    for number, track in enumerate(trial(tracks.all_of)):
        for at, what in enumerate(("announcements", "discussion", "factors")):
            slot = f"{what}:{track.id}"
            trial(kept_programmes.keep_place, slot, PlaceKind.TEXT, 100 * number + at + 1)
    trial(kept_programmes.keep_place, places.FORUM, PlaceKind.TEXT, FORUM)
    return trial


@scene
def held(anna):
    """A meeting of the school track."""
    return plan(anna, track=SCHOOL).shown


def drafted(world, now, *channels, member=ANNA):
    return world.draft(member, now=now, channels=frozenset(channels))


def title(draft):
    return draft.meeting.title if draft.meeting else None


def naming(world, draft, now, *, named, member=ANNA, programme=HERE):
    return world(
        drafts.name_meeting,
        draft.id,
        named=named,
        by=somebody(member),
        programme=programme,
        now=now,
    )


def published(world, draft, now):
    return world(factors.publish, draft.id, by=somebody(ANNA), now=now)


# --- which is named


@pytest.mark.parametrize("what", ["announcements", "discussion", "factors"])
def test_a_draft_from_any_channel_of_a_track_names_the_meeting_of_the_track(anna, held, what):
    draft = drafted(anna, held.starts_at, channel(anna, what, SCHOOL))
    assert (draft.meeting.title, draft.meeting.day) == ("Kick-off", date(2026, 12, 1))
    assert not draft.apart


def test_a_thread_is_of_the_channel_that_it_belongs_to(anna, held):
    draft = drafted(anna, held.starts_at, THREAD, channel(anna, "factors", SCHOOL))
    assert title(draft) == "Kick-off"


def test_a_meeting_is_named_from_its_start_until_a_day_after_its_end(anna, held):
    place = channel(anna, "discussion", SCHOOL)
    for now, said in (
        (held.starts_at - MOMENT, None),
        (held.starts_at, "Kick-off"),
        (held.ends_at + AFTERWARDS - MOMENT, "Kick-off"),
        (held.ends_at + AFTERWARDS, None),
    ):
        assert title(drafted(anna, now, place)) == said


def test_a_meeting_of_another_track_or_a_cancelled_one_is_not_named(anna, held):
    now = held.starts_at
    for place in (channel(anna, "discussion", CARE), FORUM, LOBBY):
        assert title(drafted(anna, now, place)) is None
    (row,) = anna(meetings.listed).meetings.items
    anna(cancelling.cancel, row.meeting_id, None, "", by=MANAGER)
    assert title(drafted(anna, now, channel(anna, "discussion", SCHOOL))) is None


def test_a_meeting_for_all_is_named_in_the_forum_and_in_every_track_and_nowhere_else(anna):
    held = plan(anna, title="For all").shown
    places = [FORUM, *(channel(anna, "factors", track) for track in (SCHOOL, CARE)), LOBBY]
    found = [title(drafted(anna, held.starts_at, place)) for place in places]
    assert found == ["For all", "For all", "For all", None]


def test_of_several_the_one_that_began_last_is_named(anna, held):
    plan(anna, title="Later", when="2026-12-01 16:00")
    place = channel(anna, "discussion", SCHOOL)
    assert title(drafted(anna, held.ends_at, place)) == "Kick-off"
    assert title(drafted(anna, held.starts_at + timedelta(hours=3), place)) == "Later"


def test_each_time_of_a_series_is_named_by_its_own_day(anna):
    weekly(anna, 3, track=SCHOOL)
    place = channel(anna, "discussion", SCHOOL)
    days = [drafted(anna, NOW + 8 * DAY + at * WEEK + 5 * timedelta(hours=1), place) for at in
            range(3)]  # fmt: skip
    assert [each.meeting.day for each in days] == [date(2026, 12, day) for day in (1, 8, 15)]


def test_another_server_s_meetings_are_not_named(anna):
    anna.set_up(ELSEWHERE)
    held = plan(anna, programme=ELSEWHERE).shown
    assert title(drafted(anna, held.starts_at, FORUM)) is None


# --- what becomes of it


def test_a_change_and_a_look_from_elsewhere_keep_the_meeting_and_what_was_said_of_it(anna, held):
    place = channel(anna, "discussion", SCHOOL)
    draft = naming(anna, drafted(anna, held.starts_at, place), held.starts_at, named=False)
    assert (title(draft), draft.apart) == ("Kick-off", True)
    written = Written("Better", HOW, FactorKind.PROMOTING, channels=frozenset({LOBBY}))
    changed = anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA), now=held.ends_at)
    assert (title(changed), changed.apart) == ("Kick-off", True)
    assert not naming(anna, changed, held.ends_at, named=True).apart


def test_only_its_author_says_of_a_draft_that_it_is_not_from_a_meeting(anna, held):
    draft = drafted(anna, held.starts_at, channel(anna, "discussion", SCHOOL))
    anna.join(BO, anna.vasteras)
    with pytest.raises(DraftGone):
        naming(anna, draft, held.starts_at, named=False, member=BO)
    with pytest.raises(DraftGone):
        naming(anna, draft, held.starts_at + 2 * DAY, named=False)


def test_a_factor_keeps_its_meeting_through_an_edit_and_the_meeting_counts_it(anna, held):
    now, place = held.starts_at, channel(anna, "discussion", SCHOOL)
    factor = published(anna, drafted(anna, now, place), now)
    text = FactorText("Another title", HOW, "", "")
    anna(edits.edit, factor.id, text, small=False, by=somebody(ANNA), now=now)
    shown = anna(factors.show, factor.id, now=now)
    assert (shown.version, shown.meeting.title, shown.meeting.url) == (2, "Kick-off", None)
    (row,) = anna(meetings.listed).meetings.items
    anna(meetings.settled, row.meeting_id, 1, channel_id=5, message_id=6)
    shown = anna(factors.show, factor.id, now=now)
    assert shown.meeting.url == f"https://discord.com/channels/{HERE}/5/6"
    assert show(anna, row.meeting_id, now).factors == 1


def test_a_factor_whose_author_said_so_names_no_meeting(anna, held):
    now, place = held.starts_at, channel(anna, "discussion", SCHOOL)
    draft = naming(anna, drafted(anna, now, place), now, named=False)
    assert published(anna, draft, now).meeting is None
    (row,) = anna(meetings.listed).meetings.items
    assert show(anna, row.meeting_id, now).factors == 0


def test_factors_that_are_merged_keep_each_their_own_meeting(anna, held):
    now, place = held.starts_at, channel(anna, "discussion", SCHOOL)
    first = published(anna, drafted(anna, now, place), now)
    other = anna.factor(ANNA, now=now, title="Something else", how=f"{HOW} Again and again.")
    anna(merging.merge, first.id, other.id, "The same.", by=MANAGER, now=now)
    found = [anna(factors.show, each.id, now=now).meeting for each in (first, other)]
    assert [each.title if each else None for each in found] == ["Kick-off", None]


def test_an_export_tells_the_title_of_the_meeting(anna, held):
    now, place = held.starts_at, channel(anna, "discussion", SCHOOL)
    published(anna, drafted(anna, now, place), now)
    files = anna(exporting.export, "", language=Language.SV, by=MANAGER, now=now)
    head, row = files.csv.decode("utf-8-sig").splitlines()[1:3]
    assert (head.split(";")[-1], row.split(";")[-1]) == ("träff", "Kick-off")
