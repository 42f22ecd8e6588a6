"""Whom "she" or "the mayor" means in languages with rows: only if one person can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.quoting.callings import Callings
from indexer.ingest.quoting.candidates import QUOTED, Heard
from indexer.ingest.quoting.noun_phrases import NounPhrases
from indexer.ingest.quoting.persons import Persons
from indexer.ingest.quoting.setting import Before
from indexer.people.rows import Language
from indexer.text.sentences import sentences

_WORD = re.compile(r"\w")
_PUNCTUATION = re.compile(r"\W+$")
_BEGINNING = 4
"""Words at the beginning of a sentence in which its subject is."""


class Antecedents:
    """Finds the persons who are meant without a name, along one walk through an article."""

    def __init__(
        self, persons: Persons, callings: Callings, phrases: NounPhrases, language: Language
    ) -> None:
        self.heard = Heard()
        self._persons = persons
        self._callings = callings
        self._phrases = phrases
        self._language = language

    def described(self, noun: str, so_far: Before) -> str | None:
        """Return the one person with an office; who just spoke may be called an expert too."""
        called = self._callings.bearers(noun)
        last = self.heard.last
        if not called and self._language.anybody.fullmatch(noun):
            is_here = last is not None and self.heard.place == so_far.number
            texts = [so_far.here, *so_far.earlier]
            return (
                self._subject_before(so_far)
                or (last.name if last and is_here else None)
                or self._persons.only_one(texts)
            )
        return called.pop() if len(called) == 1 else None

    def latter(self, so_far: Before) -> str | None:
        """Return the person whom the text before names last, in the sentence before."""
        text = so_far.here if so_far.here.strip() else "".join(so_far.earlier[-1:])
        unquoted = QUOTED.sub(" ", text)
        last = [unquoted[slice(*span)] for span in sentences(unquoted)[-1:]]
        named = self._persons.mentions("".join(last))
        return named[-1] if named else None

    def meant(self, so_far: Before, pronoun: str) -> str | None:
        """Return the person before: the only one, or the one whom the sentence begins with."""
        for back, text in enumerate([so_far.here, *reversed(so_far.earlier)]):
            unquoted = QUOTED.sub(" ", text)
            for start, end in reversed(sentences(unquoted)):
                sentence = unquoted[start:end].strip()
                if self._is_about_the_same(sentence, pronoun):
                    continue
                fitting = self._fitting(self.named_in(sentence), pronoun)
                others = self._persons.mentions(sentence)
                if others and not fitting and not pronoun:
                    return None
                fitting = fitting or self._fitting(others, pronoun)
                if len(fitting) == 1:
                    return fitting[0]
                if fitting:
                    return self._beginning(sentence, fitting)
                if self._is_about_another(sentence):
                    return None
                if (noun := self._phrases.description(_beginning(sentence))) is not None:
                    called = self._callings.bearers(noun)
                    full = called.pop() if len(called) == 1 else None
                    return full if full and self._persons.fits(full, pronoun) else None
            last = self.heard.last
            has_spoken_here = last is not None and self.heard.place == so_far.number
            if not pronoun and not has_spoken_here and _WORD.search(unquoted):
                return None  # the paragraph is about something else
            if last and self.heard.place == so_far.number - back:
                return last.name if self._persons.fits(last.name, pronoun) else None
        return None

    def named_in(self, sentence: str) -> list[str]:
        """Return the persons of a sentence, without those after a preposition."""
        free = [self._persons.named(n, inflected=True) for n in self._phrases.names(sentence)]
        return list(dict.fromkeys(filter(None, free)))

    def _fitting(self, names: Sequence[str], pronoun: str) -> list[str]:
        return [name for name in names if self._persons.fits(name, pronoun)]

    def _subject_before(self, so_far: Before) -> str | None:
        """Return the one person of the sentence right before, in the same paragraph."""
        unquoted = QUOTED.sub(" ", so_far.here)
        spans = sentences(unquoted)
        named = self.named_in(unquoted[slice(*spans[-1])]) if spans else []
        return named[0] if len(named) == 1 else None

    def _is_about_the_same(self, sentence: str, pronoun: str) -> bool:
        """Return whether a sentence begins with a pronoun, and may name others after it."""
        subject = self._phrases.pronoun(_PUNCTUATION.sub("", sentence.partition(" ")[0]))
        return bool(subject) and pronoun in ("", subject) and bool(self._persons.mentions(sentence))

    def _is_about_another(self, sentence: str) -> bool:
        """Return whether a sentence begins with somebody whom the article does not name."""
        is_unnamed = self._language.unnamed.match(sentence) is not None
        return is_unnamed or self._persons.begins_with_another(sentence)

    def _beginning(self, sentence: str, names: Sequence[str]) -> str | None:
        """Return the one of several persons who is the first word of a sentence."""
        first = self._persons.mentions(_beginning(sentence))
        return first[0] if len(first) == 1 and first[0] in names else None


def _beginning(sentence: str) -> str:
    return " ".join(sentence.split()[:_BEGINNING])
