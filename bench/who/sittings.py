"""Sittings of a parliament as labelled transcripts, with the record's own ids of who speaks.

The sittings are TEI files of ParlaMint-AT (Erjavec et al., https://www.clarin.eu/parlamint).
"""

from __future__ import annotations

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from indexer import SearchRequest, open_index
from indexer.text.marks import with_printed_marks

_TEI = "{http://www.tei-c.org/ns/1.0}"
_SITTING = re.compile(r"ParlaMint-AT_(\d{4}-\d\d-\d\d).*\.xml")
_NO_WORDS = frozenset(
    f"{_TEI}{tag}" for tag in ("note", "vocal", "kinesic", "incident", "gap", "desc", "time", "pb")
)
_LETTERS = 50
"""Letters of a paragraph's beginning by which it is found."""

Speeches = dict[str, dict[str, set[str]]]
"""Of each article, the ids of who speaks the paragraphs that begin with some letters."""


def write_corpus(archive: Path, corpus: Path) -> Speeches:
    """Write each sitting of an archive as an article, and return who speaks its paragraphs."""
    found: Speeches = {}
    with tarfile.open(archive) as members:
        for member in members:
            name = _SITTING.fullmatch(Path(member.name).name)
            if name is None or (file := members.extractfile(member)) is None:
                continue
            article = f"record/{name[1][:4]}/{name[0].removesuffix('.xml')}"
            found[article] = speeches = defaultdict(set)
            lines = [f'---\ntitle: "Sitting of {name[1]}"\ndate: {name[1]}\n---']
            for label, who, paragraphs in _speeches(etree.parse(file)):
                lines += [f"{label}: {paragraphs[0]}", *paragraphs[1:]]
                for text in (
                    lines[-len(paragraphs)],
                    *paragraphs,
                ):  # the label may stay in the text
                    speeches[_key(text)].add(who)
            path = corpus / f"{article}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return found


def pairs(speeches: Speeches, index: Path) -> Iterator[tuple[str, str, int]]:
    """Yield who speaks each passage, by the record and by the index, and 1.

    Passages whose first letters two people say are left out, and so are those that begin inside a
    paragraph. One without an identity is a group of its own.
    """
    with open_index(index) as opened:
        for passage in opened.every(SearchRequest(sort="oldest")):
            spoken = speeches.get(passage.article_id, {}).get(_key(passage.text), set())
            if len(spoken) == 1:
                yield next(iter(spoken)), passage.speaker_id or f"?{passage.id}", 1


def _speeches(sitting: etree._ElementTree) -> Iterator[tuple[str, str, list[str]]]:
    label = None
    for element in sitting.iter(f"{_TEI}u", f"{_TEI}note"):
        if element.tag == f"{_TEI}note":
            if element.get("type") == "speaker":
                label = " ".join("".join(element.itertext()).split()).rstrip(":")
            continue
        texts = (" ".join(_words(part).split()) for part in element.iter(f"{_TEI}seg"))
        paragraphs = [text for text in texts if text]
        if label and paragraphs:
            yield label, str(element.get("who")), paragraphs


def _words(element: etree._Element) -> str:
    if not isinstance(element.tag, str) or element.tag in _NO_WORDS:
        return ""
    return (element.text or "") + "".join(_words(part) + (part.tail or "") for part in element)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", with_printed_marks(text)).lower()[:_LETTERS]
