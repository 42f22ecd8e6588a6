"""Whose a text is as a whole, and which of its paragraphs are somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.ingest.authored.body import Body
from indexer.ingest.authored.headline import by_headline
from indexer.ingest.authored.letters import by_letter
from indexer.ingest.authored.opinion import by_opinion, written_by
from indexer.ingest.authored.proof import Proof
from indexer.ingest.authored.rows import every_language, language
from indexer.ingest.authored.signature import by_signature
from indexer.ingest.authored.spared import is_told_of, spared
from indexer.ingest.authored.writers import Writer, names_of
from indexer.ingest.cast.context import ArticleContext
from indexer.people.first_names import has_first_name
from indexer.people.names import is_office, is_outlet, printed_office
from indexer.records import Speaker, Turn
from indexer.text.analysis import fold
from indexer.text.lengths import word_count

MAX_MARKED_SHARE = 0.1
"""The share of words with marks of their own from which on a text is a transcript."""

SOURCES = (by_headline, by_signature, by_letter, by_opinion)
"""Ways to tell whose a text is, the surest first."""

_PARTS = re.compile(r"\s*[:|•·]\s+|\s[|–—•·-]\s")


@dataclass(frozen=True, slots=True)
class Authorship:
    """Those who wrote an article, and whose words its paragraphs are.

    ``author`` are the names. ``speaker`` is ``None`` if the text is not one person's as a whole.
    The paragraphs with the numbers in ``spared`` are not the speaker's.
    """

    author: str | None = None
    speaker: Speaker | None = None
    spared: frozenset[int] = frozenset()

    def given(self, turn: Turn) -> Turn:
        """Return a turn as its author's, if it is nobody's yet and not spared.

        What an author reports of others without marks is said in the author's words.
        """
        is_free = turn.role == "narrative" or turn.indirect or not _is_somebodys(turn)
        if self.speaker is None or not is_free or turn.paragraph in self.spared:
            return turn
        return replace(turn, role="statement", speaker=self.speaker, indirect=False)


def _is_somebodys(turn: Turn) -> bool:
    """Return whether the words of a turn are a person's or an outlet's, and no title of a text."""
    if turn.role == "question" or turn.speaker is None or turn.speaker.evidence == "label":
        return True
    name = turn.speaker.name
    return (
        has_first_name(name)
        or not fold(name).isascii()
        or is_outlet(name)
        or (turn.speaker.role is not None and is_office(name.split()[0]))
    )


def authorship_of(context: ArticleContext, turns: Sequence[Turn]) -> Authorship:
    """Return who wrote an article, and whether it is one person's text as a whole."""
    article = context.article
    body = Body(article, context.texts[1:], language(article.language))
    if not _is_transcript(turns):
        for source in SOURCES:
            proof = source(body)
            if proof is not None:
                return _of_proof(proof, body, context)
    return Authorship(names_of(written_by(body)[0]))


def _of_proof(proof: Proof, body: Body, context: ArticleContext) -> Authorship:
    author = names_of(proof.writers)
    if len(proof.writers) != 1 or _is_nobodys(body, proof):
        return Authorship(author)
    (writer,) = proof.writers
    if not proof.is_told and is_told_of(body, writer):
        return Authorship(author)  # a report about whoever the page names as its author
    return Authorship(author, _speaker(writer, proof, context), spared(body, writer))


def _speaker(writer: Writer, proof: Proof, context: ArticleContext) -> Speaker:
    name, office = writer.name, writer.office
    if " " not in name or name == office:
        name, _ = context.people.named(writer.printed)
    office = office or printed_office(name, context.texts)
    return Speaker(name, writer.printed, proof.printed, office, "authored")


def _is_nobodys(body: Body, proof: Proof) -> bool:
    """Return whether a text says that it is a body's or several people's: a leader, a release."""
    title = body.article.title
    lines = [title]
    if not proof.is_signed:
        closing = (line for _, text in body.closing() for line in text.split("\n"))
        opening = (*_PARTS.split(title)[:1], *body.article.sections, *body.opening())
        lines += [*opening, *closing]
    return any(rows.fits("nobodys", line.strip()) for line in lines for rows in every_language())


def _is_transcript(turns: Sequence[Turn]) -> bool:
    """Return whether marks of the outlet tell who speaks in more than a little of a text."""
    words = [(turn.role, word_count(turn.text)) for turn in turns]
    marked = sum(count for role, count in words if role != "narrative")
    return marked > MAX_MARKED_SHARE * sum(count for _, count in words)
