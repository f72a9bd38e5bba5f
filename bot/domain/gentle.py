"""Whether a text about HOW tells what somebody did, or only how things are.

"We have good leadership" tells no doing; "The unit manager opens every Monday meeting by asking who
tried the new tool" does. The answer only decides whether to ask one friendly question, so the rule
is small, and where it is unsure it takes the text for one that tells.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.domain.gentle_words import Role, lexicon

# What a sentence must reach to tell how.
_ENOUGH: Final = 2
# Where a sentence ends, a line of a list begins, or a thought turns.
_ENDS = re.compile(r"[.!?…:]+(?=\s|$)|[\n\r;•]|\s[-\u2013\u2014]+\s")
_TURNS: Final = frozenset({"men", "but", "därför", "istället", "instead", "så", "so"})
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,()]")
_STOPS: Final = frozenset({",", "(", ")", "and", "och"})
_NOT_ONLY = re.compile(r"\b(?:inte (?:bara|endast|minst)|not (?:only|just))\b")
# A regular past of any verb: "zoomade", "zoomed".
_PAST = re.compile(r"[^\W\d_]{2,}(?:add?e|[^\We]ed)")
_PAST_ENDS: Final = ("de", "ed")
_HAVE: Final = frozenset({"ha", "have"})
_BE: Final = frozenset({"are", "is", "was", "were", "been", "we're", "they're"})
_ARTICLES: Final = frozenset(
    {"a", "an", "all", "each", "every", "it", "one", "the", "them", "your"}
)
# Roles that are worth a point even where they tell no doing.
_LESSER: Final = frozenset({Role.VAGUE, Role.PLACING, Role.PLACING_PLAIN, Role.ING, Role.PLAIN})
# Who stands after a Swedish verb when something else comes first: "Sedan loggade vi".
_AFTER: Final = frozenset({"vi", "jag", "han", "hon", "de", "dom", "alla"})


def tells_how(text: str) -> bool:
    """Whether a text holds a doing, in Swedish, English or a mixture of them.

    Each sentence is weighed by itself, and one that reaches two points is enough; so a further
    sentence never takes the answer back. It gets

    - 2 for a verb of doing in a form that tells it: past or present in Swedish ("provade",
      "ringer"), past or -s in English, an order at the start ("Ask everyone"), the plain form after
      a starter ("lät alla prova", "by asking"), a verb of placing with a particle ("satte upp");
      or for any regular past beside a doer ("vi zoomade") that is not known to say something else
      ("vi saknade");
    - else 1 for a verb of doing in another form, or one that claims more than it tells ("arbetar");
    - 1 each for a thing to point at ("checklista"), a number, and up to two words of time.

    A form that is as often a noun or an adjective counts beside a doer only ("the nurse tests").
    A "not" takes back the verb near it. In a sentence with a wish ("should", "viktigt") or a "not",
    only the first kind counts: what ought to be done is not told.
    The words are lists that anybody can mend, in ``bot/domain/words``.
    """
    return any(_points(words) >= _ENOUGH for words in _thoughts(text))


def _thoughts(text: str) -> Iterator[list[str]]:
    """The sentences of a text as lists of words and commas, cut where a thought turns."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
    for sentence in _ENDS.split(_NOT_ONLY.sub("", plain.replace("n't", " not"))):
        thought: list[str] = []
        for word in _WORD.findall(sentence):
            if word in _TURNS:
                yield thought
                thought = []
            else:
                thought.append(word)
        yield thought


def _points(words: list[str]) -> int:
    known = lexicon()
    verbs = [
        _verb(words, at)
        for at, word in enumerate(words)
        if word in known.verbs or word.endswith(_PAST_ENDS)
    ]
    verb = max(verbs, default=0)
    if verb >= _ENOUGH:
        return verb
    if not known.wishes.isdisjoint(words) or not known.nots.isdisjoint(words):
        return 0
    points = verb + any(map(str.isdigit, words)) + min(_times(words), 2)
    if points == _ENOUGH - 1:  # only then does a thing decide, and things take long to find
        points += any(_in(word, known.things, known.thing_ends) for word in words)
    return points


def _verb(words: list[str], at: int) -> int:
    """What the word at a place is worth as a verb."""
    role = lexicon().verbs.get(words[at])
    if role is Role.STATIC:
        return 0
    worth = 2 if _tells(words, at, role) else int(role in _LESSER)
    return 0 if worth and _denied(words, at) else worth


def _tells(words: list[str], at: int, role: Role | None) -> bool:
    tells = False
    match role:
        case Role.TELLS:
            tells = not _only_wished(words, at)
        case Role.PLAIN:
            tells = _plainly(words, at)
        case Role.ING:
            tells = _started(words, at) or _going_on(words, at)
        case Role.PLACING:
            tells = _has_particle(words, at)
        case Role.PLACING_PLAIN:
            tells = _has_particle(words, at) and _plainly(words, at)
        case Role.DOUBTFUL:
            tells = _beside_doer(words, at) or _orders(words, at)
        case None:
            tells = bool(_PAST.fullmatch(words[at])) and _beside_doer(words, at)
    return tells


def _plainly(words: list[str], at: int) -> bool:
    """Whether a plain form stands where it tells: as an order, after a starter or a doer."""
    return at == _first(words) or _started(words, at) or _after_doer(words, at)


def _has_particle(words: list[str], at: int) -> bool:
    return not lexicon().particles.isdisjoint(words[at + 1 : at + 4])


def _beside_doer(words: list[str], at: int) -> bool:
    """Whether a doer stands close before a verb, or right after it as in Swedish."""
    return _after_doer(words, at) or not _AFTER.isdisjoint(words[at + 1 : at + 2])


def _after_doer(words: list[str], at: int) -> bool:
    """Whether a doer stands before a verb, with at most a word between that is no verb itself."""
    known = lexicon()
    for word in reversed(words[max(at - 2, 0) : at]):
        if _in(word, known.doers, known.doer_ends):
            return True
        if word in _STOPS or word in known.wishes or known.verbs.get(word) is Role.STATIC:
            return False
    return False


def _started(words: list[str], at: int) -> bool:
    """Whether a starter ("lät", "by") stands up to four words before, and no wish after it."""
    known = lexicon()
    for word in reversed(words[max(at - 4, 0) : at]):
        if word in _STOPS or word in known.wishes:
            return False
        if word in known.starters:
            return True
    return False


def _going_on(words: list[str], at: int) -> bool:
    """Whether an -ing says what a doer is busy with: "the nurses are testing"."""
    known = lexicon()
    before = words[max(at - 2, 0) : at]
    doers = words[max(at - 4, 0) : at]
    return not _BE.isdisjoint(before) and any(
        "'" in word or _in(word, known.doers, known.doer_ends) for word in doers
    )


def _orders(words: list[str], at: int) -> bool:
    """Whether a doubtful form begins the sentence as an order: "Test it with two units"."""
    return at == _first(words) and not _ARTICLES.isdisjoint(words[at + 1 : at + 2])


def _first(words: list[str]) -> int:
    """Where a sentence begins, after the number of a list."""
    return next((at for at, word in enumerate(words) if word[0].isalpha()), 0)


def _only_wished(words: list[str], at: int) -> bool:
    """Whether a verb stands in "should have asked", "borde ha frågat"."""
    before = words[max(at - 3, 0) : at]
    return not _HAVE.isdisjoint(before) and not lexicon().wishes.isdisjoint(before)


def _denied(words: list[str], at: int) -> bool:
    """Whether a "not" stands close before a verb, or after it as in Swedish, within the clause."""
    known = lexicon()
    for place in range(at - 1, max(at - 4, -1), -1):
        if words[place] in known.nots:
            return True
        if words[place] in _STOPS:
            break
        if _in(words[place], known.doers, known.doer_ends):
            if place and words[place - 1] in known.nots:
                return True
            break
    after = words[at + 1 : at + 3]
    return any(word in known.nots_after for word in after) and after[0] not in _STOPS


def _times(words: list[str]) -> int:
    """How many words say when: "every" does so in "every visit", not in "every manager"."""
    known = lexicon()
    pairs = list(pairwise(words))
    times = len([word for word in words if word in known.times])
    times += len(known.spans.intersection(pairs))
    return times + sum(
        after not in known.times and not _in(after, known.doers, known.doer_ends)
        for word, after in pairs
        if word in known.every
    )


def _in(word: str, whole: frozenset[str], ends: frozenset[str]) -> bool:
    """Whether a word is listed, or ends as a listed compound does."""
    return word in whole or not ends.isdisjoint([word[start:] for start in range(len(word) - 2)])
