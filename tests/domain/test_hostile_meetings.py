"""Whatever somebody types about a meeting, it is understood or asked about, and kept unharmed."""

import unicodedata
from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.domain.kit.errors import UserError
from bot.domain.meetings import cancelling, changes, drafts, minutes
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.drafts import MeetingDraftView
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.shelf import Asked
from storage.desk import Desk
from storage.enums import Language, Repeat
from tests.domain.conftest import HERE, MANAGER, NOW
from tests.domain.holding import DAY, TUESDAY
from tests.ui.layouts import long_hostile

everything = long_hostile(4000)
wanted = st.builds(
    WantedMeeting,
    title=everything,
    when=st.just(TUESDAY) | everything,
    duration=st.just("1 h") | everything,
    where=everything,
    track=st.just("") | everything,
    repeat=st.sampled_from(Repeat),
    until=st.just("") | st.just("2027-01-31") | everything,
    times=st.none() | st.integers(-(10**18), 10**18),
    agenda=everything,
    reminders=st.just("") | everything,
)
edits = st.dictionaries(st.sampled_from([*changes.FIELDS, "other"]), everything)
repeated = settings(suppress_health_check=list(HealthCheck))


def unharmed(text: str, limit: int) -> None:
    assert len(text) <= limit
    assert not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cs"}


@repeated
@given(wanted)
def test_what_is_typed_for_a_new_meeting(trial, typed):
    with Session(trial.engine) as session:
        desk = Desk(session, HERE, MANAGER, NOW)
        found = drafts.sketch(desk, typed, Language.SV)
        key = found.draft_id if isinstance(found, Asked) else found.id
        kept = drafts.drafted(desk, key)
        for text, limit in ((kept.title, 100), (kept.where, 300), (kept.agenda, 1800)):
            unharmed(text, limit)
        if isinstance(found, MeetingDraftView):
            saved = drafts.save(desk, key)
            assert saved.shown.title == kept.title
            assert saved.shown.starts_at > NOW


@repeated
@given(edits, everything, everything, everything)
def test_what_is_typed_about_a_meeting_that_stands(trial, typed, reason, summary, links):
    with Session(trial.engine) as session:
        desk = Desk(session, HERE, MANAGER, NOW)
        first = WantedMeeting("Kick-off", TUESDAY, repeat=Repeat.WEEKLY, times=3)
        draft = drafts.sketch(desk, first, Language.EN)
        view = drafts.save(desk, draft.id)
        for occurrence in (None, view.shown.id):
            found = changes.change(desk, view.id, occurrence, typed, language=Language.EN)
            assert isinstance(found, Asked | ChangedMeeting)
        with suppress(UserError):  # refused, which is as good
            held = minutes.write(
                replace(desk, now=NOW + 300 * DAY), view.shown.id, summary, links
            ).shown
            unharmed(held.summary, 1000)
            unharmed(held.links, 5 * 500)
        if not isinstance(found, ChangedMeeting) or not found.moved:
            at = cancelling.cancel(desk, view.id, view.coming[0].id, reason)
            unharmed(at.shown.reason, 300)
