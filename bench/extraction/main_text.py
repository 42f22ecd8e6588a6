"""The text of a page against the text that its own marks tell."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from typing import NamedTuple

from bench.extraction.real import RealPage
from bench.extraction.scores import shared


class TextScore(NamedTuple):
    """Means over pages, and F1 of the two; ``worst`` are pages by F1, the worst first."""

    precision: float
    recall: float
    worst: list[tuple[float, str]]

    @property
    def f1(self) -> float:
        """The harmonic mean of the two means."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(pages: Sequence[RealPage], found: Sequence[str], with_lead: bool = False) -> TextScore:
    """The scores of the texts found in pages, as the article-extraction-benchmark takes them:
    precision and recall of the runs of four words, means over pages.

    The marks leave out the lead under the headline, which readers count as text: ``with_lead``
    asks for it.
    """
    scores = [
        (shared(text, f"{page.lead}\n{page.text}" if with_lead else page.text), page.name)
        for page, text in zip(pages, found, strict=True)
    ]
    return TextScore(
        # As there: a page in which nothing was found has no precision, only a recall of 0.
        mean([score.precision for score, _ in scores if score.both + score.found] or [0]),
        mean(score.recall for score, _ in scores),
        sorted((score.f1, name) for score, name in scores),
    )
