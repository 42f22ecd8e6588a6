"""All measures as rows of the table: on invented pages, and on real ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trafilatura.utils import decode_file

from bench.extraction import (
    date_shapes,
    dates,
    encodings,
    interviews,
    main_text,
    ours,
    quotations,
    quotations_by_language,
    real,
    sidebar_pages,
    sidebars,
    speed,
    turns,
)
from bench.extraction.others import OURS, Extract, Extractor, date_extractors
from bench.extraction.pages import DatedPage
from bench.extraction.scores import Score
from bench.extraction.table import Row
from indexer.ingest.encoding import decode

_SPEED_PAGES = 25
_MAX_WORST_PAGES = 50
"""Pages that are listed by their F1."""


def invented(others: Mapping[str, Extractor], rounds: int = 4) -> Iterator[Row]:
    """Measure on invented pages, with ``rounds`` sidebars of each kind."""
    yield from _sidebars(others, rounds)
    yield from _invented_dates(others)
    yield from _shaped_dates(others)
    pages = list(interviews.invented_interviews())
    yield from _kept("interviews", "invented interviews", pages, others)
    yield from _turns("interviews", "invented interviews", turns.measure(pages, by_name=True))
    yield from _quotations()
    yield from _quotations_by_language()
    encoded = list(encodings.encoded_pages())
    exact, total, errors = encodings.measure(encoded, decode)
    theirs, _, _ = encodings.measure(encoded, decode_file)
    figures = {OURS: total - exact, "trafilatura": total - theirs}
    yield Row("encodings.wrong", f"encodings: of {total} pages not exact", figures, errors)


def on_real_pages(
    others: Mapping[str, Extractor], folder: Path, sample: int | None = None
) -> Iterator[Row]:
    """Measure on the archives of a folder: all pages, or a sample of each kind."""
    pages = real.kremlin(folder, sample)
    mine = {page.name: ours.paragraphs(page.html.encode(), page.name) for page in pages}
    yield from _main_text(pages, mine, others)
    yield from _real_dates(pages, mine, others)
    kremlin_interviews = real.kremlin_interviews(folder, sample)
    yield from _kept("kremlin", "Kremlin interviews", kremlin_interviews, others)
    yield from _turns("kremlin", "Kremlin interviews", turns.measure(kremlin_interviews))
    transcripts = real.whitehouse(folder, sample)
    yield from _turns("whitehouse", "White House", turns.measure(transcripts))


def speeds(folder: Path) -> Iterator[Row]:
    """Measure the time per page."""
    pages = [page.html for page in real.kremlin(folder, _SPEED_PAGES)]
    mine, alone = speed.ratio(pages)
    label = f"milliseconds per page ({len(pages)} Kremlin pages)"
    yield Row("speed.ms", label, {OURS: mine, "trafilatura": alone})
    yield Row("speed.ratio", "times trafilatura alone", {OURS: mine / alone, "trafilatura": 1.0})


def _sidebars(others: Mapping[str, Extractor], rounds: int) -> Iterator[Row]:
    every = list(sidebar_pages.sidebars(rounds))
    for suffix, kind in ((".html", "pages"), (".txt", "plain texts")):
        pages = [page for page in every if page.suffix == suffix]
        # The others read no plain text, so nothing could leak.
        readers = others if suffix == ".html" else {}
        leaks = {OURS: sidebars.measure(pages, sidebars.ours)}
        for name, read in readers.items():
            leaks[name] = sidebars.measure(pages, sidebars.theirs(read))
        for field, label in (
            ("leaked", "lines of the list leaked"),
            ("lost", "sentences lost"),
            ("dates", "false dates"),
            ("dates_missed", "stated dates not found"),
        ):
            figures = {name: getattr(one, field) for name, one in leaks.items()}
            key = f"sidebars{suffix}.{field}"
            yield Row(
                key, f"{len(pages)} {kind} with sidebars: {label}", figures, leaks[OURS].errors
            )


def _invented_dates(others: Mapping[str, Extractor]) -> Iterator[Row]:
    every = list(dates.invented_pages())
    for suffix, kind in ((".html", "pages"), (".txt", "plain texts")):
        pages = [page for page in every if page.name.endswith(suffix)]
        readers = date_extractors(others) if suffix == ".html" and others else {}
        mine, errors = dates.measure(
            pages, lambda page: ours.passages(page.html.encode(), page.name)
        )
        scores = {OURS: mine}
        for name, read in readers.items():
            scores[name] = dates.measure(pages, _date_reader(read))[0]
        yield from _dates(f"dates{suffix}", f"{len(pages)} {kind} with dates", scores, errors)


def _shaped_dates(others: Mapping[str, Extractor]) -> Iterator[Row]:
    for part, make in (("shapes", date_shapes.seen), ("unseen", date_shapes.unseen)):
        pages = list(make())
        mine, errors = dates.tally(pages, lambda page: ours.passages(page.html.encode(), page.name))
        tallies = {OURS: mine}
        for name, read in (date_extractors(others) if others else {}).items():
            tallies[name] = dates.tally(pages, _date_reader(read))[0]
        for outcome in dates.Tally._fields:
            figures = {name: getattr(found, outcome) for name, found in tallies.items()}
            label = f"{len(pages)} pages in fifteen languages ({part}): dates {outcome}"
            yield Row(f"dates.{part}.{outcome}", label, figures, errors)


def _real_dates(
    pages: Sequence[real.RealPage], mine: Mapping[str, Extract], others: Mapping[str, Extractor]
) -> Iterator[Row]:
    # Announcements have no date in the gold standard, though they print one.
    dated = [DatedPage(page.name, page.html, page.published) for page in pages if page.published]
    score, errors = dates.measure(dated, lambda page: mine[page.name])
    scores = {OURS: score}
    for name, read in (date_extractors(others) if others else {}).items():
        scores[name] = dates.measure(dated, _date_reader(read))[0]
    yield from _dates("dates.kremlin", f"{len(pages)} Kremlin pages", scores, errors)


def _dates(key: str, label: str, scores: Mapping[str, Score], errors: list[str]) -> Iterator[Row]:
    figures = {name: score.f1 for name, score in scores.items()}
    yield Row(f"{key}.f1", f"{label}: date F1", figures, errors)
    figures = {name: int(score.false) for name, score in scores.items()}
    yield Row(f"{key}.false", f"{label}: false dates", figures, errors)


def _date_reader(read: Extractor) -> dates.Reader:
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
        scores = {n: main_text.measure(pages, own, with_lead) for n, own in texts.items()}
        figures = {name: score.f1 for name, score in scores.items()}
        worst = [f"{name}\t{f1:.3f}" for f1, name in scores[OURS].worst[:_MAX_WORST_PAGES]]
        yield Row(f"{key}.f1", f"{len(pages)} Kremlin pages: {label}", figures, worst)


def _kept(
    key: str, label: str, pages: Sequence[turns.Page], others: Mapping[str, Extractor]
) -> Iterator[Row]:
    counts = {OURS: interviews.ours(pages)}
    counts |= {name: interviews.theirs(read, pages) for name, read in others.items()}
    errors = counts[OURS].errors
    title = f"{label}, {counts[OURS].turns} turns"
    kept = {name: one.kept / one.turns for name, one in counts.items()}
    yield Row(f"{key}.kept", f"{title}: kept", kept, errors)
    separate = {name: one.separate / one.turns for name, one in counts.items()}
    yield Row(f"{key}.alone", f"{title}: separate", separate, errors)


def _turns(key: str, label: str, scores: turns.TurnScores) -> Iterator[Row]:
    bounds, roles, speakers = scores.boundaries, scores.roles, scores.speakers
    yield Row(f"{key}.precision", f"{label}: boundaries, precision", {OURS: bounds.precision})
    yield Row(f"{key}.recall", f"{label}: boundaries, recall", {OURS: bounds.recall}, scores.errors)
    yield Row(f"{key}.roles", f"{label}: roles right", {OURS: roles.precision}, scores.errors)
    yield Row(f"{key}.speakers", f"{label}: speakers right", {OURS: speakers.precision})


def _quotations_by_language() -> Iterator[Row]:
    every = list(quotations_by_language.reports())
    for part, unseen in (("reports", False), ("unseen", True)):
        named = quotations_by_language.measure([one for one in every if one.unseen == unseen])
        for outcome in ("right", "wrong", "unknown"):
            label = f"quotations in fourteen languages ({part}): speakers {outcome}"
            figures = {OURS: getattr(named, outcome)}
            yield Row(f"quotations.{part}.{outcome}", label, figures, named.errors)


def _quotations() -> Iterator[Row]:
    scores = quotations.measure()
    label = f"quotations of five words or more ({scores.passages} passages)"
    rows = (
        ("precision", "found, precision", scores.found.precision),
        ("recall", "found, recall", scores.found.recall),
        ("speakers", "speaker right", scores.speakers.precision),
        ("f1", "end to end, F1", scores.whole.f1),
        ("indirect", "indirect speech, F1", scores.indirect.f1),
    )
    for key, name, figure in rows:
        yield Row(f"quotations.{key}", f"{label}: {name}", {OURS: figure}, scores.errors)
