"""Markdown with YAML front matter.

Only the marks that tell who speaks are read: bold, italics, headings, quotes. Links and pictures
leave their text, everything else stays as it is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

import frontmatter
import yaml

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import clean, decode
from indexer.ingest.lines.dates import Dating
from indexer.ingest.lines.stated_dates import stated_date
from indexer.records import Article, Paragraph, ParagraphKind, Span
from indexer.text.web_addresses import is_web_address

_TITLE_KEYS = ("title", "headline")
_OUTLET_KEYS = ("outlet", "publisher", "publication", "site", "source")
_BYLINE_KEYS = ("byline", "author", "authors")
_SECTION_KEYS = ("section", "category", "categories", "type", "tags")
_LANGUAGE_KEYS = ("language", "lang")
_URL_KEYS = ("url", "source_url", "link", "canonical_url", "source")
_DATE_KEYS = ("published_time", "published", "date_published", "datePublished", "pubdate", "date")

_KINDS: tuple[tuple[re.Pattern[str], ParagraphKind], ...] = (
    (re.compile(r"#{1,6}\s+(?=\S)"), "heading"),
    (re.compile(r">\s?"), "quote"),
)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_BETWEEN = re.compile(r"\n[^\S\n]*\n")
_ITEM = re.compile(r"[^\S\n]{0,3}(?:[-–—]|\d{1,3}[.)])\s")
_BETWEEN_ITEMS = re.compile(rf"\n(?={_ITEM.pattern})")
"""Before the next item of a list, which is how dashes of a dialogue look too. In a paragraph that
is no list, a line may begin with a dash because it was wrapped there."""
_NEW_LINE = ("**", "__")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_ADDRESS = r"\([^()]{0,1000}(?:\([^()]{0,200}\)[^()]{0,500})?\)"
_PICTURE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_ADDRESS}")
_LINK = re.compile(rf"\[([^\[\]]{{1,1000}})\]{_ADDRESS}")
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<bold>\*\*|__)|(?P<italic>\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"
)
_SIGNS = "*_\\"
"""Every mark begins with one of these."""

_RULE = re.compile(r"(?:\s*(?:[-*_#]|\\#)){3,}\s*")
_SETEXT = re.compile(r"\n(?:=+|-{3,})\Z")


def read(data: bytes, article_id: str) -> tuple[Article]:
    """Read the article of a Markdown file.

    Raises `UnreadableArticle` if the front matter is not YAML or states a date that does not exist,
    or if there is no text after it.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    meta, body = _front_matter(text)
    paragraphs = list(_paragraphs(body))
    title = _first_text(meta, _TITLE_KEYS)
    if title is None and paragraphs:
        title = paragraphs.pop(0).text
    if not paragraphs:
        raise UnreadableArticle("the file has no text")
    dating = _dating(meta)
    article = Article(
        id=article_id,
        title=title or PurePosixPath(article_id).name,
        paragraphs=tuple(paragraphs),
        published=dating.published if dating else None,
        date_precision=dating.precision if dating else None,
        date_evidence=dating.evidence if dating else None,
        byline=_first_text(meta, _BYLINE_KEYS),
        sections=tuple(name for names in _texts(meta, _SECTION_KEYS) for name in names.split(", ")),
        outlet=next((o for o in _texts(meta, _OUTLET_KEYS) if not is_web_address(o)), None),
        url=next((url for url in _texts(meta, _URL_KEYS) if is_web_address(url)), None),
        language=_first_text(meta, _LANGUAGE_KEYS),
    )
    return (article,)


# --- Front matter --------------------------------------------------------------------------------


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    try:
        meta, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableArticle(
            f"the front matter cannot be read: {reason}"
            " (a value with a colon in it needs quotation marks)"
        ) from error
    return meta, body


def _dating(meta: dict[str, object]) -> Dating | None:
    for key in _DATE_KEYS:
        value = meta.get(key)
        try:
            dating = stated_date(value, f"front matter {key}: {value}")
        except ValueError as error:
            raise UnreadableArticle(f"the front matter's {key}: {error}") from error
        if dating is not None:
            return dating
    return None


def _first_text(meta: dict[str, object], keys: tuple[str, ...]) -> str | None:
    return next(_texts(meta, keys), None)


def _texts(meta: dict[str, object], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value = meta.get(key)
        values = value if isinstance(value, list) else [value]
        text = ", ".join(clean(str(v)) for v in values if isinstance(v, str | int | float))
        if text:
            yield text.replace("\n", " ")


# --- Body ----------------------------------------------------------------------------------------


def _paragraphs(body: str) -> Iterator[Paragraph]:
    body = _BREAK.sub("  \n", _COMMENT.sub("", body))
    body = _LINK.sub(r"\1", _PICTURE.sub("", _TAG.sub("", body)))
    for part in _parts(body):
        part = part.strip("\n")
        if not part.strip() or _RULE.fullmatch(part):
            continue
        kind, part = _kind(part)
        text, bold, italic = _marks(_joined(part))
        if text:
            yield Paragraph(text, kind, tuple(bold), tuple(italic))


def _parts(body: str) -> Iterator[str]:
    for part in _BETWEEN.split(body):
        yield from _BETWEEN_ITEMS.split(part) if _ITEM.match(part) else [part]


def _kind(part: str) -> tuple[ParagraphKind, str]:
    stripped = part.strip()
    for pattern, kind in _KINDS:
        if pattern.match(stripped):
            return kind, "\n".join(
                pattern.sub("", line.strip(), count=1) for line in part.split("\n")
            )
    if _SETEXT.search(stripped):
        return "heading", _SETEXT.sub("", stripped)
    return "paragraph", part


def _joined(part: str) -> str:
    """Join the lines of a block, except at meant breaks: two spaces or ``\\`` at the end."""
    lines = part.split("\n")
    text = ""
    for line, following in pairwise([*lines, ""]):
        meant = line.endswith(("  ", "\\")) or following.lstrip().startswith(_NEW_LINE)
        text += line.rstrip("\\ \t").strip() + ("\n" if meant else " ")
    return clean(html.unescape(text))


def _marks(text: str) -> tuple[str, list[Span], list[Span]]:
    """Return a text without its marks of emphasis and escapes, and the spans of bold and italics.

    A mark that is never closed is text.
    """
    if not any(sign in text for sign in _SIGNS):
        return text.strip(), [], []
    pieces: list[str] = []
    length, position = 0, 0
    opened: dict[str, tuple[int, int]] = {}
    spans: dict[str, list[Span]] = {"bold": [], "italic": []}
    for mark in _MARK.finditer(text):
        pieces.append(text[position : mark.start()])
        length += len(pieces[-1])
        position = mark.end()
        name = str(mark.lastgroup)
        if name == "escaped":
            pieces.append(mark["escaped"])
            length += 1
        elif name in opened:
            start, _ = opened.pop(name)
            spans[name].append((start, length))
        else:
            opened[name] = (length, len(pieces))
            pieces.append("")
    pieces.append(text[position:])
    return _with_unclosed(pieces, opened, spans)


def _with_unclosed(
    pieces: list[str], opened: dict[str, tuple[int, int]], spans: dict[str, list[Span]]
) -> tuple[str, list[Span], list[Span]]:
    for name, (start, place) in sorted(opened.items(), key=lambda item: -item[1][0]):
        mark = "**" if name == "bold" else "*"
        pieces[place] = mark
        for key, marked in spans.items():
            spans[key] = [
                (a + len(mark) * (a >= start), b + len(mark) * (b > start)) for a, b in marked
            ]
    text = "".join(pieces)
    cut = len(text) - len(text.lstrip())
    inside = {
        key: [(max(0, a - cut), b - cut) for a, b in marked if b - cut > max(0, a - cut)]
        for key, marked in spans.items()
    }
    return text.strip(), inside["bold"], inside["italic"]
