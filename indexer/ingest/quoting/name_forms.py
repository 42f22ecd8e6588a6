"""Full names as a language prints them, and led back to the case in which people are called.

A person has a known first name, or stands beside the word for their office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from indexer.people.first_names import is_first_name
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import CAPITAL, NAME, PARTICLES, is_office, is_organisation, is_outlet
from indexer.people.rows import Language
from indexer.people.spellings import in_latin

RUN = re.compile(NAME)
_WORD = re.compile(rf"[{CAPITAL}]\w+")
_SUFFIX = re.compile(r"[’'][a-zçğıöşü]{1,6}$|[’']s?$")
_PARTICLES = frozenset(PARTICLES.split("|"))
_AFTER_QUOTED = r"[,”“»’\"'–—-]\s*"
_AGE_OR_PARTY = re.compile(rf",\s\d{{2}}\b|\s\([{CAPITAL}][\w/-]{{0,12}}\)")
_CALLING_AFTER = re.compile(r",\s(?P<words>(?:[\w’'-]+\s?){1,3})")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?…:—–]\s)$")
_MAX_UNLISTED = 3
"""Words of a name whose first name no list knows."""

_MAX_WORDS = 5
"""Words of a full name."""

_MIN_STEM = 3
"""Letters of a name without the ending of a case."""

_LOOK_BACK = 40
"""Characters before a name in which its office is."""


class _Patterns:
    """The words that show in a language that a name is a person's, made once."""

    def __init__(self, language: Language) -> None:
        self.calling = re.compile(rf"\w*{language.words('described')}", re.I)
        verb = language.verb_after.pattern
        self.says_before = re.compile(
            rf"{_AFTER_QUOTED}{verb}\s(?:[^\W\d_{CAPITAL}][\w-]*\s){{0,3}}$", re.I
        )
        self.says_after = re.compile(rf"\s{language.verb.pattern}", re.I)
        self.endings = language.pairs("cases")
        self.first_names = frozenset(
            language.rows["first_names"].words if language.has("first_names") else ()
        )


@cache
def _patterns_of(language: Language) -> _Patterns:
    return _Patterns(language)


class NameForms:
    """Reads the names of one article in its language."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self._language = language
        self._patterns = _patterns_of(language)
        self._callings: dict[str, bool] = {}
        self._printed = {word for text in texts for word in _WORD.findall(text)}

    def full(self, run: re.Match[str], text: str) -> Iterator[str]:
        """Yield the full name in a run of capitalised words, if a person's is in it."""
        words = bare_words(run.group())
        firsts = [(n, self._own_first(word)) for n, word in enumerate(words[:-1])]
        # "Тавии Олег Жданович": a land may look like a first name in another case.
        for start, own in sorted(firsts, key=lambda one: one[1] != words[one[0]]):
            word = words[start]
            if own is None or self._is_office(words[start:]):
                continue
            name = [own, *self._own_surnames(own, word, _without_place(words[start + 1 :]))]
            if self._is_name(name):
                yield " ".join(name[:_MAX_WORDS])
            return
        before = text[max(0, run.start() - _LOOK_BACK) : run.start()].split()
        while len(words) > 2 and self.is_calling(words[0]):
            before, words = [words[0]], words[1:]
        words = list(_without_place(words))
        if not 2 <= len(words) <= _MAX_UNLISTED or not self._could_be_first(words[0]):
            return
        is_beside = bool(before) and self.is_calling(before[-1])
        if (is_beside or self._is_shown(run, text)) and self._is_name(words):
            last = self._own_form(words[-1]) if self._language.has("last_in_case") else words[-1]
            yield " ".join([*words[:-1], last])

    def _is_office(self, words: Sequence[str]) -> bool:
        """Return whether a first name is an office here: "Аким Аккумского района"."""
        has_name = len(words) > 2 or (
            self._language.has("cases") and self._own_form(words[1]) != words[1]
        )
        return has_name and self.is_calling(words[0])

    def _is_shown(self, run: re.Match[str], text: str) -> bool:
        """Return whether the words around a name show that it is a person's.

        An age, a party or a calling after it, or a verb of saying right beside it.
        """
        before = text[max(0, run.start() - _LOOK_BACK) : run.start()]
        after = text[run.end() : run.end() + _LOOK_BACK]
        has_cases = self._language.has("cases")  # "the son of Arel said" has no "of" there
        if not has_cases and self._patterns.says_before.search(before):
            return True
        if self._language.has("capitals"):
            return False
        begins = _SENTENCE_ENDS.search(before) is not None
        if _AGE_OR_PARTY.match(after) or (
            not has_cases and begins and self._patterns.says_after.match(after)
        ):
            return True
        calling = _CALLING_AFTER.match(after)
        return any(map(self.is_calling, calling["words"].split() if calling else ()))

    def _could_be_first(self, word: str) -> bool:
        small = word.lower().rstrip(".")
        is_small = self._language.is_small(word) or small in _PARTICLES or small in HONORIFICS
        return word[0].isupper() and len(word) > 1 and not is_small and not word.isupper()

    def is_other_case(self, name: str) -> bool:
        """Return whether a name has the ending of another case, as no subject has."""
        printed, words = name.split(), bare_words(name)
        if self._language.has("cases"):
            first = next((word for word in words if self._own_first(word)), None)
            return first is not None and len(words) > 1 and self._own_first(first) != first
        return self._language.has("verb_last") and printed[-1] != words[-1]

    def is_calling(self, word: str) -> bool:
        """Return whether a word is an office or a calling."""
        if word not in self._callings:
            is_called = self._patterns.calling.fullmatch(word) is not None
            self._callings[word] = is_called or is_office(word)
        return self._callings[word]

    def own_forms(self, word: str) -> Iterator[str]:
        """Yield the forms of which a word may be another case."""
        for case, own in self._patterns.endings:
            if word.endswith(case) and len(word) - len(case) >= _MIN_STEM - (case > ""):
                yield word[: len(word) - len(case)] + own

    def _is_name(self, words: Sequence[str]) -> bool:
        name = " ".join(words)
        if len(words[-1]) < 2 or not words[-1][0].isupper():
            return False
        if len(words) == 2:  # "Maj", "Lake" may be surnames
            return self._patterns.calling.fullmatch(words[1]) is None
        is_body = is_organisation(name) or is_outlet(name)
        return not is_body and not any(map(self.is_calling, words[1:]))

    def _own_first(self, word: str) -> str | None:
        """Return a first name without the ending of another case; ``None`` if it is none."""
        if word.lower() in _PARTICLES or word == "The" or self._language.is_small(word):
            return None
        if word in self._patterns.first_names:
            return word
        forms = list(self.own_forms(word))
        listed = (form for form in forms if form in self._patterns.first_names)
        known = (form for form in (word, *forms) if _is_first_name(form))
        return next(listed, None) or next(known, None)

    def _own_surnames(self, own: str, printed: str, words: Sequence[str]) -> list[str]:
        """Return the words after a first name, in the case in which that is."""
        if self._language.has("last_in_case"):
            return [*words[:-1], self._own_form(words[-1])]
        if own == printed or not self._language.has("cases"):
            return list(words)
        return [self._own_form(word) for word in words]

    def _own_form(self, word: str) -> str:
        """Return a name without the ending of another case: a printed form, if there is one."""
        forms = list(self.own_forms(word))
        return next((form for form in forms if form in self._printed), next(iter(forms), word))


def bare_words(name: str) -> list[str]:
    """Return the words of a name without what an apostrophe adds: "Demir’in", "Arel’s"."""
    return [_SUFFIX.sub("", word) for word in name.split()]


def is_possessor(words: Sequence[str], first: str) -> bool:
    """Return whether a name in a run only tells whose something is: "Freund von Nara Velidze"."""
    start = words.index(first) if first in words else 0
    return start > 1 and words[start - 1] in _PARTICLES


def _without_place(words: Sequence[str]) -> Sequence[str]:
    """Return surnames without a particle and a place: "Vos van Haverdam" is "Vos"."""
    for number, word in enumerate(words):
        if number and word in _PARTICLES and not _is_first_name(words[number - 1]):
            return words[:number]
    return words


@lru_cache(maxsize=1 << 14)
def _is_first_name(word: str) -> bool:
    """Return whether a word in any script is a known first name."""
    if len(word) < 2 or word.isupper():
        return False
    plain = in_latin(word).replace("'", "")
    ends = (("iy", "y"), ("iy", "i"), ("yi", "i"))
    forms = (word, plain, *(plain.replace(*end) for end in ends))
    return any(map(is_first_name, forms)) or all(map(is_first_name, plain.split("-")))
