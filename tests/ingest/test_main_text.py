"""The article of a page: found where names of classes and tags mislead."""

from __future__ import annotations

import json
from html import escape
from pathlib import PurePosixPath

import pytest
from lxml.html import document_fromstring, tostring

from indexer.errors import UnreadableArticle
from indexer.ingest.html.main_text import main_text
from indexer.ingest.pipeline import ingest
from indexer.records import Article

TITLE = "The harbour board counts its cranes"
PARAGRAPHS = (
    "The harbour board of Ostvik met on Monday and counted the cranes that are left on the quay.",
    "Eleven of them stand, four of them turn, and two are owned by a company that nobody can find.",
    "The pilots asked for a tug before winter; the board promised to answer them by the spring.",
    "A second meeting is planned for the end of the month, before the ice is back on the river.",
)
TEXT = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Ships", "Weather"))


def article(body: str, head: str = "") -> Article:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    (found,) = ingest(page.encode(), PurePosixPath("ostvik-post", "cranes.html")).articles
    return found.article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize(
    "around",
    [
        '<div class="entry-content-read-more">{}</div>',
        '<div class="slide-layout"><div class="gallery">{}</div></div>',
        '<div class="post tag-barack category-top-news">{}</div>',
        '<div class="article-widget widget">{}</div>',
        '<div class="col-print-12 print">{}</div>',
        '<form action="/page.aspx"><div>{}</div></form>',
        "<aside><div>{}</div></aside>",
    ],
)
def test_what_holds_the_article_is_no_menu_whatever_its_name(around: str) -> None:
    found = article(f"<ul>{MENU}</ul><h1>{TITLE}</h1>" + around.format(TEXT))
    assert texts(found) == list(PARAGRAPHS)


def test_a_box_with_such_a_name_is_still_dropped_from_an_article() -> None:
    box = '<div class="read-more"><p>The old pier is for sale.</p></div>'
    found = article(f"<article><h1>{TITLE}</h1>{TEXT}{box}</article>")
    assert texts(found) == list(PARAGRAPHS)
    assert ("related articles", "The old pier is for sale.") in [
        (line.rule, line.text) for line in found.dropped
    ]


def test_rules_that_would_drop_much_of_the_article_are_void_and_named() -> None:
    parts = "".join(f'<div class="promo"><p>{line}</p></div>' for line in PARAGRAPHS)
    found = article(f"<div><h1>{TITLE}</h1>{parts}</div>")
    assert texts(found) == list(PARAGRAPHS)
    assert found.note is not None
    assert "page details" in found.note


def test_an_article_in_neighbouring_boxes_is_read_whole_and_in_order() -> None:
    boxes = "".join(f'<div class="row"><div><p>{line}</p></div></div>' for line in PARAGRAPHS)
    assert texts(article(f"<h1>{TITLE}</h1>{boxes}<footer>© Ostvik Post</footer>")) == list(
        PARAGRAPHS
    )


@pytest.mark.parametrize("tag", ["noscript", "template"])
def test_a_text_that_scripts_would_show_is_read_if_there_is_no_other(tag: str) -> None:
    found = article(f"<div id=app></div><{tag}>{TEXT}</{tag}>")
    assert texts(found) == list(PARAGRAPHS)
    assert found.note is not None


def test_what_scripts_would_show_is_left_out_where_the_page_has_its_text() -> None:
    found = article(f"<article><h1>{TITLE}</h1>{TEXT}</article><noscript>{TEXT}</noscript>")
    assert texts(found) == list(PARAGRAPHS)
    assert found.note is None


def stated(**fields: object) -> str:
    return json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **fields})


def script(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize("body", ["\n\n".join(PARAGRAPHS), TEXT])
def test_a_text_that_only_the_metadata_states_is_read(body: str) -> None:
    found = article("<div id=root></div>", script(stated(headline=TITLE, articleBody=body)))
    assert texts(found) == list(PARAGRAPHS)
    assert found.note == "the text is in JSON-LD articleBody"


@pytest.mark.parametrize(
    "wrapped",
    ["//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<![CDATA[{}]]>", "<!--\n{}\n-->", "{};"],
)
def test_metadata_is_read_out_of_its_wrapper(wrapped: str) -> None:
    data = script(wrapped.replace("{}", stated(datePublished="2024-11-04")))
    assert article(f"<h1>{TITLE}</h1>{TEXT}", data).published == "2024-11-04"


def test_metadata_about_another_article_of_the_page_is_not_used() -> None:
    other = stated(headline="The ferry is late", datePublished="2019-01-01")
    own = stated(headline=TITLE, datePublished="2024-11-04")
    head = f'<meta property="og:title" content="{TITLE}">{script(f"[{other}, {own}]")}'
    assert article(f"<h1>{TITLE}</h1>{TEXT}", head).published == "2024-11-04"


def test_a_file_may_lack_its_last_bracket() -> None:
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{TEXT}</body></html"
    (found,) = ingest(page.encode(), PurePosixPath("cranes.html")).articles
    assert texts(found.article) == list(PARAGRAPHS)


def test_a_file_that_stops_inside_another_tag_is_named() -> None:
    page = f"<html><title>{TITLE}</title><body>{TEXT}<p cla"
    with pytest.raises(UnreadableArticle, match="middle of a tag"):
        ingest(page.encode(), PurePosixPath("cranes.html"))


def test_the_printed_headline_is_the_title_and_the_lead_under_it_is_read() -> None:
    lead = "Two cranes have no owner, and the board of the harbour would rather not be asked why."
    head = '<meta property="og:title" content="You will never guess what is missing in Ostvik">'
    header = f'<header><div><h1>{TITLE}</h1><p class="lead">{lead}</p></div></header>'
    found = article(f"{header}<article><div>{TEXT}</div></article>", head)
    assert found.title == TITLE
    assert texts(found) == [lead, *PARAGRAPHS]


def test_a_heading_that_leads_to_the_first_page_is_no_headline() -> None:
    head = f'<meta property="og:title" content="{TITLE}">'
    site = '<h1><a href="/">The Post of All Ostvik</a></h1>'
    assert article(f"{site}{TEXT}", head).title == TITLE


def test_a_heading_that_links_to_itself_is_no_teaser() -> None:
    heading = '<h2 id="tugs"><a href="#tugs">Why the tugs matter</a></h2>'
    teaser = '<p><a href="/old-pier">The old pier is for sale, and nobody wants it</a></p>'
    found = article(f"<article><h1>{TITLE}</h1>{TEXT}{heading}{TEXT}{teaser}</article>")
    assert "Why the tugs matter" in texts(found)
    assert "links" in [line.rule for line in found.dropped]


def test_the_page_is_left_as_it_was() -> None:
    page = document_fromstring(f"<body><nav>{MENU}</nav><h1>{TITLE}</h1>{TEXT}</body>")
    before = tostring(page)
    main_text(page)
    assert tostring(page) == before


# --- Languages with long words, or without spaces ------------------------------------------------

ONE_PARAGRAPH = {
    "zh": "港口委员会昨天晚上决定，从明年春天开始重新修建北边的防波堤。"
    "主席说，工程需要三年时间，费用由城市和渔民合作社共同承担。渔民们对此表示怀疑，因为去年的承诺至今没有兑现。",
    "ja": "港湾委員会は昨夜、来春から北側の防波堤を建て直すことを決めた。"
    "委員長は、工事には三年かかり、費用は市と漁協が分担すると述べた。漁師たちは去年の約束がまだ果たされていないとして疑っている。",
    "th": "คณะกรรมการท่าเรือตัดสินใจเมื่อคืนนี้ว่าจะสร้างเขื่อนกันคลื่นด้านเหนือขึ้นใหม่ตั้งแต่ฤดูใบไม้ผลิหน้า "
    "ประธานกล่าวว่างานนี้ใช้เวลาสามปีและเมืองกับสหกรณ์ชาวประมงจะร่วมกันจ่าย",
    "tr": "Liman komisyonu kuzeydeki dalgakıranın önümüzdeki ilkbahardan itibaren yenilenmesini "
    "kararlaştırdı. Balıkçılar geçen yılki sözlerin henüz tutulmadığını hatırlattılar.",
    "hy": "Նավահանգստի հանձնաժողովը երեկ երեկոյան որոշեց գարնանից վերակառուցել հյուսիսային "
    "ալեկոծիչը։ Ձկնորսները կասկածում են, քանի որ անցյալ տարվա խոստումները դեռ չեն կատարվել։",
}


@pytest.mark.parametrize("language", ONE_PARAGRAPH)
@pytest.mark.parametrize("times", [1, 3], ids=["short", "long"])
def test_one_paragraph_in_few_or_unparted_words_is_an_article(language: str, times: int) -> None:
    text = " ".join([ONE_PARAGRAPH[language]] * times)
    found = article(f"<ul>{MENU}</ul><div><h1>{TITLE}</h1><div>{text}</div></div>")
    assert texts(found) == [text]


@pytest.mark.parametrize("language", ONE_PARAGRAPH)
def test_a_long_paragraph_is_passages_in_any_language(language: str) -> None:
    one = ONE_PARAGRAPH[language]
    parted = "" if language in ("zh", "ja") else " "
    text = parted.join([one] * 40)
    page = f"<title>{TITLE}</title><article><h1>{TITLE}</h1><p>{text}</p></article>"
    (found,) = ingest(page.encode(), PurePosixPath("cranes.html")).articles
    assert parted.join(passage.text for passage in found.passages) == text
    assert len(found.passages) > 2
    assert max(len(passage.text) for passage in found.passages) < 3_000


def test_a_short_line_of_chinese_prose_is_no_label() -> None:
    lines = [
        "港口委员会昨晚开会。",
        *ONE_PARAGRAPH["zh"].split("。")[:-1],
        "会议将在六月继续举行！",
    ]
    found = article("<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>")
    assert texts(found) == lines


def test_a_line_that_marks_an_omission_is_no_label() -> None:
    lines = ["<…>", *PARAGRAPHS, "[...]"]
    found = article("<div>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>")
    assert texts(found) == lines


@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_the_body_begins_where_the_head_ends_also_without_tags(tag: str) -> None:
    page = f"<title>{TITLE}</title><{tag}><h1>{TITLE}</h1>{TEXT}</{tag}><p>{PARAGRAPHS[0]} Again."
    (found,) = ingest(page.encode(), PurePosixPath("cranes.html")).articles
    assert texts(found.article)[:4] == list(PARAGRAPHS)
    assert found.article.title == TITLE


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["The crane at the quay.", "The crane was sold."], ["The crane was sold."]),
        ([PARAGRAPHS[0], "Ostvik"], [PARAGRAPHS[0]]),
    ],
    ids=["a short text has a caption", "the whole text is its description"],
)
def test_a_caption_is_dropped_unless_nothing_else_is_left(
    lines: list[str], kept: list[str]
) -> None:
    picture = f'<img src="a.png" alt="{lines[0]}">'
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<h1>{TITLE}, and those that are owned elsewhere</h1>"
    assert texts(article(f"<div>{head}{picture}{body}</div>"))[-len(kept) :] == kept


def test_a_text_that_is_given_twice_is_read_once() -> None:
    found = article(f"<article><h1>{TITLE}</h1>{TEXT}<div>{TEXT}</div></article>")
    assert texts(found) == list(PARAGRAPHS)
    assert {line.rule for line in found.dropped} == {"given twice"}


def test_a_refrain_is_no_second_copy() -> None:
    refrain = "<p>We will count the cranes again, and again, until somebody counts them right.</p>"
    found = article(f"<article><h1>{TITLE}</h1>{refrain}{TEXT}{refrain}</article>")
    assert len(texts(found)) == len(PARAGRAPHS) + 2


def test_a_body_in_the_metadata_is_long_enough_in_any_script() -> None:
    body = "港口委员会昨晚开会，清点码头上剩下的起重机。会议持续了三个小时。" * 4
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": body})
    script = f'<script type="application/ld+json">{data}</script>'
    assert "".join(texts(article("<p>菜单</p>", script))) == body
