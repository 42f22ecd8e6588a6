"""Addresses of all pages for people, taken from the routes: a new page needs no row here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search_app import create_app
from search_app.pages import PAGES

EXAMPLES = {
    "article_id": "the-lantern/2025/lind-on-promises",
    "passage_id": "the-lantern/2025/lind-on-promises#1",
    "speaker_id": "ada-lind",
}
"""A value in ``tests/articles`` for each argument in a route."""


def _page_addresses() -> Iterator[str]:
    app = create_app(Path("no-index-is-needed"))
    pages = {blueprint.name for blueprint in PAGES}
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in pages or "GET" not in (rule.methods or ()):
            continue
        missing = rule.arguments - set(EXAMPLES)
        assert not missing, f"{rule}: add examples of {missing} to tests/addresses.py"
        with app.test_request_context():
            values = {name: EXAMPLES[name] for name in rule.arguments}
            address = app.url_for(rule.endpoint, **values)
        if client.get(address).mimetype == "text/html":
            yield address


PAGE_ADDRESSES = tuple(_page_addresses())
"""One address of every page."""

ADDRESSES = (
    *PAGE_ADDRESSES,
    "/search?q=nowheretobefound&speaker=ada-lind",
    "/search?q=postcrad",
    "/search?q=promise&from=2019&to=2025&source=The+Lantern",
    "/search?q=marzipan",
    "/search?q=promise",
    "/search?q=postcard&scope=headline",
    "/search?q=promise+ferryman+zeppelin",
    "/search?page=0",
    "/search?page=99",
    "/articles/odd/markup",
    "/articles/the-lantern/2025/lind-on-promises?q=promise#p2",
    "/articles/the-lantern/undated/notes",
    "/speakers?q=nobody-at-all",
    "/passages/the-lantern/2025/lind-on-promises%232?reported=1",
    "/nowhere",
)
"""Every page, and pages again in other states: nothing found, an error, marked words."""
