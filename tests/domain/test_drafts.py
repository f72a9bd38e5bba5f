"""Drafts: what was submitted is kept for a day, for its author alone, whatever is wrong with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import drafts, factors, keyareas
from bot.domain.factors.drafts import ALL_TRACKS, KEPT_FOR, DraftDetails, Written
from bot.domain.factors.errors import DraftGone, DraftUnfinished, NoTracks
from bot.domain.kit.errors import NotSetUp
from bot.domain.members.errors import NotAParticipant
from bot.domain.tracks import tracks
from storage.enums import FactorKind, Language, Preset
from storage.factors.drafts import Draft
from tests.domain.conftest import CARE, ELSEWHERE, HERE, HOW, MANAGER, NOW, SCHOOL, somebody
from tests.domain.scenes import scene

ANNA, BO = 11, 12
MOMENT = timedelta(microseconds=1)


@scene
def anna(trial):
    """Anna of Västerås, which is in both tracks."""
    trial.join(ANNA, trial.vasteras)
    return trial


def view(world, draft_id, member=ANNA, now=NOW, programme=HERE):
    return world(drafts.view, draft_id, by=somebody(member), programme=programme, now=now)


def start(world, member=ANNA, now=NOW, programme=HERE):
    return world(drafts.start, by=somebody(member), programme=programme, now=now)


def kept(world):
    return world(lambda session: session.exec(select(Draft)).all())


def test_what_was_typed_is_shown_back_as_its_author_wrote_it(anna):
    draft = anna.draft(ANNA, title=" Try  it\nsmall ", how="One.\n\n\n\nTwo.  ", kind="inhibiting")
    assert (draft.title, draft.how) == ("Try it small", "One.\n\nTwo.")
    assert (draft.kind, draft.organisation) == (FactorKind.INHIBITING, "Västerås stad")
    assert (draft.problems, draft.masked, draft.language) == ((), False, Language.EN)
    assert view(anna, draft.id) == replace(draft, question=False)


def test_the_form_offers_the_tracks_of_the_persons_organisation(anna):
    anna.join(BO, anna.vara)
    assert [track.name for track in start(anna).tracks] == [SCHOOL, CARE]
    assert [track.name for track in start(anna, BO).tracks] == [CARE]
    assert start(anna).draft is None


def test_a_draft_without_a_track_gets_the_first_that_is_offered(anna):
    assert anna.draft(ANNA, track="").track.name == SCHOOL


def test_a_draft_may_be_for_one_track_or_for_all(anna):
    care = anna(tracks.all_of)[1]
    assert anna.draft(ANNA, track=str(care.id)).track == care
    assert anna.draft(ANNA, track=ALL_TRACKS).track is None


def test_the_newest_draft_is_offered_for_a_day(anna):
    anna.draft(ANNA, title="Older")
    newest = anna.draft(ANNA, title="Newer", now=NOW + MOMENT)
    assert start(anna, now=NOW + MOMENT).draft == newest
    assert start(anna, now=NOW + MOMENT + KEPT_FOR).draft == newest
    assert start(anna, now=NOW + 2 * MOMENT + KEPT_FOR).draft is None


def test_a_draft_is_gone_when_its_day_is_over(anna):
    draft = anna.draft(ANNA)
    assert view(anna, draft.id, now=NOW + KEPT_FOR) == draft
    with pytest.raises(DraftGone):
        view(anna, draft.id, now=NOW + KEPT_FOR + MOMENT)


def test_saving_again_keeps_a_draft_for_another_day(anna):
    draft = anna.draft(ANNA)
    later = NOW + timedelta(hours=20)
    written = Written("Better", HOW, FactorKind.PROMOTING)
    changed = anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA), now=later)
    assert (changed.id, changed.title) == (draft.id, "Better")
    assert view(anna, draft.id, now=later + KEPT_FOR).title == "Better"
    assert len(kept(anna)) == 1


def test_a_change_to_a_draft_that_is_gone_is_kept_as_a_new_one(anna):
    draft = anna.draft(ANNA)
    anna(drafts.discard, draft.id)
    anna(drafts.discard, draft.id)
    written = Written("Better", HOW, FactorKind.PROMOTING)
    again = anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA))
    assert again.id > draft.id, "a button that carries the old id must not reach the new draft"
    assert view(anna, again.id).title == "Better"


def test_nobody_reaches_another_persons_draft(anna):
    anna.join(BO, anna.vasteras)
    draft = anna.draft(ANNA)
    with pytest.raises(DraftGone):
        view(anna, draft.id, BO)
    written = Written("Mine now", HOW, FactorKind.PROMOTING)
    assert anna(drafts.save, written, draft_id=draft.id, by=somebody(BO)).id != draft.id
    assert view(anna, draft.id).title == "Try it small"
    assert start(anna, BO).draft.title == "Mine now"


def test_the_same_person_does_not_reach_a_draft_from_another_server(anna):
    anna.set_up(ELSEWHERE)
    theirs = anna.organisation("Vara kommun", "health", programme=ELSEWHERE)
    anna.join(ANNA, theirs, programme=ELSEWHERE)
    draft = anna.draft(ANNA)
    with pytest.raises(DraftGone):
        view(anna, draft.id, programme=ELSEWHERE)
    assert start(anna, programme=ELSEWHERE).draft is None


@pytest.mark.parametrize("blank", ["", "   ", "\n", "\u200b\u2060", "\u200d"])
def test_what_is_left_empty_is_named_and_the_rest_is_kept(anna, blank):
    draft = anna.draft(ANNA, title=blank)
    assert draft.problems == ("draft.problem.title",)
    assert draft.how == HOW
    assert anna.draft(ANNA, how=blank).problems == ("draft.problem.how",)
    both = anna.draft(ANNA, title=blank, how=blank)
    assert both.problems == ("draft.problem.title", "draft.problem.how")


def test_identity_numbers_are_hidden_before_anything_is_kept(anna):
    draft = anna.draft(ANNA, title="Anna 121212-1212", how="Her number is 19121212\u20131212.")
    assert draft.masked
    rows = kept(anna)
    assert "1212" not in rows[0].title + rows[0].how
    assert not view(anna, draft.id).masked, "it is said once, when it happens"


def test_texts_are_kept_within_discords_limits(anna):
    draft = anna.draft(ANNA, title="x" * 150, how="y" * 4000)
    assert (len(draft.title), len(draft.how)) == (100, 1800)


def test_a_track_that_is_the_persons_no_more_loses_nothing_that_was_typed(anna):
    """Between opening the form and sending it, one may have moved."""
    anna.join(BO, anna.vara)
    school, care = anna(tracks.all_of)
    draft = anna.draft(BO, title="Kept", track=str(school.id))
    assert (draft.title, draft.track) == ("Kept", school)
    assert draft.problems == ("draft.problem.track",)
    written = Written("Kept", HOW, FactorKind.PROMOTING, str(care.id))
    assert anna(drafts.save, written, draft_id=draft.id, by=somebody(BO)).problems == ()


@pytest.mark.parametrize("track", ["4711", "nonsense", "99999999999999999999", "-1"])
def test_a_track_that_there_is_not_becomes_the_first_of_the_persons(anna, track):
    anna.join(BO, anna.vara)
    assert anna.draft(BO, track=track).track.name == CARE


def test_another_servers_track_is_no_track_here(anna):
    anna.set_up(ELSEWHERE)
    theirs = anna(tracks.all_of, programme=ELSEWHERE)[0]
    assert anna.draft(ANNA, track=str(theirs.id)).track.name == SCHOOL


def test_who_moves_cannot_publish_into_the_track_they_left(anna):
    care = anna(tracks.all_of)[1]
    draft = anna.draft(ANNA, track=str(care.id))
    anna.join(ANNA, anna.goteborg)
    assert view(anna, draft.id).problems == ("draft.problem.track",)
    with pytest.raises(DraftUnfinished):
        anna(factors.publish, draft.id, by=somebody(ANNA))


def test_who_left_while_writing_finds_it_again_when_they_are_back(anna):
    anna.leave(ANNA)
    with pytest.raises(NotAParticipant):
        start(anna)
    draft = anna.draft(ANNA, title="Kept")
    assert draft.problems == ("error.not_a_participant",)
    anna.join(ANNA, anna.vara)
    offered = start(anna).draft
    assert (offered.id, offered.title, offered.problems) == (draft.id, "Kept", ())


def test_drafts_are_deleted_once_their_day_is_over(anna):
    anna.draft(ANNA, title="Old")
    anna.draft(ANNA, title="New", now=NOW + KEPT_FOR + MOMENT)
    assert [row.title for row in kept(anna)] == ["New"]


def test_an_organisation_without_a_track_has_nowhere_to_propose(trial):
    trial.set_up(ELSEWHERE, preset=Preset.EMPTY)
    nowhere = trial.organisation("Vara kommun", programme=ELSEWHERE)
    trial.join(ANNA, nowhere, programme=ELSEWHERE)
    with pytest.raises(NoTracks) as refused:
        start(trial, programme=ELSEWHERE)
    assert refused.value.values == {"organisation": "Vara kommun"}


# --- all tracks, details, throwing away


def test_all_tracks_are_another_choice_only_where_there_is_more_than_one(trial):
    trial.set_up(ELSEWHERE, preset=Preset.SINGLE)
    vara = trial.organisation("Vara kommun", programme=ELSEWHERE)
    trial.join(ANNA, vara, programme=ELSEWHERE)
    begin = start(trial, programme=ELSEWHERE)
    assert (len(begin.tracks), begin.all_tracks) == (1, False)
    trial.join(BO, trial.vara)
    assert (len(start(trial, BO).tracks), start(trial, BO).all_tracks) == (1, True)


def add(world, draft, member=ANNA, now=NOW, **said):
    return world(drafts.add_details, draft.id, DraftDetails(**said), by=somebody(member), now=now)


def test_details_stand_in_the_draft_whatever_is_changed_later(anna):
    area = anna(keyareas.create, "Leadership", by=MANAGER)
    draft = anna.draft(ANNA)
    said = {"context": " Home\n\n\n\ncare ", "evidence": "Ten of 121212-1212", "discreet": True}
    detailed = add(anna, draft, key_area_id=area.id, **said)
    assert (detailed.context, detailed.key_area) == ("Home\n\ncare", "Leadership")
    assert (detailed.masked, detailed.discreet) == (True, True)
    assert "1212" not in detailed.evidence
    written = Written("Better", HOW, FactorKind.PROMOTING)
    anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA))
    assert view(anna, draft.id) == replace(detailed, title="Better", masked=False)


def test_details_are_kept_within_limits_and_name_no_key_area_of_another_server(anna):
    anna.set_up(ELSEWHERE)
    theirs = anna(keyareas.create, "Theirs", by=MANAGER, programme=ELSEWHERE)
    shown = add(
        anna, anna.draft(ANNA), context="x" * 999, evidence="y" * 999, key_area_id=theirs.id
    )
    assert (len(shown.context), len(shown.evidence), shown.key_area) == (800, 400, None)


def test_nobody_adds_to_another_persons_draft_nor_to_one_that_is_gone(anna):
    draft = anna.draft(ANNA)
    with pytest.raises(DraftGone):
        add(anna, draft, BO, context="Mine")
    with pytest.raises(DraftGone):
        add(anna, draft, now=NOW + KEPT_FOR + MOMENT, context="Late")


def test_the_gentle_question_is_put_once_however_often_one_changes_the_draft(anna):
    draft = anna.draft(ANNA, how="We have good leadership.")
    assert draft.question
    assert not view(anna, draft.id).question
    assert not add(anna, draft, context="Home care").question
    written = Written("Better", "We are well led.", FactorKind.PROMOTING)
    again = anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA))
    assert (again.question, again.problems) == (False, ())


def test_the_gentle_question_waits_until_the_draft_is_whole(anna):
    draft = anna.draft(ANNA, title="", how="We have good leadership.")
    assert not draft.question
    written = Written("Leadership", "We have good leadership.", FactorKind.PROMOTING)
    assert anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA)).question


def test_its_author_alone_throws_a_draft_away(anna):
    draft = anna.draft(ANNA)
    with pytest.raises(DraftGone):
        anna(drafts.drop, draft.id, by=somebody(BO))
    anna(drafts.drop, draft.id, by=somebody(ANNA))
    assert start(anna).draft is None
    with pytest.raises(DraftGone):
        anna(drafts.drop, draft.id, by=somebody(ANNA))


def test_the_message_that_a_draft_began_with_stays_with_it(anna):
    draft = anna.draft(ANNA, source=(5, 6))
    assert draft.source_url == f"https://discord.com/channels/{HERE}/5/6"
    written = Written("Better", HOW, FactorKind.PROMOTING)
    anna(drafts.save, written, draft_id=draft.id, by=somebody(ANNA))
    assert view(anna, draft.id).source == (5, 6)
    factor = anna(factors.publish, draft.id, by=somebody(ANNA))
    assert factor.source_url == draft.source_url
    assert anna.draft(ANNA).source_url is None


def test_a_server_without_a_programme_takes_no_drafts(world):
    with pytest.raises(NotSetUp):
        start(world)
    with pytest.raises(NotSetUp):
        world.draft(ANNA)
