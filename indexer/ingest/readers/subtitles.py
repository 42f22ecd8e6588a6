"""Subtitles (WebVTT, https://www.w3.org/TR/webvtt1/, and SubRip), by webvtt-py.

Cues are joined to paragraphs that keep their voice and their time. A voice is a ``<v Name>``; a
``Name:`` at the beginning of a line stays in the text, for the dialogue to judge.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

import webvtt
from webvtt.errors import MalformedFileError

from indexer.errors import UnreadableArticle
from indexer.ingest.dialogue.speaker_marks import by_label
from indexer.ingest.encoding import clean, decode, visible
from indexer.records import Article, Dropped, Paragraph
from indexer.text.lengths import word_count
from indexer.text.marks import OPENING
from indexer.text.sentences import ends_with_stop, sentences

PARAGRAPH_WORDS = 60
"""A paragraph ends with the sentence that makes it so long."""

MAX_SENTENCE_WORDS = 120
"""A longer sentence may be cut between lines: machines often write no full stops."""

MIN_ROLLED_CUES = 3
MIN_ROLLED_SHARE = 0.5
"""Captions roll up if this number and share of cues begin with the end of the cue before."""

MAX_ROLL_GAP_SECONDS = 1
"""Time between two cues of captions that roll up."""

_CHARACTER_BYTES = 4
"""Most bytes of a character in UTF-8 and UTF-16."""

_HEADER = "WEBVTT"
_TITLE = re.compile(r"\s*[-–—]\s*(?P<title>.*\w.*)")
_LANGUAGE = re.compile(r"language\s*:\s*(?P<code>[a-z]{2,3}(?:-\w+)*)", re.I)
_COMMA_IN_TIME = re.compile(r"(?<=:\d\d),(?=\d)")

_VOICE = re.compile(r"<(?:v(?:\.[^\s<>]*)?\s++(?P<name>[^<>]+)|/v)>", re.I)
_TAG = re.compile(r"<[^<>]*>|<(?:[/\w][^<>]{0,100})?$|\{\\[^{}]*\}")
"""A tag, be it cut off, or a style in braces (``{\\an8}``) as some programs write it."""

_ANOTHER = re.compile(rf"(?:>>+|[-–]\s?(?=[^\W\d_]|[{OPENING}(\[]))\s*")
"""The mark of another voice: ``>> Thank you.``, ``- Who paid?``."""

_NUMBERED = r"(?:speaker|spk|voice|person|unknown)(?:[ _-]?\d+| [a-z])?"
_NUMBERED_VOICE = re.compile(_NUMBERED, re.I)
_NUMBERED_LABEL = re.compile(rf"{_NUMBERED}\s*:\s+", re.I)
"""A voice that a machine told from others and could not name: ``Speaker 2``."""

_SOUND = re.compile(r"(?:[(\[][^()\[\]]*[)\]]|[♪♫♬#\s])+")
"""A line about a sound: ``[applause]``."""


class _Line(NamedTuple):
    """A line of a cue, the second at which the cue begins, and the name in its voice tag."""

    second: int
    text: str
    voice: str | None = None


class _Cue(NamedTuple):
    """A cue with its first and last second."""

    start: int
    end: int
    lines: tuple[_Line, ...]

    def words(self) -> list[str]:
        """Return the words of all lines."""
        return [word for line in self.lines for word in line.text.split()]


@dataclass(slots=True)
class _Run:
    """Lines of one voice in a row; the voice is as in `Paragraph`."""

    voice: str | None
    lines: list[_Line] = field(default_factory=list)

    def goes_on_with(self, text: str) -> bool:
        """Return whether a text continues the last sentence."""
        ended = not self.lines or ends_with_stop(self.lines[-1].text)
        return not ended and text[:1].islower()


def read(data: bytes, article_id: str) -> tuple[Article]:
    """Read the article of a file of subtitles, which may be cut off.

    Raises `UnreadableArticle` if there are no cues, or no words in them.
    """
    file = _parsed(_decoded(data))
    captions = sorted(file.captions, key=lambda caption: caption.start_time)
    cues = dict.fromkeys(map(_cue, captions))  # the same words at the same time stand once
    lines = [line for cue in _unrolled(list(cues)) for line in cue.lines]
    runs = _runs([line for line in lines if not _is_sound(line)])
    paragraphs = tuple(part for run in runs for part in _paragraphs(run.lines, run.voice))
    if not paragraphs:
        raise UnreadableArticle("the subtitles have no words")
    title = _TITLE.fullmatch(file.header_text)
    languages = filter(None, map(_LANGUAGE.match, file.metadata))
    article = Article(
        id=article_id,
        title=_plain(title["title"]) if title else article_id.rpartition("/")[2],
        paragraphs=paragraphs,
        language=next((stated["code"] for stated in languages), None),
        dropped=tuple(Dropped(line.text, "sound") for line in lines if _is_sound(line)),
    )
    return (article,)


def _decoded(data: bytes) -> str:
    """Decode a file, without a character that is cut off at its end."""
    for cut in range(_CHARACTER_BYTES):
        with suppress(UnreadableArticle):
            return visible(decode(data[: len(data) - cut])).lstrip()
    return decode(data)  # raises the reason


def _parsed(text: str) -> webvtt.WebVTT:
    if "-->" not in text:
        raise UnreadableArticle("it has no cues of WebVTT or SubRip")
    if text.startswith(_HEADER):
        return webvtt.from_string(text)
    # SubRip; or the beginning of the file, or the number of a cue, is missing.
    readings = [webvtt.from_string(f"{_HEADER}\n\n{_COMMA_IN_TIME.sub('.', text)}")]
    with suppress(MalformedFileError):
        readings.insert(0, webvtt.from_buffer(StringIO(text), format="srt"))
    return max(readings, key=len)


# --- Cues to lines -------------------------------------------------------------------------------


def _cue(caption: webvtt.Caption) -> _Cue:
    second, raw = caption.start_in_seconds, caption.raw_text
    lines: list[_Line] = []
    position, voice = 0, None
    for tag in [*_VOICE.finditer(raw), None]:
        end = len(raw) if tag is None else tag.start()
        texts = map(_plain, raw[position:end].split("\n"))
        lines += [_Line(second, text, voice) for text in texts if text]
        if tag is not None:
            position = tag.end()
            voice = _plain(tag["name"]) if tag["name"] else None
    return _Cue(second, caption.end_in_seconds, tuple(lines))


def _plain(markup: str) -> str:
    return clean(html.unescape(_TAG.sub("", markup))).replace("\n", " ")


def _is_sound(line: _Line) -> bool:
    return _SOUND.fullmatch(line.text) is not None


def _unrolled(cues: Sequence[_Cue]) -> list[_Cue]:
    """Leave out the words that cues repeat from the cue before, if the captions roll up."""
    repeated = [0, *(_repeated_words(one, other) for one, other in pairwise(cues))]
    rolled = sum(words > 0 for words in repeated)
    if rolled < max(MIN_ROLLED_CUES, MIN_ROLLED_SHARE * (len(cues) - 1)):
        return list(cues)
    return [_without_first(cue, words) for cue, words in zip(cues, repeated, strict=False)]


def _repeated_words(before: _Cue, cue: _Cue) -> int:
    """Count the words at the end of one cue with which the next one begins."""
    if cue.start > before.end + MAX_ROLL_GAP_SECONDS:
        return 0
    last, first = before.words(), cue.words()
    sizes = range(min(len(last), len(first)), 0, -1)
    return next((size for size in sizes if last[-size:] == first[:size]), 0)


def _without_first(cue: _Cue, words: int) -> _Cue:
    """Return a cue without its first words."""
    lines: list[_Line] = []
    for line in cue.lines:
        rest = line.text.split()[words:]
        words = max(0, words - len(line.text.split()))
        if rest:
            lines.append(line._replace(text=" ".join(rest)))
    return cue._replace(lines=tuple(lines))


# --- Lines to paragraphs -------------------------------------------------------------------------


def _runs(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Group lines by voice: that of their tag or mark, else that of the line before.

    A label begins a run of its own. Where voices have tags, a line without one is of an unnamed
    voice, unless it continues a sentence.
    """
    are_tagged = any(line.voice is not None for line in lines)
    run = _Run(None)
    for line in lines:
        voice, text = _stated_voice(line)
        is_labelled = voice is None and _is_labelled(text)
        if are_tagged and voice is None and not is_labelled and not run.goes_on_with(text):
            voice = ""
        if is_labelled or voice not in (None, run.voice):
            yield run
            run = _Run(voice)
        run.lines.append(line._replace(text=text))
    yield run


def _stated_voice(line: _Line) -> tuple[str | None, str]:
    """Return the voice that a line states, as in `Paragraph`, and its words."""
    text = _ANOTHER.sub("", line.text, count=1) if _ANOTHER.match(line.text) else line.text
    if line.voice is not None:
        return "" if _NUMBERED_VOICE.fullmatch(line.voice) else line.voice, text
    if numbered := _NUMBERED_LABEL.match(text):
        return "", text[numbered.end() :]
    is_another = text != line.text and not _is_labelled(text)
    return "" if is_another else None, text


def _is_labelled(text: str) -> bool:
    return bool(text) and by_label(Paragraph(text)) is not None


def _paragraphs(lines: Iterable[_Line], voice: str | None) -> Iterator[Paragraph]:
    """Join the lines of a voice to paragraphs; each begins at the second of its first line."""
    text, starts = "", []
    for line in filter(lambda line: line.text, lines):
        starts.append((len(text), line.second))
        text += f"{line.text} "
    begin = 0
    for end in _ends(text, [at for at, _ in starts]):
        if end == len(text) or word_count(text[begin:end]) >= PARAGRAPH_WORDS:
            second = next(second for at, second in reversed(starts) if at <= begin)
            yield Paragraph(text[begin:end].strip(), speaker=voice, time=second)
            begin = end


def _ends(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the ends of sentences; inside one that is far too long, also the starts of lines."""
    for begin, end in sentences(text):
        if word_count(text[begin:end]) > MAX_SENTENCE_WORDS:
            yield from (start for start in starts if begin < start < end)
        yield end
