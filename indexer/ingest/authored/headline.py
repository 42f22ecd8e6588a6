"""Headlines that tell whose a text is: "Statement by Ada Lind on …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from indexer.ingest.authored.body import Body
from indexer.ingest.authored.proof import Proof
from indexer.ingest.authored.rows import Kind
from indexer.ingest.authored.spared import is_told_of
from indexer.ingest.authored.writers import Writer, holder, is_sure, writers_in

ENDING = 2
SHORTEST_STEM = 2
"""Letters of a name's ending in another case, and of what is left."""


def by_headline(body: Body) -> Proof | None:
    """Return whose text it is by its headline; ``None`` if that does not tell it.

    Under some headlines only a text in the first person is somebody's: a report may have them too.
    """
    title = body.article.title
    if writers := named_in(body, "statement", title):
        return Proof(writers, title, is_told=True)
    writers = named_in(body, "speech", title)
    if not writers or body.is_interview() or not body.is_first_person():
        return None
    return None if is_told_of(body, *writers) else Proof(writers, title)


def inflected(body: Body, writers: Sequence[Writer]) -> Proof | None:
    """Return the one writer whom a headline names in another case ("Речь Нары Велидзе")."""
    named = named_in(body, "speech_of", body.article.title)
    if len(named) != 1 or len(writers) != 1 or not body.is_first_person():
        return None
    pairs = zip_longest(named[0].name.split(), writers[0].name.split(), fillvalue="")
    is_same = all(
        one[: max(len(one) - 3, 2)] == other[: max(len(one) - 3, 2)] for one, other in pairs
    )
    return Proof(tuple(writers), body.article.title) if is_same else None


def named_in(body: Body, kind: Kind, line: str) -> tuple[Writer, ...]:
    """Return the people whom a line names in a row of a kind."""
    for match in body.rows.matches(kind, line):
        if writers := _writers(match, body, is_surmised=kind == "speech_of"):
            return writers
        is_free = kind == "statement" and match.start("who") and _is_at_end(match)
        if is_free and (office := holder(match["who"], body.rows)):
            return (office,)
    return ()


def _writers(match: re.Match[str], body: Body, *, is_surmised: bool) -> tuple[Writer, ...]:
    who = match["who"]
    writers = writers_in(who, body.rows)
    if not writers:
        return ()
    if not _is_at_end(match) and not _is_all(match, writers[-1]):
        return ()
    # Of several, one who is not understood must not leave the text to the others.
    return writers if is_surmised or is_sure(writers[0]) else ()


def _is_all(match: re.Match[str], writer: Writer) -> bool:
    """Return whether the words before those of a row are a name, and no verb is taken for one."""
    is_possessor = match.string[match.end("who") :].startswith(("’", "'"))
    is_whole = match["who"].rstrip(" .,)").endswith(writer.printed.rstrip("."))
    return is_whole and (is_possessor or " " in writer.name)


def _is_at_end(match: re.Match[str]) -> bool:
    return match.end("who") == match.end()
