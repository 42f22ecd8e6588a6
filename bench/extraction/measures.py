"""Every measure as rows of the table: those on invented pages, and those on real ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trafilatura.utils import decode_file

from bench.extraction import (
    dates,
    encodings,
    interviews,
    main_text,
    ours,
    quotations,
    real,
    sidebar_pages,
    sidebars,
    speed,
    turns,
)
from bench.extraction.others import OURS, Extract, Extractor, dates_of
from bench.extraction.scores import Score
from bench.extraction.table import Row
from indexer.ingest.encoding import decode

_SPEED_PAGES = 25


def invented(others: Mapping[str, Extractor], rounds: int = 4) -> Iterator[Row]:
    """The measures on invented pages; ``rounds`` says how many sidebars of each kind there are."""
    yield from _sidebars(others, rounds)
    yield from _invented_dates(others)
    pages = list(interviews.invented_interviews())
    yield from _kept("interviews", "invented interviews", pages, others)
    yield from _turns("interviews", "invented interviews", turns.measure(pages, by_name=True))
    yield from _quotations()
    saved = list(encodings.saved_pages())
    exact, every, wrong = encodings.measure(saved, decode)
    theirs, _, _ = encodings.measure(saved, decode_file)
    figures = {OURS: every - exact, "trafilatura": every - theirs}
    yield Row("encodings.wrong", f"encodings: of {every} pages not exact", figures, wrong)


def on_real_pages(
    others: Mapping[str, Extractor], folder: Path, sample: int | None = None
) -> Iterator[Row]:
    """The measures on the archives of a folder, on all pages or on so many of each kind."""
    pages = real.kremlin(folder, sample)
    mine = {page.name: ours.kept(page.html.encode(), page.name) for page in pages}
    yield from _main_text(pages, mine, others)
    yield from _real_dates(pages, mine, others)
    found = real.kremlin_interviews(folder, sample)
    yield from _kept("kremlin", "Kremlin interviews", found, others)
    yield from _turns("kremlin", "Kremlin interviews", turns.measure(found))
    transcripts = real.whitehouse(folder, sample)
    yield from _turns("whitehouse", "White House", turns.measure(transcripts))


def speeds(folder: Path) -> Iterator[Row]:
    """How long a page takes."""
    pages = [page.html for page in real.kremlin(folder, _SPEED_PAGES)]
    mine, alone = speed.ratio(pages)
    label = f"milliseconds a page ({len(pages)} Kremlin pages)"
    yield Row("speed.ms", label, {OURS: mine, "trafilatura": alone})
    yield Row("speed.ratio", "times trafilatura alone", {OURS: mine / alone, "trafilatura": 1.0})


def _sidebars(others: Mapping[str, Extractor], rounds: int) -> Iterator[Row]:
    every = list(sidebar_pages.sidebars(rounds))
    for suffix, kind in ((".html", "pages"), (".txt", "plain texts")):
        pages = [page for page in every if page.suffix == suffix]
        # On plain text the others find nothing, and nothing leaks: that is no measure of them.
        readers = others if suffix == ".html" else {}
        found = {OURS: sidebars.measure(pages, sidebars.ours)}
        for name, read in readers.items():
            found[name] = sidebars.measure(pages, sidebars.theirs(read))
        for what, label in (
            ("leaked", "lines of the list leaked"),
            ("lost", "sentences lost"),
            ("dates", "false dates"),
            ("dates_missed", "stated dates not found"),
        ):
            figures = {name: getattr(leaks, what) for name, leaks in found.items()}
            key = f"sidebars{suffix}.{what}"
            yield Row(
                key, f"{len(pages)} {kind} with sidebars: {label}", figures, found[OURS].wrong
            )


def _invented_dates(others: Mapping[str, Extractor]) -> Iterator[Row]:
    every = list(dates.invented_pages())
    for suffix, kind in ((".html", "pages"), (".txt", "plain texts")):
        pages = [page for page in every if page.name.endswith(suffix)]
        readers = dates_of(others) if suffix == ".html" and others else {}
        mine, wrong = dates.measure(pages, lambda page: ours.said(page.html.encode(), page.name))
        found = {OURS: mine}
        for name, read in readers.items():
            found[name] = dates.measure(pages, _dated_by(read))[0]
        yield from _dates(f"dates{suffix}", f"{len(pages)} {kind} with dates", found, wrong)


def _real_dates(
    pages: Sequence[real.RealPage], mine: Mapping[str, Extract], others: Mapping[str, Extractor]
) -> Iterator[Row]:
    stated = [dates.Dated(page.name, page.html, page.published) for page in pages]
    score, wrong = dates.measure(stated, lambda page: mine[page.name])
    found = {OURS: score}
    for name, read in (dates_of(others) if others else {}).items():
        found[name] = dates.measure(stated, _dated_by(read))[0]
    yield from _dates("dates.kremlin", f"{len(pages)} Kremlin pages", found, wrong)


def _dates(key: str, label: str, found: Mapping[str, Score], wrong: list[str]) -> Iterator[Row]:
    figures = {name: score.f1 for name, score in found.items()}
    yield Row(f"{key}.f1", f"{label}: date F1", figures, wrong)
    figures = {name: int(score.found) for name, score in found.items()}
    yield Row(f"{key}.false", f"{label}: false dates", figures, wrong)


def _dated_by(read: Extractor) -> dates.Reader:
    return lambda page: read(page.html)


def _main_text(
    pages: Sequence[real.RealPage], mine: Mapping[str, Extract], others: Mapping[str, Extractor]
) -> Iterator[Row]:
    texts = {OURS: [mine[page.name].text for page in pages]}
    for name, read in others.items():
        texts[name] = [read(page.html).text for page in pages]
    for key, label, with_lead in (
        ("main_text", "main text F1", False),
        ("main_text_with_lead", "main text and lead F1", True),
    ):
        scores = {n: main_text.measure(pages, found, with_lead) for n, found in texts.items()}
        figures = {name: score.f1 for name, score in scores.items()}
        worst = [f"{name}\t{f1:.3f}" for f1, name in scores[OURS].worst[:50]]
        yield Row(f"{key}.f1", f"{len(pages)} Kremlin pages: {label}", figures, worst)


def _kept(
    key: str, label: str, pages: Sequence[turns.Page], others: Mapping[str, Extractor]
) -> Iterator[Row]:
    found = {OURS: interviews.ours(pages)}
    found |= {name: interviews.theirs(read, pages) for name, read in others.items()}
    count = f"{label}, {found[OURS].turns} turns"
    wrong = found[OURS].wrong
    kept = {name: counts.kept / counts.turns for name, counts in found.items()}
    yield Row(f"{key}.kept", f"{count}: kept", kept, wrong)
    alone = {name: counts.alone / counts.turns for name, counts in found.items()}
    yield Row(f"{key}.alone", f"{count}: each on its own", alone, wrong)


def _turns(key: str, label: str, found: turns.TurnScores) -> Iterator[Row]:
    bounds, roles, speakers = found.boundaries, found.roles, found.speakers
    yield Row(f"{key}.precision", f"{label}: boundaries, precision", {OURS: bounds.precision})
    yield Row(f"{key}.recall", f"{label}: boundaries, recall", {OURS: bounds.recall}, found.wrong)
    yield Row(f"{key}.roles", f"{label}: roles right", {OURS: roles.precision}, found.wrong)
    yield Row(f"{key}.speakers", f"{label}: speakers right", {OURS: speakers.precision})


def _quotations() -> Iterator[Row]:
    found = quotations.measure()
    label = f"quotations of five words or more ({found.passages} passages)"
    rows = (
        ("precision", "found, precision", found.found.precision),
        ("recall", "found, recall", found.found.recall),
        ("speakers", "speaker right", found.speakers.precision),
        ("f1", "end to end, F1", found.whole.f1),
        ("indirect", "indirect speech, F1", found.indirect.f1),
    )
    for key, what, figure in rows:
        yield Row(f"quotations.{key}", f"{label}: {what}", {OURS: figure}, found.wrong)
