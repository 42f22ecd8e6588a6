"""Texts that are one person's as a whole, and those that are nobody's."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

import pytest

from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle

FIRST = "I will not build the dam. My council and I have read the report, and I believe it."
THIRD = "The council met on the dam. The harbour board read the report, and the pilots waited."


def read(*paragraphs: str, **facts: Any) -> IngestedArticle:
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in facts.items())
    text = f"---\n{front}\n---\n\n" + "\n\n".join(paragraphs)
    (article,) = ingest(text.encode(), PurePosixPath("a.md")).articles
    return article


def page(body: str, head: str = "", title: str = "The dam must wait") -> IngestedArticle:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    (article,) = ingest(html.encode(), PurePosixPath("a.html")).articles
    return article


def whose(article: IngestedArticle) -> set[tuple[str | None, str | None]]:
    return {(turn.speaker and turn.speaker.name, turn.role) for turn in article.turns}


def said_by(name: str) -> set[tuple[str | None, str | None]]:
    return {(name, "statement")}


NOBODY = {(None, "narrative")}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Statement by Mayor Ada Lind on the Dam", THIRD),
        ("Statement from Board Spokesperson Ada Lind on Mayor Tomas Arel’s Visit to Ilven", THIRD),
        ("Remarks as Prepared for Delivery by Mayor Ada Lind for Harbour Day", THIRD),
        ("Op-Ed by Ada Lind: The Dam Must Wait", THIRD),
        ("Ada Lind: Why I will not build the dam", FIRST),
        ("Full text: Mayor Ada Lind’s speech on the dam", FIRST),
    ],
)
def test_the_headline_tells_whose_a_text_is(title: str, text: str) -> None:
    article = read(text, title=title)
    assert whose(article) == said_by("Ada Lind")
    (turn,) = article.turns
    assert turn.speaker is not None
    assert turn.speaker.evidence == "authored"
    assert turn.speaker.attribution == title
    assert article.article.author == "Ada Lind"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ada Lind: The dam must wait", THIRD),  # a report may have such a headline
        ("Remarks by Mayor Ada Lind on the dam", f"Mayor Ada Lind spoke of the dam. {THIRD}"),
        ("FACT SHEET: Mayor Ada Lind on the Dam", FIRST),
        ("Mayor Ada Lind Announces Key Nominations", FIRST),
        ("Readout of Mayor Ada Lind’s Call with Tomas Arel", FIRST),
        ("Statement by the Harbour Board on the Dam", FIRST),
        ("Joint Statement by Mayor Ada Lind and Mayor Tomas Arel", FIRST),
        ("Bill Signing: The Harbour Act and What It Means", FIRST),
    ],
)
def test_other_headlines_tell_nobody(title: str, text: str) -> None:
    assert whose(read(text, title=title)) == NOBODY


def test_two_who_state_something_are_authors_and_neither_is_the_speaker() -> None:
    article = read(FIRST, title="Statement by Mayor Ada Lind and Mayor Tomas Arel on the Dam")
    assert whose(article) == NOBODY
    assert article.article.author == "Ada Lind, Tomas Arel"


@pytest.mark.parametrize(
    ("closing", "proof"),
    [
        (("Sincerely,", "ADA LIND"), "Sincerely, ADA LIND"),
        (("Yours truly,", "Ada Lind", "Mayor of Ilven"), "Yours truly, Ada Lind Mayor of Ilven"),
        (("— Ada Lind",), "— Ada Lind"),
        (("ADA LIND", "THE WHITE HOUSE,", "May 4, 2021."), "ADA LIND"),
    ],
)
def test_a_signature_tells_whose_a_text_is(closing: tuple[str, ...], proof: str) -> None:
    article = read(FIRST, FIRST, *closing, title="A letter on the dam")
    speakers = [turn.speaker for turn in article.turns]
    assert {speaker and speaker.name for speaker in speakers} == {"Ada Lind"}
    assert speakers[0] is not None
    assert speakers[0].attribution == proof


def test_somebody_may_name_themselves_in_the_text() -> None:
    oath = "Now I, ADA LIND, Mayor of Ilven, do hereby proclaim the Day of the Dam."
    article = read(THIRD, oath, title="A Proclamation on the Day of the Dam")
    assert whose(article) == said_by("Ada Lind")


@pytest.mark.parametrize(
    "closing",
    [
        ("Sincerely,", "Ada Lind", "Tomas Arel"),
        ("Sincerely,", "The Harbour Board"),
        ("JANE REED", "The Courier"),
    ],
)
def test_several_signers_bodies_and_reporters_sign_for_nobody(closing: tuple[str, ...]) -> None:
    assert whose(read(THIRD, *closing, title="A letter on the dam")) == NOBODY


@pytest.mark.parametrize(
    "facts",
    [
        {"section": "Opinion", "author": "Ada Lind"},
        {"tags": ["Dams", "Op-Ed"], "author": "Ada Lind"},
        {"url": "https://courier.example/opinion/the-dam", "author": "By Ada Lind"},
        {"title": "Opinion | The dam must wait", "author": "Ada Lind, The Courier"},
    ],
)
def test_a_byline_names_who_writes_an_opinion(facts: dict[str, Any]) -> None:
    article = read(THIRD, **{"title": "The dam must wait", **facts})
    assert whose(article) == said_by("Ada Lind")


@pytest.mark.parametrize(
    "facts",
    [
        {"author": "Ada Lind"},  # a reporter
        {"author": "Ada Lind", "section": "News"},
        {"section": "Opinion", "author": "Ada Lind and Tomas Arel"},
        {"section": "Opinion", "author": "The Editorial Board"},
        {"section": "Opinion", "author": "desk@courier.example"},
        {"section": "Opinion", "author": "Reuters"},
        {"section": "Editorial", "author": "Ada Lind"},
    ],
)
def test_reporters_outlets_and_several_writers_are_no_speakers(facts: dict[str, Any]) -> None:
    assert whose(read(THIRD, title="The dam must wait", **facts)) == NOBODY


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Ada Lind", "Ada Lind"),
        ("Ada Lind and Tomas Arel, The Courier", "Ada Lind, Tomas Arel"),
        ("Ada Lind, ada@courier.example", "Ada Lind"),
        ("desk@courier.example", None),
        ("Courier Staff", None),
        ("Reuters", None),
        ("admin", None),
    ],
)
def test_an_author_is_a_name(byline: str, author: str | None) -> None:
    assert read(THIRD, title="The dam", author=byline).article.author == author


def test_a_byline_of_whom_the_text_tells_is_no_speaker() -> None:
    text = "Ada Lind opened the dam on Monday. The mayor thanked the pilots."
    assert whose(read(text, title="A dam", section="Opinion", author="Ada Lind")) == NOBODY


def test_a_closing_line_tells_that_a_text_is_an_opinion_and_is_not_its_authors() -> None:
    who = "Ada Lind is a fellow at the Ilven Institute."
    article = read(THIRD, who, title="The dam must wait", author="Ada Lind")
    assert [(turn.speaker and turn.speaker.name, turn.text) for turn in article.turns] == [
        ("Ada Lind", THIRD),
        (None, who),
    ]
    reporter = "Ada Lind is a reporter at the Courier."
    assert whose(read(THIRD, reporter, title="The dam must wait", author="Ada Lind")) == NOBODY


def test_a_lead_and_notes_of_editors_are_not_the_authors() -> None:
    lead = "Today, in a new letter, Mayor Ada Lind told the town why the dam must wait."
    note = "Editor’s note: this text has been cut."
    article = read(lead, FIRST, note, title="Op-Ed by Ada Lind: The Dam")
    told = {turn.text: turn.speaker and turn.speaker.name for turn in article.turns}
    assert told == {lead: None, FIRST: "Ada Lind", note: None}


def test_quotations_of_others_inside_stay_theirs() -> None:
    quoted = "“The dam will hold, and no one need fear it,” Tomas Arel said."
    article = read(FIRST, quoted, FIRST, title="Statement by Mayor Ada Lind on the Dam")
    assert [turn.speaker and turn.speaker.name for turn in article.turns] == [
        "Ada Lind",
        "Tomas Arel",
        "Ada Lind",
    ]


def test_what_an_author_reports_of_others_is_said_in_the_authors_words() -> None:
    told = "Tomas Arel said that the dam would hold."
    article = read(f"{FIRST} {told} {FIRST}", title="Statement by Mayor Ada Lind on the Dam")
    assert whose(article) == said_by("Ada Lind")
    assert not any(turn.indirect for turn in article.turns)


def test_a_transcript_with_labels_stays_one() -> None:
    spoken = ("MAYOR LIND: We will not build it.", "MR. AREL: You will.", "MAYOR LIND: No.")
    article = read(*spoken, title="Remarks as Prepared for Delivery by Mayor Ada Lind")
    assert not any(turn.speaker and turn.speaker.evidence == "authored" for turn in article.turns)


TEXT = "".join(f"<p>{THIRD} Number {number} of the long report says so.</p>" for number in range(6))


def test_a_page_tells_its_section_and_its_author_beside_the_headline() -> None:
    kicker = "<div class='kicker'>Opinion</div><h1>The dam must wait</h1>"
    body = f"<article>{kicker}<span class='byline'>By Ada Lind</span>{TEXT}</article>"
    article = page(body)
    assert whose(article) == said_by("Ada Lind")
    named = '{"@type": "OpinionNewsArticle", "author": [{"name": "Ada Lind"}]}'
    script = f"<script type='application/ld+json'>{named}</script>"
    assert whose(page(f"<article><h1>The dam must wait</h1>{TEXT}</article>", script)) == said_by(
        "Ada Lind"
    )


@pytest.mark.parametrize(
    "forged",
    [
        "<!-- By Mayor Ada Lind -->",
        "<script>var byline = 'By Mayor Ada Lind';</script>",
        "<div class='comments'><p>By Mayor Ada Lind</p><p>I think so too.</p></div>",
        "<p>By Mayor Ada Lind</p><p>A reader thinks that the dam must wait no more.</p>",
    ],
)
def test_a_forged_byline_proves_nothing(forged: str) -> None:
    head = "<meta property='article:section' content='Opinion'>"
    article = page(f"<article><h1>The dam must wait</h1>{TEXT}{forged}{TEXT}</article>", head)
    assert whose(article) == NOBODY
    assert article.article.author is None


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("The dam must wait", ("Ten years are enough. It can wait, writes Ada Lind", FIRST)),
        ("The dam must wait", ("Ten years are enough. A column by Ada Lind.", FIRST)),
        ("The dam must wait", ("Below is the text of a speech given by Ada Lind.", FIRST)),
        ("Letter: The dam must wait", (FIRST, "Ada Lind  \nPort Ilven")),
        ("Letter: The dam must wait", (FIRST, "Ada Lind. Ilven")),
        ("COLUMN. The dam must wait", ("By Ada Lind", FIRST)),
    ],
)
def test_a_line_over_or_under_a_text_in_the_first_person_tells_whose_it_is(
    title: str, lines: tuple[str, ...]
) -> None:
    assert ("Ada Lind", "statement") in whose(read(*lines, title=title))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("The dam must wait", ("It can wait, writes Ada Lind", THIRD)),  # nobody speaks
        ("Letter: The dam", (FIRST, "Ada Lind, Ilven", FIRST, "Tomas Arel, Ilven")),
        ("The dam must wait", (FIRST, "Ada Lind, Ilven")),  # no letter
    ],
)
def test_a_name_over_or_under_other_texts_tells_nothing(title: str, lines: tuple[str, ...]) -> None:
    turns = read(*lines, title=title).turns
    assert all(turn.speaker is None or turn.speaker.evidence != "authored" for turn in turns)


def test_a_portrait_among_ideas_is_not_its_reporters() -> None:
    quoting = ("I met Jon Berg in Ilven. “I like a map,” he said.", "“It was wet,” he told me.")
    head = '<meta property="article:section" content="Ideas">'
    body = "<h1>A man of maps</h1><p>By Ada Lind</p>" + "".join(f"<p>{one}</p>" for one in quoting)
    speakers = {name for name, _ in whose(page(body, head))}
    assert "Ada Lind" not in speakers
    essay = page(f"<h1>A man of maps</h1><p>By Ada Lind</p><p>{FIRST}</p>", head)
    assert ("Ada Lind", "statement") in whose(essay)
