"""Whose words labels are: an update resolves what it concerns, and that is what all would be."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indexer.people.aliases import Aliases
from indexer.people.rules_version import rules_version
from indexer.people.speakers_toml import parse_aliases
from indexer.records import Article, Evidence, Mention, Passage
from indexer.storage.library import LibraryWriter

NAMES = (
    *("Nara Velidze", "Tekla Velidze", "N. Velidze", "Нара Велидзе", "Velidze Nara"),
    *("Joe Wesselink", "Joseph Wesselink", "Joseph R. Wesselink", "Joe Wesselink Jr."),
    *("Ada Allin", "Ada Alin", "A. Alin"),
)
LABELS = (
    *("THE PRESIDENT", "THE PRESIDENT", "PRESIDENT VELIDZE", "MS. VELIDZE", "FIRST LADY VELIDZE"),
    *("PRESIDENT WESSELIMK", "MR. WESSELYNK", "MR. WESSELINK", "MS. ALLIN", "Alin", "Q"),
)
OFFICES = (None, "president", "president", "first lady")
DATES = (None, "2022-01-10", "2022-02", "2022-02", "2022-03-03", "2029-03-03")
ROWS = b"""
[[speaker]]
name = "Nara Velidze"
aliases = ["MS. VELIDSE"]
not = [{ label = "PRESIDENT VELIDZE", outlet = "Herald" }]
offices = [{ title = "President", outlet = "Hall", from = "2022-02", to = "2022-03" }]
"""

Said = tuple[str, str, Evidence]
Contents = tuple[str, str | None, list[Said], list[Mention]]


def contents(random: Random) -> Contents:
    """Make an article: outlet, date, speakers and names."""
    said: list[Said] = []
    for _ in range(random.randrange(4)):
        label = random.choice(LABELS)
        name = random.choice(NAMES) if random.random() < 0.3 else label
        said.append((name, label, random.choice(("label", "label", "cue"))))
    names = random.sample(NAMES, random.randrange(4))
    mentions = [Mention(name, random.choice(OFFICES), 1 + random.randrange(3)) for name in names]
    return random.choice(("Hall", "Hall", "Herald")), random.choice(DATES), said, mentions


Changes = Mapping[str, Contents | None]


def write(path: Path, changes: Changes, aliases: Aliases, known: set[str]) -> set[str]:
    """Change articles of a library, and resolve. Return the ids of those that changed."""
    with closing(LibraryWriter(path)) as writer:
        writer.articles.remove(sorted(known & changes.keys()))
        for name, content in changes.items():
            if content is not None:
                outlet, published, said, mentions = content
                shared = {"title": name, "outlet": outlet, "published": published}
                article = Article(name, paragraphs=(), **shared)  # type: ignore[arg-type]
                writer.articles.add(article, passages(name, said, shared), mentions)
        changed = writer.resolve(aliases)
        writer.database.execute("COMMIT")
    return changed


ASKED: Mapping[int, dict[str, Any]] = {
    1: {"asker": "Nara Velidze", "asker_as_printed": "MS. VELIDZE", "asker_evidence": "label"},
    2: {"asker": "MR. WESSELINK", "asker_as_printed": "MR. WESSELINK", "asker_evidence": "label"},
}
"""Who asks before the first and the second passage of an article."""


def passages(name: str, said: Sequence[Said], shared: Mapping[str, Any]) -> list[Passage]:
    return [
        Passage(
            f"{name}#{number}",
            name,
            number,
            role="statement",
            text="Words.",
            speaker=speaker,
            speaker_id=speaker.lower(),
            as_printed=printed,
            evidence=evidence,
            **ASKED.get(number, {}),
            **shared,
        )
        for number, (speaker, printed, evidence) in enumerate(said, 1)
    ]


def identities(path: Path) -> dict[tuple[str, ...], tuple[str | None, ...]]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT articles.id, own_name, as_printed, i.id, name, kind, role, reason"
            " FROM identities i JOIN articles ON number = article"
        )
        return {row[:3]: row[3:] for row in rows}


@given(st.randoms(use_true_random=True))
def test_updates_resolve_what_resolving_everything_does(random: Random) -> None:
    now: dict[str, Contents] = {}
    with TemporaryDirectory() as folder:
        updated = Path(folder, "updated")
        for number in range(3):
            changes = {
                name: contents(random) if random.random() < 0.8 else None
                for name in random.sample("abcdefghijklmnopqrstuvwx", 3 if number else 20)
            }
            aliases = parse_aliases(ROWS if random.random() < 0.3 else b"")
            before = identities(updated) if number else {}
            changed = write(updated, changes, aliases, set(now))
            now = {name: one for name, one in {**now, **changes}.items() if one is not None}
            anew = Path(folder, str(number))
            write(anew, now, aliases, set())
            found = identities(updated)
            assert found == identities(anew)
            other = {key[0] for key in found if found[key][:-1] != before.get(key, ("",))[:-1]}
            assert other - changes.keys() == changed - changes.keys()


def test_rules_of_another_version_resolve_everything_again(tmp_path: Path) -> None:
    path = tmp_path / "library"
    one: Contents = ("Hall", "2022-02", [("Nara Velidze", "MS. VELIDZE", "label")], [])
    write(path, {"a": one}, Aliases(), set())
    right = identities(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE identities SET surname = 'x', id = 'x', name = 'X'")
    assert write(path, {}, Aliases(), set()) == set()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE rules SET version = 'of another program'")
    assert write(path, {}, Aliases(), set()) == {"a"}
    assert identities(path) == right
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT version FROM rules").fetchall() == [(rules_version(),)]
