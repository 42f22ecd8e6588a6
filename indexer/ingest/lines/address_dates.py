"""Read the date in a web address, which outlets fix when they first publish an article."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from indexer.ingest.lines.dates import Dating
from indexer.ingest.lines.months import month_number
from indexer.ingest.lines.stated_dates import stated_date


class AddressForm(NamedTuple):
    """A way to show a date in the path of an address, with one that it takes and one it spares."""

    pattern: re.Pattern[str]
    taken: str
    spared: str


_YEAR = r"(?P<year>199\d|20\d\d)"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"

FORMS = (
    AddressForm(
        re.compile(rf"/{_YEAR}/(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$)"),
        "/world/2022/05/04/a-crane-falls.html",
        "/world/2022/45/04/",
    ),
    AddressForm(
        re.compile(rf"/{_YEAR}/(?P<name>[a-z]{{3,9}})/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$)", re.I),
        "/world/2022/may/04/a-crane-falls",
        "/world/2022/best/04/",
    ),
    AddressForm(
        re.compile(rf"[/_t-]{_YEAR}{_MONTH}{_DAY}(?=[/_.-]|$)"),
        "/news/a-crane-falls-20220504-0096.html",
        "/news/order-20220504123/",
    ),
    AddressForm(
        re.compile(rf"/{_YEAR}-{_MONTH}-{_DAY}(?=[/_.-]|$)"),
        "/news/2022-05-04-a-crane-falls",
        "/news/summit-of-2022-05-04-in-ilven",
    ),
    AddressForm(
        re.compile(rf"/{_YEAR}[/-](?P<month>0?[1-9]|1[0-2])/(?!\d{{1,2}}(?:/|$))"),
        "/2022/05/a-crane-falls.html",
        "/2022/02/30/a-day-that-was-not",
    ),
)
"""The first that fits counts. A year alone may be what the article is about."""

_ARCHIVED = re.compile(r"^/web/\d{4,14}[a-z_]*/(?:https?:/+)?[^/]*", re.I)
"""The day of archiving, which an archive of the web puts before an address."""


def date_in_address(address: str | None) -> Dating | None:
    """Return the day or the month that a web address shows; ``None`` if it shows none.

    >>> date_in_address("https://gazette.example/2022/05/a-crane-falls").published
    '2022-05'
    """
    try:
        path = _ARCHIVED.sub("", unquote(urlsplit(address or "").path))
    except ValueError:
        return None
    for form in FORMS:
        for found in form.pattern.finditer(path):
            parts = found.groupdict()
            month = parts.get("month") or str(month_number(parts.get("name") or "", None))
            shown = [str(parts["year"]), month.zfill(2)]
            if parts.get("day"):
                shown.append(str(parts["day"]).zfill(2))
            try:
                return stated_date("-".join(shown), f"address: {address}")
            except ValueError:
                continue
    return None
