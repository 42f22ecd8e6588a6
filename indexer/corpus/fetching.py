"""Pages from the web, politely: as robots.txt allows, slowly, and from public hosts only.

A name is looked up once for a request, and the address that was checked is the one connected to, so
that another answer of the name server cannot lead elsewhere.
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
"""The types of content that are fetched, and how files are called that hold them."""

LIMITS = Limits(silence=10, total=30, size=10 * 1024 * 1024)

_ROBOTS_BYTES = 512 * 1024
"""RFC 9309, 2.5: at least 500 KiB of a robots.txt are read."""

_MOST_REDIRECTS = 5
_LONGEST_PAUSE = 30.0
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: who says so, how many seconds lie between two requests to one host, and whether
    a host that is not public may be asked if the address given names it. A redirect never leads to
    another such host."""

    user_agent: str
    allow_private: bool = False
    limits: Limits = LIMITS
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found: ``url`` is where redirects led, ``kind`` one of `SUFFIXES`."""

    url: str
    kind: str
    charset: str | None
    data: bytes


class Fetcher:
    """Fetches one page after another; knows what each site allows, and when it was last asked."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        # Rules are for product names; what else a user agent says (a contact) might name another.
        self._product = manners.user_agent.partition("/")[0].split()[0]
        self._rules: dict[str, Protego] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """The page at an address. Raises `NotFetched` with the reason if there is none for us."""
        start = place_of(url)
        place, answer = self._follow(start, start.hostname, self._manners.limits, obey=True)
        if answer.status != 200:
            raise NotFetched(f"it answers {answer.status} {answer.reason}")
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else "nothing"
        if kind not in SUFFIXES:
            raise NotFetched(f"it is {kind}, which is not read")
        if not answer.whole:
            raise NotFetched(f"it is larger than {self._manners.limits.size:,} bytes")
        charset = answer.headers.get_content_charset()
        return Fetched(urlunsplit(place), kind, charset, answer.data)

    def _follow(
        self, place: SplitResult, asked_for: str | None, limits: Limits, obey: bool
    ) -> tuple[SplitResult, Answer]:
        """The answer at the end of all redirects, and the place of that end."""
        for _ in range(_MOST_REDIRECTS + 1):
            if obey:
                self._require_allowed(place, asked_for)
            answer = self._ask(place, asked_for, limits)
            if answer.status not in _REDIRECTS:
                return place, answer
            place = place_of(urljoin(urlunsplit(place), str(answer.headers["Location"] or "")))
        raise NotFetched(f"it redirects more than {_MOST_REDIRECTS} times")

    def _ask(self, place: SplitResult, asked_for: str | None, limits: Limits) -> Answer:
        host = place.hostname or ""
        addresses = resolve(host, place.port or PORTS[place.scheme])
        if not (self._manners.allow_private and host == asked_for):
            hidden = [address for address in addresses if not is_public(address)]
            if hidden:
                raise NotFetched(f"{host} ({hidden[0]}) is no public host")
        self._pause_before(place)
        return ask(place, addresses, limits, self._manners.user_agent)

    def _pause_before(self, place: SplitResult) -> None:
        rules = self._rules.get(_site(place))
        wished = (rules and rules.crawl_delay(self._product)) or 0
        pause = max(self._manners.pause, min(wished, _LONGEST_PAUSE))
        last = self._asked.get(place.netloc)
        now = time.monotonic()
        if last is not None and now < last + pause:
            self._manners.sleep(last + pause - now)
        self._asked[place.netloc] = time.monotonic()

    # --- robots.txt (RFC 9309) -------------------------------------------------------------------

    def _require_allowed(self, place: SplitResult, asked_for: str | None) -> None:
        site = _site(place)
        if site not in self._rules:
            self._rules[site] = self._read_rules(place, asked_for)
        if not self._rules[site].can_fetch(urlunsplit(place), self._product):
            raise NotFetched(f"robots.txt of {place.netloc} does not allow it")

    def _read_rules(self, place: SplitResult, asked_for: str | None) -> Protego:
        """What a site allows; everything, if it has no robots.txt (RFC 9309, 2.3.1.3)."""
        robots = place._replace(path="/robots.txt", query="")
        limits = replace(self._manners.limits, size=_ROBOTS_BYTES)
        try:
            _, answer = self._follow(robots, asked_for, limits, obey=False)
        except NotFetched as problem:
            raise NotFetched(f"its robots.txt: {problem}") from problem
        if answer.status >= 500:
            raise NotFetched(
                f"its robots.txt answers {answer.status}: nobody knows what is allowed"
            )
        text = answer.data.decode("utf-8-sig", "replace") if answer.status == 200 else ""
        return Protego.parse(text)


def _site(place: SplitResult) -> str:
    return f"{place.scheme}://{place.netloc}"
