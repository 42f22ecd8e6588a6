"""Full names that an article prints, with the offices printed before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.ingest.cast.members import People
from indexer.ingest.cast.name_runs import name_runs, segments
from indexer.people.offices import office_at_end
from indexer.records import Mention

MAX_MENTIONS = 400
"""Names of an article that are kept, the most frequent ones: a list of graduates has more."""

_SHORTENED = (" Jr", " Sr", " jun", " sen", " ml", " мл")
"""Ends of names that are printed with a full stop, which ends no sentence."""

_LOOK_BACK = 90
"""Characters before a name in which its office is."""

NAMED_AFTER = re.compile(
    r"(?:\s[A-Z][\w’'-]*){0,3}\s(?:Act|Airport|Auditorium|Avenue|Award|Bridge|Building|Cent(?:er|re)"
    r"|College|Foundation|Hall|Highway|Hospital|Institute|Library|Medal|Memorial|Museum|Park|Prize"
    r"|Room|School|Square|Stadium|Street|Theat(?:er|re)|University)\b"
)
"""Words after a name by which it is that of a thing: "the Ada Lind Reading Room"."""

_CLAUSE = re.compile(
    r".*[,.;:!?()\[\]“”«»„\"\n—–](?<!\b\w\.)(?<!\b\w\w\.)(?<!Gov\.|Rep\.|Sen\.|Gen\.)", re.S
)
"""Everything before the last clause of a text. An abbreviation ends none."""


def mentions(people: People, texts: Sequence[str]) -> tuple[Mention, ...]:
    """Return the full names that texts print, each with each office before it, and their number.

    The most frequent names come first, and names in order of the alphabet within a number.
    """
    counts: Counter[tuple[str, str | None]] = Counter()
    for text in texts:
        counts.update(_mentions(people, text))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0][0], one[0][1] or ""))
    return tuple(Mention(name, office, times) for (name, office), times in ordered[:MAX_MENTIONS])


def _mentions(people: People, text: str) -> Iterator[tuple[str, str | None]]:
    for run in name_runs(text):
        printed, at = run.group(), 0
        if " " not in printed:
            continue
        for words in segments(printed):
            name = " ".join(words)
            at = max(printed.find(words[0], at), at)
            start = run.start() + at
            is_thing = NAMED_AFTER.match(text, start + len(name)) is not None
            if not is_thing and _is_name(words, people) and people.is_person(words, name):
                shown = _with_stop(name, text[start + len(name) :][:1])
                yield shown, office_at_end(_clause_before(text, start))
            at += len(name)


def _with_stop(name: str, after: str) -> str:
    return f"{name}." if after == "." and name.endswith(_SHORTENED) else name


def _is_name(words: Sequence[str], people: People) -> bool:
    """Return whether words may be a full name: "President Biden Before" is none."""
    return len(words) > 1 and len(words[0]) > 1 and not people.words.is_common(words[-1])


def _clause_before(text: str, end: int) -> str:
    return _CLAUSE.sub("", text[max(0, end - _LOOK_BACK) : end])
