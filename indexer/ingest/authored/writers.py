"""Names of those who wrote or gave a text, in headlines, bylines and signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.ingest.authored.rows import Language, language
from indexer.people.first_names import has_first_name, is_first_name
from indexer.people.names import (
    PARTICLES,
    could_be_name,
    in_ordinary_case,
    is_office,
    is_organisation,
    is_outlet,
    without_honorific,
)
from indexer.people.office_and_name import split_office
from indexer.text.analysis import fold
from indexer.text.marks import DOUBLE

_END = re.compile(rf"[:;|•·/–—()\[\]\n{DOUBLE}@…]|\s-\s|(?<![JS]r)[.!?]\s*$|https?\b", re.I)
"""The end of the words that may be names."""

_AND = frozenset("and und et y e en i и та և և og och ve & sowie with mit".split())  # noqa: SIM905
_SMALL = frozenset((*PARTICLES.split("|"), "von", "vom"))
_OF = frozenset("of for to the der des die du de für di del della do da".split())  # noqa: SIM905
_GENERATION = re.compile(r",?\s(?=(?:Jr|Sr)\b\.?|I{2,3}\b)")
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}ing", re.I)
_ARTICLE = re.compile(r"(?:The|Le|Les|La|Los|Las|El|Der|Die|Das|Il|Gli|De|Het|O|Os|L[’'])\b", re.I)
_PART = re.compile(r"[\s.-]+")
_JUNIOR = re.compile(r"\s(?:Jr\.?|Sr\.?|I{2,3})$", re.I)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060]")

_OF_PAGE = re.compile(
    r"veröffentlicht|erstellt|aktualisiert|geschrieben|published|updated|posted|publié|mis"
    r"|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|opublikowano|опубликовано|обновлено",
    re.I,
)
"""Words after a byline on the same line, in any language."""

MAX_WORDS_OF_NAME = 4
MAX_WORDS_OF_OFFICE = 6


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote a text, as printed: the name, and the office before it."""

    name: str
    printed: str
    office: str | None = None


@dataclass(slots=True)
class _Reader:
    """Reads words one by one into names.

    ``part`` are the words since the last name began, ``title`` an office in small letters before.
    """

    rows: Language
    found: list[Writer] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    latest: Writer | None = None
    is_aside: bool = False
    follows_and: bool = False

    def read(self, words: Sequence[str]) -> None:
        """Read words up to the first one that belongs to no name."""
        after_comma = False
        for word in words:
            bare = word.rstrip(",")
            if bare.lower() in _AND:
                self.close()
                after_comma = self.follows_and = True
                continue
            if not self._take(bare, after_comma):
                break
            after_comma = word.endswith(",")
            if after_comma:
                self.close()
        self.close()

    def _take(self, word: str, after_comma: bool) -> bool:
        """Take a word, and return whether names go on."""
        if not word:
            return True
        is_small = word[0].islower()
        if not self.part and not self.latest and self.rows.title.fullmatch(word):
            self.title.append(word)
            return True
        if is_small and not (word in _SMALL and self.part):
            if after_comma or self.is_aside:
                self.is_aside = bool(self.found)  # "Ada Lind, professor of history"
                return self.is_aside or self._goes_on(word)
            return self._goes_on(word)
        if self.part and self._ends(word):
            return False
        if not self.is_aside:
            self.part.append(word)
            named = person(self.part, self.rows, is_surmised=not self.found)
            is_sure_before = self.latest is not None and has_first_name(self.latest.name)
            self.latest = named or (self.latest if is_sure_before else None)
        return True

    def _goes_on(self, word: str) -> bool:
        """Return whether a small word may stand in an office before a name."""
        if self.latest is None and not self.part and self.title:
            self.title.append(word)
            return True
        if self.latest is not None or word not in _OF:
            return False
        if self.part:
            self.part.append(word)
        return True

    def _ends(self, word: str) -> bool:
        """Return whether a word with a capital is no part of the name before it."""
        name = self.latest.name if self.latest else ""
        is_full = " " in name or (name != "" and not is_first_name(name))
        is_other = not word[0].isalpha() or _PARTICIPLE.fullmatch(word) is not None
        is_stop = any(rows.stop.fullmatch(word) for rows in (self.rows, language(None)))
        return (is_full and is_other) or is_stop or _OF_PAGE.fullmatch(word) is not None

    def close(self) -> None:
        """End a name. Words without a name belong to the office of the next one."""
        is_aside = bool(self.found) and not self.follows_and
        if self.latest is not None and not (is_aside and not is_sure(self.latest)):
            office = self.latest.office or " ".join(self.title) or None
            self.found.append(replace(self.latest, office=office))
            self.title.clear()
        elif self.found and self.follows_and and len(self.part) > 1:
            # Somebody else, whose name is not understood: the text is not the first one's alone.
            name = " ".join(self.part[-2:])
            self.found.append(Writer(name, " ".join(self.part)))
        if self.latest is not None or self.found:
            self.part.clear()
        self.latest, self.is_aside, self.follows_and = None, False, False


def writers_in(text: str, rows: Language) -> tuple[Writer, ...]:
    """Return the people whom the beginning of a text names, in order; empty if it names none."""
    text = _GENERATION.sub(" ", _INVISIBLE.sub("", text)).strip(" ,")
    end = _END.search(f"{text} ")
    head = text[: end.start()] if end else text
    reader = _Reader(rows)
    reader.read([word for word in head.split() if word != "-"])
    return tuple({writer.name: writer for writer in reader.found}.values())


def person(words: Sequence[str], rows: Language, *, is_surmised: bool = False) -> Writer | None:
    """Return the person whom words name, with or without an office; ``None`` if they do not.

    After "of" many a noun has a capital: there a name needs a known first name, unless it may be
    ``is_surmised``.
    """
    printed = " ".join(words)
    junior = _JUNIOR.search(printed)
    label = printed[: junior.start()] if junior else printed
    if printed == printed.upper():
        label = in_ordinary_case(label).replace("i\u0307", "i")  # Turkish has two letters I
    office, name = split_office(label)
    name = without_honorific(name)
    is_titled = office is not None or name != label
    if not _is_name(name, rows) or not (" " in name or is_titled):
        return None
    if office and not (_is_office(office) and (is_surmised or _is_plain(office, name))):
        return None
    if junior:
        generation = junior.group().strip()
        name = f"{name} {generation.capitalize() if generation[1:].lower() == 'r.' else generation}"
    return Writer(name, printed, office)


def holder(text: str, rows: Language) -> Writer | None:
    """Return whoever holds an office that alone begins a text ("the President on the dam")."""
    words: list[str] = []
    for word in _INVISIBLE.sub("", text).split():
        if word.lower() in _AND:
            return None
        if words and word in ("of", "for", "to"):
            return None
        if rows.stop.fullmatch(word) or (word[0].islower() and word not in _OF):
            break
        words.append(word)
    office = " ".join(words)
    if not words or not _is_title(words[-1]) or len(words) > MAX_WORDS_OF_OFFICE:
        return None
    return Writer(office, office, office)


def _is_title(word: str) -> bool:
    """Return whether a word is the title of one person: neither "Council" nor "Partners"."""
    return is_office(word) and not is_organisation(word) and not word.endswith("s")


def _is_office(office: str) -> bool:
    return any(map(is_office, office.split()))


def _is_plain(office: str, name: str) -> bool:
    """Return whether words before a name are an office alone, or the name is known as one."""
    is_full = " " in name and has_first_name(name)
    return is_full or not any(word.lower() in _OF for word in office.split())


def _is_name(name: str, rows: Language) -> bool:
    parts = name.split()
    return (
        len(parts) <= MAX_WORDS_OF_NAME
        and (could_be_name(name) or _begins_with_month(parts))
        and not is_outlet(name)
        and not is_organisation(name)
        and not any(is_office(part) and not is_first_name(part) for part in parts)
        and not _ARTICLE.match(name)
        and "’s" not in name
        and not any(rows.no_person.fullmatch(part) for part in _PART.split(name))
    )


def _begins_with_month(parts: Sequence[str]) -> bool:
    """Return whether a name is one of those that begin like a month: "June Lind"."""
    is_month = parts[0] in ("April", "May", "June", "August")
    return is_month and len(parts) > 1 and could_be_name(" ".join(parts[1:]))


def is_sure(writer: Writer) -> bool:
    """Return whether a name is a person's by its first name, its script or an office before it."""
    name = fold(writer.name)
    return writer.office is not None or not name.isascii() or has_first_name(writer.name)


def names_of(writers: Sequence[Writer]) -> str | None:
    """Return names as a byline, a surname with its office; ``None`` if there are none.

    After a name there may be a body, whose words are like those of one.
    """
    people = [writer for writer in writers if is_sure(writer)] or writers
    names = (writer.name if " " in writer.name else writer.printed for writer in people)
    return ", ".join(names) or None
