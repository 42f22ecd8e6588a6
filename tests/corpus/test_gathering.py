"""What `add` is to save: lists, folders, feeds and sitemaps, against a server on localhost."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import CorpusFolder
from web_site import Site, page, serving

from indexer.cli import load_command
from indexer.corpus.adding import Shelf, add_page
from indexer.corpus.fetching import Fetcher, Manners
from indexer.corpus.gathering import MAX_ADDRESS, MAX_SITEMAP_DEPTH, Named, Source, gather
from indexer.corpus.web_request import Limits
from indexer.errors import NotFetched, UnreadableArticle
from indexer.ingest.address_lists import AddressList, read_address_list
from indexer.ingest.bounded import BoundedReader

BASE = "https://lantern.example/feed"
A, B, C = (f"https://lantern.example/{name}" for name in "abc")


@pytest.fixture
def site() -> Iterator[Site]:
    """Start a server on localhost."""
    with serving() as site:
        yield site


@pytest.fixture
def fetcher() -> Fetcher:
    """Return a fetcher that does not sleep; what takes half a second is late."""
    limits = Limits(silence_seconds=0.5, total_seconds=0.5, max_bytes=20_000)
    larger = Limits(silence_seconds=0.5, total_seconds=0.5, max_bytes=60_000)
    return Fetcher(Manners("tester/1", True, limits, larger, sleep=lambda _: None))


class Skips:
    """What is skipped, and why."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}

    def __call__(self, source: str, why: str) -> None:
        self.reasons[source] = why


@pytest.fixture
def skips() -> Skips:
    """Return an empty record of what is skipped."""
    return Skips()


def pages(fetcher: Fetcher, skips: Skips, **named: list[str]) -> list[str]:
    """Return the addresses that are named, or that a feed or sitemap lists."""
    return [str(one) for one in gather(Named(**named), fetcher, skips)]


# --- What is in a feed or a sitemap --------------------------------------------------------------


def rss(*items: str) -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    head = "<title>The Lantern</title><link>https://lantern.example/</link>"
    return f'<?xml version="1.0"?><rss><channel>{head}{inside}</channel></rss>'.encode()


def link(address: str) -> str:
    return f"<title>Fog</title><link>{address}</link>"


def urlset(*addresses: str) -> bytes:
    inside = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{inside}</urlset>'.encode()


def sitemap_index(*addresses: str) -> bytes:
    inside = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex>{inside}</sitemapindex>".encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rss(link(A), link(B), link(A)), [A, B]),
        (rss(link("/a"), "<title>No link</title>"), [A]),
        (rss(f"<guid>{A}</guid>", f'<guid isPermaLink="false">{B}</guid>', "<guid>7</guid>"), [A]),
        (rss(f"{link(B)}<origLink>{A}</origLink>"), [A]),
        (rss(f"<title>Fog&nbsp;&c</title><link>{A}</link>"), [A]),
        (rss(link("javascript:alert(1)"), link("file:///etc/passwd"), link("http://[")), []),
        (rss(link(A)).decode().replace("Fog", "Туман").encode("utf-16"), [A]),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/>'
            b'<entry><link rel="edit" href="/edit"/><link href="/a"/>'
            b'<source><link href="/other"/></source></entry>'
            b'<entry><link rel="alternate" href="/b"/></entry></feed>',
            [A, B],
        ),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            b' xmlns="http://purl.org/rss/1.0/"><channel><link>https://lantern.example/</link>'
            b"</channel><item><link>https://lantern.example/a</link></item></rdf:RDF>",
            [A],
        ),
        (urlset(A, f" {B} "), [A, B]),
        (
            b'<urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>'
            b"<loc>https://lantern.example/a</loc><image:image>"
            b"<image:loc>https://lantern.example/a.jpg</image:loc></image:image></url></urlset>",
            [A],
        ),
        (f"{A}\r\n\r\n{B}\nno address\n".encode(), [A, B]),
        (b"<rss><channel></channel></rss>", []),
    ],
)
def test_the_addresses_of_a_feed_or_sitemap_are_read(data: bytes, expected: list[str]) -> None:
    assert read_address_list(data, BASE) == AddressList(tuple(expected))


def test_half_an_address_is_none() -> None:
    whole = urlset(A, B, C)
    for end in range(len(whole)):
        try:
            found = read_address_list(whole[:end], BASE).pages
        except UnreadableArticle:
            continue
        assert found == (A, B, C)[: len(found)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"The fog will lift.", "neither a feed nor a sitemap"),
        (f"<html><body>\n{A}\n</body></html>".encode(), "neither a feed nor a sitemap"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
            + rss(link("https://lantern.example/&b;"))[21:],
            "declares entities",
        ),
        (
            b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(link("/&a;"))[21:],
            "declares entities",
        ),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        read_address_list(data, BASE)


@pytest.mark.parametrize("part", ["<item>", "<a>", "<item a='1'>", "<![CDATA[", "&amp;", "</item>"])
def test_a_feed_of_the_same_again_and_again_ends(part: str) -> None:
    assert read_address_list(b"<rss>" + part.encode() * 100_000, BASE) == AddressList(())


# --- Feeds and sitemaps of a site ----------------------------------------------------------------


def test_a_feed_of_any_content_type_is_read(site: Site, fetcher: Fetcher, skips: Skips) -> None:
    feed = site.put("/feed", rss(link("/a"), link("/b")))
    kinds = [{"Content-Type": kind} for kind in ("text/html", "application/octet-stream")]
    for headers in [*kinds, {}]:
        site.put("/feed", rss(link("/a"), link("/b")), headers=headers)
        assert pages(fetcher, skips, feeds=[feed]) == [site.url + "/a", site.url + "/b"]
    assert skips.reasons == {}


def test_relative_addresses_are_those_of_where_the_feed_is(
    site: Site, fetcher: Fetcher, skips: Skips
) -> None:
    site.put("/news/feed.xml", rss(link("fog")))
    feed = site.redirect("/feed", "/news/feed.xml")
    assert pages(fetcher, skips, feeds=[feed]) == [site.url + "/news/fog"]


def test_sitemaps_of_sitemaps_are_read_in_order(site: Site, fetcher: Fetcher, skips: Skips) -> None:
    one = site.put("/one.xml", urlset(A))
    packed = site.put("/two.xml.gz", gzip.compress(urlset(B, A)))
    inner = site.put("/inner.xml", sitemap_index(packed))
    top = site.put("/sitemap.xml", sitemap_index(one, inner, one))
    site.put("/three.txt", f"{C}\n".encode())
    named = [top, site.url + "/three.txt"]
    assert pages(fetcher, skips, sitemaps=named) == [A, B, C]
    assert skips.reasons == {}


def test_a_sitemap_that_lists_itself_is_named_and_the_rest_is_read(
    site: Site, fetcher: Fetcher, skips: Skips
) -> None:
    top, inner = site.url + "/sitemap.xml", site.url + "/inner.xml"
    site.put("/sitemap.xml", sitemap_index(top, inner))
    site.put("/inner.xml", sitemap_index(top, site.put("/one.xml", urlset(A))))
    assert pages(fetcher, skips, sitemaps=[top]) == [A]
    assert skips.reasons == {top: "this sitemap lists itself, or one that lists it"}
    assert site.asked.count("/sitemap.xml") == 1


def test_sitemaps_without_end_have_one(site: Site, fetcher: Fetcher, skips: Skips) -> None:
    for number in range(20):
        site.put(f"/{number}.xml", sitemap_index(f"{site.url}/{number + 1}.xml"))
    assert pages(fetcher, skips, sitemaps=[site.url + "/0.xml"]) == []
    (reason,) = skips.reasons.values()
    assert reason == f"sitemaps are nested more than {MAX_SITEMAP_DEPTH} deep here"


def test_a_thousand_sitemaps_are_read_at_most(
    site: Site, fetcher: Fetcher, skips: Skips, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.corpus.gathering.MAX_SITEMAPS", 3)
    inner = [site.put(f"/{number}.xml", urlset(f"/page{number}")) for number in range(5)]
    top = site.put("/sitemap.xml", sitemap_index(*inner))
    assert pages(fetcher, skips, sitemaps=[top]) == [site.url + "/page0", site.url + "/page1"]
    assert skips.reasons == {inner[2]: f"3 sitemaps were read for {top}: the others are left out"}


def endless_feed(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(100 * 1024 * 1024))
        request.end_headers()
        request.wfile.write(b"<rss><channel>")
        while not site.over.is_set():
            request.wfile.write(f"<item>{link(A)}</item>".encode() * 100)

    return answer


def drip(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not site.over.wait(0.05):
            request.wfile.write(b"<")

    return answer


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(endless_feed, "it is larger than 20,000 bytes"), (drip, "took too long")],
)
def test_a_feed_without_end_and_one_that_drips_are_named(
    site: Site,
    fetcher: Fetcher,
    skips: Skips,
    kind: Callable[[Site], Callable[[BaseHTTPRequestHandler], None]],
    reason: str,
) -> None:
    site.answers["/feed"] = kind(site)
    good = site.put("/good", rss(link("/a")))
    feed = site.url + "/feed"
    assert pages(fetcher, skips, feeds=[feed, good]) == [site.url + "/a"]
    assert list(skips.reasons) == [feed]
    assert reason in skips.reasons[feed]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"<urlset>" + bytes(10**7)), "larger than 60,000 bytes"),
        (b"\x1f\x8bno gzip", "not valid gzip"),
        (b"<html>", "neither a feed nor a sitemap"),
        (gzip.compress(urlset(A))[:60], "cut off"),
    ],
    ids=["bomb", "broken", "page", "cut off"],
)
def test_a_sitemap_that_cannot_be_read_is_named(
    site: Site, fetcher: Fetcher, skips: Skips, data: bytes, reason: str
) -> None:
    url = site.put("/sitemap.xml.gz", data)
    good = site.put("/good", urlset(A))
    assert pages(fetcher, skips, sitemaps=[url, "file:///etc/passwd", good]) == [A]
    assert list(skips.reasons) == [url, "file:///etc/passwd"]
    assert reason in skips.reasons[url]


@pytest.mark.slow
def test_a_host_that_is_late_three_times_is_asked_no_more(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"")
    for path in ("/1", "/2", "/3", "/4"):
        site.answers[path] = drip(site)
    for path in ("/1", "/2", "/3"):
        with pytest.raises(NotFetched, match="took too long to answer"):
            fetcher.fetch(site.url + path)
    with pytest.raises(NotFetched, match="took too long 3 times: it is asked no more"):
        fetcher.fetch(site.url + "/4")
    assert "/4" not in site.asked


@pytest.mark.slow
def test_one_good_answer_makes_up_for_two_late_ones(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/wall", page())
    site.answers["/late"] = drip(site)
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(NotFetched, match="took too long"):
                fetcher.fetch(site.url + "/late")
        assert fetcher.fetch(url).url == url


def test_a_feed_leads_to_no_host_that_is_not_public_but_its_own(
    site: Site, fetcher: Fetcher, skips: Skips, shelf: Shelf
) -> None:
    port = site.url.rpartition(":")[2]
    site.put("/wall", page())
    inside = f"http://localhost:{port}/wall"
    feed = site.put("/feed", rss(link("/wall"), link(inside)))
    own, other = gather(Named(feeds=[feed]), fetcher, skips)
    assert own.address
    assert add_page(shelf, fetcher, own.address, own.named_host).is_new
    with pytest.raises(NotFetched, match=r"localhost .* is not a public host"):
        add_page(shelf, fetcher, inside, other.named_host)
    inner = sitemap_index(f"http://localhost:{port}/other.xml")
    assert pages(fetcher, skips, sitemaps=[site.put("/sitemap.xml", inner)]) == []
    assert "is not a public host" in skips.reasons[f"http://localhost:{port}/other.xml"]


@pytest.fixture
def shelf(corpus: CorpusFolder, reader: BoundedReader) -> Shelf:
    """Return a place in an empty corpus."""
    return Shelf(corpus.path, reader, "The Lantern")


def test_robots_txt_is_obeyed_for_feeds_and_sitemaps_too(
    site: Site, fetcher: Fetcher, skips: Skips
) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /inside/\n")
    feed = site.put("/inside/feed", rss(link("/a")))
    assert pages(fetcher, skips, feeds=[feed]) == []
    assert "robots.txt" in skips.reasons[feed]


# --- Lists and folders ---------------------------------------------------------------------------


def test_the_addresses_of_a_list_are_taken_and_other_lines_named(
    fetcher: Fetcher, skips: Skips
) -> None:
    long = "https://lantern.example/" + "a" * MAX_ADDRESS
    lines = (
        f"\ufeff{A}\n\n# {C}\n  {B}  \r\n{A}#top\nfog.html\n/etc/passwd\n{long}\nftp://x.example/"
    )
    found = list(gather(Named(sources=[C], lists=[io.StringIO(lines)]), fetcher, skips))
    assert found == [Source(C, is_listed=False), Source(A), Source(B)]
    assert list(skips.reasons) == ["fog.html", "/etc/passwd", f"{long[:80]}…", "ftp://x.example/"]


def test_the_files_of_a_folder_are_taken_in_order(
    tmp_path: Path, fetcher: Fetcher, skips: Skips
) -> None:
    saved = CorpusFolder(tmp_path / "saved")
    for name in (
        *("b.html", "a/c.txt", "a/c.txt.toml", "README.md", ".hidden/x.html", ".x.html", "x.png"),
        *("b_files/ad.html", "b_files/b.css", "c_files/d.html", "b-Dateien/e.html", "b/f.html"),
    ):
        saved.write(name, "x")
    (saved.path / "link").symlink_to(tmp_path)
    found = list(gather(Named(sources=[str(saved.path)]), fetcher, skips))
    names = [str(source.file.relative_to(saved.path)) for source in found if source.file]
    assert names == ["b.html", "x.png", "a/c.txt", "b/f.html", "c_files/d.html"]
    assert skips.reasons == {}


# --- The command ---------------------------------------------------------------------------------


@pytest.fixture
def typed(corpus: CorpusFolder, index_path: Path) -> Callable[..., Result]:
    """Type `commentary add` over an empty corpus and index."""

    def typed(*arguments: str | Path, typed_in: str | None = None) -> Result:
        places = ("--allow-private", "--corpus", corpus.path, "--index", index_path)
        words = [str(word) for word in (*arguments, *places)]
        return CliRunner().invoke(
            load_command("add"), words, input=typed_in, catch_exceptions=False
        )

    return typed


def story(name: str) -> bytes:
    return page(f"The {name} of Port Ilven", body=f"The {name} held against the spring tide. " * 9)


@pytest.mark.slow
def test_only_what_is_new_in_a_feed_is_fetched(
    site: Site, typed: Callable[..., Result], corpus: CorpusFolder
) -> None:
    feed = site.put("/feed", rss(link("/wall?utm_source=feed"), link("/gone")))
    site.put("/wall?utm_source=feed", story("wall"))
    first = typed("--feed", feed)
    assert first.exit_code == 3
    assert first.stdout.endswith("wall-utm-source-feed.html\n")
    assert f"skipped {site.url}/gone: the server answers 404" in first.stderr
    assert "Added 1 file; skipped 1. Run `reindex`" in first.stderr
    site.put("/feed", rss(link("/mole"), link("/wall?utm_source=feed")))
    site.put("/mole", story("mole"))
    site.asked.clear()
    second = typed("--feed", feed)
    assert second.exit_code == 0
    assert site.asked == ["/robots.txt", "/feed", "/mole"]
    assert second.stderr == (
        "Added 1 file; the corpus had 1 already. Run `reindex` to make them searchable.\n"
    )
    assert len(list(corpus.path.rglob("*.html"))) == 2


@pytest.mark.slow
def test_a_list_from_standard_input_is_added_and_told_as_json(
    site: Site, typed: Callable[..., Result], corpus: CorpusFolder
) -> None:
    url = site.put("/wall", story("wall"))
    result = typed("--list", "-", "--json", typed_in=f"{url}\nno address\n")
    assert result.exit_code == 3
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    (path,) = corpus.path.rglob("*.html")
    assert lines == [
        {"source": "no address", "skipped": "it is not a web address"},
        {"source": url, "path": str(path), "is_new": True},
    ]


def test_a_folder_of_saved_pages_is_added_and_added_once(
    typed: Callable[..., Result], corpus: CorpusFolder, tmp_path: Path
) -> None:
    saved = CorpusFolder(tmp_path / "saved")
    for name in ("wall", "mole", "deep/tide"):
        saved.write(f"{name}.html", story(name.rpartition("/")[2]))
    saved.write("mole.html.toml", 'outlet = "The Mole"')
    saved.write("empty.html")
    os.mkfifo(saved.path / "pipe.html")
    first = typed(saved.path, "--outlet", "The Lantern")
    assert first.exit_code == 3
    assert len(first.stdout.splitlines()) == 2
    told = first.stderr.splitlines()
    assert [line.split(": ")[0] for line in told[:3]] == [
        f"skipped {saved.path / name}" for name in ("empty.html", "mole.html", "pipe.html")
    ]
    assert told[3].startswith("Added 2 files; skipped 3.")
    again = typed(saved.path, "--outlet", "The Lantern")
    assert (again.exit_code, again.stdout) == (3, "")
    assert again.stderr.endswith("Added 0 files; the corpus had 2 already; skipped 3.\n")


def test_a_run_without_a_source_says_what_may_be_named(typed: Callable[..., Result]) -> None:
    result = typed()
    assert result.exit_code == 2
    assert "--list, --feed, --sitemap" in result.stderr


@pytest.mark.parametrize("more", [["--feed", A], ["b.html"]])
def test_an_address_is_that_of_one_file_alone(
    typed: Callable[..., Result], more: list[str]
) -> None:
    assert typed("a.html", "--url", A, *more).exit_code == 2


@pytest.mark.slow
@pytest.mark.crash
def test_a_run_that_was_cut_off_goes_on_where_it_was(
    site: Site, typed: Callable[..., Result], corpus: CorpusFolder, tmp_path: Path
) -> None:
    names = ["wall", "mole", "tide", "fog"]
    addresses = [site.put(f"/{name}", story(name)) for name in names]
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(addresses))
    command = ["--list", str(listed), "--allow-private", "--corpus", str(corpus.path)]
    code = "from indexer.cli import load_command; load_command('add')()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    site.answers["/tide"] = lambda _: process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert site.asked == ["/robots.txt", "/wall", "/mole", "/tide"]
    site.answers.clear()
    site.asked.clear()
    result = typed("--list", listed)
    assert result.exit_code == 0
    assert site.asked == ["/robots.txt", "/tide", "/fog"]
    assert "Added 2 files; the corpus had 2 already." in result.stderr
    assert len(list(corpus.path.rglob("*.html"))) == 4
