"""First names that one person may go by: groups of nicknames.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from indexer.people.spellings import sound


def may_be_one(first: str, other: str) -> bool:
    """Return whether two first names, as they sound, may be one person's.

    >>> may_be_one(sound("Joe"), sound("Joseph")), may_be_one(sound("Joe"), sound("Jill"))
    (True, False)
    """
    if first == other:
        return True
    groups = _groups()
    return not groups.get(first, frozenset()).isdisjoint(groups.get(other, frozenset()))


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Return the numbers of the groups that each name is in."""
    text = resources.files(__package__).joinpath("nicknames.txt").read_text("utf-8")
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for name in line.split():
                groups[sound(name)].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}
