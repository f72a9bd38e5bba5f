"""Factors as a large programme might hold them, made from word lists: Swedish, some English.

Words come as often as in real texts: a few everywhere, most hardly ever (Zipf's law). Long tails
are made the way Swedish makes them, by putting words together.
"""

import random
from itertools import accumulate


def _words(text: str) -> list[str]:
    return text.split()


EVERYDAY = _words("""
och att det i som en på är av för med till den har de inte om ett vi man men var så kan när alla
hos från under vid efter upp där sina sin sitt varje vår våra varandra tillsammans också bara mer
""")
COMMON = _words("""
möte möten mötet ledare ledning chef chefer chefen medarbetare kollegor arbete arbetet arbetar
verksamhet verksamheten utveckling förändring förändringar tid vecka veckan dag månad grupp
gruppen team skola skolan elev elever lärare rektor vård vården patient patienter omsorg kommun
kommunen region enhet enheten förvaltning brukare anhöriga digital digitala teknik system
verktyg stöd samarbete samverkan dialog frågor problem lösning resultat mål uppföljning plan
projekt process rutin rutiner information kunskap erfarenhet erfarenheter utbildning lärande
""")
ROOTS = _words("""
ledar chefs medarbetar elev lärar patient brukar kommun region skol vård omsorgs verksamhets
utvecklings förändrings lärande kunskaps erfarenhets tids plan projekt process rutin system data
digital teknik informations kommunikations samtals mötes grupp team enhets förvaltnings politik
medborgar service kvalitets säkerhets trygghets hälso arbets miljö personal rekryterings
introduktions kompetens utbildnings handlednings coach mentor forsknings test pilot försöks
idé förslags återkopplings utvärderings mät uppföljnings statistik budget ekonomi resurs
prioriterings besluts ansvars mandat roll uppdrags mål vision värde kultur tillits delaktighets
motivations engagemangs stress konflikt feedback reflektions dokumentations journal schema
""")
HEADS = _words("""
möte samtal grupp team träff dag vecka plan modell metod rutin process stöd verktyg system tavla
lista mall guide utbildning kurs handledning ledning arbete utveckling förändring kultur klimat
miljö ansvar roll mandat uppdrag mål mätning uppföljning utvärdering analys rapport dialog forum
nätverk samverkan samarbete överenskommelse strategi policy beslut prioritering budget resurs tid
utrymme lokal plats yta skärm telefon dator plattform tjänst app enkät intervju observation
studie försök test pilot projekt idé förslag lösning problem hinder brist kris risk
""")
ENDINGS = ["", "", "", "et", "en", "er", "erna", "ar", "arna", "s", "ens"]
ENGLISH = _words("""
the leaders meetings team learning digital change weekly small experiments feedback trust time
support training managers staff patients pupils teachers service quality follow plan goals shared
together tools visible board morning review decisions ownership responsibility clear purpose
""")


class Corpus:
    """Texts by a seed: the same seed, the same texts."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        rare = [a + b + self._random.choice(ENDINGS) for a in ROOTS for b in HEADS]
        self._random.shuffle(rare)
        self._swedish = _zipf([*EVERYDAY, *COMMON, *HEADS, *rare])
        self._english = _zipf(ENGLISH)

    def text(self, at_least: int, at_most: int) -> str:
        """So many words; every twentieth text is English."""
        words, weights = self._english if self._random.random() < 0.05 else self._swedish
        number = self._random.randint(at_least, at_most)
        said = self._random.choices(words, cum_weights=weights, k=number)
        return " ".join(said).capitalize()

    def mistyped(self, text: str) -> str:
        """The text with one mistake in its longest word."""
        words = text.split()
        longest = max(range(len(words)), key=lambda number: len(words[number]))
        word = words[longest]
        at = self._random.randrange(1, max(2, len(word) - 1))
        wrong = [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + "e" + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        ]
        words[longest] = self._random.choice(wrong)
        return " ".join(words)


def _zipf(words: list[str]) -> tuple[list[str], list[float]]:
    words = list(dict.fromkeys(words))
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))
