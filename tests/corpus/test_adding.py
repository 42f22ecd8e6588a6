"""`add`: what is fetched, what is refused, and where it is put; against a server on localhost."""

from __future__ import annotations

import gzip
import os
import tomllib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Commentary, CorpusFolder, Run
from hypothesis import given
from hypothesis import strategies as st
from web_site import HTML, PROSE, Site, page, serving

from indexer import SearchRequest, open_index
from indexer.corpus.adding import Added, Shelf, _as_toml, add_file, add_page
from indexer.corpus.fetching import Fetcher, Manners
from indexer.corpus.public_address import is_public
from indexer.corpus.web_request import Limits
from indexer.errors import CorpusError, NotFetched
from indexer.ingest.bounded import BoundedReader


@pytest.fixture
def site() -> Iterator[Site]:
    """Start a server on localhost."""
    with serving() as site:
        yield site


@pytest.fixture
def pauses() -> list[float]:
    """How long a fetcher would have slept."""
    return []


@pytest.fixture
def fetcher(pauses: list[float]) -> Fetcher:
    """Make a fetcher for localhost that does not sleep, and waits half a second."""
    limits = Limits(silence_seconds=0.5, total_seconds=0.5, max_bytes=20_000)
    manners = Manners("tester/1 (+test@example.org)", True, limits, sleep=pauses.append)
    return Fetcher(manners)


def noted(path: Path) -> dict[str, object]:
    return tomllib.loads(path.with_name(path.name + ".toml").read_text("utf-8"))


# --- Fetching ------------------------------------------------------------------------------------


def test_a_page_is_fetched_with_its_kind_and_charset(site: Site, fetcher: Fetcher) -> None:
    found = fetcher.fetch(site.put("/wall", page()))
    assert (found.url, found.kind, found.charset) == (site.url + "/wall", "text/html", "utf-8")
    assert found.data == page()


def test_whoever_is_asked_is_told_who_asks(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.put("/wall", page()))
    assert site.agents == {"tester/1 (+test@example.org)"}


def test_robots_txt_is_read_once_and_obeyed(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"User-agent: tester\nDisallow: /inside/\n")
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        fetcher.fetch(site.put("/inside/wall", page()))
    fetcher.fetch(site.put("/wall", page()))
    assert site.asked == ["/robots.txt", "/wall"]


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/drafts/wall", False),
        ("/drafts/open/wall", True),  # the longest rule that fits decides, wherever it stands
        ("/a/print/wall", False),  # a star is for anything
        ("/wall.pdf", False),  # a dollar is the end
        ("/wall.pdf.html", True),
        ("/caf%c3%a9", False),  # whichever way it is escaped
        ("/wall", True),
    ],
)
def test_robots_txt_is_understood_as_rfc_9309_says(
    site: Site, fetcher: Fetcher, path: str, is_allowed: bool
) -> None:
    rules = [
        "Disallow: /drafts/",
        "Allow: /drafts/open/",
        "Disallow: /*/print/",
        "Disallow: /*.pdf$",
    ]
    lines = [
        "User-agent: another",
        "Disallow: /",
        "",
        "User-agent: TESTER",
        *rules,
        "Disallow: /café",
    ]
    site.put("/robots.txt", "\n".join(lines).encode())
    url = site.put(path, page())
    if is_allowed:
        assert fetcher.fetch(url).data == page()
    else:
        with pytest.raises(NotFetched, match=r"robots\.txt"):
            fetcher.fetch(url)


def test_rules_for_a_program_that_our_contact_names_are_not_ours(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: otherbot\nDisallow: /\n")
    url = site.put("/wall", page())
    manners = Manners("tester/1 (+https://otherbot.example)", True, pause_seconds=0)
    assert Fetcher(manners).fetch(url).url == url


def test_where_a_page_redirects_is_asked_for_as_robots_txt_allows(
    site: Site, fetcher: Fetcher
) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /inside/\n")
    site.put("/inside/wall", page())
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        fetcher.fetch(site.redirect("/short", "/inside/wall"))
    assert "/inside/wall" not in site.asked


def test_a_robots_txt_that_fails_allows_nothing(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", status=503)
    with pytest.raises(NotFetched, match="503"):
        fetcher.fetch(site.put("/wall", page()))


def test_a_host_is_asked_once_a_second(site: Site, fetcher: Fetcher, pauses: list[float]) -> None:
    fetcher.fetch(site.put("/wall", page()))
    fetcher.fetch(site.put("/wall", page()))
    assert len(pauses) == 2, "before each page, but not before robots.txt, the first to be asked"
    assert all(0.5 < pause <= 1 for pause in pauses)


def test_a_site_that_wishes_longer_pauses_gets_them(
    site: Site, fetcher: Fetcher, pauses: list[float]
) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 5\n")
    fetcher.fetch(site.put("/wall", page()))
    assert 4 < pauses[0] <= 5


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://gazette.example/a", "only http and https"),
        ("http:///a", "no host"),
        ("http://user:secret@gazette.example/", "a user name"),
        ("http://gazette.example:port/", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://nowhere.invalid/", "no host"),
    ],
)
def test_an_address_that_is_not_fetched_is_refused_with_the_reason(
    fetcher: Fetcher, url: str, reason: str
) -> None:
    with pytest.raises(NotFetched, match=reason):
        fetcher.fetch(url)


def test_hosts_that_are_not_public_are_not_asked(site: Site) -> None:
    with pytest.raises(NotFetched, match=r"127\.0\.0\.1.*not a public host"):
        Fetcher(Manners("tester")).fetch(site.put("/wall", page()))
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"),
        *("64:ff9b:1::808:808", "fec0::1", "::8.8.8.8", "3fff::1", "5f00::1"),
    ],
)
def test_addresses_that_lead_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://169.254.169.254/latest/meta-data/", "not a public host"),
        ("http://localhost:{port}/wall", "not a public host"),
        ("/short", "more than 5 times"),
        ("", "more than 5 times"),
    ],
)
def test_a_redirect_never_leads_where_it_should_not(
    site: Site, fetcher: Fetcher, location: str, reason: str
) -> None:
    site.put("/wall", page())
    port = str(urlsplit(site.url).port)
    with pytest.raises(NotFetched, match=reason):
        fetcher.fetch(site.redirect("/short", location.format(port=port)))


def test_a_redirect_is_followed_to_its_end(site: Site, fetcher: Fetcher) -> None:
    site.put("/2025/wall.html", page())
    site.redirect("/middle", "2025/wall.html")
    assert fetcher.fetch(site.redirect("/short", "/middle")).url == site.url + "/2025/wall.html"


@pytest.mark.parametrize(
    ("status", "headers", "data", "reason"),
    [
        (404, HTML, b"", "404"),
        (500, HTML, b"", "500"),
        (204, HTML, b"", "204"),
        (200, {"Content-Type": "image/png"}, b"", "image/png"),
        (200, {}, b"<html>", "no content type"),
        (200, HTML, b"x" * 20_001, "larger than 20,000 bytes"),
        (200, {**HTML, "Content-Length": "30"}, b"<html>", "cut off|too long"),
        (200, {**HTML, "Content-Encoding": "gzip"}, b"no gzip", "no valid answer"),
        (200, {**HTML, "Content-Encoding": "br"}, b"x", "compressed as br"),
        (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(bytes(10**7)), "larger than"),
    ],
    ids=[
        *("not found", "error", "no content", "picture", "untyped", "large", "cut off"),
        *("broken gzip", "brotli", "gzip bomb"),
    ],
)
def test_what_is_not_a_whole_page_is_refused_with_the_reason(
    site: Site, fetcher: Fetcher, status: int, headers: dict[str, str], data: bytes, reason: str
) -> None:
    with pytest.raises(NotFetched, match=reason):
        fetcher.fetch(site.put("/wall", data, status, headers))


def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/wall", gzip.compress(page()), headers={**HTML, "Content-Encoding": "gzip"})
    assert fetcher.fetch(url).data == page()


def endless_body(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not site.over.is_set():
            request.wfile.write(b"x" * 4096)

    return answer


def slow_body(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not site.over.wait(0.05):
            request.wfile.write(b"x")

    return answer


def slow_headers(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not site.over.wait(0.05):
            request.wfile.write(b"x")

    return answer


def silence(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(_: BaseHTTPRequestHandler) -> None:
        site.over.wait(30)

    return answer


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (endless_body, "larger than"),
        (slow_body, "took too long"),
        (slow_headers, "took too long"),
        (silence, "took too long"),
    ],
)
def test_a_server_cannot_keep_us_for_ever(
    site: Site,
    fetcher: Fetcher,
    kind: Callable[[Site], Callable[[BaseHTTPRequestHandler], None]],
    reason: str,
) -> None:
    site.answers["/wall"] = kind(site)
    with pytest.raises(NotFetched, match=reason):
        fetcher.fetch(site.url + "/wall")


# --- Where it is put -----------------------------------------------------------------------------


@pytest.fixture
def shelf(corpus: CorpusFolder, reader: BoundedReader) -> Shelf:
    """Return an empty corpus to add to, with an outlet."""
    return Shelf(corpus.path, reader, "The Lantern")


def test_a_page_goes_to_its_outlet_and_the_year_of_its_date(
    site: Site, fetcher: Fetcher, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    head = '<meta property="article:published_time" content="2021-05-03">'
    added = add_page(
        Shelf(corpus.path, reader), fetcher, site.put("/news/wall.html", page(head=head))
    )
    assert added.is_new
    assert added.path == corpus.path / "127.0.0.1" / "2021" / "wall.html"
    assert added.path.read_bytes() == page(head=head)


def test_the_sidecar_tells_the_address_and_the_time(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    url = site.put("/wall", page())
    found = noted(add_page(shelf, fetcher, f"{url}#top").path)
    assert (found["url"], found["outlet"]) == (url, "The Lantern")
    assert str(found["retrieved"]).endswith("+00:00")


def test_a_page_without_a_date_goes_to_the_year_in_which_it_was_saved(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    path = add_page(shelf, fetcher, site.put("/wall", page())).path
    assert path.parent.name == str(noted(path)["retrieved"])[:4]
    assert path.parent.parent.name == "the-lantern"


def test_the_address_that_a_page_states_is_noted_if_it_is_of_its_own_site(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    own = f'<link rel="canonical" href="{site.url}/wall">'
    other = '<link rel="canonical" href="https://elsewhere.example/">'
    one = add_page(shelf, fetcher, site.put("/wall?utm_source=x", page(head=own)))
    two = add_page(shelf, fetcher, site.put("/tide", page("The tide went", other)))
    assert [noted(added.path)["url"] for added in (one, two)] == [
        site.url + "/wall",
        site.url + "/tide",
    ]


def test_an_address_is_saved_once(site: Site, fetcher: Fetcher, shelf: Shelf) -> None:
    url = site.put("/wall", page())
    first = add_page(shelf, fetcher, url)
    asked = len(site.asked)
    second = add_page(shelf, fetcher, url + "#more")
    assert (second.path, second.is_new) == (first.path, False)
    assert len(site.asked) == asked


def test_the_address_that_led_to_a_page_is_known_too(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    url = site.put("/2025/wall", page())
    short = site.redirect("/l/4711", "/2025/wall")
    first = add_page(shelf, fetcher, short)
    assert (noted(first.path)["url"], noted(first.path)["fetched_from"]) == (url, short)
    asked = len(site.asked)
    for known in (Shelf(shelf.corpus, shelf.reader), shelf):
        for address in (short, url, f"{url}?utm_source=feed&utm_medium=rss", f"{short}#top"):
            assert add_page(known, fetcher, address) == Added(first.path, is_new=False)
    assert len(site.asked) == asked


@pytest.mark.parametrize("sidecar", [b"url = [", b'url = "\xff://"', b"url = 3 # ://", b"["])
def test_a_broken_sidecar_hides_no_other_address(
    site: Site,
    fetcher: Fetcher,
    shelf: Shelf,
    corpus: CorpusFolder,
    sidecar: bytes,
    reader: BoundedReader,
) -> None:
    url = site.put("/wall", page())
    path = add_page(shelf, fetcher, url).path
    corpus.interview("a/fog", "A word.")
    corpus.write("a/fog.md.toml", sidecar)
    corpus.interview("b/fog", "A word.")
    os.mkfifo(corpus.path / "b/fog.md.toml")
    assert add_page(Shelf(corpus.path, reader), fetcher, url) == Added(path, is_new=False)


def test_a_page_whose_file_is_gone_is_fetched_again(
    site: Site, fetcher: Fetcher, shelf: Shelf, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    url = site.put("/wall", page())
    add_page(shelf, fetcher, url).path.unlink()
    assert add_page(Shelf(corpus.path, reader), fetcher, url).is_new


def test_a_new_version_is_saved_beside_the_old_one_if_asked_for(
    site: Site, fetcher: Fetcher, shelf: Shelf, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    url = site.put("/wall", page())
    first = add_page(shelf, fetcher, url)
    site.put("/wall", page(body=PROSE * 5))
    second = add_page(Shelf(corpus.path, reader, "The Lantern", again=True), fetcher, url)
    assert (first.path.name, second.path.name) == ("wall.html", "wall-2.html")
    assert first.path.read_bytes() == page()
    assert noted(second.path)["url"] == url


def test_two_pages_of_one_name_are_both_kept(site: Site, fetcher: Fetcher, shelf: Shelf) -> None:
    one = add_page(shelf, fetcher, site.put("/may/wall", page()))
    two = add_page(shelf, fetcher, site.put("/june/wall", page("The wall fell")))
    assert [one.path.name, two.path.name] == ["wall.html", "wall-2.html"]


def test_no_article_takes_the_id_of_another(shelf: Shelf, site: Site, fetcher: Fetcher) -> None:
    one = add_page(shelf, fetcher, site.put("/wall", page()))
    one.path.rename(one.path.with_suffix(".md"))
    two = add_page(shelf, fetcher, site.put("/june/wall", page()))
    assert two.path.stem == "wall-2"


def test_a_page_without_an_article_is_not_saved(
    site: Site, fetcher: Fetcher, shelf: Shelf, corpus: CorpusFolder
) -> None:
    with pytest.raises(CorpusError, match="no article text"):
        add_page(shelf, fetcher, site.put("/wall", b"<html><script>draw()</script></html>"))
    assert list(corpus.path.rglob("*.*")) == []


def test_a_page_whose_encoding_only_the_server_tells_is_saved_as_utf_8(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    body = "Стена выдержала прилив, и никто в порту не пострадал. " * 5
    data = page("Стена", body=body).decode().encode("koi8-r")
    kind = {"Content-Type": "text/html; charset=KOI8-R"}
    path = add_page(shelf, fetcher, site.put("/wall", data, headers=kind)).path
    assert "Стена выдержала" in path.read_text("utf-8-sig")


def test_a_feed_goes_to_the_year_in_which_it_was_saved(
    site: Site, fetcher: Fetcher, shelf: Shelf
) -> None:
    item = f"<title>Wall</title><pubDate>3 May 2021</pubDate><description>{PROSE}</description>"
    feed = f"<rss><channel><title>L</title><item>{item}</item></channel></rss>".encode()
    url = site.put("/feed", feed, headers={"Content-Type": "application/rss+xml"})
    path = add_page(shelf, fetcher, url).path
    assert (path.name, path.parent.name) == ("feed.rss", str(noted(path)["retrieved"])[:4])


@pytest.mark.parametrize("outlet", ["..", "/", ". .", "…"])
def test_an_outlet_that_can_be_no_folder_is_refused(
    site: Site, fetcher: Fetcher, corpus: CorpusFolder, outlet: str, reader: BoundedReader
) -> None:
    with pytest.raises(CorpusError, match="folder"):
        add_page(Shelf(corpus.path, reader, outlet), fetcher, site.put("/wall", page()))


def test_a_file_is_copied_with_its_address(
    tmp_path: Path, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    file = tmp_path / "The Wall.HTML"
    file.write_bytes(page(head='<meta name="date" content="2021-05-03">'))
    added = add_file(Shelf(corpus.path, reader), file, "https://www.gazette.example/a/wall")
    assert added.path == corpus.path / "gazette.example" / "2021" / "the-wall.html"
    assert noted(added.path) == {"url": "https://www.gazette.example/a/wall"}
    assert (
        add_file(Shelf(corpus.path, reader), file, "https://www.gazette.example/a/wall").is_new
        is False
    )


def test_a_file_that_nothing_tells_the_outlet_of_is_refused(
    tmp_path: Path, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    file = tmp_path / "wall.txt"
    file.write_text(f"The wall held\n\n{PROSE}")
    with pytest.raises(CorpusError, match="--outlet"):
        add_file(Shelf(corpus.path, reader), file)


def test_a_file_of_the_corpus_is_there_already(corpus: CorpusFolder, reader: BoundedReader) -> None:
    file = corpus.write("wall.txt", f"The wall held\n\n{PROSE}")
    assert add_file(Shelf(corpus.path, reader, "The Lantern"), file) == Added(file, is_new=False)


def test_a_sidecar_of_the_file_goes_with_it(
    tmp_path: Path, corpus: CorpusFolder, reader: BoundedReader
) -> None:
    file = tmp_path / "wall.txt"
    file.write_text(f"The wall held\n\n{PROSE}")
    file.with_name("wall.txt.toml").write_text('published = "2019-01-02"\noutlet = "The Lantern"\n')
    path = add_file(Shelf(corpus.path, reader), file).path
    assert path == corpus.path / "the-lantern" / "2019" / "wall.txt"
    assert noted(path) == {"published": "2019-01-02", "outlet": "The Lantern"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_sidecar_holds_any_text(text: str) -> None:
    assert tomllib.loads(_as_toml({"outlet": text}).decode()) == {"outlet": text}


# --- The command ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_add_prints_what_it_saved_and_what_to_do_next(
    site: Site, commentary: Commentary, corpus: CorpusFolder
) -> None:
    site.put("/robots.txt", b"User-agent: commentary-search\nAllow: /\n")
    url = site.put("/wall", page())
    result = commentary(
        "add", "--allow-private", "--outlet", "Lantern", "--contact", "me@example.org", url
    )
    (path,) = corpus.path.rglob("*.html")
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert "Run `reindex`" in result.stderr
    assert all("(+me@example.org)" in agent for agent in site.agents)


@pytest.mark.slow
def test_add_names_what_is_there_already(
    site: Site, commentary: Commentary, corpus: CorpusFolder
) -> None:
    url = site.put("/wall", page())
    commentary("add", "--allow-private", url)
    result = commentary("add", "--allow-private", url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"The corpus has {url} already: {corpus.path}" in result.stderr


@pytest.mark.slow
def test_add_names_what_it_skipped_and_goes_on(
    site: Site, commentary: Commentary, tmp_path: Path
) -> None:
    missing = tmp_path / "none.html"
    url = site.put("/wall", page())
    result = commentary(
        "add", "--allow-private", site.url + "/none", missing, "file:///etc/passwd", url
    )
    assert result.exit_code == 3
    assert result.stdout.endswith("wall.html\n")
    assert f"skipped {site.url}/none: the server answers 404" in result.stderr
    assert f"skipped {missing}: it is no longer there" in result.stderr
    assert "skipped file:///etc/passwd: only http and https" in result.stderr


def test_without_being_asked_to_add_fetches_from_no_private_host(
    site: Site, commentary: Commentary
) -> None:
    result = commentary("add", site.put("/wall", page()))
    assert result.exit_code == 3
    assert "not a public host" in result.stderr


@pytest.mark.slow
def test_add_reindexes_if_asked_to(site: Site, commentary: Commentary, index_path: Path) -> None:
    result = commentary("add", "--allow-private", "--reindex", site.put("/wall", page()))
    assert result.exit_code == 0
    assert "The index holds 1 article" in result.stdout
    assert (index_path / "current.json").exists()


def test_an_address_for_several_files_is_a_mistake(commentary: Commentary) -> None:
    assert commentary("add", "a.html", "b.html", "--url", "https://gazette.example/").exit_code == 2
    assert (
        commentary("add", "https://a.example/", "--url", "https://gazette.example/").exit_code == 2
    )


def test_what_was_added_is_cited_with_its_address(
    site: Site, fetcher: Fetcher, shelf: Shelf, run: Run, index_path: Path
) -> None:
    url = site.put("/wall", page())
    add_page(shelf, fetcher, url)
    assert run().articles == 1
    with open_index(index_path) as index:
        (hit,) = index.search(SearchRequest("spring tide")).hits
    assert (hit.passage.url, hit.passage.outlet) == (url, "The Lantern")
