"""Fetches pages from the web politely: as robots.txt allows, slowly, and from public hosts only.

The name of a host is looked up once for each request. The connection goes to the address that was
checked, so that a second answer of the name server cannot lead elsewhere.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urljoin, urlunsplit

from protego import Protego

from indexer.corpus.public_address import is_public, resolve
from indexer.corpus.web_request import PORTS, Answer, Limits, TookTooLong, ask, place_of
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

SITEMAP_LIMITS = Limits(silence_seconds=10, total_seconds=120, max_bytes=50 * 1024 * 1024)
"""The largest sitemap that sitemaps.org allows."""

_ROBOTS_BYTES = 512 * 1024
"""The part of a robots.txt that is read. RFC 9309, 2.5 demands at least 500 KiB."""

_GZIP = b"\x1f\x8b"
_MAX_REDIRECTS = 5
_MAX_TIMES_LATE = 3
"""A host that takes too long so many times in a row is asked no more in this run."""

_MAX_PAUSE_SECONDS = 30.0
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Manners:
    """The rules of fetching: user agent, limits, and pause between requests to one host.

    With ``allow_private`` a user may name a host that is not public. Redirects, feeds and sitemaps
    never lead to another such host.
    """

    user_agent: str
    allow_private: bool = False
    limits: Limits = LIMITS
    sitemap_limits: Limits = SITEMAP_LIMITS
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
        self._late: Counter[str] = Counter()

    def fetch(self, url: str, named_host: str | None = None) -> Fetched:
        """Return the page at an address. Raises `NotFetched` with the reason.

        ``named_host`` is the host that the user named, by default that of the address.
        """
        place, answer = self._whole(url, named_host, self._manners.limits)
        if "Content-Type" not in answer.headers:
            raise NotFetched("the server states no content type")
        kind = answer.headers.get_content_type()
        if kind not in SUFFIXES:
            raise NotFetched(f"its content type {kind} is not supported")
        charset = answer.headers.get_content_charset()
        return Fetched(urlunsplit(place), kind, charset, answer.data)

    def fetch_list(
        self, url: str, named_host: str | None = None, *, is_sitemap: bool = False
    ) -> tuple[str, bytes]:
        """Return a feed or a sitemap, whatever its content type: its last address and its bytes.

        Raises as `fetch`.
        """
        manners = self._manners
        limits = manners.sitemap_limits if is_sitemap else manners.limits
        place, answer = self._whole(url, named_host, limits)
        data = answer.data
        if data.startswith(_GZIP):
            data = _unzipped(data, limits.max_bytes)
        return urlunsplit(place), data

    def _whole(
        self, url: str, named_host: str | None, limits: Limits
    ) -> tuple[SplitResult, Answer]:
        """Return the last address and its answer. Raises `NotFetched` if that is not a success."""
        start = place_of(url)
        place, answer = self._follow(start, named_host or start.hostname, limits, obey=True)
        if answer.status != 200:
            raise NotFetched(f"the server answers {answer.status} {answer.reason}")
        if not answer.is_whole:
            raise NotFetched(f"it is larger than {limits.max_bytes:,} bytes")
        return place, answer

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
        if self._late[host] >= _MAX_TIMES_LATE:
            raise NotFetched(f"{host} took too long {_MAX_TIMES_LATE} times: it is asked no more")
        addresses = resolve(host, place.port or PORTS[place.scheme])
        if not (self._manners.allow_private and host == asked_for):
            hidden = [address for address in addresses if not is_public(address)]
            if hidden:
                raise NotFetched(f"{host} ({hidden[0]}) is not a public host")
        self._pause_before(place)
        try:
            answer = ask(place, addresses, limits, self._manners.user_agent)
        except TookTooLong:
            self._late[host] += 1
            raise
        del self._late[host]
        return answer

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


def _unzipped(data: bytes, max_bytes: int) -> bytes:
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unzipped = unzip.decompress(data, max_bytes + 1)
    except zlib.error as problem:
        raise NotFetched(f"it is not valid gzip: {problem}") from problem
    if len(unzipped) > max_bytes:
        raise NotFetched(f"it is larger than {max_bytes:,} bytes")
    if not unzip.eof:
        raise NotFetched("it is cut off")
    return unzipped


def _site(place: SplitResult) -> str:
    return f"{place.scheme}://{place.netloc}"
