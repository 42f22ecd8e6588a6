"""Interviews in every form in which outlets mark speakers: are turns kept, and separate?

A turn is kept if the extracted text has 95 % of its runs of four words. It is separate if a turn of
ours begins with it. Other extractors have no turns: it is separate if a line begins with it, or has
only a label before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any

from bench.extraction.others import Extractor
from bench.extraction.ours import read
from bench.extraction.pages import LANGUAGES, Line, invented, sentences
from bench.extraction.scores import Shingles, shingles, words
from bench.extraction.turns import Page, Spoken

FORMS: Mapping[str, str] = {
    "bold question": "<p><b>{q}</b></p><p>{a}</p><p>{more}</p>",
    "bold question, then a surname": "<p><b>{q}</b></p><p>{surname}: {a}</p><p>{more}</p>",
    "bold question, bold name": "<p><b>{q}</b></p><p><b>{speaker}:</b> {a}</p><p>{more}</p>",
    "initials in the bold question": "<p><b>{initials}: {q}</b></p><p>{a}</p><p>{more}</p>",
    "initials in the first only": "<p><b>{first_initials}{q}</b></p><p>{a}</p><p>{more}</p>",
    "bold names": "<p><b>{asker}:</b> {q}</p><p><b>{speaker}:</b> {a}</p><p>{more}</p>",
    "headings": "<h3>{q}</h3><p>{a}</p><p>{more}</p>",
    "Q: and A:": "<p>{short_q}: {q}</p><p>{short_a}: {a}</p><p>{more}</p>",
    "Question: and Answer:": "<p>{long_q}: {q}</p><p>{long_a}: {a}</p><p>{more}</p>",
    "Q and two spaces": "<p>Q&nbsp; {q}</p><p>{capitals}:&nbsp; {a}</p><p>{more}</p>",
    "one paragraph, a break": "<p><b>{q}</b><br>{a}</p><p>{more}</p>",
    "one paragraph, nothing between": "<p><b>{q}</b>{a}</p><p>{more}</p>",
    "classes": '<p class="Interview_Frage">{q}</p><p class="Interview_Antwort">{a} {more}</p>',
    "dashes": "<p>- {q}</p><p>- {a}</p><p>{more}</p>",
    "long dashes": "<p>— {q}</p><p>— {a}</p><p>{more}</p>",
    "bold question, dash": "<p><b>{q}</b></p><p>— {a}</p><p>{more}</p>",
    "capitals": "<p>{capital_asker}: {q}</p><p>{capitals}: {a}</p><p>{more}</p>",
    "role and name": "<p><b>{long_q}:</b> {q}</p><p><b>{who}:</b> {a}</p><p>{more}</p>",
    "italic question": "<p><em>{q}</em></p><p>{a}</p><p>{more}</p>",
    "definition list": "<dl><dt>{q}</dt><dd>{a} {more}</dd></dl>",
    "quoted answers": "<p><strong>{q}</strong></p><blockquote><p>{a}</p><p>{more}</p></blockquote>",
    "initials on both sides": "<p><b>{initials}:</b> {q}</p><p><b>{mo}:</b> {a}</p><p>{more}</p>",
    "question of two paragraphs": "<p><b>{q1}</b></p><p><b>{q2}</b></p><p>{a}</p><p>{more}</p>",
    "a dash inside the answer": "<p><b>{q}</b></p><p>{a}</p><p>— {more}</p>",
    "divs": '<div class="question">{q}</div><div class="answer"><p>{a}</p><p>{more}</p></div>',
    "bold headings": "<h2><strong>{q}</strong></h2><p>{a}</p><p>{more}</p>",
    "names on their own": "<p><b>{asker}</b></p><p>{q}</p><p><b>{speaker}</b></p><p>{a} {more}</p>",
    "bold names, bold question": "<p><b>{asker}: {q}</b></p><p>{speaker}: {a}</p><p>{more}</p>",
    "br soup": "<b>{q}</b><br><br>{a}<br><br>{more}<br><br>",
}
"""HTML of a question and its answer of two paragraphs, by the form in which they are marked."""

_ENGLISH_ONLY = {"Q and two spaces"}

TRAPS = {
    "en": (
        *("Photo: Ada Brink", "Source: Kesten Observer", "Read also: Harbour workers return"),
        *("Tags: water, valley, drought", "Updated: May 5, 2025", "(Laughs.)", "[Crosstalk]"),
        *("10:52 A.M.", "PS: The board meets again on Monday.", "Interview: Ada Brink"),
        *("[Editor’s note: the board has since met twice.]", "Related: Who pays for the bridge?"),
    ),
    "ru": (
        *("Фото: Ада Бринк", "Источник: Кестенский обозреватель", "Теги: вода, долина"),
        *("Читайте также: Докеры вернулись", "(Смеётся.)", "Обновлено: 5 мая 2025", "10:52"),
        *("Беседовала Ада Бринк", "[От редакции: с тех пор совет собирался дважды.]"),
    ),
    "hy": (
        *("Լուսանկարը՝ Ադա Բրինկ", "Աղբյուր: Կեստենի դիտորդ", "(Ծիծաղում է)", "10:52"),
        *("Կարդացեք նաև: Նավահանգիստը բացվեց", "Թարմացվել է: 5 մայիսի 2025"),
        "Զրուցեց Ադա Բրինկը",
    ),
}
"""Lines after an answer that belong to no turn."""


@dataclass(slots=True)
class TurnsKept:
    """Numbers of turns, of kept and of separate ones, and the errors."""

    turns: int = 0
    kept: int = 0
    separate: int = 0
    errors: list[str] = field(default_factory=list)


def invented_interviews() -> Iterator[Page]:
    """Make an interview of every form in every language. Every second one has lines like labels."""
    number = 0
    for name, form in FORMS.items():
        for language in LANGUAGES if name not in _ENGLISH_ONLY else LANGUAGES[:1]:
            number += 1
            html, gold = _interview(form, language, number)
            yield Page(f"{name}, {language}.html", html.encode(), gold)


def ours(pages: Iterable[Page]) -> TurnsKept:
    """Count the turns that our ingest keeps."""
    counts = TurnsKept()
    for page in pages:
        ingested = read(page.data, page.name)
        heads = [words(turn.text)[:_HEAD] for turn in ingested.turns] if ingested else []
        text = "\n".join(p.text for p in ingested.article.paragraphs) if ingested else ""
        _count(page, text, heads.__contains__, counts)
    return counts


def theirs(extract: Extractor, pages: Iterable[Page]) -> TurnsKept:
    """Count the turns that another extractor keeps."""
    counts = TurnsKept()
    for page in pages:
        text = extract(page.data.decode()).text
        lines = [words(line) for line in text.splitlines()]
        _count(page, text, partial(_begins_a_line, lines), counts)
    return counts


_HEAD = 6
"""Words with which a turn must begin."""

_MAX_LABEL_WORDS = 8
_KEPT_SHARE = 0.95


def _count(
    page: Page, text: str, is_beginning: Callable[[list[str]], bool], counts: TurnsKept
) -> None:
    extracted = shingles(text)
    for turn in page.turns:
        gold = shingles(turn.text)
        if turn.role == "narrative" or not gold:
            continue
        short = gold.total() == 1
        is_kept = _words_in(turn.text, text) if short else _share(gold, extracted) >= _KEPT_SHARE
        is_separate = is_beginning(words(turn.text)[:_HEAD])
        counts.turns += 1
        counts.kept += is_kept
        counts.separate += is_separate
        if not (is_kept and is_separate):
            error = "not separate" if is_kept else "lost"
            counts.errors.append(f"{page.name}\t{error}\t{turn.text[:100]!r}")


def _share(gold: Shingles, extracted: Shingles) -> float:
    return (gold & extracted).total() / gold.total()


def _words_in(short: str, text: str) -> bool:
    return f" {' '.join(words(short))} " in f" {' '.join(words(text))} "


def _begins_a_line(lines: Iterable[Sequence[str]], head: Sequence[str]) -> bool:
    size = len(head)
    return any(
        line[at : at + size] == head
        for line in lines
        for at in range(min(_MAX_LABEL_WORDS, len(line)))
    )


ASKED_BY = re.compile(r"<p>(?:Interview:|Беседовала) (?P<asker>[^<]+)</p>")
"""A line that says who asks the questions that have no label."""


def _interview(form: str, language: str, page: int) -> tuple[str, list[Spoken]]:
    texts = invented(language)
    gold = [Spoken("narrative", None, texts["narrative"][0])]
    parts = [f"<p>{texts['narrative'][0]}</p>"]
    asker = texts["asker"] if "asker}" in form else None
    pairs = zip(texts["questions"], texts["answers"], texts["narrative"][1:], strict=True)
    for number, (question, answer, more) in enumerate(pairs):
        fields = _fields(texts, number) | {"q": escape(question), "a": answer, "more": more}
        first, *rest = sentences(Line(question))
        parts.append(form.format(**fields, q1=first, q2=" ".join(rest) or "…"))
        if page % 2 == 0 and "br>" not in form:
            trap = TRAPS[language][(page + 5 * number) % len(TRAPS[language])]
            parts.append(f"<p>{trap}</p>")
        gold.append(Spoken("question", asker, question))
        gold.append(Spoken("answer", texts["speaker"], f"{answer}\n\n{more}"))
    title = f"{texts['speaker']}: {texts['title']}"
    body = "\n".join(parts)
    if asker is None and (asked := ASKED_BY.search(body)):
        by = asked["asker"]
        gold = [one._replace(speaker=by) if one.role == "question" else one for one in gold]
    html = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Kesten Observer</a> <a href="/world">World</a></nav>
<article><h1>{title}</h1>{body}</article><footer><p>© Kesten Observer</p></footer></body></html>
"""
    return html, gold


def _fields(texts: Mapping[str, Any], number: int) -> dict[str, str]:
    long_q, long_a, short_q, short_a = texts["labels"]
    return {
        **{name: texts[name] for name in ("speaker", "surname", "asker", "initials")},
        **{"long_q": long_q, "long_a": long_a, "short_q": short_q, "short_a": short_a},
        "mo": "".join(part[0] for part in texts["speaker"].split()),
        "first_initials": "" if number else f"{texts['initials']}: ",
        "capitals": texts["speaker"].upper(),
        "capital_asker": texts["asker"].upper(),
        "who": texts["office"] if not number else texts["speaker"],
    }
