"""The ways in which outlets mark speakers, read off one paragraph.

Each is a row of `WAYS` with an example; `turns` decides whether an article really uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.people.names import (
    NOT_A_SPEAKER,
    PARTICLES,
    could_be_name,
    in_ordinary_case,
    is_office,
)
from indexer.people.telling import VERBS_OF_SAYING
from indexer.records import Paragraph, Role, Span
from indexer.text.marks import DOUBLE, OPENING, OPENING_DOUBLE
from indexer.text.sentences import STOPS, ends_with_question


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of one paragraph.

    ``way`` is the name of its row, ``start`` the beginning of the words after it. An empty
    ``label`` names nobody and ends the turn before it; its ``unread`` characters stay in the text.
    """

    way: str
    start: int = 0
    label: str | None = None
    role: Role | None = None
    office: str | None = None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way of marking speakers: its reader for a paragraph, and a paragraph that is marked so.

    ``is_structure`` tells that elements of the page mark it: what is outside is no answer.
    ``is_emphasis`` tells that it sets questions off from answers in another print. After a question
    in a way that ``is_plainly_answered`` the answer needs no mark.
    """

    name: str
    read: Callable[[Paragraph], Mark | None]
    example: Paragraph
    is_structure: bool = False
    is_emphasis: bool = False
    is_plainly_answered: bool = False


GENERIC_QUESTION = re.compile(
    r"(?:q|в|հ|question|questions|reporter|journalist|interviewer|correspondent|вопрос|журналист|корреспондент"
    r"|корр|հարց|լրագրող|frage|pregunta|记者|記者|问|問|主持人|采访者|採訪者|質問|聞き手|司会|기자|질문|사회자)(?:\s*\(.{1,40}\)|\s(?:from|by|to)\s.{1,60})?",
    re.I,
)

GENERIC_ANSWER = re.compile(
    r"(?:a|о|պ|answer|reply|response|ответ|պատասխան|antwort|respuesta|答|回答|答え|답|답변)", re.I
)

NOBODY = re.compile(
    r"(?:remark|comment|voice|reply|response|shout|announcer|реплика)s?(?:\s.{1,40})?"
    r"|голос(?:а|и)?(?:\s.{1,40})?|(?:unidentified|unknown)\s.{1,40}"
    r"|(?:an? |some |several )?hon(?:\.|ourable) members?|an? member of .{1,40}"
    r"|(?:из|із|з) зал[аиу]|шум.{0,40}"
    r"|(?:une?|des|plusieurs) (?:députée?s?|sénateurs?|voix)(?:\s.{1,40})?|vozes(?:\s.{1,40})?"
    r"|(?:una |várias |varias )?(?:voz|voces|voci)(?:\s.{1,40})?|zwischenrufe?(?:\s.{1,40})?"
    r"|gł?os(?:y)? z sali|sesler|(?:ein|mehrere) abgeordnete[rn]?(?:\s.{1,40})?",
    re.I,
)
"""Labels of words without a named speaker."""

MAX_PLAIN_LABEL = 90
"""Characters of a label that is neither bold nor in capitals."""

MAX_LABEL_WORDS = 12
MAX_SET_OFF_WORDS = 30
"""Words of a label, and of one in bold or in capitals, which may begin with a long office."""

MAX_NAME_WORDS = 5
"""Words of a name on a line of its own."""

MIN_EMPHASIS = 8
"""Characters of a remark in bold or italics that takes the place of a question: "And?" asks."""

_LABEL = re.compile(
    rf"(?P<mark>[\"“])?(?P<label>[^\W\d_][^:\n?!{DOUBLE}]{{0,180}}?)\s*:(?=\s|[{OPENING_DOUBLE}\"(]|$|[^\W\d_])"
)

SAYS = re.compile(rf"\s{VERBS_OF_SAYING}$")
"""The end of a clause that introduces a quotation, and is no label."""

_LETTER = re.compile(rf"(?:Q|(?P<stop>[QA])\.)\s+(?=[\[({OPENING}—–\-A-Z0-9$])")

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "at", "to", "in", "on", *PARTICLES.split("|")))
_DASH = re.compile(r"[-‐‑–—―]\s+(?=\S)")

_QUESTION_CLASS = re.compile(
    r"(?:^|[-_])(?:interview[-_]?)?(?:frage|question|pregunta|pergunta|domanda|vraag|fråga|fraga"
    r"|spørsmål|sporsmal|spørgsmål|pytanie|otázka|otazka|vopros|pytannia|q)(?:$|[-_])"
)

_ANSWER_CLASS = re.compile(
    r"(?:^|[-_])(?:interview[-_]?)?(?:antwort|answer|respuesta|resposta|risposta|réponse|reponse"
    r"|antwoord|svar|odpowied[zź]|odpověď|odpoved|otvet|vidpovid|a)(?:$|[-_])"
)
"""Classes of paragraphs, in the languages of whoever made the page."""

CLOSES = re.compile(
    r"(?:END|\(END\)|# # #|[*#\s]{3,}|(?:END\s+)?\d{1,2}:\d\d\s*[AP]\.?M\.?(?:\s+[A-Z]{2,4})?)\.?",
    re.I,
)
"""Lines that end a transcript or a part of it: the text after them is nobody's up to a mark."""


def _by_voice(paragraph: Paragraph) -> Mark | None:
    """Read the voice that the format itself states."""
    voice = paragraph.speaker
    if voice is None:
        return None
    return Mark(
        "voice", label=voice, role="question" if GENERIC_QUESTION.fullmatch(voice) else None
    )


def _by_class(paragraph: Paragraph) -> Mark | None:
    role = _role_of_classes(paragraph.classes)
    return Mark("class", role=role) if role else None


@lru_cache(maxsize=1 << 8)
def _role_of_classes(classes: frozenset[str]) -> Role | None:
    names = [name for name in classes if len(name) > 2]
    if any(map(_QUESTION_CLASS.search, names)):
        return "question"
    return "answer" if any(map(_ANSWER_CLASS.search, names)) else None


def _by_list(paragraph: Paragraph) -> Mark | None:
    if "dt" in paragraph.classes:
        return Mark("definition list", role="question")
    return Mark("definition list", role="answer") if "dd" in paragraph.classes else None


def by_letter(paragraph: Paragraph) -> Mark | None:
    """Read a lone ``Q`` before the words; with a full stop, ``Q.`` or ``A.``."""
    letter = _LETTER.match(paragraph.text)
    if letter is None:
        return None
    is_answer = letter["stop"] == "A"
    return Mark(
        "letter", letter.end(), "A" if is_answer else "Q", "answer" if is_answer else "question"
    )


def by_label(paragraph: Paragraph) -> Mark | None:
    """Read a name, an office or a word such as ``Question``, with a colon."""
    text = paragraph.text
    match = _LABEL.match(text)
    if match is None:
        return _name_alone(paragraph)
    label = match["label"].strip()
    start = len(text) - len(text[match.end() :].lstrip())
    if GENERIC_QUESTION.fullmatch(label):
        return Mark("label", start, label, "question")
    if GENERIC_ANSWER.fullmatch(label):
        return Mark("label", start, label, "answer")
    if match["mark"] and not label.isupper():
        return None
    set_off = label.isupper() or covers(moved(paragraph.bold, 0, match.end()), label)
    if not set_off and (start == match.end() < len(text) or len(label) > MAX_PLAIN_LABEL):
        return None
    return Mark("label", start, label) if _names_somebody(label, set_off) else None


def _name_alone(paragraph: Paragraph) -> Mark | None:
    """Read a bold line of a few words without a colon: the name of a speaker, or a heading."""
    text = paragraph.text
    if (
        len(text.split()) > MAX_NAME_WORDS
        or text[-1] in f"{STOPS};,՞"
        or not covers(paragraph.bold, text)
    ):
        return None
    is_named = text[0].isupper() and not NOT_A_SPEAKER.fullmatch(text)
    return Mark("label", len(text), text) if is_named else None


def _names_somebody(label: str, set_off: bool) -> bool:
    """Return whether a label is a name, an office, initials or an outlet.

    It is capitalised, and none of the words that are before a colon in every newspaper. One in bold
    or in capitals may begin with a long office, also in small letters.
    """
    longest = MAX_SET_OFF_WORDS if set_off else MAX_LABEL_WORDS
    if NOT_A_SPEAKER.fullmatch(label) or len(label.split()) > longest or SAYS.search(label):
        return False
    words = re.findall(r"[^\W\d_][\w.’'&-]*", _BRACKETS.sub("", label))
    if set_off and len(words) > 2 and could_be_name(in_ordinary_case(" ".join(words[-2:]))):
        return label[0].isupper()
    if len(words) > 1 and all(len(word.strip(".")) == 1 for word in words):
        return False  # "N. N."
    if "," in label:
        name, _, office = label.partition(",")
        return could_be_name(name) and any(is_office(word) for word in office.split()[:5])
    if set_off and len(words) <= 4:
        return label[0].isupper()
    return bool(words) and all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in words)


def by_dash(paragraph: Paragraph) -> Mark | None:
    """Read a dash before the words; the dialogue tells the speaker."""
    dash = _DASH.match(paragraph.text)
    return Mark("dash", dash.end()) if dash else None


def _by_bold(paragraph: Paragraph) -> Mark | None:
    return _by_emphasis("bold", paragraph, paragraph.bold)


def _by_italic(paragraph: Paragraph) -> Mark | None:
    return _by_emphasis("italic", paragraph, paragraph.italic)


def _by_emphasis(way: str, paragraph: Paragraph, spans: Sequence[Span]) -> Mark | None:
    if not covers(spans, paragraph.text):
        return None
    if len(paragraph.text) < MIN_EMPHASIS and not _asks(paragraph.text):
        return None
    dash = _DASH.match(paragraph.text)
    return Mark(way, dash.end() if dash else 0, role="question")


def _asks(text: str) -> bool:
    return ends_with_question(text) and any(map(str.isalpha, text))


def _by_heading(paragraph: Paragraph) -> Mark | None:
    return Mark("heading", role="question") if paragraph.kind == "heading" else None


def covers(spans: Sequence[Span], text: str) -> bool:
    """Return whether marks cover a text, except the punctuation around it."""
    marked = sum(end - start for start, end in spans)
    return marked >= 0.95 * len(text.replace("\n", " ").strip(" :.-–—"))


def moved(spans: Sequence[Span], shift: int, length: int) -> tuple[Span, ...]:
    """Return spans relative to a part of the text of some length that begins at ``shift``."""
    moved = ((max(0, a - shift), min(length, b - shift)) for a, b in spans)
    return tuple((a, b) for a, b in moved if a < b)


WAYS = (
    Way("voice", _by_voice, Paragraph("Because tomorrow is late.", speaker="Nara Velidze")),
    Way(
        "class",
        _by_class,
        Paragraph("Why now?", classes=frozenset({"interview_frage"})),
        is_structure=True,
        is_plainly_answered=True,
    ),
    Way(
        "definition list",
        _by_list,
        Paragraph("Why now?", classes=frozenset({"dt"})),
        is_structure=True,
        is_plainly_answered=True,
    ),
    Way("letter", by_letter, Paragraph("Q Thank you, Minister. Why now?")),
    Way("label", by_label, Paragraph("MS. VELIDZE: Because tomorrow is late.")),
    Way(
        "bold",
        _by_bold,
        Paragraph("Why did you sign now?", bold=((0, 21),)),
        is_emphasis=True,
        is_plainly_answered=True,
    ),
    Way(
        "heading",
        _by_heading,
        Paragraph("Why did you sign now?", "heading"),
        is_emphasis=True,
        is_plainly_answered=True,
    ),
    Way(
        "italic",
        _by_italic,
        Paragraph("Why did you sign now?", italic=((0, 21),)),
        is_emphasis=True,
        is_plainly_answered=True,
    ),
    Way("dash", by_dash, Paragraph("— Because tomorrow is late.")),
)
"""Every way, the surest first."""

EMPHASIS = tuple(way.name for way in WAYS if way.is_emphasis)
STRUCTURES = frozenset(way.name for way in WAYS if way.is_structure)
PLAINLY_ANSWERED = frozenset(way.name for way in WAYS if way.is_plainly_answered)
