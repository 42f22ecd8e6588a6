"""Fetches pages from the web politely: as robots.txt allows, slowly, and from public hosts only.

The name of a host is looked up once for each request. The connection goes to the address that was
checked, so that a second answer of the name server cannot lead elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urljoin, urlunsplit

from protego import Protego

from indexer.corpus.public_address import is_public, resolve
from indexer.corpus.web_request import PORTS, Answer, Limits, ask, place_of
from indexer.errors import NotFetched

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
"""The content types that are fetched, with the suffixes of their files."""

LIMITS = Limits(silence_seconds=10, total_seconds=30, max_bytes=10 * 1024 * 1024)

_ROBOTS_BYTES = 512 * 1024
"""The part of a robots.txt that is read. RFC 9309, 2.5 demands at least 500 KiB."""

_MAX_REDIRECTS = 5
_MAX_PAUSE_SECONDS = 30.0
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Manners:
    """The rules of fetching: user agent, limits, and pause between requests to one host.

    With ``allow_private`` a given address may name a host that is not public. A redirect to
    another such host is never followed.
    """

    user_agent: str
    allow_private: bool = False
    limits: Limits = LIMITS
    pause_seconds: float = 1.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched page: ``url`` is its address after all redirects, ``kind`` one of `SUFFIXES`."""

    url: str
    kind: str
    charset: str | None
    data: bytes


class Fetcher:
    """Fetches pages, and remembers the rules and the last request of each site."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        # Rules apply to product names; a contact in the user agent could contain another one.
        self._product = manners.user_agent.partition("/")[0].split()[0]
        self._rules: dict[str, Protego] = {}
        self._last_request: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """Return the page at an address. Raises `NotFetched` with the reason."""
        start = place_of(url)
        place, answer = self._follow(start, start.hostname, self._manners.limits, obey=True)
        if answer.status != 200:
            raise NotFetched(f"the server answers {answer.status} {answer.reason}")
        if "Content-Type" not in answer.headers:
            raise NotFetched("the server states no content type")
        kind = answer.headers.get_content_type()
        if kind not in SUFFIXES:
            raise NotFetched(f"its content type {kind} is not supported")
        if not answer.is_whole:
            raise NotFetched(f"it is larger than {self._manners.limits.max_bytes:,} bytes")
        charset = answer.headers.get_content_charset()
        return Fetched(urlunsplit(place), kind, charset, answer.data)

    def _follow(
        self, place: SplitResult, asked_for: str | None, limits: Limits, obey: bool
    ) -> tuple[SplitResult, Answer]:
        """Follow redirects. Returns the last address and its answer."""
        for _ in range(_MAX_REDIRECTS + 1):
            if obey:
                self._require_allowed(place, asked_for)
            answer = self._ask(place, asked_for, limits)
            if answer.status not in _REDIRECTS:
                return place, answer
            place = place_of(urljoin(urlunsplit(place), str(answer.headers["Location"] or "")))
        raise NotFetched(f"it redirects more than {_MAX_REDIRECTS} times")

    def _ask(self, place: SplitResult, asked_for: str | None, limits: Limits) -> Answer:
        host = place.hostname or ""
        addresses = resolve(host, place.port or PORTS[place.scheme])
        if not (self._manners.allow_private and host == asked_for):
            hidden = [address for address in addresses if not is_public(address)]
            if hidden:
                raise NotFetched(f"{host} ({hidden[0]}) is not a public host")
        self._pause_before(place)
        return ask(place, addresses, limits, self._manners.user_agent)

    def _pause_before(self, place: SplitResult) -> None:
        rules = self._rules.get(_site(place))
        crawl_delay = (rules and rules.crawl_delay(self._product)) or 0
        pause = max(self._manners.pause_seconds, min(crawl_delay, _MAX_PAUSE_SECONDS))
        last = self._last_request.get(place.netloc)
        now = time.monotonic()
        if last is not None and now < last + pause:
            self._manners.sleep(last + pause - now)
        self._last_request[place.netloc] = time.monotonic()

    # --- robots.txt (RFC 9309) -------------------------------------------------------------------

    def _require_allowed(self, place: SplitResult, asked_for: str | None) -> None:
        site = _site(place)
        if site not in self._rules:
            self._rules[site] = self._read_rules(place, asked_for)
        if not self._rules[site].can_fetch(urlunsplit(place), self._product):
            raise NotFetched(f"robots.txt of {place.netloc} does not allow it")

    def _read_rules(self, place: SplitResult, asked_for: str | None) -> Protego:
        """Read the rules of a site. Without a robots.txt all is allowed (RFC 9309, 2.3.1.3)."""
        robots = place._replace(path="/robots.txt", query="")
        limits = replace(self._manners.limits, max_bytes=_ROBOTS_BYTES)
        try:
            _, answer = self._follow(robots, asked_for, limits, obey=False)
        except NotFetched as problem:
            raise NotFetched(f"its robots.txt: {problem}") from problem
        if answer.status >= 500:
            raise NotFetched(
                f"its robots.txt answers {answer.status}, so its rules are unknown: try again later"
            )
        text = answer.data.decode("utf-8-sig", "replace") if answer.status == 200 else ""
        return Protego.parse(text)


def _site(place: SplitResult) -> str:
    return f"{place.scheme}://{place.netloc}"
