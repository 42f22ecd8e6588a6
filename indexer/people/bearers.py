"""The people of a corpus by their full names: each with its forms, outlets, months and offices."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import indexer.people.offices as offices
from indexer.people.first_names import has_first_name, pronoun_of
from indexer.people.joined_names import UNDATED, Form, FullName, Words, joined_names


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """A person: the words of all forms of the name, and the name in its fullest common form.

    ``articles`` print the name, ``mentioned`` is the number of those in which it speaks not.
    """

    name: str
    forms: tuple[Words, ...]
    printed: Mapping[str, int]
    pronoun: str | None
    articles: frozenset[int]
    mentioned: int
    _months: Mapping[str | None, Sequence[int]]
    _offices: Mapping[str | None, Mapping[str, frozenset[int]]]
    _counts: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def near(self, outlet: str | None, month: int, months: int) -> int:
        """Return the number of articles of an outlet, at most so many months away."""
        dated = self._months.get(outlet, ())
        if month == UNDATED:
            return len(dated)
        undated = bisect_left(dated, UNDATED + 1)
        return (
            undated
            + bisect_left(dated, month + months + 1)
            - bisect_left(dated, max(month - months, UNDATED + 1))
        )

    def has_office(self, office: str, outlet: str | None) -> int:
        """Return the number of articles of an outlet that print an office before the name."""
        if (office, outlet) not in self._counts:
            held = self._offices.get(outlet, {})
            articles = (own for name, own in held.items() if offices.are_one(office, name))
            self._counts[office, outlet] = len(frozenset().union(*articles))
        return self._counts[office, outlet]


def bearers(names: Iterable[FullName]) -> list[Bearer]:
    """Return the people who bear full names."""
    return [_bearer(forms) for forms in joined_names(names)]


def _bearer(forms: Sequence[Form]) -> Bearer:
    printed: Counter[str] = Counter()
    months: defaultdict[str | None, dict[int, int]] = defaultdict(dict)
    held: defaultdict[str | None, defaultdict[str, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    speaking = {one for form in forms for one in form.speaking}
    for form in forms:
        printed.update(form.printed)
        for outlet, articles in form.articles.items():
            months[outlet].update(articles)
        for outlet, own in form.offices.items():
            for office, articles_of in own.items():
                held[outlet][office] |= articles_of
    name = max(printed, key=lambda name: (_is_plain(name), printed[name], len(name), name))
    pronouns = {pronoun for form in printed if (pronoun := pronoun_of(form))}
    return Bearer(
        name=name,
        forms=tuple(words for form in forms for words in (form.words, *sorted(form.turned))),
        printed=printed,
        pronoun=pronouns.pop() if len(pronouns) == 1 else None,
        articles=frozenset(one for own in months.values() for one in own),
        mentioned=len({one for own in months.values() for one in own} - speaking),
        _months={outlet: sorted(own.values()) for outlet, own in months.items()},
        _offices={
            outlet: {office: frozenset(articles) for office, articles in own.items()}
            for outlet, own in held.items()
        },
    )


def _is_plain(name: str) -> bool:
    """Return whether a name begins with a known first name, and is not all in capitals."""
    return name != name.upper() and has_first_name(name)


class BearerIndex:
    """People by their names as printed, and by the words of them as these sound."""

    def __init__(self, people: Sequence[Bearer]) -> None:
        self._people = people
        self._by_name = {name: bearer for bearer in people for name in bearer.printed}
        self._by_end: defaultdict[Words, list[Bearer]] = defaultdict(list)
        for bearer in people:
            for end in {words[at:] for words in bearer.forms for at in range(1, len(words))}:
                self._by_end[end].append(bearer)
        self._by_start: defaultdict[Words, list[Bearer]] = defaultdict(list)
        for bearer in people:
            if not has_first_name(bearer.name):
                for start in {words[:1] for words in bearer.forms}:
                    self._by_start[start].append(bearer)

    def named(self, name: str) -> Bearer | None:
        """Return the person with a full name, as it is printed somewhere."""
        return self._by_name.get(name)

    def called(self, surname: Words) -> Sequence[Bearer]:
        """Return the people with a surname of one or more words."""
        return self._by_end.get(surname, ())

    def surname_first(self, surname: Words) -> Sequence[Bearer]:
        """Return the people whose name may begin with a surname ("Yoon Tae Mok")."""
        return self._by_start.get(surname, ())
