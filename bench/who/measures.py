"""Measures of who is who: B-cubed, wrong names, and what is no person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from indexer.people.labels import split
from indexer.people.nicknames import may_be_one
from indexer.people.spellings import sound

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))


@dataclass(frozen=True, slots=True)
class Judged:
    """Passages of an article that stand under one printed label.

    ``person`` and ``kind`` are the gold's; ``person`` is ``None`` if nobody can tell the name, and
    ``is_printed`` is false if the corpus does not print it. ``also`` are other names of the person.
    ``shown`` and ``shown_kind`` are what the index says, ``key`` its id for a person or body.
    """

    article: str
    label: str
    passages: int
    person: str | None
    kind: str
    key: str | None
    shown: str | None
    shown_kind: str | None
    is_printed: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of passages, from 0 to 1, and numbers of labels.

    ``mixed`` are passages whose id is mostly another person's, ``wrong_name`` and ``full_name`` the
    ones of people shown under a wrong and under the right full name; ``crowds`` and ``others`` are
    labels of nobody's name that are listed as people.
    """

    passages: int
    precision: float
    recall: float
    mixed: float
    wrong_name: float
    full_name: float
    crowds: int
    others: int

    @property
    def f1(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        return f1(self.precision, self.recall)


def scores(rows: Sequence[Judged]) -> Scores:
    """Return the scores of labels against their gold."""
    people = [row for row in rows if row.kind == "person" and row.person]
    total = sum(row.passages for row in people) or 1
    precision, recall = b_cubed((row.person or "", _key(row), row.passages) for row in people)
    shown = [row for row in people if row.shown and row.shown_kind == "person"]
    named = [row for row in shown if " " in _name(row.shown or "")]
    wrong = sum(row.passages for row in named if row.is_printed and not is_name_of(row))
    strangers = [row for row in rows if row.kind != "person" and row.shown_kind == "person"]
    return Scores(
        passages=total,
        precision=precision,
        recall=recall,
        mixed=_mixed(people) / total,
        wrong_name=wrong / total,
        full_name=sum(row.passages for row in named if is_name_of(row)) / total,
        crowds=sum(row.kind == "unnamed" for row in strangers),
        others=sum(row.kind != "unnamed" for row in strangers),
    )


def verdicts(rows: Sequence[Judged]) -> Counter[str]:
    """Count labels by what is shown of them, a stricter measure than those by passages.

    "wrong" are people under a full name that is not theirs or under the id of somebody else, and
    others that are listed as people. "apart" are people under an id that is not that of most of
    their labels; "unknown" have no id or only a surname.
    """
    people: dict[str, set[str]] = {}
    ids: dict[str, Counter[str]] = {}
    for row in rows:
        if row.kind == "person" and row.person and row.key:
            people.setdefault(row.key, set()).add(row.person)
            ids.setdefault(row.person, Counter())[row.key] += 1
    return Counter(_verdict(row, people, ids) for row in rows)


def _verdict(row: Judged, people: Mapping[str, Set[str]], ids: Mapping[str, Counter[str]]) -> str:
    if row.kind != "person" or not row.person:
        return "wrong" if row.shown_kind == "person" else "right"
    if row.key is None or row.shown is None:
        return "unknown"
    is_full = " " in _name(row.shown)
    is_anothers = is_full and row.is_printed and not is_name_of(row)
    if row.shown_kind != "person" or len(people[row.key]) > 1 or is_anothers:
        return "wrong"
    if not is_full:
        return "unknown"
    return "right" if ids[row.person].most_common(1)[0][0] == row.key else "apart"


def b_cubed(items: Iterable[tuple[str, str, int]]) -> tuple[float, float]:
    """Return B-cubed precision and recall of items: the true group, the found one, a weight.

    Bagga and Baldwin, "Algorithms for Scoring Coreference Chains", 1998.
    """
    both: Counter[tuple[str, str]] = Counter()
    true: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for group, key, weight in items:
        both[group, key] += weight
        true[group] += weight
        found[key] += weight
    total = true.total() or 1
    precision = sum(count * count / found[key] for (_, key), count in both.items()) / total
    recall = sum(count * count / true[group] for (group, _), count in both.items()) / total
    return precision, recall


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean; 0 if both are."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def is_name_of(row: Judged) -> bool:
    """Return whether the name that is shown is one of the person's: the surname and a first name.

    Spellings that sound alike, nicknames and initials of the first name count.
    """
    shown = _words(_name(row.shown or ""))
    return any(_are_one(_words(own), shown) for own in (row.person or "", *row.also))


def _are_one(own: Sequence[str], shown: Sequence[str]) -> bool:
    if not own or not shown or own[-1] != shown[-1]:
        return False
    first, other = own[0], shown[0]
    is_initial = 1 in (len(first), len(other)) and first[:1] == other[:1]
    return is_initial or may_be_one(first, other)


def _mixed(people: Sequence[Judged]) -> int:
    groups: dict[str, Counter[str]] = {}
    for row in people:
        groups.setdefault(_key(row), Counter())[row.person or ""] += row.passages
    return sum(count.total() - max(count.values()) for count in groups.values())


def _key(row: Judged) -> str:
    return row.key or f"{row.article} {row.label}"


def _name(shown: str) -> str:
    """Return the name without the office and the form of address before it."""
    return split(shown).name


def _words(name: str) -> tuple[str, ...]:
    return tuple(sound(word) for word in _plain(name) if word not in _SUFFIXES)


def _plain(name: str) -> Iterator[str]:
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    yield from re.findall(r"[^\W\d_]+", bare.lower())
