"""The paragraphs of an article, as far as they tell whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from indexer.ingest.authored.rows import Language
from indexer.ingest.authored.writers import Writer, writers_in
from indexer.ingest.quoting.quotations import quoted
from indexer.people.first_names import is_first_name
from indexer.people.names import is_office
from indexer.records import Article
from indexer.text.lengths import word_count
from indexer.text.sentences import ends_with_question, ends_with_stop

MIN_FIRST_PERSON = 2
"""Words of the first person in a text that somebody says or writes."""

SHORT_TEXT = 150
"""Words up to which one of them is enough."""

FIRST_LINES = 4
LAST_PARAGRAPHS = 6
"""Lines before a text, and paragraphs at its end, that may present who wrote it."""

MAX_LINE_WORDS = 14
"""Words of a line that only names people."""

MIN_QUESTIONS = 2
MAX_QUESTION_WORDS = 40
"""Paragraphs that only ask, and their length, from which on a text may be an interview."""

MOST_QUOTING = 1 / 3
"""Share of paragraphs with quotations above which a text may be a report or a portrait."""

_JUNIOR = re.compile(r"\s(?:Jr\.?|Sr\.?|I{2,3})$")
_INSIDE = re.compile(r"[\w,]\s*\Z")
"""The end of a text before a word inside a sentence."""

_BLANK = re.compile(r"\w")


class Body:
    """The paragraphs of an article, with what is quoted in them left out."""

    def __init__(self, article: Article, texts: Sequence[str], rows: Language) -> None:
        self.article = article
        self.texts = texts
        self.rows = rows

    @cached_property
    def own(self) -> Sequence[str]:
        """The paragraphs with blanks for quoted words. Those that are set off are all quoted."""
        own = list(self.texts)
        for quote in quoted(self.texts):
            for number, (start, end) in quote.parts:
                text = own[number]
                own[number] = text[:start] + _BLANK.sub(" ", text[start:end]) + text[end:]
        is_quote = [paragraph.kind == "quote" for paragraph in self.article.paragraphs]
        if all(is_quote):
            return own
        return ["" if set_off else text for text, set_off in zip(own, is_quote, strict=True)]

    @cached_property
    def begins(self) -> int:
        """The paragraph in which somebody speaks for themselves first, or the number of all."""
        numbers = (n for n, text in enumerate(self.own) if self._speaks(text, self.texts[n]))
        return next(numbers, len(self.own))

    def _speaks(self, own: str, text: str) -> bool:
        rows = self.rows
        return bool(rows.first_person.search(own)) or rows.fits("salutation", text.split("\n")[0])

    def is_first_person(self, at_least: int = MIN_FIRST_PERSON) -> bool:
        """Return whether somebody speaks for themselves, outside of what is quoted."""
        times = sum(len(self.rows.first_person.findall(text)) for text in self.own)
        is_short = sum(map(word_count, self.own)) <= SHORT_TEXT
        return times >= (1 if is_short else at_least)

    def is_full_of_quotations(self) -> bool:
        """Return whether many paragraphs quote somebody, as in a report or a portrait."""
        quoting = sum(own != text for own, text in zip(self.own, self.texts, strict=True))
        return quoting > MOST_QUOTING * len(self.texts)

    def is_interview(self) -> bool:
        """Return whether several paragraphs are questions, although nothing marks who asks."""
        asked = [text for text in self.own if ends_with_question(text.strip())]
        return sum(word_count(text) <= MAX_QUESTION_WORDS for text in asked) >= MIN_QUESTIONS

    def opening(self) -> Iterator[str]:
        """Yield the lines before the text: short ones among the first paragraphs."""
        for text in self.texts[:FIRST_LINES]:
            for line in text.split("\n")[:FIRST_LINES]:
                if line.strip() and word_count(line) <= 2 * MAX_LINE_WORDS:
                    yield line.strip()

    def closing(self) -> Iterator[tuple[int, str]]:
        """Yield the last paragraphs with their numbers, the last one first."""
        for number in range(len(self.texts) - 1, max(0, len(self.texts) - LAST_PARAGRAPHS) - 1, -1):
            yield number, self.texts[number].strip()

    def names(self, line: str) -> tuple[Writer, ...]:
        """Return the people of a line that says no more than who they are."""
        if word_count(line) > MAX_LINE_WORDS or (ends_with_stop(line) and " " in line.strip()):
            return ()
        return writers_in(line.strip("—–- ()[]"), self.rows)

    def told_of(self, writer: Writer) -> list[int]:
        """Return the paragraphs that tell of somebody by name, outside of what is quoted.

        Whoever bears the surname after another first name is somebody else.
        """
        names = _JUNIOR.sub("", writer.name).split()
        pattern = re.compile(rf"(?:([\w’-]+)\s)?(?<![\w-]){re.escape(names[-1])}(?![\w-])")
        return [
            number
            for number, text in enumerate(self.own)
            if not all(_is_other(match, names[0]) for match in pattern.finditer(text))
            and not self.names(text)
        ]

    def presented(self, text: str) -> tuple[Writer, ...] | None:
        """Return the people whose biography a paragraph is; ``None`` if it is none.

        It may be one of "the author", without a name.
        """
        for match in self.rows.matches("biography", text):
            who = match.groupdict().get("who")
            if who is None:
                return ()
            writers = writers_in(who, self.rows)
            if writers and who.rstrip(" ,").endswith(writers[-1].name):
                return writers
        return None


def _is_other(surname: re.Match[str], first: str) -> bool:
    """Return whether a surname in a text is that of somebody with another first name."""
    before = surname[1]
    if before is None or before == first or is_office(before):
        return False
    is_inside = _INSIDE.search(surname.string, 0, surname.start()) is not None
    return is_first_name(before) or (before[0].isupper() and is_inside)
