"""Organisations that change, go, come back; who answers for them; their codes and lists."""

import pytest

from bot.domain.factors import factors, votes
from bot.domain.kit.errors import CoordinatorsOnly, NameTooLong, NothingToChange, TextMissing
from bot.domain.members import directory, participants, roles
from bot.domain.members.directory import SizeClass
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import joining, organisation_changes, presence
from bot.domain.membership.errors import NotItsParticipant
from bot.domain.membership.organisation_changes import OrganisationChange
from bot.domain.organisations import invitations, organisations
from bot.domain.organisations.errors import (
    OrganisationExists,
    OrganisationGone,
    OrganisationNotFound,
)
from bot.domain.organisations.invitations import CODE_LETTERS
from bot.domain.tracks.errors import TrackNotFound
from storage.desk import Desk
from storage.enums import Choice, RequestStatus
from storage.members import participants as kept_participants
from storage.members.participants import JoinRequest
from storage.organisations import organisations as kept
from storage.tracks import tracks as kept_tracks
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL

ANNA, BO = 11, 12


def add(world, name, tracks="School", **more):
    return world(organisation_changes.add, name=name, tracks_said=tracks, by=MANAGER, **more)


def edit(world, said, person=MANAGER, programme=HERE, **change):
    return world(
        organisation_changes.edit,
        str(said),
        OrganisationChange(**change),
        by=person,
        programme=programme,
    )


def remove(world, said, person=MANAGER, programme=HERE):
    return world(organisation_changes.remove, str(said), by=person, programme=programme)


def code_of(world, said):
    return world(invitations.invitation, str(said), by=MANAGER).code


def names_of(world):
    return [view.name for view in world(directory.all_of)]


def last_entry(world):
    entry = world.journal()[-1]
    return entry.kind, entry.subject_id, entry.data


# --- changing


def test_what_was_and_what_is_are_told_and_noted(trial):
    before, after = edit(trial, trial.vara, name="Vara", tracks="School", size=16_000)
    assert (before.name, before.size, [t.name for t in before.tracks]) == (
        "Vara kommun", None, [CARE],
    )  # fmt: skip
    assert (after.name, after.size, [t.name for t in after.tracks]) == ("Vara", 16_000, [SCHOOL])
    kind, subject, data = last_entry(trial)
    assert (kind, subject) == ("organisation.edited", trial.vara)
    assert data["name"] == ["Vara kommun", "Vara"]
    assert data["size"] == [None, 16_000]
    assert [len(ids) for ids in data["tracks"]] == [1, 1]


def test_what_is_not_mentioned_stays_and_zero_makes_the_size_unknown(trial):
    edit(trial, trial.vara, size=5)
    _, after = edit(trial, trial.vara, size=0)
    assert (after.name, after.size, len(after.tracks)) == ("Vara kommun", None, 1)


def test_what_is_so_already_is_not_noted(trial):
    entries = len(trial.journal())
    before, after = edit(trial, trial.vara, name="Vara kommun", tracks="health")
    assert before == after
    assert len(trial.journal()) == entries


def test_new_tracks_bring_the_roles_of_its_people_in_line(trial):
    trial.join(ANNA, trial.vara)
    trial.join(BO, trial.goteborg)
    for member in (ANNA, BO):
        trial(roles.roles_done, member, trial(roles.roles_wanted, member))
    edit(trial, trial.vara, tracks="school, health")
    assert trial(roles.roles_due) == [ANNA]


def test_only_letters_of_a_name_may_change_too(trial):
    assert edit(trial, trial.vara, name="VARA KOMMUN")[1].name == "VARA KOMMUN"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, NothingToChange),
        ({"name": "\u200b"}, TextMissing),
        ({"name": "x" * 200}, NameTooLong),
        ({"name": "VÄSTERÅS stad"}, OrganisationExists),
        ({"tracks": "qqqq"}, TrackNotFound),
        ({"name": "Vara", "tracks": "school, qqqq"}, TrackNotFound),
    ],
)
def test_a_change_that_cannot_be_leaves_everything_as_it_was(trial, change, error):
    before = trial(directory.all_of)
    with pytest.raises(error):
        edit(trial, trial.vara, **change)
    assert trial(directory.all_of) == before


def test_an_archived_track_cannot_be_chosen_and_is_not_taken_away(trial):
    def archive(session):
        desk = Desk(session, HERE, None, NOW)
        for track in kept_tracks.of_programme(desk):
            if track.name == CARE:
                kept_tracks.find(desk, track.id).archived_at = NOW

    trial(archive)
    with pytest.raises(TrackNotFound):
        edit(trial, trial.vara, tracks=CARE)
    edit(trial, trial.vasteras, name="Västerås")
    _, after = edit(trial, trial.vara, tracks="school")
    assert [track.name for track in after.tracks] == [SCHOOL]
    assert len(trial(kept.tracks_of, trial.vara)) == 2


# --- removing and coming back


def vote(world, member, factor):
    return world(votes.vote, factor, member, Choice.SUPPORT)


def test_one_without_a_history_is_removed_at_once(trial):
    view = trial(organisation_changes.ask, str(trial.vara), by=MANAGER)
    assert view.removed
    assert "Vara kommun" not in names_of(trial)


def test_one_with_people_or_a_history_is_asked_about_first(trial):
    trial.join(ANNA, trial.vara)
    factor = trial.factor(ANNA)
    vote(trial, ANNA, factor.id)
    ask = trial(organisation_changes.ask, str(trial.vara), by=MANAGER)
    assert (ask.removed, ask.participants, ask.factors, ask.votes) == (False, 1, 1, 1)
    trial.leave(ANNA)
    ask = trial(organisation_changes.ask, str(trial.vara), by=MANAGER)
    assert (ask.removed, ask.participants) == (False, 0)
    assert "Vara kommun" in names_of(trial)


def test_a_removed_one_takes_part_in_nothing_and_what_it_gave_is_kept(trial):
    trial.join(ANNA, trial.vara)
    factor = trial.factor(ANNA)
    assert vote(trial, ANNA, factor.id).tally.support == 1
    trial(roles.roles_done, ANNA, trial(roles.roles_wanted, ANNA))
    remove(trial, trial.vara)
    with pytest.raises(NotAParticipant):
        trial(participants.need, ANNA)
    assert trial(roles.roles_due) == [ANNA]
    shown = trial(factors.show, factor.id)
    assert shown.organisation == "Vara kommun"
    assert (shown.tally.support, shown.tally.organisations) == (0, 1)
    assert trial(organisations.suggest, "", 25) == [
        (trial.goteborg, "Göteborgs stad"), (trial.vasteras, "Västerås stad"),
    ]  # fmt: skip
    assert last_entry(trial)[0] == "organisation.removed"


def test_a_removed_ones_code_lets_nobody_in_and_who_waited_waits_no_more(trial):
    code = code_of(trial, trial.vara)
    waiting = JoinRequest(
        programme_id=HERE, member_id=ANNA, organisation_id=trial.vara, asked_at=NOW
    )
    trial(lambda session: session.add(waiting))
    remove(trial, trial.vara)
    for said in (str(trial.vara), "Vara kommun"):
        with pytest.raises((OrganisationGone, OrganisationNotFound)):
            trial(joining.join_with_code, ANNA, said, code)
    request = trial(kept_participants.find_request, waiting.id)
    assert request.status is RequestStatus.WITHDRAWN


@pytest.mark.parametrize(
    "copied",
    [
        "`{0}-{1}`", "{0}-{1}.", "{0}\u2013{1}", "{0}\u2011{1}", "{wide}", " {lower} ",
        "**{0} {1}**", "\u201c{0}{1}\u201d,", "{0}\u00a0{1}", "Code: {0}-{1}",
    ],
)  # fmt: skip
def test_a_code_is_taken_as_it_was_copied(trial, copied):
    code = code_of(trial, trial.vara)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    typed = copied.format(code[:4], code[4:], wide=wide, lower=code.lower())
    assert trial(joining.join_with_code, ANNA, str(trial.vara), typed)


def test_another_code_is_wrong_however_it_is_written(trial):
    code = code_of(trial, trial.vara)
    for typed in (f"{code}A", f"{code}å", code[1:], code_of(trial, trial.goteborg), "`"):
        assert trial(joining.join_with_code, ANNA, str(trial.vara), typed) is None


def test_the_second_who_removes_it_hears_that_it_is_gone(trial):
    remove(trial, trial.vara)
    for use in (remove, edit):
        with pytest.raises(OrganisationGone) as refused:
            use(trial, trial.vara)
        assert refused.value.values == {"name": "Vara kommun"}


def test_added_again_it_is_the_same_one_with_its_history_and_a_new_code(trial):
    trial.join(ANNA, trial.vara)
    factor = trial.factor(ANNA)
    vote(trial, ANNA, factor.id)
    trial(organisation_changes.set_contact, str(trial.vara), ANNA, by=MANAGER)
    edit(trial, trial.vara, size=16_000)
    old = code_of(trial, trial.vara)
    remove(trial, trial.vara)
    view = add(trial, "VARA kommun", "health")
    assert (view.id, view.name, view.size, view.returned) == (
        trial.vara, "VARA kommun", 16_000, True,
    )  # fmt: skip
    assert code_of(trial, trial.vara) not in {old, ""}
    assert trial(directory.contact, "vara kommun").contact_id is None
    assert trial(factors.show, factor.id).tally.support == 0
    trial.join(ANNA, trial.vara)
    assert trial(factors.show, factor.id).tally.support == 1


def test_the_name_of_a_removed_one_is_free_for_another(trial):
    remove(trial, trial.vara)
    assert edit(trial, trial.goteborg, name="Vara kommun")[1].id == trial.goteborg


# --- who answers


def contact(world, said, member, person=MANAGER):
    return world(organisation_changes.set_contact, str(said), member, by=person)


def test_a_contact_person_is_chosen_and_handed_over(trial):
    trial.join(ANNA, trial.vara)
    trial.join(BO, trial.vara)
    assert trial(directory.contact, "Vara kommun").contact_id is None
    assert contact(trial, trial.vara, ANNA).before_id is None
    view = contact(trial, trial.vara, BO)
    assert (view.before_id, view.contact_id) == (ANNA, BO)
    kind, subject, data = last_entry(trial)
    assert (kind, subject) == ("organisation.contact", trial.vara)
    assert str(ANNA) not in str(data)
    assert None not in data["participant"]
    entries = len(trial.journal())
    assert contact(trial, trial.vara, BO).before_id == BO
    assert len(trial.journal()) == entries


def test_only_its_own_participant_can_answer_for_it(trial):
    trial.join(ANNA, trial.goteborg)
    for member in (ANNA, BO):
        with pytest.raises(NotItsParticipant):
            contact(trial, trial.vara, member)


def test_who_has_left_answers_no_more(trial):
    trial.join(ANNA, trial.vara)
    contact(trial, trial.vara, ANNA)
    trial.leave(ANNA)
    assert trial(directory.contact, str(trial.vara)).contact_id is None


# --- codes


def test_every_organisation_has_a_code_of_its_own(trial):
    for number in range(30):
        add(trial, f"Kommun {number}")
    codes = [view.code for view in trial(invitations.invitations, by=MANAGER)]
    assert len(set(codes)) == len(codes) == 33
    assert all(len(code) == 8 and set(code) <= set(CODE_LETTERS) for code in codes)


def test_a_renewed_code_replaces_the_old_one(trial):
    old = code_of(trial, trial.vara)
    new = trial(invitations.renew_code, str(trial.vara), by=MANAGER).code
    assert new not in {old, ""}
    assert trial(joining.join_with_code, ANNA, str(trial.vara), old) is None
    assert trial(joining.join_with_code, ANNA, str(trial.vara), new)


# --- lists


def test_sizes_have_words():
    sizes = {14_999: "small", 15_000: "medium", 49_999: "medium", 50_000: "large", None: "unknown"}
    for size, word in sizes.items():
        view = directory.OrganisationView(1, "Vara", size, (), 0)
        assert view.size_class is SizeClass(word)


def test_a_list_has_pages_and_can_hold_only_those_without_participants(trial):
    for number in range(20):
        add(trial, f"Kommun {number:02}")
    trial.join(ANNA, trial.vara)
    contact(trial, trial.vara, ANNA)
    first = trial(directory.listed, by=MANAGER)
    assert (
        first.organisations.pages,
        first.organisations.total,
        first.joined,
        first.coordinating,
    ) == (3, 23, 1, True)
    last = trial(directory.listed, page=99, by=FOLLOWER)
    assert (last.organisations.page, last.coordinating) == (2, False)
    assert {v.name: v.contact_id for v in last.organisations.items}["Vara kommun"] == ANNA
    waiting = trial(directory.listed, waiting=True, by=MANAGER)
    assert (waiting.organisations.total, waiting.everyone) == (22, 23)


def test_who_left_the_server_is_not_counted(trial):
    trial.join(ANNA, trial.vara)
    trial(presence.gone, [ANNA])
    counts = {view.name: view.participants for view in trial(directory.all_of)}
    assert counts["Vara kommun"] == 0


# --- who may, and where


def uses(said):
    """Every use case that changes an organisation or shows its code."""
    return [
        (organisation_changes.edit, (said, OrganisationChange(size=1))),
        (organisation_changes.ask, (said,)),
        (organisation_changes.remove, (said,)),
        (organisation_changes.set_contact, (said, ANNA)),
        (invitations.invitation, (said,)),
        (invitations.renew_code, (said,)),
    ]


def test_only_coordinators_change_organisations_and_see_codes(trial):
    trial.join(ANNA, trial.vara)
    for use, rest in uses(str(trial.vara)):
        with pytest.raises(CoordinatorsOnly):
            trial(use, *rest, by=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        trial(invitations.invitations, by=FOLLOWER)


def test_another_servers_organisation_is_not_found(trial):
    trial.set_up(ELSEWHERE)
    remove(trial, trial.goteborg)
    for said in (str(trial.vara), str(trial.goteborg)):
        for use, rest in uses(said):
            with pytest.raises(OrganisationNotFound):
                trial(use, *rest, by=MANAGER, programme=ELSEWHERE)
        with pytest.raises(OrganisationNotFound):
            trial(directory.contact, said, programme=ELSEWHERE)
