"""Settle the date of an article by its address and by when it was saved."""

from __future__ import annotations

from dataclasses import replace

from indexer.ingest.html.weighing import at_address
from indexer.ingest.lines.address_dates import date_in_address
from indexer.ingest.lines.dates import Dating
from indexer.ingest.lines.plausibility import implausible
from indexer.records import Article


def with_settled_date(article: Article, saved: str | None) -> Article:
    """Return an article without dates that cannot be; an unknown one, its address may show.

    ``saved`` is when the file was saved, in ISO 8601, if that was noted.
    """
    article = _without_implausible(article, saved)
    address = date_in_address(article.url)
    if address is None or implausible(address.published, saved):
        return article
    if article.published is None or article.date_precision is None:
        return _dated(article, address, article.date_evidence)
    known = Dating(article.published, article.date_precision, article.date_evidence or "")
    return _dated(article, at_address(known, address), None)


def _without_implausible(article: Article, saved: str | None) -> Article:
    if article.updated and implausible(article.updated, saved):
        article = replace(article, updated=None)
    why = implausible(article.published, saved) if article.published else None
    if why is None:
        return article
    evidence = f"refused, {why}: {article.date_evidence}"
    return replace(article, published=None, date_precision=None, date_evidence=evidence)


def _dated(article: Article, dating: Dating, besides: str | None) -> Article:
    evidence = "; ".join(filter(None, (dating.evidence, besides)))
    return replace(
        article,
        published=dating.published,
        date_precision=dating.precision,
        date_evidence=evidence or None,
    )
