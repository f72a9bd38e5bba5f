"""Whether a text about HOW tells what somebody did, or only how things are.

"We have good leadership" tells no doing; "The unit manager opens every Monday meeting by asking who
tried the new tool" does. The answer only decides whether to ask one friendly question, so the rule
is small, and takes a text for one that tells unless it is surely empty.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from bot.domain.factors import wordlists

# Longer sentences are not surely empty, whatever they say.
_LONG: Final = 20
# How many words are the start of a sentence.
_START: Final = 3
# Where a sentence ends, or a line of a list begins.
_ENDS = re.compile(r"[.!?…:](?=\s|$)|[\n\r;•]|\s[-\u2013\u2014]+\s")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,()]")
# The past of regular verbs: "provade", "köpte", "tested"; not "lärande", "viktigaste", "need".
_PAST = re.compile(r"[^\W_]+(?:add?es?|dde|[^ae]nde|[lrmgv]de|(?<!a)ste|[fkptx]te|[^e]ed)")
# Nouns for what nobody does: "öppenhet", "ledarskap", "openness".
_VAGUE = re.compile(r"[^\W_]+(?:[^n]het|skap|[^i]ness|ship)")
# What has been done or goes on, in up to three words: "har nu byggt", "have written", "by asking".
_GOES_ON = re.compile(
    r"(?:har|hade)(?: (?!ett|inte|aldrig)\S+)? \S{3,}(?<!ig)t"
    r"|(?:have|has)(?: (?!an?|no|not|never|the)\S+)? \S+(?:en|wn|done|gone|ilt|pt|ught)"
    r"|(?:are|been|by|we're|they're)(?: \S+)? \S+ing"
)


def tells_how(text: str) -> bool:
    """Whether a text may hold a doing, in Swedish, English or a mixture of them.

    Each sentence is looked at by itself, and one that may is enough; so a further sentence never
    takes the answer back. A sentence is surely empty only

    - if nothing in it hints at a doing: no past, no number, no time; and
    - if it says how things are: its first clause has a verb of being, having or needing, or a
      "not", or it starts with what is vague or judges ("good", "communication"); or if it is a
      single word.

    The words are lists that anybody can mend, in ``bot/domain/factors/words``.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
    sentences = _ENDS.split(plain.replace("n't", " not"))
    return any(_tells(_WORD.findall(sentence)) for sentence in sentences)


def _tells(words: list[str]) -> bool:
    return any(_hints(words, at) for at in range(len(words))) or not _still(words)


def _hints(words: list[str], at: int) -> bool:
    """Whether the word at a place hints at a doing, together with the two before it."""
    known, word, before = _lists(), words[at], words[max(at - 2, 0) : at]
    if word in known["still"] or word in known["vague"]:
        return False
    if word in known["sure"] or _goes_on([*before, word]) or (word.isdigit() and len(words) > 1):
        return True
    past = word in known["past"] or _PAST.fullmatch(word) is not None
    return past and known["undone"].isdisjoint(before)


def _goes_on(words: list[str]) -> bool:
    return any(_GOES_ON.fullmatch(" ".join(words[start:])) for start in (0, 1))


def _still(words: list[str]) -> bool:
    """Whether a sentence says how things are, or nothing at all."""
    known, count = _lists(), sum(word[0].isalnum() for word in words)
    end = next((at for at, word in enumerate(words) if at and word in known["clause"]), None)
    still = not known["still"].isdisjoint(words[:end])
    vague = any(word in known["vague"] or _VAGUE.fullmatch(word) for word in words[:_START])
    return count <= 1 or (count <= _LONG and (still or vague))


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The words of each kind, of all languages at once."""
    return wordlists.read("gentle")
