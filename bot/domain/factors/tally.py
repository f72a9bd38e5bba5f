"""What a factor's votes come to: counted from those that count now, or frozen as they stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.factors import counting
from bot.domain.factors.counting import Count, Stance, Standing, Votes
from bot.domain.tracks.tracks import TrackView


@dataclass(frozen=True)
class TrackTally:
    """Where a factor stands in one track, and how many organisations take which stance."""

    track: TrackView
    standing: Standing
    stances: Mapping[Stance, int]
    organisations: tuple[int, ...] = ()

    @property
    def count(self) -> Count:
        """What its standing comes from."""
        return Count(self.stances)


@dataclass(frozen=True)
class OneVoice:
    """What an organisation says with one voice, and the votes that it comes from."""

    stance: Stance
    votes: Votes


@dataclass(frozen=True)
class Tally:
    """Who has voted: participants by choice, organisations by what they say with one voice.

    Only votes that count are in it. ``before_edit`` of them were cast on an earlier text.
    ``tracks_heard`` counts the tracks in which at least one organisation has voted. ``stances``
    has each organisation once, whatever tracks it is in, and ``voices`` has those that voted, by
    id.

    ``frozen``: it is as it stood when voting closed or the factor was decided; and ``old_rules``,
    judged by the rules that held until then.
    """

    support: int = 0
    unsure: int = 0
    objections: int = 0
    before_edit: int = 0
    organisations_heard: int = 0
    organisations: int = 0
    tracks_heard: int = 0
    standing: Standing = Standing.TOO_EARLY
    stances: Mapping[Stance, int] = field(default_factory=dict)
    by_track: tuple[TrackTally, ...] = ()
    score: float = 0.25
    voices: Mapping[int, OneVoice] = field(default_factory=dict)
    frozen: bool = False
    old_rules: bool = False

    @property
    def voters(self) -> int:
        """How many participants have voted."""
        return self.support + self.unsure + self.objections

    @property
    def tracks(self) -> int:
        """How many tracks the factor belongs to."""
        return len(self.by_track)

    @property
    def count(self) -> Count:
        """What all organisations say, each once."""
        return Count(self.stances)

    @property
    def inhabited(self) -> tuple[TrackTally, ...]:
        """The tracks that have organisations; only they are judged."""
        return tuple(each for each in self.by_track if each.count.organisations)

    @property
    def split(self) -> float:
        """How divided those are that voted, from 0 (all agree) to ½ (half are against)."""
        against = sum(self.stances.get(each, 0) for each in (Stance.OBJECTS, Stance.DIVIDED))
        heard = self.organisations_heard
        return min(against, heard - against) / heard if heard else 0.0


def counted(
    said: Mapping[int, Votes],
    inside: Mapping[int, Sequence[int]],
    tracks: Sequence[TrackView],
    *,
    before_edit: int,
) -> Tally:
    """What votes come to.

    Args:
        said: the votes of each organisation that has any.
        inside: the tracks of each organisation.
        tracks: those that the factor belongs to.
        before_edit: how many of the votes were cast on an earlier text.
    """
    by_track = counting.in_tracks(said, inside, [each.id for each in tracks])
    standings = {
        track: (counting.standing({track: members}), list(members))
        for track, members in by_track.items()
    }
    return _put_together(
        {each: OneVoice(counting.stance(*votes), votes) for each, votes in said.items()},
        tracks,
        standings,
        standing=counting.together(each for each, there in standings.values() if there),
        score=counting.score(by_track),
        before_edit=before_edit,
    )


def to_keep(tally: Tally) -> dict[str, Any]:
    """A tally as plain data, from which :func:`kept` makes the same again."""
    return {
        "standing": tally.standing,
        "score": tally.score,
        "before_edit": tally.before_edit,
        "voices": {key: [each.stance, *each.votes] for key, each in tally.voices.items()},
        "tracks": {
            each.track.id: [each.standing, list(each.organisations)] for each in tally.by_track
        },
    }


def kept(body: Mapping[str, Any], tracks: Mapping[int, TrackView], *, old_rules: bool) -> Tally:
    """A tally as it stood, from what :func:`to_keep` made of it."""
    standings = {
        int(key): (Standing(standing), there)
        for key, (standing, there) in body["tracks"].items()
        if int(key) in tracks
    }
    return _put_together(
        {
            int(key): OneVoice(Stance(stance), (support, objections, unsure))
            for key, (stance, support, objections, unsure) in body["voices"].items()
        },
        [tracks[key] for key in standings],
        standings,
        standing=Standing(body["standing"]),
        score=body["score"],
        before_edit=body["before_edit"],
        frozen=True,
        old_rules=old_rules,
    )


def _put_together(
    voices: Mapping[int, OneVoice],
    tracks: Sequence[TrackView],
    standings: Mapping[int, tuple[Standing, Sequence[int]]],
    **values: Any,
) -> Tally:
    def stances(there: Sequence[int]) -> Mapping[Stance, int]:
        found = [voices[each].stance if each in voices else Stance.SILENT for each in there]
        return {each: found.count(each) for each in Stance}

    everyone = list({each: None for _, there in standings.values() for each in there})
    support, objections, unsure = (
        sum(each.votes[at] for each in voices.values()) for at in range(3)
    )
    of_all = stances(everyone)
    return Tally(
        support=support,
        unsure=unsure,
        objections=objections,
        organisations_heard=len(everyone) - of_all[Stance.SILENT],
        organisations=len(everyone),
        tracks_heard=sum(any(map(voices.get, there)) for _, there in standings.values()),
        stances=of_all,
        by_track=tuple(
            TrackTally(
                each, standings[each.id][0], stances(there := standings[each.id][1]), tuple(there)
            )
            for each in tracks
        ),
        voices=voices,
        **values,
    )
