"""Articles that are their author's own words because the keeper of the corpus says so.

The passages stay as they were read; the view of what is shown gives them to the author. So a change
of ``speakers.toml`` reads no file again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from indexer.people.aliases import OwnOutlet
from indexer.storage.identities import IdentityWriter

SCHEMA = "CREATE TABLE own_words (article INTEGER PRIMARY KEY, author);"

_OF_ONE = """
    author IS NOT NULL AND author NOT LIKE '%, %' AND NOT EXISTS (
        SELECT 1 FROM passages WHERE article = number
        AND (role IN ('question', 'answer') OR evidence IN ('label', 'authored')))
"""
"""The condition for articles of one author, in which no labels tell who speaks."""


def write_own_words(
    db: sqlite3.Connection, identities: IdentityWriter, outlets: Iterable[OwnOutlet]
) -> set[str]:
    """Write whose own words the articles of some outlets are.

    Returns the ids of the articles in which that has changed.
    """
    before = dict(db.execute("SELECT article, author FROM own_words"))
    now: dict[int, str] = {}
    for outlet in outlets:
        now.update(_articles(db, outlet))
    changed = {number for number, _ in before.items() ^ now.items()}
    for number in changed & before.keys():
        identities.remove_author(number, before[number])
    db.executemany("DELETE FROM own_words WHERE article = ?", ([number] for number in changed))
    new = [(number, now[number]) for number in sorted(changed & now.keys())]
    db.executemany("INSERT INTO own_words VALUES (?, ?)", new)
    for number, author in new:
        identities.add_author(number, author)
    ids = dict(db.execute("SELECT number, id FROM articles")) if changed else {}
    return {ids[number] for number in changed if number in ids}


def _articles(db: sqlite3.Connection, outlet: OwnOutlet) -> Iterable[tuple[int, str]]:
    """Return the articles of an outlet or folder that have one author."""
    if outlet.folder is None:
        of_outlet, values = "outlet = ?", [outlet.name]
    else:
        of_outlet, values = "substr(id, 1, length(?1)) = ?1", [f"{outlet.folder}/"]
    return db.execute(
        f"SELECT number, author FROM articles WHERE {of_outlet} AND {_OF_ONE}", values
    )
