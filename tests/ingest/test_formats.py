"""Formats beside pages, Markdown and text: what each gives, and what broken files come to."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from indexer.errors import UnreadableArticle
from indexer.errors import reason as why
from indexer.ingest import readers
from indexer.ingest.pipeline import ingest
from indexer.ingest.readers import FORMATS
from indexer.records import Article, Paragraph, UnreadableItem

PROSE = "The wall of Port Ilven held against the spring tide, and nobody in the port was hurt."


def read(data: bytes, name: str) -> list[Article | UnreadableItem]:
    """Return the articles of a file, as its reader gives them."""
    path = PurePosixPath(name)
    found = readers.format_of(path)
    assert found is not None
    article_id = name if found.several else name.partition(".")[0]
    return list(readers.load_reader(found).read(data, article_id))


def article(data: bytes, name: str) -> Article:
    (found,) = read(data, name)
    assert isinstance(found, Article)
    return found


def reason(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableArticle) as refused:
        read(data, name)
    return str(refused.value)


def test_every_reader_has_a_row_and_every_row_a_reader() -> None:
    folder = Path(readers.__file__).parent
    assert sorted(row.module for row in FORMATS) == sorted(
        path.stem for path in folder.glob("*.py") if path.stem != "__init__"
    )


@pytest.mark.parametrize(
    ("name", "package", "command"),
    [
        ("a.pdf", "pypdf", "pip install 'commentary-search[pdf]'"),
        ("a.docx", "docx", "pip install 'commentary-search[docx]'"),
        ("a.warc.gz", "warcio", "pip install 'commentary-search[warc]'"),
    ],
)
def test_a_package_that_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, command: str
) -> None:
    found = readers.format_of(PurePosixPath(name))
    assert found is not None
    module = f"{readers.__name__}.{found.module}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    for known in [one for one in sys.modules if one.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UnreadableArticle, match="needs the package") as refused:
        ingest(b"data", PurePosixPath(name))
    assert command in str(refused.value)


# --- Saved pages (MHTML) -------------------------------------------------------------------------


def saved_page(
    html: str, *, charset: str = "utf-8", encoding: str = "8bit", head: str = ""
) -> bytes:
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/wall\r\n"
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/css\r\nContent-Location: cid:style\r\n\r\np {}\r\n"
        f"--b\r\nContent-Type: text/html; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n"
        f"Content-Location: https://gazette.example/wall\r\n\r\n{html}\r\n--b--\r\n"
    ).encode()


PAGE = f"<html><title>The wall held</title><body><article><h1>The wall held</h1><p>{PROSE * 3}</p>"


def test_a_saved_page_is_read_like_the_page_it_was() -> None:
    date = "Date: Sat, 3 May 2025 07:55:00 -0000\r\n"
    found = article(saved_page(PAGE, head=date), "gazette/wall.mhtml")
    assert (found.title, found.url) == ("The wall held", "https://gazette.example/wall")
    assert [p.text for p in found.paragraphs] == [PROSE * 3]


def test_the_time_of_saving_is_evidence_and_no_date_of_publication() -> None:
    found = article(saved_page(PAGE, head="Date: Sat, 3 May 2025 07:55:00 -0000\r\n"), "a.mht")
    assert found.published is None
    assert found.date_evidence == "saved: 2025-05-03T07:55"


def test_of_several_frames_the_one_at_the_address_of_the_page_is_read() -> None:
    frame = "--b\r\nContent-Type: text/html\r\nContent-Location: cid:ad\r\n\r\n<p>Buy now.</p>\r\n"
    data = saved_page(PAGE).replace(
        b"--b\r\nContent-Type: text/css", frame.encode() + b"--b\r\nContent-Type: text/css", 1
    )
    assert article(data, "a.mhtml").title == "The wall held"


def test_the_charset_of_a_part_is_that_of_its_page() -> None:
    text = "Стена выдержала прилив, и никто в порту не пострадал. " * 4
    data = saved_page("@", charset="koi8-r").replace(
        b"@", PAGE.replace(PROSE * 3, text).encode("koi8-r")
    )
    assert article(data, "a.mhtml").paragraphs[0].text == text.strip()


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"MIME-Version: 1.0\r\n\r\ntext", saved_page("")], ids=repr
)
def test_what_is_no_saved_page_is_refused(data: bytes) -> None:
    assert reason(data, "a.mhtml")


def test_parts_within_parts_without_end_are_refused() -> None:
    data = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(5_000)
    )
    assert reason(data, "a.mhtml")


# --- Feeds ---------------------------------------------------------------------------------------


def feed(*items: str, head: str = "<?xml version='1.0'?>") -> bytes:
    names = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"'
    )
    inside = "".join(f"<item>{item}</item>" for item in items)
    text = f"{head}<rss version='2.0' {names}><channel><title>The Lantern</title>{inside}"
    return f"{text}</channel></rss>".encode()


def test_an_item_is_an_article() -> None:
    found = article(
        feed(
            "<title>Fog &amp; wall</title><link>https://lantern.example/2025/05/fog/</link>"
            "<pubDate>Sat, 03 May 2025 11:55:00 +0400</pubDate><dc:creator>Bo Reed</dc:creator>"
            "<description>Short.</description><content:encoded><![CDATA["
            "<p><b>Why&nbsp;now?</b></p><p>Because of the <i>tide</i>.</p>]]></content:encoded>"
        ),
        "exports/feed.xml",
    )
    assert (found.id, found.title, found.outlet) == (
        "exports/feed.xml/fog",
        "Fog & wall",
        "The Lantern",
    )
    assert (found.published, found.byline) == ("2025-05-03T11:55+04:00", "Bo Reed")
    assert found.url == "https://lantern.example/2025/05/fog/"
    assert found.paragraphs == (
        Paragraph("Why now?", bold=((0, 8),)),
        Paragraph("Because of the tide.", italic=((15, 19),)),
    )


def test_an_entry_of_atom_is_an_article() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lantern</title><entry>'
        '<title type="html">The &lt;b&gt;wall&lt;/b&gt;</title><id>tag:lantern,2025:1</id>'
        '<link rel="enclosure" href="https://lantern.example/a.mp3"/>'
        '<link href="https://lantern.example/wall.html"/>'
        "<author><name>Bo Reed</name></author><published>2025-05-03T11:55:00Z</published>"
        '<updated>2025-05-04T08:00:00Z</updated><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{PROSE}</p></div></content></entry></feed>'
    )
    found = article(text.encode(), "wall.atom")
    assert (found.id, found.title, found.byline) == ("wall.atom/wall", "The wall", "Bo Reed")
    assert (found.published, found.updated) == ("2025-05-03T11:55Z", "2025-05-04T08:00Z")
    assert found.url == "https://lantern.example/wall.html"
    assert [p.text for p in found.paragraphs] == [PROSE]


def test_an_item_of_rdf_is_an_article() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>The Lantern</title></channel><item><title>Wall</title>"
        f"<dc:date>2025-05-03</dc:date><description>{PROSE}</description></item></rdf:RDF>"
    )
    found = article(text.encode(), "a.rss")
    assert (found.outlet, found.published, found.id) == ("The Lantern", "2025-05-03", "a.rss/wall")


def test_a_feed_tells_the_language_of_its_items() -> None:
    data = feed(f"<title>Wall</title><description>{PROSE}</description>")
    data = data.replace(b"</title><item>", b"</title><language>en-GB</language><item>")
    assert article(data, "f.xml").language == "en"


def test_only_the_time_of_an_update_is_no_date_of_publication() -> None:
    text = (
        "<feed><entry><title>Wall</title><updated>2025-05-03</updated>"
        f"<summary>{PROSE}</summary></entry></feed>"
    )
    found = article(text.encode(), "a.atom")
    assert (found.published, found.updated) == (None, "2025-05-03")


def test_an_item_is_named_by_its_address_or_title_or_number() -> None:
    text = f"<description>{PROSE}</description>"
    items = (
        f"<link>https://lantern.example/show.php?id=7</link>{text}",
        f"<title>О стене</title>{text}",
        text,
    )
    found = [one.id for one in read(feed(*items), "f.xml") if isinstance(one, Article)]
    assert found == ["f.xml/show-id-7", "f.xml/о-стене", "f.xml/3"]


def test_an_item_without_text_costs_only_itself() -> None:
    found = read(feed("<title>Empty</title>", f"<description>{PROSE}</description>"), "f.xml")
    assert found[0] == UnreadableItem("item 1, “Empty”", "it has no text")
    assert isinstance(found[1], Article)


def test_pictures_and_drafts_of_an_export_are_no_articles() -> None:
    text = f"<description>{PROSE}</description>"
    found = read(
        feed(
            f"<wp:post_type>attachment</wp:post_type>{text}",
            f"<title>New</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>{text}",
        ),
        "f.xml",
    )
    assert found == [
        UnreadableItem("item 1, “New”".replace("1", "2"), "it is not published (draft)")
    ]


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("<author>bo@lantern.example (Bo Reed)</author>", "Bo Reed"),
        ("<author>bo@lantern.example</author>", None),
        ("<author>Bo Reed</author>", "Bo Reed"),
    ],
)
def test_a_byline_is_a_name(author: str, byline: str | None) -> None:
    data = feed(f"<title>Wall</title>{author}<description>{PROSE}</description>")
    assert article(data, "f.xml").byline == byline


def test_plain_lines_of_an_item_are_kept_apart() -> None:
    data = feed("<title>Wall</title><description>One &mdash; line.\n\nTwo.\nThree.</description>")
    assert [p.text for p in article(data, "f.xml").paragraphs] == ["One — line.", "Two.\nThree."]


def test_a_feed_that_is_cut_off_says_so_and_gives_what_is_whole() -> None:
    data = feed(*[f"<title>{n}</title><description>{PROSE}</description>" for n in "ab"])
    whole, rest = read(data[: data.rindex(b"tide")], "f.xml")
    assert isinstance(whole, Article)
    assert rest == UnreadableItem("the rest", "the feed is cut off or broken after item 1")


def test_entities_of_a_feed_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    for entities in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY l0 "ha">{laughs}'):
        data = feed("<title>&x;&l9;</title>", head=f"<!DOCTYPE rss [{entities}]>")
        assert "entities" in reason(data, "f.xml")


@pytest.mark.parametrize(
    "data", [b"", b"<html><p>text</p></html>", b"{}", b"<?xml version='1.0'?><urlset/>"], ids=repr
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    assert reason(data, "f.xml")


def test_tags_without_end_are_a_feed_with_a_named_fault() -> None:
    found = read(feed("<title>Wall</title><description>" + "<a>" * 50_000), "f.xml")
    assert all(isinstance(one, UnreadableItem) for one in found)


# --- Word ----------------------------------------------------------------------------------------


@pytest.fixture
def document() -> Document:
    """Make an empty Word document."""
    return docx.Document()


def as_docx(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_a_word_document_keeps_what_its_marks_tell(document: Document) -> None:
    document.add_heading("The wall held", 0)
    document.add_paragraph().add_run("Why now?").bold = True
    answer = document.add_paragraph("Because of the ")
    answer.add_run("tide").italic = True
    answer.add_run(".\nAnd the <fog>.")
    document.add_heading("Later", 2)
    document.add_paragraph("So be it.", style="Quote")
    document.add_paragraph("One.", style="List Bullet")
    found = article(as_docx(document), "a.docx")
    assert found.title == "The wall held"
    assert found.paragraphs[:2] == (
        Paragraph("Why now?", bold=((0, 8),)),
        Paragraph("Because of the tide.\nAnd the <fog>.", italic=((15, 19),)),
    )
    assert [(p.text, p.kind) for p in found.paragraphs[2:]] == [
        ("Later", "heading"),
        ("So be it.", "quote"),
        ("One.", "list_item"),
    ]


def test_bold_that_a_style_gives_is_bold_unless_a_run_takes_it_back(document: Document) -> None:
    document.core_properties.title = "The wall held"
    style = document.styles.add_style("Question", 1)
    style.font.bold = True
    paragraph = document.add_paragraph("Why now? ", style="Question")
    paragraph.add_run("Because.").bold = False
    document.add_paragraph(PROSE)
    assert article(as_docx(document), "a.docx").paragraphs[0].bold == ((0, 8),)


def test_tables_are_read_where_they_stand(document: Document) -> None:
    document.add_paragraph("Before.")
    table = document.add_table(1, 2)
    for cell, text in zip(table.rows[0].cells, ("Left.", "Right."), strict=True):
        cell.text = text
    document.add_paragraph("After.")
    document.core_properties.title = "The wall held"
    found = texts(article(as_docx(document), "a.docx"))
    assert found == ["Before.", "Left.", "Right.", "After."]


def test_links_and_insertions_are_text_and_deletions_are_not(document: Document) -> None:
    document.core_properties.title = "The wall held"
    paragraph = document.add_paragraph("The wall ")
    for tag, inside in (
        ("w:ins", "<w:t>still </w:t>"),
        ("w:del", "<w:delText>never </w:delText>"),
        ("w:hyperlink", "<w:t>held.</w:t>"),
    ):
        run = f"<{tag} {nsdecls('w')}><w:r>{inside}</w:r></{tag}>"
        paragraph._p.append(parse_xml(run.replace("<w:t>", '<w:t xml:space="preserve">')))
    assert texts(article(as_docx(document), "a.docx")) == ["The wall still held."]


def test_what_stands_in_a_field_of_a_form_is_read(document: Document) -> None:
    document.core_properties.title = "The wall held"
    paragraph = document.add_paragraph(PROSE)
    field, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph._p.addprevious(field)
    field.append(content)
    content.append(paragraph._p)
    assert texts(article(as_docx(document), "a.docx")) == [PROSE]


def test_title_and_author_are_those_of_the_properties(document: Document) -> None:
    document.add_paragraph(PROSE)
    document.core_properties.title = "The wall held"
    document.core_properties.author = "Bo Reed"
    found = article(as_docx(document), "a.docx")
    assert (found.title, found.byline) == ("The wall held", "Bo Reed")


@pytest.mark.parametrize("stated", ["Microsoft Word - wall.docx", "Document1", "untitled", " "])
def test_a_title_that_a_program_filled_in_is_none(document: Document, stated: str) -> None:
    document.add_paragraph("The wall held")
    document.add_paragraph(PROSE)
    document.core_properties.title, document.core_properties.author = stated, "Administrator"
    found = article(as_docx(document), "a.docx")
    assert (found.title, found.byline) == ("The wall held", None)


def test_the_date_of_creation_is_evidence_and_a_dateline_is_a_date(document: Document) -> None:
    document.core_properties.title = "The wall held"
    document.add_paragraph(PROSE)
    undated = article(as_docx(document), "a.docx")
    assert undated.published is None
    assert str(undated.date_evidence).startswith("document created: 2013-12-23")
    document.paragraphs[0].insert_paragraph_before("3 May 2025")
    dated = article(as_docx(document), "a.docx")
    assert (dated.published, texts(dated)) == ("2025-05-03", [PROSE])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "not a Word document"),
        (b"text", "not a Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
    ],
    ids=["empty", "text", "old"],
)
def test_what_is_no_word_document_is_refused(data: bytes, expected: str) -> None:
    assert expected in reason(data, "a.docx")


def test_a_document_that_is_cut_off_or_empty_is_refused(document: Document) -> None:
    assert "no text" in reason(as_docx(document), "a.docx")
    document.add_paragraph(PROSE)
    data = as_docx(document)
    assert "not a Word document" in reason(data[: len(data) // 2], "a.docx")


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a zip file with one part replaced or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", 8) as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return packed.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(document: Document) -> None:
    data = as_docx(document)
    assert "unpack" in reason(with_part(data, "word/document.xml", bytes(30_000_000)), "a.docx")
    assert "unpack" in reason(with_part(data, "word/media/x.png", bytes(140_000_000)), "a.docx")


def test_entities_of_a_document_are_not_expanded(document: Document) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    body = f"<w:body><w:p><w:r><w:t>{PROSE}&l9;</w:t></w:r></w:p></w:body>"
    xml = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><w:document {nsdecls("w")}>{body}</w:document>'
    data = with_part(as_docx(document), "word/document.xml", xml.encode())
    assert "damaged" in reason(data, "a.docx")


# --- PDF -----------------------------------------------------------------------------------------


class Typesetter:
    """Sets lines on the pages of a PDF file, in Helvetica, plain or bold."""

    def __init__(self, **about: str) -> None:
        self.pages: list[list[str]] = []
        self.about = about

    def page(self, *lines: str | tuple[float, float, str], size: int = 10) -> Typesetter:
        """Add a page of lines from the top, twelve points apart; an empty one is a gap.

        A line may give its place (x, y); `**` begins and ends bold.
        """
        drawn, y = [], 740.0
        for line in lines:
            x, at, text = line if isinstance(line, tuple) else (72, y, line)
            parts = (
                f"/F{1 + number % 2} {size} Tf ({self.escaped(part)}) Tj"
                for number, part in enumerate(text.split("**"))
                if part
            )
            drawn.append(f"BT 1 0 0 1 {x} {at} Tm {' '.join(parts)} ET")
            y -= 0 if isinstance(line, tuple) else size * 1.2
        self.pages.append(drawn)
        return self

    @staticmethod
    def escaped(text: str) -> str:
        for mark in "\\()":
            text = text.replace(mark, "\\" + mark)
        return text

    def objects(self) -> list[bytes]:
        fonts = [
            f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()
            for name in ("Helvetica", "Helvetica-Bold")
        ]
        about = "".join(f"/{key}({self.escaped(value)})" for key, value in self.about.items())
        first = 6
        kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(self.pages)))
        made = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {len(self.pages)}>>".encode(),
            *fonts,
            f"<<{about}>>".encode(),
        ]
        for number, drawn in enumerate(self.pages):
            content = "\n".join(drawn).encode("cp1252")
            made.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (first + 2 * number + 1)
            )
            made.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        return made

    def data(self) -> bytes:
        return as_pdf(self.objects())


def as_pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of these objects; the first is its catalog, the fifth its properties."""
    data, places = b"%PDF-1.4\n", []
    for number, made in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF"
    count = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + end % (count, len(data))


LONG = (
    "The wall of Port Ilven held against the spring tide of the",
    "year, and nobody in the port was hurt by it, as the harbour",
)


def test_the_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    data = Typesetter(Title="The wall held", Author="Bo Reed").page(
        *LONG, "master said.", "", *LONG, "guard said."
    )
    found = article(data.data(), "a.pdf")
    assert (found.title, found.byline) == ("The wall held", "Bo Reed")
    assert texts(found) == [" ".join((*LONG, end)) for end in ("master said.", "guard said.")]


def test_paragraphs_without_a_gap_begin_after_a_short_line_or_with_an_indent() -> None:
    data = Typesetter(Title="The wall held").page(
        *(*LONG, "It held.", *LONG, "is known. And the tide of the year went out to the sea."),
        (84, 660, "And then the tide went out to the sea again, with the fog"),
        (72, 648, "and all that it had brought with it in the night before."),
    )
    assert [text[-20:] for text in texts(article(data.data(), "a.pdf"))] == [
        "the harbour It held.",
        "went out to the sea.",
        "in the night before.",
    ]


def test_a_bold_question_is_a_paragraph_of_its_own() -> None:
    first = ("**Did the wall hold against the spring tide of this year, or**", "**not?**")
    second = "**Who says so, and how does he know of all of it?**"
    data = Typesetter(Title="The wall held").page(
        *first, *LONG, "master said, **twice** even.", second, "I do."
    )
    found = article(data.data(), "a.pdf").paragraphs
    assert [p.text for p in found] == [
        " ".join(first).replace("**", ""),
        " ".join((*LONG, "master said, twice even.")),
        second.replace("**", ""),
        "I do.",
    ]
    bold = [[p.text[slice(*span)] for span in p.bold] for p in found]
    assert bold == [[found[0].text], ["twice"], [found[2].text], []]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the govern-", "ment held"), "the government held"),
        (("Russian-made; a Russian-", "made wall"), "Russian-made; a Russian-made wall"),
        (("the Tellaria-", "Morvia border"), "the Tellaria-Morvia border"),
        (("it held -", "for now"), "it held - for now"),
    ],
)
def test_words_broken_at_the_ends_of_lines_are_joined(lines: Sequence[str], text: str) -> None:
    data = Typesetter(Title="The wall held").page(*lines)
    assert texts(article(data.data(), "a.pdf")) == [text]


def test_running_heads_and_page_numbers_are_dropped_and_the_sentence_goes_on() -> None:
    paper = Typesetter(Title="The wall held")
    told = ("The wall of the port", "held against the tide", "of the spring.")
    for number, words in enumerate(told, start=1):
        paper.page((72, 800, "The Lantern, May 2025"), words, (290, 30, str(number)))
    found = article(paper.data(), "a.pdf")
    assert texts(found) == [" ".join(told)]
    assert [line.text for line in found.dropped][:2] == ["The Lantern, May 2025", "1"]


def test_the_largest_type_is_the_title_if_the_file_states_none() -> None:
    paper = Typesetter(Title="wall_final.indd").page(*LONG, "master said.")
    paper.pages[0].insert(0, "BT /F1 24 Tf 1 0 0 1 72 790 Tm (The wall held) Tj ET")
    paper.pages[0].insert(0, "BT /F1 14 Tf 1 0 0 1 72 820 Tm (The Lantern) Tj ET")
    found = article(paper.data(), "a.pdf")
    assert found.title == "The wall held"
    assert texts(found) == ["The Lantern", " ".join((*LONG, "master said."))]


def test_the_address_that_a_browser_printed_is_that_of_the_page() -> None:
    paper = Typesetter(Title="The wall held")
    for number, words in enumerate(LONG, start=1):
        paper.page(words, (72, 30, f"https://lantern.example/wall {number}/2"))
    assert article(paper.data(), "a.pdf").url == "https://lantern.example/wall"


def test_a_pdf_is_created_some_day_and_published_on_the_day_it_prints() -> None:
    about = {"Title": "The wall held", "CreationDate": "D:20260110120000Z"}
    undated = article(Typesetter(**about).page(*LONG).data(), "a.pdf")
    assert (undated.published, undated.date_evidence) == (
        None,
        "document created: 2026-01-10T12:00+00:00",
    )
    dated = article(Typesetter(**about).page("3 May 2025", "", *LONG).data(), "a.pdf")
    assert (dated.published, len(dated.paragraphs)) == ("2025-05-03", 1)


def test_a_pdf_without_text_is_refused() -> None:
    assert "no text" in reason(Typesetter().page().data(), "a.pdf")


def encrypted(data: bytes, password: str) -> bytes:
    writer, packed = PdfWriter(PdfReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(packed)
    return packed.getvalue()


def test_a_pdf_with_a_password_is_refused_and_one_locked_against_changes_is_read() -> None:
    data = Typesetter(Title="The wall held").page(*LONG, "master said.").data()
    assert "encrypted" in reason(encrypted(data, "secret"), "a.pdf")
    assert article(encrypted(data, ""), "a.pdf").title == "The wall held"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\nxref\n0 9", b"text"], ids=repr)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert "damaged" in reason(data, "a.pdf")


def test_a_pdf_whose_pages_lead_back_to_themselves_is_refused() -> None:
    objects = Typesetter().page(*LONG).objects()
    objects[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    assert reason(as_pdf(objects), "a.pdf")


def test_a_drawing_that_draws_itself_comes_to_an_end() -> None:
    paper = Typesetter(Title="The wall held").page(*LONG, "master said.")
    paper.pages[0].append("/X Do")
    objects = paper.objects()
    objects[5] = objects[5].replace(b"/Font", b"/XObject<</X 8 0 R>>/Font", 1)
    content = b"BT /F1 10 Tf 72 300 Td (and so on) Tj ET /X Do"
    objects.append(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 8 0 R>>"
        b"/Font<</F1 3 0 R>>>>/Length %d>>stream\n%s\nendstream" % (len(content), content)
    )
    assert texts(article(as_pdf(objects), "a.pdf"))


def test_a_page_that_unpacks_to_far_more_than_text_is_refused() -> None:
    paper = Typesetter().page(*LONG)
    paper.pages[0].append("% " + "x" * 5_000_000)
    writer, packed = PdfWriter(PdfReader(io.BytesIO(paper.data()))), io.BytesIO()
    writer.pages[0].compress_content_streams()
    writer.write(packed)
    assert "too large" in reason(paper.data(), "a.pdf")
    assert reason(packed.getvalue(), "a.pdf")


# --- WARC ----------------------------------------------------------------------------------------


Record = tuple[str, str, str, bytes]


def archive(*records: Record, packed: bool = True) -> bytes:
    """Return an archive of answers: address, status, type of content, content."""
    made = b""
    for url, status, kind, content in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2026-01-10T12:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        made += gzip.compress(record, mtime=0) if packed else record
    return made


def answered(url: str, status: str = "200 OK", kind: str = "text/html") -> Record:
    return (url, status, kind, PAGE.encode())


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_each_page_of_an_archive_is_an_article(packed: bool) -> None:
    data = archive(
        answered("https://lantern.example/2025/wall.html"),
        answered("https://lantern.example/"),
        packed=packed,
    )
    wall, front = read(data, "crawl.warc.gz" if packed else "crawl.warc")
    assert isinstance(wall, Article)
    assert isinstance(front, Article)
    assert wall.id.endswith("/wall")
    assert (wall.url, wall.title) == ("https://lantern.example/2025/wall.html", "The wall held")
    assert (wall.published, wall.date_evidence) == (None, "retrieved: 2026-01-10T12:00:00Z")
    assert front.id.endswith("/lantern-example")


def test_what_is_no_page_in_an_archive_is_passed_over() -> None:
    data = archive(
        answered("https://lantern.example/a", kind="image/png"),
        answered("https://lantern.example/b", status="404 Not Found"),
        answered("https://lantern.example/c", status="301 Moved"),
        answered("dns:lantern.example"),
        answered("https://lantern.example/wall"),
    )
    assert [one.id for one in read(data, "a.warc.gz") if isinstance(one, Article)] == [
        "a.warc.gz/wall"
    ]
    assert len(read(data, "a.warc.gz")) == 1


def test_a_page_of_an_archive_without_an_article_costs_only_itself() -> None:
    empty = ("https://lantern.example/a", "200 OK", "text/html", b"<html></html>")
    found = read(archive(empty, answered("https://lantern.example/wall")), "a.warc.gz")
    assert isinstance(found[0], UnreadableItem)
    assert found[0].name == "https://lantern.example/a"
    assert isinstance(found[1], Article)


def test_the_charset_that_the_server_told_is_used() -> None:
    text = "Стена выдержала прилив, и никто в порту не пострадал. " * 4
    content = PAGE.replace(PROSE * 3, text).encode("koi8-r")
    data = archive(("https://lantern.example/a", "200 OK", "text/html; charset=koi8-r", content))
    assert texts(article(data, "a.warc.gz")) == [text.strip()]


def test_an_archive_that_is_cut_off_says_so_and_gives_what_is_whole() -> None:
    url = "https://lantern.example/"
    whole, both = archive(answered(f"{url}a")), archive(answered(f"{url}a"), answered(f"{url}b"))
    plain, begins = gzip.decompress(both), len(gzip.decompress(whole))
    for found in (
        read(both[: len(whole) + 200], "a.warc.gz"),
        read(plain[: begins + 100], "a.warc"),
        read(plain[: begins + 400], "a.warc"),
    ):
        assert isinstance(found[0], Article)
        assert [type(one) for one in found[1:]] == [UnreadableItem]


def test_an_archive_cannot_write_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    data = archive(answered("https://lantern.example/a"), packed=False)
    read(data.rstrip() + b"\x1b[2Jmore\r\n" + data, "a.warc")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "data", [b"", b"text", b"\x1f\x8b\x08", gzip.compress(b"text", mtime=0)], ids=repr
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert reason(data, "a.warc.gz")


# --- Anything ------------------------------------------------------------------------------------


WHOLE: dict[str, Callable[[], bytes]] = {
    "a.mhtml": lambda: saved_page(PAGE),
    "a.xml": lambda: feed(f"<title>Wall</title><description>{PROSE}</description>"),
    "a.vtt": lambda: f"WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ada Lind>{PROSE}\n".encode(),
    "a.srt": lambda: f"1\n00:00:01,000 --> 00:00:03,000\n{PROSE}\n".encode(),
    "a.pdf": lambda: Typesetter(Title="The wall held").page(*LONG).data(),
    "a.warc": lambda: archive(answered("https://lantern.example/a"), packed=False),
    "a.warc.gz": lambda: archive(answered("https://lantern.example/a")),
}


@given(st.data())
def test_a_damaged_file_is_articles_or_a_named_reason(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    broken = bytearray(WHOLE[name]())
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), max_size=5)):
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    assert outcome(bytes(broken[:cut]), name)


def outcome(data: bytes, name: str) -> object:
    """Return the articles of a file, or its unreadable items, or the reason for none."""
    try:
        found = ingest(data, PurePosixPath(name))
    except UnreadableArticle as refused:
        return why(refused)
    return found.articles or found.unreadable
