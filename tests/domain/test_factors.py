"""Factors: published once, voted on by those they concern, listed and found in their own server."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import factors, lists, votes
from bot.domain.factors.errors import (
    DraftGone,
    DraftUnfinished,
    FactorClosed,
    FactorMistyped,
    FactorNotFound,
    FactorsAlike,
    NoTracks,
    TooManyFactors,
)
from bot.domain.factors.lists import Listing
from bot.domain.factors.votes import Ballot
from bot.domain.kit.errors import NotSetUp, TextMissing
from bot.domain.members.errors import NotAParticipant, OtherTrack
from bot.domain.membership import presence
from bot.domain.programme import programmes
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from storage.enums import Choice, FactorKind, FactorStatus, Language, Preset
from storage.factors.factors import Factor
from storage.factors.votes import Vote
from tests.domain.conftest import ELSEWHERE, HERE, HOW, NOW, SCHOOL, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA, DAN = 11, 12, 13, 14
HOUR = timedelta(hours=1)


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla and Dan of Västerås (both)."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    trial.join(DAN, trial.vasteras)
    trial.school, trial.care = trial(tracks.all_of)
    return trial


def vote(world, member, factor, choice=Choice.SUPPORT, reason=None, programme=HERE):
    return world(votes.vote, factor.id, member, choice, reason=reason, programme=programme)


def cast(world, factor, choice=Choice.SUPPORT, now=NOW, said_at=None):
    reason = "Too early." if choice is Choice.OBJECT else None
    return world(votes.cast, factor.id, ANNA, choice, reason=reason, said_at=said_at, now=now)


def show(world, factor, programme=HERE):
    return world(factors.show, factor.id, programme=programme)


def change(world, factor, **values):
    def work(session):
        session.add(session.get(Factor, factor.id).sqlmodel_update(values))

    world(work)


def heard(tally):
    """Participants by choice, organisations heard of all there are, tracks likewise."""
    return (
        (tally.support, tally.unsure, tally.objections),
        (tally.organisations_heard, tally.organisations),
        (tally.tracks_heard, tally.tracks),
    )


def reasons(world):
    return [row.reason for row in world(lambda session: session.exec(select(Vote)).all())]


# --- publishing


def test_a_published_factor_shows_what_its_draft_held(people):
    factor = people.factor(ANNA, title="Små steg", kind=FactorKind.INHIBITING)
    assert (factor.title, factor.how, factor.kind) == ("Små steg", HOW, FactorKind.INHIBITING)
    assert (factor.track, factor.organisation, factor.proposer_id) == (
        people.school, "Göteborgs stad", ANNA,
    )  # fmt: skip
    assert (factor.status, factor.created_at, factor.revision) == (FactorStatus.OPEN, NOW, 1)
    assert (factor.url, factor.language) == (None, Language.EN)
    assert show(people, factor) == factor


def test_a_draft_is_published_once_however_often_one_presses(people):
    draft = people.draft(ANNA)
    people(factors.publish, draft.id, by=somebody(ANNA))
    with pytest.raises(DraftGone):
        people(factors.publish, draft.id, by=somebody(ANNA))
    page = people(lists.listed, Listing())
    assert page.factors.total == 1


def test_a_draft_that_lacks_something_is_not_published_and_stays(people):
    draft = people.draft(ANNA, how=" ")
    for _ in range(2):
        with pytest.raises(DraftUnfinished):
            people(factors.publish, draft.id, by=somebody(ANNA))


def test_nobody_publishes_another_persons_draft(people):
    draft = people.draft(ANNA)
    with pytest.raises(DraftGone):
        people(factors.publish, draft.id, by=somebody(CILLA))


def test_a_draft_cannot_be_published_after_its_day(people):
    draft = people.draft(ANNA)
    with pytest.raises(DraftGone):
        people(factors.publish, draft.id, by=somebody(ANNA), now=NOW + timedelta(days=1, seconds=1))


def test_five_factors_an_hour_are_enough_and_the_sixth_draft_is_kept(people):
    for number in range(5):
        people.factor(ANNA, now=NOW + number * timedelta(minutes=1))
    other = {"title": "Ask the night staff", "how": "The manager stays until they come."}
    draft = people.draft(ANNA, now=NOW + timedelta(minutes=59), **other)
    with pytest.raises(TooManyFactors) as refused:
        people(factors.publish, draft.id, by=somebody(ANNA), now=NOW + timedelta(minutes=59))
    assert refused.value.values == {"limit": 5}
    people.factor(BO, now=NOW + timedelta(minutes=59))
    just_over = NOW + HOUR + timedelta(microseconds=1)
    assert people(factors.publish, draft.id, by=somebody(ANNA), now=just_over).proposer_id == ANNA


def test_moving_to_another_organisation_does_not_begin_a_new_hour(people):
    for _ in range(5):
        people.factor(ANNA)
    people.join(ANNA, people.vasteras)
    draft = people.draft(ANNA)
    with pytest.raises(TooManyFactors):
        people(factors.publish, draft.id, by=somebody(ANNA))


def test_a_factor_knows_where_its_card_was_posted(people):
    factor = people.factor(ANNA)
    posted = people(
        factors.posted, factor.id, channel_id=2**62, message_id=2**62 + 5, thread_id=None
    )
    assert posted.url == f"https://discord.com/channels/{HERE}/{2**62}/{2**62 + 5}"
    assert show(people, factor) == posted


def test_the_public_card_follows_the_language_of_the_programme(people):
    factor = people.factor(ANNA)
    people.set_up(language=Language.SV)
    assert show(people, factor).language is Language.SV


# --- voting


def test_a_vote_counts_its_participant_organisation_and_track(people):
    factor = people.factor(ANNA)
    assert heard(vote(people, ANNA, factor).tally) == ((1, 0, 0), (1, 2), (1, 1))
    assert heard(vote(people, CILLA, factor, Choice.UNSURE).tally) == ((1, 1, 0), (2, 2), (1, 1))
    after = vote(people, DAN, factor, Choice.OBJECT, "Too early.").tally
    assert (after.voters, after.objections, after.organisations_heard) == (3, 1, 2)


def test_the_same_choice_again_changes_nothing_and_keeps_since_when_it_is(people):
    factor = people.factor(ANNA)
    for hours, choice in enumerate(Choice):
        then = NOW + hours * HOUR
        assert cast(people, factor, choice, then).changed
        noted = len(people.journal())
        assert not cast(people, factor, choice, then + HOUR / 2).changed
        title, mine = people(votes.own, factor.id, by=somebody(ANNA))
        assert (title, mine.choice, mine.since) == (factor.title, choice, then)
        assert len(people.journal()) == noted
    assert not people(votes.cast, factor.id, ANNA, Choice.OBJECT).changed, "without a reason, too"


def test_another_reason_takes_the_place_of_the_one_before(people):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor, Choice.OBJECT, "Too early.")
    assert people(votes.cast, factor.id, ANNA, Choice.OBJECT, reason="Too dear.").changed
    assert reasons(people) == ["Too dear."]


def test_a_vote_is_taken_back_by_its_own_deed_and_once(people):
    factor = people.factor(ANNA)
    assert not people(votes.take_back, factor.id, ANNA), "there is none"
    vote(people, ANNA, factor)
    assert people(votes.take_back, factor.id, ANNA)
    assert not people(votes.take_back, factor.id, ANNA)
    assert people(votes.ballot, factor.id, ANNA) == Ballot()


def test_what_was_said_before_comes_too_late_to_change_what_was_said_after(people):
    """A support that is delivered once more, after the objection that took its place."""
    factor = people.factor(ANNA)
    at = [NOW + number * timedelta(seconds=1) for number in range(4)]
    cast(people, factor, Choice.SUPPORT, at[3], said_at=at[0])
    cast(people, factor, Choice.OBJECT, at[3], said_at=at[1])
    assert not cast(people, factor, Choice.SUPPORT, at[3], said_at=at[0]).changed
    assert not people(votes.take_back, factor.id, ANNA, said_at=at[0])
    assert people(votes.ballot, factor.id, ANNA) == Ballot(Choice.OBJECT)
    assert cast(people, factor, Choice.SUPPORT, at[3], said_at=at[2]).changed, "it came in between"


def test_the_first_vote_of_the_only_one_of_an_organisation_says_so_once(people):
    first, second = people.factor(ANNA), people.factor(ANNA, title="Another")
    assert cast(people, first).alone
    assert not cast(people, first, Choice.UNSURE).alone
    assert not cast(people, second).alone
    assert not people(votes.cast, people.factor(CILLA).id, CILLA, Choice.SUPPORT).alone
    people.leave(DAN)
    people.join(15, people.vasteras)
    people(presence.gone, [CILLA])
    assert people(votes.cast, people.factor(15).id, 15, Choice.SUPPORT).alone, "the other is gone"


def test_another_choice_takes_the_place_of_the_one_before(people):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor)
    vote(people, ANNA, factor, Choice.OBJECT, "Too early.")
    tally = vote(people, ANNA, factor, Choice.UNSURE).tally
    assert (tally.support, tally.unsure, tally.objections) == (0, 1, 0)
    assert reasons(people) == [None]


@pytest.mark.parametrize("reason", [None, "", "  ", "\u200b\n"])
def test_an_objection_needs_a_reason_that_can_be_read(people, reason):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor)
    with pytest.raises(TextMissing):
        vote(people, ANNA, factor, Choice.OBJECT, reason)
    assert show(people, factor).tally.support == 1


def test_a_new_reason_replaces_the_old_and_an_empty_one_does_not(people):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor, Choice.OBJECT, "Too early.")
    assert vote(people, ANNA, factor, Choice.OBJECT, "Too late.").tally.objections == 1
    assert reasons(people) == ["Too late."]
    with pytest.raises(TextMissing):
        vote(people, ANNA, factor, Choice.OBJECT, " \u200b ")
    assert reasons(people) == ["Too late."]


def test_a_reason_is_kept_clean_short_and_without_identity_numbers(people):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor, Choice.OBJECT, "  Ask 121212-1212\u202e!\n\n\n\nPlease. ")
    vote(people, CILLA, factor, Choice.OBJECT, "x" * 4000)
    assert reasons(people) == ["Ask ••••••-••••!\n\nPlease.", "x" * 500]


def test_every_change_makes_the_card_newer(people):
    factor = people.factor(ANNA)
    choices = (Choice.SUPPORT, Choice.UNSURE, Choice.UNSURE)
    later = [vote(people, ANNA, factor, choice).revision for choice in choices]
    revisions = [factor.revision, *later]
    assert revisions == sorted(set(revisions))
    assert show(people, factor).revision == revisions[-1]


def test_a_factor_of_one_track_is_voted_on_by_that_track_alone(people):
    factor = people.factor(ANNA, track=str(people.school.id))
    with pytest.raises(OtherTrack) as refused:
        vote(people, BO, factor)
    assert refused.value.values == {"organisation": "Vara kommun", "track": SCHOOL}
    assert show(people, factor).tally.voters == 0
    with pytest.raises(OtherTrack):
        people(votes.ballot, factor.id, BO)


def test_an_organisation_of_two_tracks_is_one_organisation_and_heard_in_both(people):
    factor = people.factor(CILLA, track="all")
    assert heard(factor.tally) == ((0, 0, 0), (0, 3), (0, 2))
    vote(people, CILLA, factor)
    tally = vote(people, DAN, factor).tally
    assert (tally.support, tally.organisations_heard, tally.tracks_heard) == (2, 1, 2)
    tally = vote(people, BO, factor).tally
    assert (tally.support, tally.organisations_heard, tally.tracks_heard) == (3, 2, 2)


def test_a_factor_of_all_tracks_counts_the_tracks_that_were_heard(people):
    factor = people.factor(CILLA, track="all")
    assert vote(people, BO, factor).tally.tracks_heard == 1
    assert vote(people, ANNA, factor).tally.tracks_heard == 2


def test_an_organisation_that_joins_later_can_vote_from_then_on(people):
    factor = people.factor(ANNA)
    people.organisation("Malmö stad", "school")
    assert show(people, factor).tally.organisations == 3


def test_whose_organisation_is_in_no_track_is_told_that_a_vote_would_not_count(people):
    people.set_up(ELSEWHERE, preset=Preset.EMPTY)
    nowhere = people.organisation("Vara kommun", programme=ELSEWHERE)
    people.set_up(ELSEWHERE, preset=Preset.SINGLE)
    inside = people.organisation("Malmö stad", programme=ELSEWHERE)
    people.join(ANNA, nowhere, programme=ELSEWHERE)
    people.join(BO, inside, programme=ELSEWHERE)
    factor = people.factor(BO, ELSEWHERE, track="all")
    with pytest.raises(NoTracks):
        vote(people, ANNA, factor, programme=ELSEWHERE)


def test_who_has_not_joined_cannot_vote(people):
    factor = people.factor(ANNA)
    with pytest.raises(NotAParticipant):
        vote(people, 99, factor)


@pytest.mark.parametrize(
    "status", [FactorStatus.ADOPTED, FactorStatus.DECLINED, FactorStatus.WITHDRAWN]
)
def test_a_factor_that_is_no_longer_open_takes_no_votes_and_keeps_those_it_has(people, status):
    factor = people.factor(ANNA)
    vote(people, ANNA, factor)
    change(people, factor, status=status)
    with pytest.raises(FactorClosed) as refused:
        vote(people, ANNA, factor)
    assert refused.value.values == {"title": factor.title}
    assert show(people, factor).tally.support == 1


def test_what_one_has_voted_can_be_asked_for(people):
    factor = people.factor(ANNA)
    assert people(votes.ballot, factor.id, ANNA) == Ballot()
    vote(people, ANNA, factor, Choice.UNSURE)
    assert people(votes.ballot, factor.id, ANNA) == Ballot(Choice.UNSURE)


# --- another server


def test_another_server_finds_nothing_of_a_factor_whatever_its_id(people):
    people.set_up(ELSEWHERE)
    theirs = people.organisation("Vara kommun", "health", programme=ELSEWHERE)
    people.join(ANNA, theirs, programme=ELSEWHERE)
    factor = people.factor(ANNA, title="Ours alone")
    for attempt in (
        lambda: show(people, factor, ELSEWHERE),
        lambda: vote(people, ANNA, factor, programme=ELSEWHERE),
        lambda: people(votes.ballot, factor.id, ANNA, programme=ELSEWHERE),
        lambda: people(factors.named, str(factor.id), programme=ELSEWHERE),
        lambda: people(factors.named, "Ours alone", programme=ELSEWHERE),
        lambda: people(
            factors.posted, factor.id, channel_id=1, message_id=2, thread_id=3, programme=ELSEWHERE
        ),
    ):
        with pytest.raises(FactorNotFound):
            attempt()
    assert people(factors.suggest, "", 5, programme=ELSEWHERE) == []
    assert people(lists.listed, Listing(), programme=ELSEWHERE).factors.total == 0
    with pytest.raises(TrackNotFound):
        people(lists.listed, Listing(people.school.id), programme=ELSEWHERE)
    assert show(people, factor).url is None


@pytest.mark.parametrize("factor_id", [0, -1, 4711, 2**40])
def test_a_factor_that_never_was_is_not_found(people, factor_id):
    with pytest.raises(FactorNotFound):
        people(factors.show, factor_id)


# --- finding


def test_a_factor_is_found_by_its_id_or_by_its_title(people):
    factor = people.factor(ANNA, title="Små steg först")
    people.factor(ANNA, title="Något annat")
    for said in (str(factor.id), "Små steg först", "  små  STEG först"):
        assert people(factors.named, said).id == factor.id


@pytest.mark.parametrize("said", ["sma steg", "smasteg forst", "Sma steg forst", "Små steg 14"])
def test_what_is_only_like_a_title_is_refused_with_what_is_like_it(people, said):
    """Whoever decides on round 14 never decides on round 149."""
    people.factor(ANNA, title="Små steg först")
    people.factor(ANNA, title="Små steg 149")
    with pytest.raises(FactorMistyped) as refused:
        people(factors.named, said)
    assert refused.value.values["like"].startswith("Små steg")


def test_of_two_factors_with_one_title_one_is_chosen_from_the_list(people):
    first = people.factor(ANNA, title="Små steg först", track=SCHOOL)
    people.factor(BO, title="små steg först", track="all")
    with pytest.raises(FactorsAlike):
        people(factors.named, "Små steg först")
    assert people(factors.named, str(first.id)).id == first.id


@pytest.mark.parametrize("said", ["", "  ", "qqqq", "4711", "9" * 40, "%", "_", "\x00\ud800", "²"])
def test_what_names_no_factor_is_not_found(people, said):
    people.factor(ANNA, title="Små steg först")
    with pytest.raises(FactorNotFound):
        people(factors.named, said)


def test_titles_that_begin_with_what_was_typed_are_offered_first_then_the_newest(people):
    titles = ["Chefen med", "Med chefen", "Chefen först", "Något annat"]
    for title in titles:
        people.factor(BO if title == titles[-1] else ANNA, title=title)
    offered = [title for _, title in people(factors.suggest, "chefen", 5)]
    assert offered == ["Chefen först", "Chefen med", "Med chefen"]
    assert [title for _, title in people(factors.suggest, "", 2)] == titles[:1:-1]


def test_a_percent_sign_is_looked_for_as_it_stands(people):
    people.factor(ANNA, title="100 % med")
    people.factor(ANNA, title="Alla med")
    assert [title for _, title in people(factors.suggest, "%", 5)] == ["100 % med"]


def test_a_server_without_a_programme_has_no_factors(world):
    with pytest.raises(NotSetUp):
        world(factors.named, "x")
    with pytest.raises(NotSetUp):
        world(programmes.view)


# --- journal


def test_the_journal_tells_who_did_what_and_nothing_of_what_they_wrote(people):
    factor = people.factor(ANNA, title="Secret title", how="Secret how")
    vote(people, ANNA, factor)
    vote(people, ANNA, factor, Choice.OBJECT, "Secret reason")
    people(votes.take_back, factor.id, ANNA)
    people.leave(ANNA)
    entries = people.journal()[-5:]
    assert [(entry.kind, entry.subject) for entry in entries] == [
        ("factor.published", "factor"),
        ("factor.voted", "factor"),
        ("factor.voted", "factor"),
        ("factor.voted", "factor"),
        ("participant.left", "participant"),
    ]
    assert {(entry.who, entry.at, entry.programme_id) for entry in entries} == {(ANNA, NOW, HERE)}
    assert {entry.subject_id for entry in entries[:4]} == {factor.id}
    cast = [(entry.data["before"], entry.data["after"]) for entry in entries[1:4]]
    assert cast == [(None, "support"), ("support", "object"), ("object", None)]
    assert "Secret" not in str([entry.data for entry in people.journal()])


def test_what_was_refused_leaves_no_trace(people):
    factor = people.factor(ANNA)
    before = people.journal()
    with pytest.raises(OtherTrack):
        vote(people, BO, factor)
    with pytest.raises(TextMissing):
        vote(people, ANNA, factor, Choice.OBJECT, " ")
    assert people.journal() == before
    assert people.journal(ELSEWHERE) == []
