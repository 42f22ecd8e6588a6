"""Clauses that say who speaks: a verb of saying with its subject, or "according to" somebody."""

from __future__ import annotations

import re
from functools import cache

from indexer.ingest.quoting.noun_phrases import WORD_END, NounPhrases, Subject
from indexer.people.names import CAPITAL
from indexer.people.rows import NOTHING, Kind, Language

_DASH = re.compile(r"[,.!?…]\s?[—–-]\s|\s[—–]\s?(?=[^—–]{3,90}[—–])")
_COMMA = re.compile(rf"{_DASH.pattern}|,\s")
_SPACE = re.compile(r"\s+")
_TO_COMMA = re.compile(r",\s+")
_MAX_ADVERBIAL = 50
"""Characters between a quotation and a verb before its subject: "in an interview said …"."""


class Clauses:
    """Finds the clauses of one language in the text around quotations."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.says = language.verb.search
        self.phrases = NounPhrases(language)
        words = language.words
        joining = rf"\s{words('and')}\s(?:\S+\s){{0,3}}?[{CAPITAL}]"
        self.joining = re.compile(joining) if language.has("and") else NOTHING
        self._between = re.compile(rf"(?:{words('between')}{WORD_END},?\s*)+", re.I)
        self._before_verb = re.compile(rf"(?:\s{words('between')})+\s*$", re.I)
        self._relative = re.compile(rf"(?<!\w){words('stops')}\s(?:\w{{1,3}}\s)?$", re.I)
        self._said = re.compile(words("said"), re.I)
        self.anothers = re.compile(rf"(?<!\w){words('anothers')}:?\s*$", re.I)
        said = rf"(?=.*(?<![\w-]){words('said')}(?![\w-]))"
        self._has = re.compile(rf"(?<![\w-]){words('has')}(?![\w-]){said}", re.I)
        self._he_says = _with_pronoun(language, he="he_says", she="she_says")
        self._according = _beginning(language, "according")
        self._so = _beginning(language, "so")
        self._his = _with_pronoun(language, he="his", she="hers")
        self._any_verb = _any_verb(language)
        self._after_name = _beginning(language, "according_after")
        self._verb_here = _verb_here(language)

    def after(self, text: str) -> Subject | None:
        """Return the subject of the clause right after quoted words."""
        start = len(text) - len(text.lstrip(" ,–—-"))
        if match := self._according.match(text, start) or self._so.match(text, start):
            return self.phrases.beginning(text, match.end(), match.start())
        for pattern, pronoun in (*self._he_says, *self._his):
            if match := pattern.match(text):
                return Subject(match["all"], match["all"], pronoun=pronoun)
        if match := self._verb_here.match(text):
            return self._right_of(text, match.end(), start)
        for verb in self._language.verb.finditer(text):
            subject = self._left_of(text, start, verb.start(), verb.end())
            if subject is not None and not text[start : verb.start()].strip(" ,"):
                continue
            if (subject is None or subject.is_unnamed) and verb.start() - start <= _MAX_ADVERBIAL:
                right = self._right_of(text, verb.end(), start)
                return right if right.name else subject
            return subject if subject and text.startswith(subject.printed[:12], start) else None
        return None

    def after_any_verb(self, text: str) -> Subject | None:
        """Return whom a word names or means that follows a whole quotation: "“…”, mused she"."""
        match = self._any_verb.match(text)
        subject = self._right_of(text, match.end(), match.start("verb")) if match else None
        return subject if subject and not (subject.is_unnamed or subject.left_out) else None

    def inside(self, words: str) -> Subject | None:
        """Return the subject of a clause inside quoted words: "It holds, – said Velidze. – It…"."""
        opening = _COMMA if self._language.has("between_commas") else _DASH
        for mark in opening.finditer(words):
            if self.begins_with_verb(words[mark.end() :]):
                return self.after(words[mark.end() :])
        return None

    def later(self, text: str) -> Subject | None:
        """Return the subject of a clause after a comma, further on in the sentence."""
        for comma in _TO_COMMA.finditer(text):
            if match := self._according.match(text, comma.end()) or self._so.match(
                text, comma.end()
            ):
                return self.phrases.beginning(text, match.end(), match.start())
            if verb := self._language.verb.match(text, comma.end()):
                return self._right_of(text, verb.end(), verb.start())
        return None

    def before(self, text: str) -> list[Subject]:
        """Return whom the last clause in the sentence before quoted words may be about.

        The likeliest is the first: who stands before the verb, then who stands after it.
        """
        verbs = [*self._language.verb.finditer(text), *self._has.finditer(text)]
        for verb in sorted(verbs, key=lambda verb: -verb.start()):
            if self._has.search(text[: verb.end()]) and self._said.fullmatch(verb.group()):
                continue  # its subject stands beside the verb that it is said with
            left = self._left_of(text, 0, verb.start(), verb.end())
            right = self._right_of(text, verb.end(), verb.start())
            if left is not None and left.is_unnamed:
                return [left] if right.left_out else [right]
            if left is None and right.left_out and self._relative.search(text, 0, verb.start()):
                continue
            if left is None:
                return [right]
            return [left, right] if left.name and not right.left_out else [left]
        for pattern, pronoun in self._his:
            if match := pattern.search(text):
                return [Subject(match["all"], match["all"], pronoun=pronoun)]
        for match in reversed(list(self._according.finditer(text))):
            if (told := self.phrases.beginning(text, match.end(), match.start())).phrase:
                return [told]
        for match in reversed(list(self._after_name.finditer(text))):
            subject = self.phrases.ending(text, 0, match.start(), match.end())
            return [subject] if subject else []
        return []

    def begins_with_verb(self, text: str) -> bool:
        """Return whether a text begins with a verb of saying."""
        forms = (self._verb_here, *(pattern for pattern, _ in self._he_says))
        return any(form.match(text) for form in forms)

    def _right_of(self, text: str, end: int, start: int) -> Subject:
        """Return the subject after a verb that ends at a place."""
        while (match := _SPACE.match(text, end)) and (
            between := self._between.match(text, match.end())
        ):
            end = between.end() - (between.group()[-1:].isspace())
        subject = self.phrases.beginning(text, end, start)
        if not subject.phrase and self._language.has("left_out"):
            return Subject(text[start:end].strip(" ,–—-"), left_out=True)
        return subject

    def _left_of(self, text: str, floor: int, verb: int, end: int) -> Subject | None:
        """Return the subject before a verb; ``None`` if nothing stands there."""
        adverbs = self._before_verb.search(text[floor:verb])
        begin = floor + adverbs.start() if adverbs else verb
        return self.phrases.ending(text, floor, begin, end)


def _beginning(language: Language, kind: Kind) -> re.Pattern[str]:
    if not language.has(kind):
        return NOTHING
    return re.compile(rf"(?<![\w-]){language.words(kind)}(?:(?!\w)|(?<=[’']))", re.I)


def _verb_here(language: Language) -> re.Pattern[str]:
    verb = language.verb_after.pattern
    return re.compile(rf"[\s,.–—-]*(?:{language.words('between')}\s+)*?{verb}", re.I)


def _with_pronoun(language: Language, he: Kind, she: Kind) -> list[tuple[re.Pattern[str], str]]:
    """Return patterns for words that hold a pronoun, each with that pronoun."""
    return [
        (re.compile(rf"[\s,–—-]*(?P<all>{language.words(kind)}){WORD_END}", re.I), pronoun)
        for kind, pronoun in ((he, "he"), (she, "she"))
    ]


def _any_verb(language: Language) -> re.Pattern[str]:
    """Return a pattern for a small word after a quotation, with one of the endings of verbs."""
    if not language.has("any_verb"):
        return NOTHING
    others = language.words("stops", "of", "between", "the", "a", "and", "so", "according", "has")
    small = rf"(?!{others}{WORD_END})[^\W\d_{CAPITAL}][^\W\d_]*{language.words('any_verb')}"
    return re.compile(rf"(?:,\s?[–—-]|,|\s[–—-])\s(?P<verb>{small})(?=\s)")


@cache
def clauses_of(language: Language) -> Clauses:
    """Return the patterns of a language, made once."""
    return Clauses(language)
