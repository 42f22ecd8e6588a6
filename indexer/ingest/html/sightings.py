"""Find the dates that a page prints, and where: near the headline, in a list, after "Published"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from indexer.ingest.html.headline import Headline
from indexer.ingest.lines.date_forms import DateStyle
from indexer.ingest.lines.date_words import Label, label, label_alone
from indexer.ingest.lines.dates import Dating, PrintedDate, is_date_line, printed_dates
from indexer.ingest.lines.mixed_lines import begins_with_place, is_byline, is_in_range, is_named
from indexer.ingest.lines.stated_dates import every_stated

MAX_LINE = 120
"""Letters of a line with a date and a few words."""

MAX_LABEL = 40
"""Letters of a line that only says what date the next one is."""

_MARKED = ("time", "abbr", "span", "relative-time")
"""Elements inside a line that may hold its date alone."""

_PUBLISHED_CLASS = re.compile(
    r"(?<![a-z])(?:entry-?date|post-?(?:date|time)|posted|pub-?(?:date|time)|publi(?:sh|c)\w*"
    r"|article-?(?:date|time))",
    re.I,
)
_UPDATED_CLASS = re.compile(
    r"(?<![a-z])(?:updated|modifi|last-?(?:update|mod)|aktualisier|actuali[sz]a)", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹०-९০-৯]{4}")
_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date that a page prints.

    ``distance`` is the number of lines from the headline, negative above it; ``None`` if it is not
    near. ``marked`` tells that its element is named as the date of publication, ``alone`` that its
    line says nothing else, ``listed`` that it is one of several with the same ``likeness``.
    """

    dating: Dating
    label: Label | None = None
    distance: int | None = None
    marked: bool = False
    alone: bool = True
    aside: bool = False
    likeness: str = ""
    listed: bool = False

    @property
    def is_own(self) -> bool:
        """Return whether it may be the date of publication of the page's own article."""
        is_elsewhere = self.aside or self.listed
        return not is_elsewhere and self.label in (None, "published")


def sightings(headline: Headline, style: DateStyle) -> list[Sighting]:
    """Return the dates of lines in the order of the page, then those of elements in lines."""
    return _with_lists([*_Lines(headline, style).dates(), *_Elements(headline, style).dates()])


class _Lines:
    """The dates in the lines of a page."""

    def __init__(self, headline: Headline, style: DateStyle) -> None:
        self._headline = headline
        self._blocks = headline.blocks
        self._style = style

    def dates(self) -> Iterator[Sighting]:
        for place, block in enumerate(self._blocks):
            if _YEAR.search(block.paragraph.text):
                for line in block.paragraph.text.split("\n"):
                    yield from self._of_line(place, line)

    def _of_line(self, place: int, line: str) -> Iterator[Sighting]:
        dates = printed_dates(line[:MAX_LINE], self._style) if _YEAR.search(line) else []
        unnamed = [one for one in dates if one.label is None]
        if len(line) <= MAX_LINE and len(unnamed) < 2:
            for one in dates:
                if not is_in_range(line, one):
                    yield from self._of_short_line(place, line, one)
        elif dates and begins_with_place(line, dates):
            yield self._sighting(place, dates[0], line[: dates[0].end], alone=False)

    def _of_short_line(self, place: int, line: str, one: PrintedDate) -> Iterator[Sighting]:
        alone = is_date_line(line, self._style)
        if alone:
            one = one._replace(label=one.label or label_before(self._headline, place))
            if one.dating.precision == "day":
                line, one = self._with_clock(place, line, one)
        if alone or (one.dating.is_day and (is_byline(line, one) or is_named(line, one))):
            yield self._sighting(place, one, line, alone=alone)

    def _with_clock(self, place: int, line: str, one: PrintedDate) -> tuple[str, PrintedDate]:
        """Return a date with the time in the line after it."""
        after = self._blocks[place + 1].paragraph.text if place + 1 < len(self._blocks) else ""
        if not _CLOCK.fullmatch(after):
            return line, one
        line = f"{line} {after}"
        return line, one._replace(dating=printed_dates(line, self._style)[0].dating)

    def _sighting(self, place: int, one: PrintedDate, line: str, *, alone: bool) -> Sighting:
        element = self._blocks[place].element
        around = (element, element.getparent()) if alone else ()
        names = " ".join(e.get("class") or "" for e in around if e is not None)
        return Sighting(
            replace(one.dating, evidence=f"dateline: {line}"),
            one.label or _label_of(element.get("class") or ""),
            self._headline.distance(place),
            marked=bool(_PUBLISHED_CLASS.search(names)),
            alone=alone,
            aside=self._headline.is_aside(element),
            likeness=self._headline.likeness(element),
        )


class _Elements:
    """The dates of elements in lines, which may have them as an attribute only."""

    def __init__(self, headline: Headline, style: DateStyle) -> None:
        self._headline = headline
        self._style = style

    def dates(self) -> Iterator[Sighting]:
        blocks = self._headline.blocks
        page = blocks[0].element.getroottree() if blocks else None
        places = {block.element: place for place, block in reversed([*enumerate(blocks)])}
        for element in page.iter(*_MARKED) if page is not None else ():
            if element.tag == "span" and not _PUBLISHED_CLASS.search(element.get("class") or ""):
                continue
            around = (element, *element.iterancestors())
            place = next((places[e] for e in around if e in places), None)
            line = " ".join(element.text_content().split())
            if place is not None and len(line) <= MAX_LINE:
                yield from self._of_element(element, line, place)

    def _of_element(self, element: HtmlElement, line: str, place: int) -> Iterator[Sighting]:
        printed = printed_dates(line, self._style) if _YEAR.search(line) else []
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".strip()
        dating = self._dating(element, f"{element.tag} {names}".strip(), printed, line)
        if dating is None or not dating.is_day or len(printed) > 1:
            return
        said = printed[0].label if printed else label(line)
        yield Sighting(
            dating,
            said or _label_of(names) or self._label_around(place, line),
            self._headline.distance(place),
            marked=bool(_PUBLISHED_CLASS.search(names)) or element.get("pubdate") is not None,
            alone=not printed or is_date_line(line, self._style),
            aside=self._headline.is_aside(element),
            likeness=self._headline.likeness(element),
        )

    def _dating(
        self, element: HtmlElement, tag: str, printed: Sequence[PrintedDate], line: str
    ) -> Dating | None:
        """Return the date of an attribute, unless another day is shown."""
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        stated = next(every_stated([(tag, value)], self._style), None)
        if not printed or (stated and stated.day == printed[0].dating.day):
            return stated
        return replace(printed[0].dating, evidence=f"dateline: {line}")

    def _label_around(self, place: int, line: str) -> Label | None:
        """Return what the words before an element in its line, or the line before, call it."""
        text = self._headline.blocks[place].paragraph.text
        before = text.partition(line)[0].rpartition("\n")[2] if line else ""
        if before.strip():
            return label(before[-MAX_LABEL:])
        return label_before(self._headline, place)


def label_before(headline: Headline, place: int) -> Label | None:
    """Return what the block before another calls its date, if it says nothing else."""
    before = headline.blocks[place - 1].paragraph.text if place else ""
    is_short = len(before) < MAX_LABEL and not _YEAR.search(before)
    return label_alone(before) if is_short else None


def _label_of(names: str) -> Label | None:
    """Return what classes call a date; a theme may call its only date both."""
    is_updated = _UPDATED_CLASS.search(names) and not _PUBLISHED_CLASS.search(names)
    return "updated" if is_updated else None


def _with_lists(found: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings with those told that are listed; below the headline, near it."""
    alike: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.label is None:
            alike[one.likeness].add(one.dating.day)
        if one.label is None and one.distance is not None:
            near[one.likeness].add(one.dating.day)
    return [
        replace(one, listed=len(group[one.likeness]) > 1)
        for one in found
        for group in (near if one.distance is not None and one.distance > 0 else alike,)
    ]
