"""Lines set on pages to paragraphs: the work of typesetting is undone.

Running heads and page numbers go, words broken at the ends of lines are joined, and lines are
joined to paragraphs unless something (a gap, an indent, a short line, other type) parts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.records import Dropped, Paragraph, ParagraphKind, Span
from indexer.text.marks import OPENING
from indexer.text.sentences import AFTER_STOP, STOPS

RUNNING = "running head or page number"

MAX_RUNNING = 3
"""Lines of a running head, or foot."""

SAME_HEIGHT = 4
"""Points between two heights on a page that count as one."""

HEADING_FACTOR = 1.15
"""Size of type of a heading, in that of the text."""

OTHER_SIZE = 0.1
"""Share by which sizes of type differ that part paragraphs."""

GAP_FACTOR = 1.25
"""Leading between two paragraphs, in that of the text."""

INDENT = 0.7
"""Indent of a paragraph, in sizes of type."""

LEADING = 1.2
"""Leading, in sizes of type, of pages whose lines do not tell it."""

MIN_USUAL_SHARE = 0.15
"""Share of the lines with a leading that is usual."""

FULL_RANK = 0.9
"""Rank of a full line among all by length, from 0, the shortest, to 1."""

SHORT_SHARE = 0.7
"""Share of the length of a full line below which a line ends a paragraph."""

_DIGITS = re.compile(r"\d+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_COMPOUND = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[-\u2010]$)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(rf"[:{STOPS}]{AFTER_STOP}$")
_OPENS = re.compile(rf"[{OPENING}(\[]*(?:[^\W\d_]|[-–—]\s)")


@dataclass(slots=True)
class Line:
    """A line of a page: its beginning (``y`` grows upwards), its size of type, and its marks."""

    text: str = ""
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: list[Span] = field(default_factory=list)
    italic: list[Span] = field(default_factory=list)

    def is_bold(self) -> bool:
        """Return whether every letter is bold."""
        inked = sum(end - start for start, end in self.bold)
        return bool(self.text) and inked >= 0.9 * len(self.text.replace(" ", ""))


Page = Sequence[Line]


def without_running_lines(pages: Sequence[Page]) -> tuple[list[list[Line]], list[Dropped]]:
    """Return the pages without the lines that are at one height at the edge of several of them.

    Numbers in such lines may differ from page to page.
    """
    seen = Counter(
        key
        for page in pages
        for key in {_as_running(line) for line in (*page[:MAX_RUNNING], *page[-MAX_RUNNING:])}
    )
    enough = max(2, len(pages) // 3)

    def runs(line: Line) -> bool:
        return seen[_as_running(line)] >= enough

    kept: list[list[Line]] = []
    dropped: list[Dropped] = []
    for page in pages:
        first = _outer(page, runs)
        last = len(page) - _outer(page[first:][::-1], runs)
        kept.append(list(page[first:last]))
        outside = (*page[:first], *page[last:])
        dropped.extend(Dropped(line.text, RUNNING) for line in outside)
    return kept, dropped


def _as_running(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.casefold()), round(line.y / SAME_HEIGHT)


def _outer(page: Page, runs: Callable[[Line], bool]) -> int:
    """Count the running lines from the edge of a page."""
    outer = range(min(MAX_RUNNING, len(page)))
    return next((n for n in outer if not runs(page[n])), len(outer))


def paragraphs(pages: Sequence[Page]) -> list[tuple[Paragraph, float]]:
    """Return the paragraphs of a document in order, each with its size of type."""
    every = [line for page in pages for line in page]
    if not every:
        return []
    layout = _Layout(pages)
    compounds = {word.casefold() for line in every for word in _COMPOUND.findall(line.text)}
    groups: list[list[Line]] = []
    for page in pages:
        before = None
        for line in page:
            last = groups[-1][-1] if groups else None
            if last is None or layout.parts(last, line, same_page=last is before):
                groups.append([])
            groups[-1].append(line)
            before = line
    return [(_joined(group, layout, compounds), group[0].size) for group in groups]


class _Layout:
    """The usual size of type, leading and length of a full line on some pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        every = [line for page in pages for line in page]
        sizes: Counter[float] = Counter()
        for line in every:
            sizes[line.size] += len(line.text)
        self.size = max(sizes, key=lambda size: sizes[size])
        drops = Counter(
            round(_drop(above, below), 1) for page in pages for above, below in pairwise(page)
        )
        usual = [
            drop
            for drop, times in drops.items()
            if drop > 0 and times >= MIN_USUAL_SHARE * len(every)
        ]
        self._leading = min(usual, default=LEADING)
        self._full = sorted(len(line.text) for line in every)[int(FULL_RANK * (len(every) - 1))]

    def parts(self, above: Line, below: Line, same_page: bool) -> bool:
        """Return whether a paragraph ends between two lines that follow one another."""
        if _BROKEN.search(above.text) and below.text[:1].islower():
            return False
        drop = _drop(above, below)
        if abs(above.size - below.size) > OTHER_SIZE * above.size:
            return True
        if same_page and drop > GAP_FACTOR * self._leading:
            return True
        could_end = bool(_ENDS.search(above.text)) and bool(_OPENS.match(below.text))
        if not same_page or drop < 0:  # the next page or column
            return could_end or above.is_bold() != below.is_bold()
        if above.is_bold() and not below.bold:
            return True
        is_led = _begins_bold(below) and not _ends_bold(above)
        is_indented = below.x - above.x > INDENT * below.size
        is_short = len(above.text) < SHORT_SHARE * self._full
        return could_end and (is_led or is_indented or is_short)


def _drop(above: Line, below: Line) -> float:
    """Measure the way down to the next line, in sizes of type.

    It is negative if that is on the next page or in the next column.
    """
    return (above.y - below.y) / (above.size or 1)


def _begins_bold(line: Line) -> bool:
    return bool(line.bold) and line.bold[0][0] == 0


def _ends_bold(line: Line) -> bool:
    return bool(line.bold) and line.bold[-1][1] >= len(line.text)


def _joined(lines: Sequence[Line], layout: _Layout, compounds: Set[str]) -> Paragraph:
    pieces: list[str] = []
    start = 0
    bold: list[Span] = []
    italic: list[Span] = []
    for line, following in pairwise([*lines, Line()]):
        piece = _ready(line.text, following.text, compounds)
        for spans, more in ((bold, line.bold), (italic, line.italic)):
            for begins, ends in more:
                if begins == 0 and spans and spans[-1][1] >= start - 1:
                    begins = spans.pop()[0] - start
                spans.append((start + begins, start + min(ends, len(piece))))
        pieces.append(piece)
        start += len(piece)
    is_heading = lines[0].size > HEADING_FACTOR * layout.size
    kind: ParagraphKind = "heading" if is_heading else "paragraph"
    return Paragraph("".join(pieces), kind, tuple(bold), tuple(italic))


def _ready(text: str, following: str, compounds: Set[str]) -> str:
    """Return a line with the space to the next one, or without the hyphen that broke a word."""
    if not following:
        return text
    if not _BROKEN.search(text) or not following[0].isalpha():
        return f"{text} "
    first, last = _FIRST_WORD.match(following), _LAST_WORD.search(text)
    whole = f"{last[0]}-{first[0]}".casefold() if first and last else ""
    return text if following[0].isupper() or whole in compounds else text[:-1]
