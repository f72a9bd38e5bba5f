"""Factors and drafts to make cards of, as the domain would show them."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bot.domain.factors.counting import Stance, Standing
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.origins import Origin
from bot.domain.factors.tally import Tally, TrackTally
from bot.domain.factors.views import FactorView, Reference, Voting
from bot.domain.kit.texts import (
    CONTEXT_LIMIT,
    EVIDENCE_LIMIT,
    HOW_LIMIT,
    NAME_LIMIT,
    REASON_LIMIT,
    TITLE_LIMIT,
)
from bot.domain.tracks.tracks import TrackView
from storage.enums import ExperienceStance, FactorKind, FactorStatus, Language
from tests.ui.layouts import HERE, NOW, long_hostile

SCHOOL, CARE = TrackView(1, "School", "🏫", "school"), TrackView(2, "Care", "🩺", "health")


def stances(supports=0, unsure=0, divided=0, objects=0, silent=0) -> dict[Stance, int]:
    return {
        Stance.SUPPORTS: supports, Stance.UNSURE: unsure, Stance.DIVIDED: divided,
        Stance.OBJECTS: objects, Stance.SILENT: silent,
    }  # fmt: skip


def tally_of(*by_track: TrackTally, **values: Any) -> Tally:
    """Three silent organisations of one track, but for what is said."""
    found = {
        "organisations": 3, "stances": stances(silent=3),
        "by_track": by_track or (TrackTally(SCHOOL, Standing.TOO_EARLY, stances(silent=3)),),
    }  # fmt: skip
    return Tally(**{**found, **values})


VOTED = tally_of(
    TrackTally(SCHOOL, Standing.SHARED_GROUND, stances(2, silent=1)),
    TrackTally(CARE, Standing.DIVIDED, stances(1, objects=1, silent=7)),
    support=2, unsure=1, objections=1, organisations_heard=3, organisations=11, tracks_heard=2,
    standing=Standing.DIFFERS, stances=stances(2, objects=1, silent=8),
)  # fmt: skip


def factor_of(**values: Any) -> FactorView:
    given = {
        "id": 7, "programme_id": HERE, "language": Language.EN, "title": "Small steps",
        "kind": FactorKind.PROMOTING, "how": "We tried.", "context": "", "evidence": "",
        "key_area_id": None, "key_area": None, "track": SCHOOL, "organisation_id": 3,
        "organisation": "Vara kommun", "proposer_id": 5, "on_behalf": False,
        "status": FactorStatus.OPEN, "reason": "", "voting": Voting.OPEN, "opens_at": None,
        "closes_at": None, "version": 1, "revision": 1, "created_at": NOW, "tally": tally_of(),
        "experiences": {}, "discussed": 0, "merged_into": None, "merged_here": (),
        "source_url": None, "channel_id": None, "message_id": None, "thread_id": None,
    }  # fmt: skip
    return FactorView(**{**given, **values})


def draft_of(**values: Any) -> DraftView:
    view = DraftView(
        id=3, programme_id=HERE, language=Language.EN, title="Small steps",
        kind=FactorKind.PROMOTING, how="We tried.", context="", evidence="", key_area_id=None,
        key_area=None, track=None, organisation_id=3, organisation="Vara", on_behalf=False,
        discreet=False, source=None,
    )  # fmt: skip
    return replace(view, **values)


names = long_hostile(NAME_LIMIT).filter(str.strip)
count = st.integers(0, 10**6)
tracks = st.builds(TrackView, id=count, name=names, emoji=st.just("🏫"), short=st.just("school"))
_any_stances = st.builds(stances, count, count, count, count, count)
_by_track = st.builds(
    TrackTally, track=tracks, standing=st.sampled_from(Standing), stances=_any_stances
)
tallies = st.builds(
    Tally,
    support=count,
    unsure=count,
    objections=count,
    before_edit=count,
    organisations_heard=count,
    organisations=count,
    tracks_heard=st.integers(0, 20),
    standing=st.sampled_from(Standing),
    stances=_any_stances,
    by_track=st.lists(_by_track, min_size=1, max_size=20).map(tuple),
)
references = st.builds(
    Reference,
    id=st.integers(1, 2**40),
    title=long_hostile(TITLE_LIMIT).filter(str.strip),
    url=st.none() | st.just("https://discord.com/channels/1/2/3"),
    thread_id=st.none(),
)
origins = st.builds(
    Origin,
    occurrence_id=st.integers(1, 2**40),
    title=long_hostile(TITLE_LIMIT).filter(str.strip),
    day=st.just(NOW.date()),
    url=st.none() | st.just("https://discord.com/channels/1/2/3"),
)
factors = st.builds(
    FactorView,
    id=st.integers(1, 2**40),
    programme_id=st.just(HERE),
    language=st.sampled_from(Language),
    title=long_hostile(TITLE_LIMIT).filter(str.strip),
    kind=st.sampled_from(FactorKind),
    how=long_hostile(HOW_LIMIT).filter(str.strip),
    context=long_hostile(CONTEXT_LIMIT),
    evidence=long_hostile(EVIDENCE_LIMIT),
    key_area_id=st.none(),
    key_area=st.none() | names,
    track=st.none() | tracks,
    organisation_id=count,
    organisation=names,
    proposer_id=st.just(0) | st.integers(2**60, 2**63 - 1),
    on_behalf=st.booleans(),
    status=st.sampled_from(FactorStatus),
    reason=long_hostile(REASON_LIMIT),
    voting=st.sampled_from(Voting),
    opens_at=st.none() | st.just(NOW),
    closes_at=st.none() | st.just(NOW),
    version=st.integers(1, 99),
    revision=count,
    created_at=st.just(NOW),
    tally=tallies,
    experiences=st.dictionaries(st.sampled_from(ExperienceStance), st.integers(1, 999)),
    discussed=count,
    merged_into=st.none() | references,
    merged_here=st.lists(references, max_size=3).map(tuple),
    source_url=st.none() | st.just("https://discord.com/channels/1/2/3"),
    channel_id=st.just(2**62),
    message_id=st.none() | st.integers(2**60, 2**63 - 1),
    thread_id=st.none(),
    meeting=st.none() | origins,
)
drafts = st.builds(
    DraftView,
    id=st.integers(1, 2**40),
    programme_id=st.just(HERE),
    language=st.sampled_from(Language),
    title=long_hostile(TITLE_LIMIT),
    kind=st.sampled_from(FactorKind),
    how=long_hostile(HOW_LIMIT),
    context=long_hostile(CONTEXT_LIMIT),
    evidence=long_hostile(EVIDENCE_LIMIT),
    key_area_id=st.none(),
    key_area=st.none() | names,
    track=st.none() | tracks,
    organisation_id=count,
    organisation=st.just("") | names,
    on_behalf=st.booleans(),
    discreet=st.booleans(),
    source=st.none() | st.just((2**62, 2**62 + 1)),
    problems=st.lists(
        st.sampled_from(
            [
                "draft.problem.title",
                "draft.problem.how",
                "draft.problem.track",
                "error.not_a_participant",
            ]
        ),
        unique=True,
    ).map(tuple),
    masked=st.booleans(),
    question=st.booleans(),
    meeting=st.none() | origins,
    apart=st.booleans(),
)


def tame(view: Any) -> Any:
    """The same view with words in it that nobody could mind."""
    calm = {"title", "how", "organisation", "name", "before", "context", "evidence", "reason"}

    def tamed(name: str, value: Any) -> Any:
        if not value:
            return value
        if name in {*calm, "key_area"}:
            return "x"
        if name in {"track", "merged_into", "tally", "meeting"}:
            return tame(value)
        if name in {"by_track", "merged_here"}:
            return tuple(map(tame, value))
        return value

    return replace(view, **{name: tamed(name, value) for name, value in vars(view).items()})
