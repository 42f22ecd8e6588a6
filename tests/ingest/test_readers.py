"""Readers: what each format gives, and what they make of input that nobody meant."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import CorpusError, UnknownFormat, UnreadableArticle
from indexer.ingest.html.markup import parsed_blocks
from indexer.ingest.pipeline import article_id, ingest
from indexer.ingest.readers import suffixes
from indexer.records import IngestedArticle, Paragraph

PROSE = (
    "The wall of Port Ilven held against the spring tide, and nobody in the port was hurt by it."
)


def read(text: str, name: str = "gazette/2025/wall.html") -> IngestedArticle:
    (found,) = ingest(text.encode(), PurePosixPath(name)).articles
    return found


def page(body: str, head: str = "<title>The wall held</title>") -> str:
    article = f"<article><h1>The wall held</h1>{body}</article>"
    return f"<html><head>{head}</head><body>{article}</body></html>"


def outcome(
    text: str, name: str = "gazette/2025/wall.html"
) -> tuple[str | None, IngestedArticle | None]:
    """Return the reason for which a text is refused, or its article."""
    try:
        return None, read(text, name)
    except CorpusError as refused:
        return str(refused), None


def paragraphs(html: str) -> list[Paragraph]:
    return [block.paragraph for block in parsed_blocks(html)]


def test_the_id_is_the_path_without_the_suffix() -> None:
    assert article_id(PurePosixPath("gazette/2025/wall.v2.html")) == "gazette/2025/wall.v2"


def test_three_formats_are_read() -> None:
    assert {".html", ".md", ".txt"} <= set(suffixes())


def test_a_suffix_that_no_reader_takes_is_named() -> None:
    with pytest.raises(UnknownFormat, match=r"\.xyz"):
        ingest(b"text", PurePosixPath("a.xyz"))


def test_a_suffix_in_capitals_is_the_same_format() -> None:
    assert read(f"Title\n\n{PROSE}", "A.TXT").article.title == "Title"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.html", "", "empty"),
        ("a.html", page(""), "no article text"),
        ("a.html", page(f"<p>{PROSE}</p>")[:-40] + "<p clas", "half-written"),
        ("a.html", "<html><body><script>var a=1</script></body></html>", "no article text"),
        ("a.md", "---\ntitle: [unclosed\n---\nText", "front matter"),
        ("a.md", "---\ntitle: On fog: an answer\n---\nText", "colon in it needs quotation marks"),
        ("a.md", "---\ntitle: A\ndate: 2021-02-31\n---\nText", r"front matter.*(day|month|date)"),
        ("a.md", "---\ntitle: A\ndate: someday\n---\nText", "someday"),
        ("a.md", "---\ntitle: A\n---\n\n", "no text"),
        ("a.txt", " \n \n", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str, text: str, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        read(text, name)


def test_a_page_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableArticle, match="characters"):
        read(page("<p>x</p>" * 700_000))


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 20_000 + PROSE,
        f"<p>{PROSE}" * 3,
        "<b><i><p>" + PROSE + "</b></p></i>",
        f"<p>{PROSE} &nbsp;&#x200b;&bogus; \u202e{PROSE}</p>",
        f"<style>p{{}}</style><p>{PROSE}<script>alert(1)</script></p><noscript>no</noscript>",
        "<p>" + "word " * 100_000 + "</p>",
        "<p>" + "w" * 300_000 + "</p>",
    ],
    ids=["nested", "unclosed", "crossed", "entities", "scripts", "many words", "long word"],
)
def test_a_broken_page_is_an_article_or_a_named_reason(body: str) -> None:
    reason, found = outcome(page(body))
    assert reason or (found and found.passages and "alert" not in found.passages[0].text)


def test_a_script_in_the_text_is_text() -> None:
    found = read(
        page(f"<p>{PROSE} He typed &lt;script&gt;alert(1)&lt;/script&gt; and laughed.</p>")
    )
    assert "<script>alert(1)</script>" in found.passages[0].text


def test_bold_italics_breaks_and_classes_are_kept() -> None:
    found = paragraphs(
        '<div class="Frage"><p><b>Why  now?</b> <em>Because.</em><br>Next line</p></div>'
    )
    assert found == [
        Paragraph(
            "Why now? Because.\nNext line",
            bold=((0, 8),),
            italic=((9, 17),),
            classes=frozenset({"frage"}),
        )
    ]


def test_two_breaks_part_paragraphs_and_one_does_not() -> None:
    assert [p.text for p in paragraphs("<div>one<br>two<br><br>three</div>")] == [
        "one\ntwo",
        "three",
    ]


def test_what_a_page_hides_is_not_read() -> None:
    hidden = (
        '<p>Seen</p><p hidden>a</p><p style="display: none">b</p>'
        '<span class="tooltip__text">c</span>'
    )
    assert [p.text for p in paragraphs(hidden)] == ["Seen"]


def test_a_linked_paragraph_is_told() -> None:
    assert [
        p.linked for p in paragraphs('<p><a href="/">All of it</a></p><p><a>A</a> word of many</p>')
    ] == [True, False]


def test_markdown_marks_are_read_and_escapes_taken_off() -> None:
    text = (
        "---\ntitle: A\n---\n## A *heading*\n\n> Quoted\n> on\n\n"
        "**Bold** and \\*stars\\* and [a link](http://x.example/(y)) snake_case 2 * 3"
    )
    found = read(text, "a.md").article.paragraphs
    assert [(p.kind, p.text) for p in found] == [
        ("heading", "A heading"),
        ("quote", "Quoted on"),
        ("paragraph", "Bold and *stars* and a link snake_case 2 * 3"),
    ]
    assert found[2].bold == ((0, 4),)


def test_front_matter_states_outlet_address_and_byline() -> None:
    source, authors = "https://gazette.example/a", "[Ruta Jansen, Ilse Brandt]"
    text = f"---\ntitle: A\nsource: {source}\nauthor: {authors}\n---\n{PROSE}"
    article = read(text, "a.md").article
    assert (article.url, article.outlet, article.byline) == (
        "https://gazette.example/a",
        "gazette.example",
        "Ruta Jansen, Ilse Brandt",
    )


def test_an_address_that_is_no_web_address_is_not_kept() -> None:
    head = '<link rel="canonical" href="javascript:alert(1)"><title>The wall held</title>'
    assert read(page(f"<p>{PROSE}</p>", head)).article.url is None


def test_the_folders_name_the_outlet_where_the_page_does_not() -> None:
    assert (
        read(page(f"<p>{PROSE}</p>"), "harbour-gazette/2025/wall.html").article.outlet
        == "Harbour Gazette"
    )


def test_wrapped_lines_of_a_plain_text_are_joined() -> None:
    lines = (
        "The wall of Port Ilven held against the spring tide on Monday\n"
        "night, and the crane was sent home before noon on Tuesday as\n"
        "it should be, with its lamp on and its driver asleep, and\n"
        "nobody was hurt."
    )
    found = read(f"A title\n\n{lines}\n\n{lines}", "a.txt").article
    assert [p.text for p in found.paragraphs] == [lines.replace("\n", " ")] * 2


def test_long_answers_are_split_between_sentences_and_nothing_is_lost() -> None:
    sentence = "The wall held and the sea went home again after a while. "
    answer = "\n\n".join([sentence * 12] * 5)
    found = read(f"Nara Velidze: The wall held\n\n- Did it hold?\n- {answer}", "a.txt")
    assert len(found.passages) > 2
    assert all(len(p.text.split()) < 320 for p in found.passages)
    assert " ".join(p.text for p in found.passages if p.role == "answer").split() == answer.split()
    assert {p.question for p in found.passages if p.role == "answer"} == {"Did it hold?"}


@given(st.text(max_size=400), st.sampled_from(["a.html", "a.md", "a.txt"]))
def test_any_text_is_an_article_or_a_named_reason(text: str, name: str) -> None:
    reason, found = outcome(text, name)
    if found is None:
        assert reason
    else:
        assert found.article.title
        assert [p.position for p in found.passages] == list(range(1, len(found.passages) + 1))


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{PROSE}</p>",
        PROSE,
        f'<?xml version="1.0" encoding="koi8-r"?><html><body><p>{PROSE}</p></body></html>',
        f"<body>{PROSE}",
    ],
)
def test_a_page_with_little_around_its_text_is_read(text: str) -> None:
    assert [passage.text for passage in read(text).passages] == [PROSE]


def test_the_lead_above_the_body_of_an_article_is_read() -> None:
    lead = "Nobody in the port had expected the wall to hold, and nobody says so now."
    body = "".join(f"<p>{PROSE} It was the {n}th tide of the year.</p>" for n in range(4, 9))
    html = (
        "<html><head><title>The wall held</title></head><body><nav><a>Home</a></nav>"
        f"<header><h1>The wall held</h1><h2 class='standfirst'>{lead}</h2></header>"
        f"<div class='body'>{body}</div></body></html>"
    )
    found = read(html)
    assert found.article.paragraphs[0].text == lead
    assert lead not in [line.text for line in found.article.dropped]


def test_what_describes_a_picture_is_its_caption() -> None:
    caption = "The wall of Port Ilven at low tide, seen from the pilots’ house."
    body = f'<img src="a.jpg" alt="{caption}"><p>{caption}</p>' + f"<p>{PROSE}</p>" * 2
    found = read(page(body))
    assert caption not in "".join(passage.text for passage in found.passages)
    assert ("caption", caption) in [(line.rule, line.text) for line in found.article.dropped]


def test_a_page_whose_only_text_describes_its_picture_is_not_lost() -> None:
    assert read(page(f'<img src="a.jpg" alt="{PROSE}"><p>{PROSE}</p>')).passages[0].text == PROSE
