"""Parses a name that is typed to find a person: words, initials, and no form of address."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.people.honorifics import HONORIFICS
from indexer.people.spellings import sounds
from indexer.records import Token
from indexer.text.analysis import fold, tokens

EXACTLY = "="
"""A mark before a name that excludes all other spellings."""

_BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
_TWO_INITIALS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class TypedName:
    """A typed name in parts, all folded.

    ``words`` are all words, ``full`` those written out, ``initials`` the others, of one or two
    letters. ``is_exact`` is true after `EXACTLY`.
    """

    words: tuple[str, ...]
    full: tuple[str, ...]
    initials: tuple[str, ...] = ()
    is_exact: bool = False


def typed_name(typed: str) -> TypedName:
    """Parse a typed name. A name without a word written out has no initials.

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
    """Return the words of a name in order, folded, without a form of address."""
    return tuple(_folded(token) for token in _addressed(name))


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as `printed_words`, but split "J.F." into two."""
    return printed_words(_BETWEEN_INITIALS.sub(" ", name))


def has_initials(typed: TypedName, name: str) -> bool:
    """Return True if the initials fit the other words of a name, in order.

    The other words are those that are not written out in ``typed``.
    """
    rest = _other_words(name, typed.full)
    return bool(rest) and all(map(_starts_with, rest, typed.initials))


def may_stand_for(name: str, words: Collection[str], missing: Sequence[str]) -> bool:
    """Return True if a name may be a short form of a longer one.

    ``words`` are the words that both have, ``missing`` the others of the longer name. All other
    words of the short form must be initials of the missing ones.
    """
    return all(
        len(rest) == 1 and any(_starts_with(word, rest) for word in missing)
        for rest in _other_words(name, words)
    )


def _other_words(name: str, words: Collection[str]) -> list[str]:
    """Return the words of a name that are not among some words, nor sound like one of them."""
    heard = frozenset[str]().union(*map(sounds, words))
    return [
        word for word in name_words(name) if word not in words and heard.isdisjoint(sounds(word))
    ]


def _starts_with(word: str, initial: str) -> bool:
    """Return True if a word starts with an initial, in any script."""
    return word.startswith(initial) or any(
        one.startswith(other) for one in sounds(word) for other in sounds(initial)
    )


def _folded(token: Token) -> str:
    return fold(token.form) or token.form


def _addressed(name: str) -> list[Token]:
    """Return the words of a name without the forms of address before it."""
    words = list(tokens(name))
    while len(words) > 1 and _is_honorific(name[words[0].start : words[0].end].casefold()):
        del words[0]
    return words


def _is_honorific(word: str) -> bool:
    # The "M." of "M. Arel" is more often an initial.
    return len(word) > 1 and word in HONORIFICS


def _initials(name: str, token: Token) -> list[str]:
    """Return the initials in a word: a letter, two with a full stop ("Yu."), or two capitals."""
    word = name[token.start : token.end]
    if len(word) == 1 and word.isalpha():
        return [word]
    if not _TWO_INITIALS.fullmatch(word):
        return []
    if name[token.end : token.end + 1] == ".":
        return [word]
    return list(word) if word.isupper() and not name.isupper() else []
