"""The person behind a label that is only an office ("The Speaker:", "PRESIDENTE.").

A record says who presides: in a line of its own ("IN THE CHAIR: Jon Berg"), or in the label that is
printed first ("The Speaker (Jon Berg):"). Where it is exactly one person, the office is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.dialogue.label_parts import LabelParts, is_chair, label_parts, person_name
from indexer.ingest.dialogue.label_shape import surname
from indexer.ingest.dialogue.label_words import SMALL, bare, is_title
from indexer.ingest.dialogue.speaker_marks import Mark
from indexer.records import Paragraph

MAX_LINE = 250
"""Characters of a paragraph that says who presides."""

MAX_NAME_WORDS = 5

OPENING = 8
"""Paragraphs in which a list of those present is."""

_INITIALS_AT_END = re.compile(r"\s(?:[^\W\d_]\.\s?){1,3}$")
_TAIL = re.compile(
    r"(?:[^\W\d_]\.\s?){1,3}[^\W\d_][\w’'-]+$"
    r"|(?<!\S)[^\W\d_a-zа-яёіїєґçğıöşü]{3,}(?:-[^\W\d_]+)?\s(?:[^\W\d_]\.\s?){1,3}$"
    r"|(?<!\S)[^\W\d_][\w’'-]*[a-zçğıöşü]\s[^\W\d_a-zа-яёіїєґçğıöşü]{3,}$"
)
"""A name at the end of a line: initials before or after a surname, or a surname in capitals."""

_TIME = re.compile(r"[\[(][\d:.\s]+[\])]")
_CLERKS = frozenset(("clerk", "officer", "convener"))
"""Offices that name nobody alone, and do not preside."""

_WHO = r"(?P<who>[^,;:()\[\]\n]{3,90}?)"
_END = r"(?=\s*(?:[,;()\[\]\n]|\.?$|(?<!\s[^\W\d_])\.\s+[^\W\d_]{2}))"


@dataclass(frozen=True, slots=True)
class Presiding:
    """A form of words that says who presides, with an example that it takes and one it spares."""

    pattern: re.Pattern[str]
    takes: str
    spares: str


def _row(pattern: str, takes: str, spares: str) -> Presiding:
    return Presiding(re.compile(pattern), takes, spares)


PRESIDING = (
    _row(
        r"^\[?(?:The )?(?:[A-Z]\w+ ){0,2}(?:Speaker|President|Chair\w*),"
        rf" {_WHO},? in the [Cc]hair\b",
        "[The Speaker, the Honourable Ada Lind, in the chair.]",
        "The Speaker, as ever, in the chair.",
    ),
    _row(
        rf"\[?{_WHO} (?:was |is )?in the [Cc]hair\b",
        "[Dame Ada Lind in the Chair]",
        "They sat in the chair.",
    ),
    _row(
        rf"^{_WHO},? (?:took|takes|resumed|assumed) the [Cc]hair\b",
        "Mr. Jon Berg took the Chair at three o’clock.",
        "Nobody took the chair.",
    ),
    _row(
        rf"^\(?(?i:in the chair|presiding|president|speaker|chair(?:man|woman|person)?|acting chair"
        rf"|voorzitter|vorsitz|vorsitzender?|presidente?|présidente?|başkan|elnök|puhemies|talman"
        rf"|møteleder|ordförande|formand|przewodniczący|předsedající|presidenza|presidencia"
        rf"|председательствующий|головуючий|προεδρεύων|προεδρεύουσα)\s?:\s+{_WHO}{_END}",
        "IN THE CHAIR: Ada Lind, Vice-President",
        "Voorzitter: wij wachten op het tij.",
    ),
    _row(
        rf"^Present:.{{0,40}}?\b(?:[Mm]ayor|[Cc]hair\w*|[Pp]resident) \({_WHO}\)",
        "Present: The Town Mayor (Cllr Ada Lind), Cllrs Berg and Holm.",
        "Present: twelve members of the public.",
    ),
    _row(
        rf"^BEFORE (?:THE )?HON(?:ORABLE|\.|OURABLE)? {_WHO}{_END}",
        "BEFORE THE HONORABLE ADA LIND",
        "Before the honorable members met.",
    ),
    _row(
        rf"\b[Vv]orsitz\b[^.:]{{0,40}}? (?:führt|hat|übernimmt) {_WHO}{_END}",
        "Den Vorsitz führt Vizepräsident Dr. Jon Berg.",
        "Der Vorsitz führt nicht weiter.",
    ),
    _row(
        rf"^\(?{_WHO} (?:übernimmt|führt|hat) den Vorsitz\b",
        "Vizepräsidentin Ada Lind übernimmt den Vorsitz.",
        "Niemand führt den Vorsitz.",
    ),
    _row(
        rf"\b[Pp]résidence de {_WHO}{_END}",
        "Présidence de Mme Adèle Lindet",
        "La présidence de la commission.",
    ),
    _row(
        rf"\b(?:PRESIDENCIA|[Pp]residencia) (?:DEL?|del?)(?: (?:LA|la))?"
        rf"(?i: (?:excm[ao]|ilm[ao]|sra?|d)\.ª?)* {_WHO}{_END}",
        "Presidencia de la señora Ada Linares",
        "La presidencia de la comisión.",
    ),
    _row(
        rf"\b(?:PRESIDENZA|[Pp]residenza) (?:DEL|DELLA|DI|del|della|di) {_WHO}{_END}",
        "PRESIDENZA DEL VICEPRESIDENTE GIANNI BERGAMO",
        "La presidenza della commissione.",
    ),
    _row(
        rf"\b[Pp]resid(?:e|iu|ió|ência d[oae]) (?:a sessão |la sesión |la seduta )?"
        rf"(?:[ao] )?{_WHO}{_END}",
        "Preside la seduta Maria Sendi.",
        "Preside la commissione.",
    ),
    _row(
        rf"\b(?:[Зз]асідання (?:веде|вів|вела)|[Вв]еде засідання)"
        rf"(?: [\w ]{{0,40}}?[Гг]олов[аи] (?:[\w ]{{0,30}}?Ради)?(?: України)?)? {_WHO}{_END}",
        "Засідання веде Голова Ради БЕРГ О.В.",
        "Засідання веде до рішення.",
    ),
    _row(
        rf"\b[Пп]редседательствует {_WHO}{_END}",
        "Председательствует заместитель председателя О. В. Берг",
        "Председательствует тот же.",
    ),
    _row(
        rf"^\(?(?:Talmannen|Presidenten|Formanden|Puhemies) {_WHO}"
        r" (?:övertog|overtok|overtog|ryhtyi)\b",
        "Talmannen Ada Lind övertog ledningen av förhandlingarna.",
        "Talmannen gick.",
    ),
    _row(
        rf"^{_WHO} hadde (?:her |nå |no )?(?:overtatt|overteke) president",
        "Jon Berg hadde her overtatt presidentplassen.",
        "Ingen hadde overtatt.",
    ),
    _row(
        rf"\b(?:[Pp]rzewodniczy|[Oo]bradom przewodniczy|[Ss]chůzi řídí|[Ee]lnököl:?"
        rf"|[Pp]uhetta johtaa|[Ff]örhandlingarna leddes av|[Mm]øtet ble ledet av"
        rf"|[Mm]ødet blev ledet af|[Pp]rowadzi obrady|[Oo]turumu açan:?"
        rf"|[Ll]ucrările au fost conduse de) {_WHO}{_END}",
        "Przewodniczy marszałek Jan Bergman.",
        "Przewodniczy komisji.",
    ),
)
"""Lines of a record that say who presides."""


CHANGES = re.compile(
    r"\b(?:(?:took|takes|left|leaves|vacated|resumed) the [Cc]hair\b|in the Chair\b"
    r"|übern(?:immt|ahm)\b.{0,60}\bVorsitz|Vorsitz (?:übern|wechselt)"
    r"|overt(?:ok|att|eke|ar|og)\b.{0,40}\b(?:president|leiing|ledning|ledelse|forsæde|talman)"
    r"|(?:remplace|prend|quitte)\b.{0,40}\b(?:présidence|fauteuil)"
    r"|(?:ocupa|asume|abandona) la [Pp]residencia|assum[eo]\b.{0,20}\b(?:presidência|presidenza)"
    r"|voorzitterschap\b.{0,40}\b(?:over|neemt)|neemt\b.{0,40}\bvoorzitterschap"
    r"|(?:obejmuje|przejmuje|objął|objęła)\b.{0,40}\bprzewodnictwo|[Pp]rzewodnictwo\b.{0,40}\bobejmuje"
    r"|[Řř]ízení schůze (?:převzal|se ujal)|место председател|[Гг]оловування (?:передан|перейма)"
    r"|kürsüye|başkanlığ[ıi]\b.{0,30}\bdevral)"
)
"""Remarks of a record that somebody else presides from here on, whoever it is."""

DEPUTY = re.compile(
    r"\b(?:vi[cz]e|deputy|acting|onder|wice|místo|vara|varatalman|sub|першій?|заступ|замест"
    r"|başkanvekili|başkan vekili|副)|(?:stell)?vertret",
    re.I,
)
"""Words of the office of a deputy."""


def presiding(text: str) -> str | None:
    """Return who presides, by a line of a record.

    >>> presiding("IN THE CHAIR: Ada Lind, Vice-President")
    'Ada Lind'
    """
    if len(text) > MAX_LINE:
        return None
    for row in PRESIDING:
        if (found := row.pattern.search(text)) and (name := _name(found["who"])):
            return name
    return None


def _name(who: str) -> str | None:
    """Return the name after an office and titles; ``None`` if there is none.

    >>> _name("Голова Ради БЕРГ О.В."), _name("Başkan Vekili Ada LİNOĞLU"), _name("la commissione")
    ('О.В. Берг', 'Ada Linoğlu', None)
    """
    who = who.strip(" .") + ("." if _INITIALS_AT_END.search(f"{who.strip(' .')}.") else "")
    if not who.isupper() and (tail := _TAIL.search(who)):
        return person_name(tail.group(), is_told=True)
    parts = label_parts(who)
    if parts is None or parts.name is None or len(parts.name.split()) > MAX_NAME_WORDS:
        return None
    return parts.name if " " in parts.name or parts.is_marked else None


def with_chairs(marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]) -> list[Mark | None]:
    """Return the marks of paragraphs, with the holder of an office that stands alone."""
    labels = [_office(mark, paragraph) for mark, paragraph in zip(marks, paragraphs, strict=True)]
    if not any(label is not None and label.name is None for label in labels):
        return list(marks)
    office = _Offices(labels, paragraphs)
    found: list[Mark | None] = []
    for mark, paragraph, label in zip(marks, paragraphs, labels, strict=True):
        is_unnamed = mark is None or not mark.label
        if is_unnamed and office.opens(paragraph.text, is_label=label is not None):
            found.append(mark)
        elif mark is not None and label is not None and label.name is None:
            found.append(_held(mark, office.holder(label.office or ""), label.office))
        else:
            found.append(mark)
    return found


class _Offices:
    """The holders of the offices of a record, at a place in it."""

    def __init__(
        self, labels: Sequence[LabelParts | None], paragraphs: Sequence[Paragraph]
    ) -> None:
        self._has_spoken = False
        self._in_chair: str | None = None
        self._is_deputy = False
        self._has_changed = False
        self._beginning = "\n".join(p.text for p in paragraphs[:OPENING])
        self._holders: dict[tuple[str, ...], set[str]] = {}
        self._speakers = {
            surname(label.name)
            for label in labels
            if label is not None and label.name and not _is_chairs(label.office)
        }
        for label in labels:
            if label is not None and label.name is not None and label.office:
                self._holders.setdefault(_key(label.office), set()).add(label.name)

    def opens(self, text: str, *, is_label: bool) -> bool:
        """Take note of who presides from here on, if a line says it.

        "President: Jon Berg" says it only before the chair speaks; later it calls somebody up.
        """
        if is_label and self._has_spoken:
            return False
        name = presiding(text)
        if name is None and not is_label and _is_change(text):
            self._in_chair, self._has_changed = None, True
        if name is None or (is_label and surname(name) in self._speakers):
            return False
        self._in_chair, self._is_deputy = name, DEPUTY.search(text) is not None
        return True

    def holder(self, office: str) -> str | None:
        """Return the only holder of an office here; ``None`` if there is none, or more than one."""
        self._has_spoken = True
        own = self._holders.get(_key(office)) or self._listed(office)
        is_clerk = not _CLERKS.isdisjoint(_key(office))
        in_chair = self._in_chair if is_chair(office) and not is_clerk else None
        if in_chair and DEPUTY.search(office) and not self._is_deputy:
            in_chair = None
        if not own:
            return in_chair
        if is_chair(office) and self._has_changed and self._in_chair is None:
            return None
        name = next(iter(own))
        is_other = in_chair is not None and surname(in_chair) != surname(name)
        return None if is_other or len(own) > 1 else name

    def _listed(self, office: str) -> set[str]:
        """Return who is in a list of those present with an office, which is more than a word."""
        words = " ".join(_key(office))
        if not self._beginning or " " not in words:
            return set()
        pattern = rf"(?i:{re.escape(words)})\s\((?P<who>[^()\n]{{3,60}})\)"
        before = rf"(?P<who>[^\W\d_][^,;:.()\n]{{3,60}})\s\((?i:the )?(?i:{re.escape(words)})\)"
        found = (
            _name(one["who"])
            for form in (pattern, before)
            for one in re.finditer(form, self._beginning)
        )
        return {name for name in found if name}


def _held(mark: Mark, name: str | None, office: str | None) -> Mark:
    if name is None:
        return mark
    return replace(mark, start=mark.start or mark.unread, unread=0, label=name, office=office)


def _office(mark: Mark | None, paragraph: Paragraph) -> LabelParts | None:
    """Return the parts of a label that has an office; its name is ``None`` if that is all."""
    if mark is None or mark.way != "label" or mark.role is not None:
        return None
    printed = _TIME.sub("", paragraph.text[: mark.start or mark.unread]).strip(" :.–—-[]")
    if not printed:
        return None
    if is_chair(printed):
        return LabelParts(None, printed, is_marked=True)
    parts = label_parts(printed)
    return parts if parts is not None and parts.office else None


def _is_change(text: str) -> bool:
    return len(text) <= MAX_LINE and CHANGES.search(text) is not None


def _is_chairs(office: str | None) -> bool:
    return office is not None and is_chair(office)


def _key(office: str) -> tuple[str, ...]:
    """Return the words of an office that tell it from others.

    >>> _key("Madam Deputy Speaker") == _key("The Deputy Speaker") != _key("Mr Speaker")
    True
    """
    return tuple(_words(office))


def _words(office: str) -> Iterator[str]:
    for word in office.split():
        folded = bare(word)
        if folded not in SMALL and not is_title(word):
            yield folded
