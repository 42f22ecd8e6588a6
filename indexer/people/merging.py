"""Suggests names of one person that could be merged in ``speakers.toml``.

Better too few than too many: a wrong merge attributes words to a person who never said them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import indexer.text.periods as periods
from indexer.people.name_parts import ParsedName, parsed
from indexer.people.names import could_be_name, is_office, without_honorific
from indexer.people.speakers import Naming, SpeakerEntry, speakers
from indexer.people.spellings import sound
from indexer.text.slugs import slug

_MIN_SHARE_OF_LABEL = 0.9
"""The share of the passages under a label that one person must have to be its bearer."""

_MIN_SHORT_NAME = 3
"""Letters of the shortest first name that may be short for a longer one ("Jen")."""

_MIN_SLIP_LENGTH = 7
"""Letters of the shortest surname in which one may differ: "Marin" and "Martin" are two people."""

_TERM_DAYS = 4 * 366
_YEAR_DAYS = 366
_MONTH_DAYS = 31
"""Days between two articles within which "President Arel", or "Mr. Arel", may be one person."""

_MAX_ARTICLES = 40
"""Articles of a speaker that are read to find other bearers of the surname."""

Texts = Callable[[str, int], Iterable[str]]
"""A function that returns the texts of some articles of a speaker, by id."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another name of a person, with the number of its passages and the reason for the merge."""

    name: str
    passages: int
    reason: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A person with the name for a row of ``speakers.toml``, and other names to add to it."""

    id: str
    name: str
    passages: int
    also: tuple[Spelling, ...]


def merges(namings: Sequence[Naming], rows: Collection[str], texts: Texts) -> list[Merge]:
    """Return the people with several names, those with most passages first.

    ``rows`` are the ids of people with a row in ``speakers.toml``. Two of them are never merged.
    """
    evidence = _Evidence(namings, rows, texts)
    groups = {named.entry.id: [named] for named in evidence.people}
    reasons: dict[str, str] = {}
    for rare, often, reason in _pairs(evidence):
        if rare.entry.id in rows:
            continue
        group, joining = groups[often.entry.id], groups[rare.entry.id]
        group.extend(joining)
        groups.update((named.entry.id, group) for named in joining)
        reasons[rare.entry.id] = reason
    distinct = {id(group): group for group in groups.values()}.values()
    merged = [_merge(group, reasons) for group in distinct if len(group) > 1]
    return sorted(merged, key=lambda merge: (-merge.passages, merge.id))


@dataclass(frozen=True, slots=True)
class _Named:
    """A speaker with the parsed name and the articles.

    ``worth`` sorts names: the best for a row has one already, or else is fuller, or else is more
    frequent.
    """

    entry: SpeakerEntry
    name: ParsedName
    articles: frozenset[str]
    worth: tuple[object, ...]


class _Evidence:
    """The speakers of the index, with the labels and texts that link their names."""

    def __init__(self, namings: Sequence[Naming], rows: Collection[str], texts: Texts) -> None:
        articles: defaultdict[str, set[str]] = defaultdict(set)
        self._labels: defaultdict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for naming in namings:
            articles[naming.speaker_id].add(naming.article_id)
            label = slug(naming.as_printed or ""), naming.outlet
            self._labels[label][naming.speaker_id] += naming.passages
        self.people = [
            _Named(entry, name, frozenset(articles[entry.id]), _worth(entry, name, rows))
            for entry in speakers(namings)
            if (name := parsed(entry.name)) and could_be_name(without_honorific(entry.name))
        ]
        self._texts = texts

    def is_printed_for(self, short: _Named, full: _Named) -> bool:
        """Return True if an outlet prints the short name as a label of the full one alone."""
        label = slug(short.entry.name)
        for outlet in _shared(short, full):
            counts = self._labels[label, outlet]
            others = counts.total() - counts[short.entry.id]
            if counts[full.entry.id] >= _MIN_SHARE_OF_LABEL * others > 0:
                return True
        return False

    def is_alone(self, rare: _Named, often: _Named) -> bool:
        """Return True if the articles of the rarer name print no other bearer of the surname."""
        known = [*rare.name.words[:-1], *often.name.words[:-1]]
        surnames = {re.escape(named.entry.name.split()[-1]) for named in (rare, often)}
        bearer = re.compile(rf"([^\W\d_][\w’'-]*\.?)\s+(?:{'|'.join(surnames)})\b")
        return not any(
            could_be_name(match[1])
            and not is_office(match[1])
            and not any(_start_alike(sound(match[1]), word) for word in known)
            for text in self._texts(rare.entry.id, _MAX_ARTICLES)
            for match in bearer.finditer(text)
        )


Rule = Callable[[_Evidence, _Named, _Named], bool]
"""A function that returns True if a rarer name is another name of a more frequent one."""


def _pairs(evidence: _Evidence) -> Iterator[tuple[_Named, _Named, str]]:
    """Return pairs of a rarer and a more frequent name of one person, with the reason.

    The first rule that fits decides. If it fits two people, the name is left alone.
    """
    index: defaultdict[str, list[_Named]] = defaultdict(list)
    for named in evidence.people:
        for key in _keys(named.name):
            index[key].append(named)
    for rare in evidence.people:
        near = {other.entry.id: other for key in _keys(rare.name) for other in index[key]}
        better = [other for other in near.values() if other.worth > rare.worth]
        for reason, rule in RULES:
            if fitting := [other for other in better if rule(evidence, rare, other)]:
                if len({other.name.words for other in fitting}) == 1:
                    yield rare, max(fitting, key=lambda named: named.worth), reason
                break


def _keys(name: ParsedName) -> set[str]:
    """Return keys of which two names of one person share at least one.

    These are the surname, with and without each letter, and the first name, which may be the
    surname of a name in another order.
    """
    return {name.first} | _with_a_slip(name.surname)


def _with_a_slip(word: str) -> set[str]:
    """Return a word, and if it is long the word without any one of its letters.

    Two words that differ by a letter that is wrong, missing, added or moved share one of these.
    """
    if len(word) < _MIN_SLIP_LENGTH:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _worth(entry: SpeakerEntry, name: ParsedName, rows: Collection[str]) -> tuple[object, ...]:
    is_full = name.is_full and not name.is_initial
    return entry.id in rows, is_full, entry.passages, entry.name.isascii(), entry.id


def _merge(group: Sequence[_Named], reasons: dict[str, str]) -> Merge:
    best, *others = sorted(group, key=lambda named: named.worth, reverse=True)
    also = [Spelling(n.entry.name, n.entry.passages, reasons[n.entry.id]) for n in others]
    also.sort(key=lambda spelling: (-spelling.passages, spelling.name))
    passages = sum(named.entry.passages for named in group)
    return Merge(best.entry.id, best.entry.name, passages, tuple(also))


# --- The rules -----------------------------------------------------------------------------------


def _is_spelt_alike(_: _Evidence, rare: _Named, often: _Named) -> bool:
    a, b = rare.name, often.name
    same_title = (a.office, a.honorific) == (b.office, b.honorific)
    return a.words == b.words and not a.is_initial and (a.is_full or same_title)


def _is_turned_round(_: _Evidence, rare: _Named, often: _Named) -> bool:
    return len(rare.name.words) == 2 and rare.name.words == often.name.words[::-1]


def _is_a_label_of(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    if not _is_short_of(rare, often) or not evidence.is_printed_for(rare, often):
        return False
    return _is_at_that_time(rare, often)


def _holds_the_office(_: _Evidence, rare: _Named, often: _Named) -> bool:
    office = set((rare.name.office or "").split())
    roles = [set(role.role.lower().split()) for role in often.entry.roles]
    has_it = bool(office) and any(office <= role for role in roles)
    return has_it and _is_short_of(rare, often) and _is_at_that_time(rare, often)


def _has_the_initial(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    begins = rare.name.is_initial and often.name.first.startswith(rare.name.first)
    return begins and _may_be_one(evidence, rare, often)


def _has_a_middle_name(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    same = not rare.name.is_initial and rare.name.first == often.name.first
    return same and rare.name.words != often.name.words and _may_be_one(evidence, rare, often)


def _has_a_short_first_name(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    short, long = sorted((rare.name.first, often.name.first), key=len)
    # "Paul" and "Paula", "Carl" and "Carla" are two people.
    is_short = len(short) >= _MIN_SHORT_NAME and long.startswith(short) and not long.endswith("a")
    is_short = is_short and len(long) > len(short) + 1 and not rare.name.is_initial
    return is_short and bool(_shared(rare, often)) and _may_be_one(evidence, rare, often)


def _is_the_only_one(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    surname = rare.entry.name.split()[-1]
    if rare.name.office or not _is_short_of(rare, often) or surname != often.entry.name.split()[-1]:
        return False
    forms = (*rare.entry.printed, *often.entry.printed)
    women = {name.is_woman for form in forms if (name := parsed(form))}
    return (
        not {True, False} <= women
        and bool(_shared(rare, often))
        and _is_at_that_time(rare, often)
        and evidence.is_alone(rare, often)
    )


def _has_a_slip(_: _Evidence, rare: _Named, often: _Named) -> bool:
    a, b = rare.name, often.name
    return (
        (a.is_full or a.office is not None)
        and (a.words[:-1], a.office, a.honorific) == (b.words[:-1], b.office, b.honorific)
        and min(len(a.surname), len(b.surname)) >= _MIN_SLIP_LENGTH
        and not _with_a_slip(a.surname).isdisjoint(_with_a_slip(b.surname))
        and len(rare.articles) == 1
        and 2 * rare.entry.passages <= often.entry.passages
        and not rare.articles & often.articles
        and bool(_shared(rare, often))
    )


RULES: tuple[tuple[str, Rule], ...] = (
    ("another spelling", _is_spelt_alike),
    ("the same words in another order", _is_turned_round),
    ("the outlet prints this for them elsewhere", _is_a_label_of),
    ("the office and the surname", _holds_the_office),
    ("the initial and the surname", _has_the_initial),
    ("with and without a middle name", _has_a_middle_name),
    ("a short form of the first name", _has_a_short_first_name),
    ("the only one of this surname in the outlet", _is_the_only_one),
    ("one letter is different", _has_a_slip),
)
"""Reasons for a merge, the most reliable first."""


def _is_short_of(short: _Named, full: _Named) -> bool:
    return not short.name.is_full and full.name.is_full and short.name.surname == full.name.surname


def _may_be_one(evidence: _Evidence, rare: _Named, often: _Named) -> bool:
    """Return True if nothing distinguishes two full names with the same surname."""
    return (
        rare.name.is_full
        and rare.name.surname == often.name.surname
        and _middles_agree(rare.name.words[1:-1], often.name.words[1:-1])
        and not rare.articles & often.articles
        and evidence.is_alone(rare, often)
    )


def _middles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or not other:
        return True
    return len(one) == len(other) and all(map(_start_alike, one, other))


def _start_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _shared(one: _Named, other: _Named) -> list[str]:
    return [outlet for outlet in one.entry.outlets if outlet in other.entry.outlets]


def _is_at_that_time(short: _Named, full: _Named) -> bool:
    """Return True if a short name is printed at about the time of the full one.

    A name with an office may be up to a term away, another name a year, and one whose full form
    is in a single article a month.
    """
    one, other = short.entry, full.entry
    if short.name.office:
        most = _TERM_DAYS
    elif other.articles > 1:
        most = _YEAR_DAYS
    else:
        most = _MONTH_DAYS
    if not (one.first and one.last and other.first and other.last):
        return most != _MONTH_DAYS
    before = periods.first_day(other.first) - periods.last_day(one.first)
    after = periods.first_day(one.last) - periods.last_day(other.last)
    return max(before, after) <= most
