"""Tell when a web page was published, and by what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import htmldate
from lxml.etree import tostring
from lxml.html import HtmlElement

from indexer.ingest.html import date_tags
from indexer.ingest.html.headline import Headline
from indexer.ingest.html.metadata import PageMetadata
from indexer.ingest.html.sightings import Sighting, sightings
from indexer.ingest.html.weighing import Evidence, printed_date, weigh
from indexer.ingest.lines.address_dates import date_in_address
from indexer.ingest.lines.date_forms import DateStyle, is_day_first
from indexer.ingest.lines.dates import Dating
from indexer.ingest.lines.plausibility import implausible
from indexer.ingest.lines.stated_dates import every_stated


@dataclass(frozen=True, slots=True)
class Origin:
    """The address of a page and the time it was saved (ISO 8601); ``None`` if not known."""

    address: str | None = None
    saved: str | None = None


NOWHERE = Origin()
"""Nothing is known about where a page comes from."""


@dataclass(frozen=True, slots=True)
class PageDates:
    """The dates of an article; ``published`` is ``None`` if no evidence is good enough.

    ``evidence`` tells what was believed and what was refused.
    """

    published: Dating | None
    updated: Dating | None
    evidence: str | None


def page_dates(
    page: HtmlElement, meta: PageMetadata, headline: Headline, origin: Origin
) -> PageDates:
    """Weigh all dates of a page. Returns those of its article."""
    slashed = (text for block in headline.blocks if "/" in (text := block.paragraph.text))
    style = DateStyle(meta.language(), is_day_first(slashed))
    plausible = _Plausible(origin.saved)
    stated = plausible.of(every_stated(date_tags.published(meta), style))
    marked = () if stated else every_stated(date_tags.marked(page, headline.is_aside), style)
    shown = filter(None, map(date_in_address, (*meta.addresses(), origin.address)))
    evidence = Evidence(
        stated=stated or plausible.of(marked),
        less_certain=plausible.of(every_stated(date_tags.less_certain(meta), style)),
        updated=plausible.of(every_stated(date_tags.updated(meta), style)),
        sightings=plausible.of_printed(sightings(headline, style)),
        address=next(iter(plausible.of(shown)), None),
    )
    published = weigh(evidence) or _guess(page, evidence)
    texts = [published.evidence] if published else []
    return PageDates(published, _update(evidence), "; ".join([*texts, *plausible.refused]) or None)


class _Plausible:
    """Sort out dates that cannot be, and remember what was refused."""

    def __init__(self, saved: str | None) -> None:
        self._saved = saved
        self.refused: list[str] = []

    def of(self, dates: Iterable[Dating]) -> list[Dating]:
        """Return those of the dates that can be."""
        possible = []
        for dating in dates:
            if (why := implausible(dating.published, self._saved)) is None:
                possible.append(dating)
            else:
                self.refused.append(f"refused, {why}: {dating.evidence}")
        return possible

    def of_printed(self, found: Sequence[Sighting]) -> list[Sighting]:
        """Return those of the printed dates that can be; others in a page are no news."""
        return [one for one in found if not implausible(one.dating.published, self._saved)]


def _update(evidence: Evidence) -> Dating | None:
    near = (s.dating for s in evidence.sightings if s.label == "updated" and s.distance)
    return next(chain(evidence.updated, near), None)


def _guess(page: HtmlElement, evidence: Evidence) -> Dating | None:
    """Return the only date that stands alone anywhere in the page, if htmldate takes it too."""
    printed = printed_date(evidence.sightings)
    if printed is None:
        return None
    guess = htmldate.find_date(
        tostring(page, encoding="unicode"),
        extensive_search=True,
        original_date=True,
        outputformat="%Y-%m-%d",
    )
    if guess != printed.dating.day:
        return None
    return replace(printed.dating, evidence=f"{printed.dating.evidence}; htmldate takes it too")
