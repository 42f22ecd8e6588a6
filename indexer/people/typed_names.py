"""A name as somebody types it to find a person: words, initials, and no form of address."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.people.honorifics import HONORIFICS
from indexer.people.spellings import sounds
from indexer.records import Token
from indexer.text.analysis import fold, tokens

EXACTLY = "="
"""Before a name: only these words are meant, in this script."""

_BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
_TWO_INITIALS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class TypedName:
    """``words`` are all of it, folded; ``full`` those that are written out, ``initials`` the
    others: one letter or two. ``is_exact`` tells that nothing else may be meant."""

    words: tuple[str, ...]
    full: tuple[str, ...]
    initials: tuple[str, ...] = ()
    is_exact: bool = False


def typed_name(typed: str) -> TypedName:
    """A typed name in parts. Without a word that is written out there are no initials.

    >>> typed_name("Mr. J.F. Arel")
    TypedName(words=('jf', 'arel'), full=('arel',), initials=('j', 'f'), is_exact=False)
    """
    name = typed.strip()
    words = printed_words(name.lstrip(EXACTLY))
    if name.startswith(EXACTLY):
        return TypedName(words, words, is_exact=True)
    apart = _BETWEEN_INITIALS.sub(" ", name)
    full: list[str] = []
    initials: list[str] = []
    for token in _addressed(apart):
        if letters := _initials(apart, token):
            initials.extend(map(fold, letters))
        else:
            full.append(_folded(token))
    if not full:
        return TypedName(words, words)
    return TypedName(words, tuple(full), tuple(initials))


def printed_words(name: str) -> tuple[str, ...]:
    """The words of a name in order, folded, without a form of address."""
    return tuple(_folded(token) for token in _addressed(name))


def name_words(name: str) -> tuple[str, ...]:
    """The same, with each initial a word of its own: "J.F." is two."""
    return printed_words(_BETWEEN_INITIALS.sub(" ", name))


def has_initials(typed: TypedName, name: str) -> bool:
    """Whether what a name has beside the words that are written out begins with the initials, in
    order, as far as both go."""
    rest = _besides(name, typed.full)
    return bool(rest) and all(map(_begins_with, rest, typed.initials))


def may_stand_for(name: str, words: Collection[str], missing: Sequence[str]) -> bool:
    """Whether a name that has only some words of a longer one is a short form of it: it has no
    others but initials of those that it lacks."""
    return all(
        len(rest) == 1 and any(_begins_with(word, rest) for word in missing)
        for rest in _besides(name, words)
    )


def _besides(name: str, words: Collection[str]) -> list[str]:
    """What a name has beside some words."""
    heard = frozenset[str]().union(*map(sounds, words))
    return [
        word for word in name_words(name) if word not in words and heard.isdisjoint(sounds(word))
    ]


def _begins_with(word: str, initial: str) -> bool:
    """In this script or another."""
    return word.startswith(initial) or any(
        one.startswith(other) for one in sounds(word) for other in sounds(initial)
    )


def _folded(token: Token) -> str:
    return fold(token.form) or token.form


def _addressed(name: str) -> list[Token]:
    """The words of a name without the forms of address before it."""
    found = list(tokens(name))
    while len(found) > 1 and _is_honorific(name[found[0].start : found[0].end].casefold()):
        del found[0]
    return found


def _is_honorific(word: str) -> bool:
    # "M. Arel" is more often somebody's initial.
    return len(word) > 1 and word in HONORIFICS


def _initials(name: str, token: Token) -> list[str]:
    """The initials that a word is: a letter, two with a full stop ("Yu."), or two capitals."""
    word = name[token.start : token.end]
    if len(word) == 1 and word.isalpha():
        return [word]
    if not _TWO_INITIALS.fullmatch(word):
        return []
    if name[token.end : token.end + 1] == ".":
        return [word]
    return list(word) if word.isupper() and not name.isupper() else []
