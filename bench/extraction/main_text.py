"""Main text of pages, compared with the text that their own markup marks."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from typing import NamedTuple

from bench.extraction.real import RealPage
from bench.extraction.scores import shared


class TextScore(NamedTuple):
    """Means over pages. ``worst`` are all pages by F1, worst first."""

    precision: float
    recall: float
    worst: list[tuple[float, str]]

    @property
    def f1(self) -> float:
        """Harmonic mean of the two means."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def measure(pages: Sequence[RealPage], texts: Sequence[str], with_lead: bool = False) -> TextScore:
    """Compare extracted texts by their runs of four words, as article-extraction-benchmark does.

    The markup does not include the lead under the headline, which readers consider part of the
    text; ``with_lead`` adds it.
    """
    scores = [
        (shared(text, f"{page.lead}\n{page.text}" if with_lead else page.text), page.name)
        for page, text in zip(pages, texts, strict=True)
    ]
    return TextScore(
        # As in that benchmark, an empty text has a recall of 0 and no precision.
        mean([score.precision for score, _ in scores if score.both + score.false] or [0]),
        mean(score.recall for score, _ in scores),
        sorted((score.f1, name) for score, name in scores),
    )
