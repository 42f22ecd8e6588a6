"""Interviews in every way in which outlets mark who speaks: turns kept, and each on its own.

A turn is kept if nineteen twentieths of its runs of four words stand in the text that was found.
It is on its own if it begins a turn of ours or, for the other extractors, which know no turns, if
it begins a line, at most behind a label.
"""

from __future__ import annotations

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

WAYS: Mapping[str, str] = {
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
"""A question and its answer of two paragraphs, as HTML, by the way in which they are marked."""

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
"""Lines between an answer and the next question that are in no turn of the gold."""


@dataclass(slots=True)
class TurnsKept:
    """How many turns there are, were kept, and stand each on its own; ``wrong`` tells the rest."""

    turns: int = 0
    kept: int = 0
    alone: int = 0
    wrong: list[str] = field(default_factory=list)


def invented_interviews() -> Iterator[Page]:
    """Every way in every language; every second page has lines that only look like labels."""
    number = 0
    for way, form in WAYS.items():
        for language in LANGUAGES if way not in _ENGLISH_ONLY else LANGUAGES[:1]:
            number += 1
            html, gold = _interview(form, language, number)
            yield Page(f"{way}, {language}.html", html.encode(), gold)


def ours(pages: Iterable[Page]) -> TurnsKept:
    """Turns kept by ingesting; one is on its own if a turn begins with its first words."""
    counts = TurnsKept()
    for page in pages:
        found = read(page.data, page.name)
        heads = [words(turn.text)[:_HEAD] for turn in found.turns] if found else []
        text = "\n".join(p.text for p in found.article.paragraphs) if found else ""
        _count(page, text, heads.__contains__, counts)
    return counts


def theirs(extract: Extractor, pages: Iterable[Page]) -> TurnsKept:
    """Turns kept by another extractor; one is on its own if a line begins with it."""
    counts = TurnsKept()
    for page in pages:
        text = extract(page.data.decode()).text
        lines = [words(line) for line in text.splitlines()]
        _count(page, text, partial(_begins_a_line, lines), counts)
    return counts


_HEAD = 6
_LONGEST_LABEL = 8


def _count(
    page: Page, text: str, stands_alone: Callable[[list[str]], bool], counts: TurnsKept
) -> None:
    found = shingles(text)
    for turn in page.turns:
        gold = shingles(turn.text)
        if turn.role == "narrative" or not gold:
            continue
        short = gold.total() == 1
        is_kept = _words_in(turn.text, text) if short else _share(gold, found) >= 0.95
        is_alone = stands_alone(words(turn.text)[:_HEAD])
        counts.turns += 1
        counts.kept += is_kept
        counts.alone += is_alone
        if not (is_kept and is_alone):
            what = "not on its own" if is_kept else "lost"
            counts.wrong.append(f"{page.name}\t{what}\t{turn.text[:100]!r}")


def _share(gold: Shingles, found: Shingles) -> float:
    return (gold & found).total() / gold.total()


def _words_in(short: str, text: str) -> bool:
    return f" {' '.join(words(short))} " in f" {' '.join(words(text))} "


def _begins_a_line(lines: Iterable[Sequence[str]], head: Sequence[str]) -> bool:
    size = len(head)
    return any(
        line[at : at + size] == head
        for line in lines
        for at in range(min(_LONGEST_LABEL, len(line)))
    )


def _interview(form: str, language: str, page: int) -> tuple[str, list[Spoken]]:
    told = invented(language)
    gold = [Spoken("narrative", None, told["told"][0])]
    parts = [f"<p>{told['told'][0]}</p>"]
    asker = told["asker"] if "asker}" in form else None
    pairs = zip(told["questions"], told["answers"], told["told"][1:], strict=True)
    for number, (question, answer, more) in enumerate(pairs):
        fields = _fields(told, number) | {"q": escape(question), "a": answer, "more": more}
        first, *rest = sentences(Line(question))
        parts.append(form.format(**fields, q1=first, q2=" ".join(rest) or "…"))
        if page % 2 == 0 and "br>" not in form:
            trap = TRAPS[language][(page + 5 * number) % len(TRAPS[language])]
            parts.append(f"<p>{trap}</p>")
        gold.append(Spoken("question", asker, question))
        gold.append(Spoken("answer", told["speaker"], f"{answer}\n\n{more}"))
    title = f"{told['speaker']}: {told['title']}"
    body = "\n".join(parts)
    html = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Kesten Observer</a> <a href="/world">World</a></nav>
<article><h1>{title}</h1>{body}</article><footer><p>© Kesten Observer</p></footer></body></html>
"""
    return html, gold


def _fields(told: Mapping[str, Any], number: int) -> dict[str, str]:
    long_q, long_a, short_q, short_a = told["labels"]
    return {
        **{name: told[name] for name in ("speaker", "surname", "asker", "initials")},
        **{"long_q": long_q, "long_a": long_a, "short_q": short_q, "short_a": short_a},
        "mo": "".join(part[0] for part in told["speaker"].split()),
        "first_initials": "" if number else f"{told['initials']}: ",
        "capitals": told["speaker"].upper(),
        "capital_asker": told["asker"].upper(),
        "who": told["office"] if not number else told["speaker"],
    }
