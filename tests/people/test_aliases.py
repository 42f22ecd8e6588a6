"""``speakers.toml``: which printed names it resolves, and how it says what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import some_passage

from indexer.corpus.keeper_files import read_aliases
from indexer.errors import CorpusError
from indexer.people.aliases import FILE, Aliases
from indexer.records import Article, IngestedArticle, Passage, Quotation, Speaker, Turn

ROWS = """
[[speaker]]
name = "Nara Velidze"
aliases = ["Velidze", "N. Velidze", "Нара Велидзе", "Նարա Վելիձե"]
offices = [
    { title = "Chair of the Council", to = 2021-04-30 },
    { title = "The President", from = "2021-05", to = "2024-05", outlet = "Hall" },
]
same_as = ["https://people.example/velidze"]
not = ["Irakli Velidze", { label = "N. Velidze", outlet = "Herald", to = 2019 }]

[[speaker]]
name = "Otto Brandt"
id = "brandt"
offices = [{ title = "President", from = "2024-05-10", outlet = ["Hall"] }]
"""


def aliases(tmp_path: Path, text: str = ROWS) -> Aliases:
    (tmp_path / FILE).write_text(text, "utf-8")
    return read_aliases(tmp_path)


def passage(speaker: str | None, **fields: str | None) -> Passage:
    known = {"outlet": "Hall", "published": "2022-01-05", **fields}
    return some_passage(speaker=speaker, **known)


@pytest.mark.parametrize(
    "printed",
    ["Nara Velidze", "NARA VELIDZE", "Velidze", "N Velidze", "n. velidzé", "Нара Велидзе"],
)
def test_a_listed_name_is_resolved_whatever_its_case_and_accents(
    tmp_path: Path, printed: str
) -> None:
    found = aliases(tmp_path).passage(passage(printed, as_printed=printed, attribution="said"))
    assert (found.speaker, found.speaker_id) == ("Nara Velidze", "nara-velidze")
    assert (found.as_printed, found.attribution) == (printed, "said")


@pytest.mark.parametrize("printed", ["Brandt", "Anna Velidze", "Minister Velidze", "Mr. Brandt"])
def test_a_name_that_is_not_listed_stays_as_it_is(tmp_path: Path, printed: str) -> None:
    known = aliases(tmp_path)
    assert known.passage(passage(printed)) == passage(printed)


def test_a_short_form_of_somebody_whom_the_article_names_in_full_is_not_an_alias(
    tmp_path: Path,
) -> None:
    other = passage("Anna Velidze", as_printed="Velidze")
    assert aliases(tmp_path).passage(other) == other


def test_the_id_of_a_row_is_its_own_or_its_name_as_a_slug(tmp_path: Path) -> None:
    assert aliases(tmp_path).passage(passage("Otto Brandt")).speaker_id == "brandt"


def test_a_passage_without_speaker_stays_without(tmp_path: Path) -> None:
    assert aliases(tmp_path).passage(passage(None)) == passage(None)


@pytest.mark.parametrize(
    ("published", "speaker"),
    [
        ("2021-04-30", "The President"),
        ("2021-05-01", "Nara Velidze"),
        ("2022", "Nara Velidze"),
        ("2021", "The President"),
        ("2024-05", "Nara Velidze"),
        ("2024-05-12", "The President"),
        ("2024-06-01T10:00+04:00", "Otto Brandt"),
        (None, "The President"),
    ],
)
def test_a_bare_label_is_whoever_alone_had_the_office_on_every_possible_day(
    tmp_path: Path, published: str | None, speaker: str
) -> None:
    printed = passage("The President", as_printed="THE PRESIDENT", published=published)
    assert aliases(tmp_path).passage(printed).speaker == speaker


def test_a_bare_label_is_resolved_in_the_outlets_of_its_row_only(tmp_path: Path) -> None:
    known = aliases(tmp_path)
    assert known.passage(passage("The President")).speaker_role == "The President"
    assert known.passage(passage("The President", outlet="Meridian")).speaker == "The President"
    assert known.passage(passage("The President", outlet=None)).speaker == "The President"


def test_the_printed_role_goes_before_that_of_the_row(tmp_path: Path) -> None:
    printed = passage("The President", speaker_role="Head of State")
    assert aliases(tmp_path).passage(printed).speaker_role == "Head of State"


def test_turns_and_quotations_are_resolved_as_passages_are(tmp_path: Path) -> None:
    speaker = Speaker("Нара Велидзе", "Велидзе", "заявила Велидзе", "президент")
    found = IngestedArticle(
        Article("a", "Title", (), outlet="Hall", published="2022"),
        (Turn("answer", "Words.", 0, speaker), Turn("narrative", "It rained.", 1)),
        (Quotation("Words.", 0, speaker),),
        (passage("Нара Велидзе"), passage(None)),
    )
    resolved = aliases(tmp_path).article(found)
    canonical = Speaker("Nara Velidze", "Велидзе", "заявила Велидзе", "президент")
    assert [turn.speaker for turn in resolved.turns] == [canonical, None]
    assert [quotation.speaker for quotation in resolved.quotations] == [canonical]
    assert [one.speaker_id for one in resolved.passages] == ["nara-velidze", None]


def test_a_corpus_without_the_file_resolves_nothing(tmp_path: Path) -> None:
    none = read_aliases(tmp_path)
    assert none.passage(passage("Velidze")) == passage("Velidze")
    assert none.digest() == aliases(tmp_path, "").digest()


def test_a_comment_does_not_change_the_digest_but_an_alias_does(tmp_path: Path) -> None:
    before = aliases(tmp_path).digest()
    assert aliases(tmp_path, f"# People\n{ROWS}").digest() == before
    assert aliases(tmp_path, ROWS.replace("N. Velidze", "N. V.")).digest() != before


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[speaker", "is not TOML"),
        (b"\xff", "is not TOML"),
        ("[" * 5000, "is not TOML"),
        ("[speaker]\nname = 'A B'", "one [[speaker]] table for each person"),
        ("title = 'People'", "one [[speaker]] table for each person"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, text: str | bytes, complaint: str
) -> None:
    (tmp_path / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CorpusError) as raised:
        read_aliases(tmp_path)
    message = str(raised.value)
    assert complaint in message
    assert message.startswith(str(tmp_path / FILE))
    assert "\n" not in message


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("aliases = ['A']", "speaker 1 needs a name"),
        ("name = '…'", "speaker 1 needs a name"),
        (
            "name = 'A B'\naslo = ['A']",
            "A B: unknown key 'aslo': write one of name, id, aliases, offices, same_as, not",
        ),
        ("name = 'A B'\nalso = ['A']", "A B: unknown key 'also': write aliases"),
        ("name = 'A B'\nroles = []", "A B: unknown key 'roles': write offices"),
        ("name = 'A B'\noffices = [{ role = 'x' }]", "A B: unknown key 'role': write title"),
        ("name = 'A B'\naliases = 3", "A B: write aliases as a list of texts in quotes"),
        ("name = 'A B'\naliases = ['–']", "A B: the alias '–' has no letters"),
        ("name = 'A B'\nid = 'A B'", "A B: write the id 'A B' as 'a-b'"),
        ("name = 'A B'\noffices = ['x']", "A B: write offices as a list"),
        ("name = 'A B'\noffices = 'x'", "A B: write offices as a list"),
        ("name = 'A B'\noffices = [{ from = 2019 }]", "each of the offices needs title"),
        (
            "name = 'A B'\noffices = [{ title = 'x', from = '2019-13' }]",
            "A B: from: there is no date '2019-13': write 2020",
        ),
        (
            "name = 'A B'\noffices = [{ title = 'x', from = 2020, to = 2019 }]",
            "A B: from 2020 is after to 2019",
        ),
        ("name = 'A B'\nsame_as = ['people']", "A B: same_as: 'people' is no web address"),
        ("name = 'A B'\nnot = [{ outlet = 'x' }]", "A B: each table under not needs label"),
        ("name = 'A B'\nnot = [3]", 'A B: write not as a list of "Name" or { label'),
        ("name = 'A B'\nnot = ['A. B.', 'a b']", "A B: 'A. B.' is a name and, under not, none"),
        ("name = 'Ida B'\naliases = ['Z. z.']", "Ida B: 'Z. z.' is a name of Last Zz already"),
        ("name = 'Ida B'\nid = 'last-zz'", "Ida B: 'last-zz' is the id of Last Zz already"),
    ],
)
def test_a_row_that_is_wrong_is_left_out_and_named_and_the_others_hold(
    tmp_path: Path, row: str, complaint: str
) -> None:
    other = "[[speaker]]\nname = 'Last Zz'\naliases = ['Z Z']\n"
    rows = f"{other}[[speaker]]\n{row}\n" if "Last" in complaint else f"[[speaker]]\n{row}\n{other}"
    known = aliases(tmp_path, rows)
    (problem,) = known.problems
    assert complaint in problem
    assert problem.endswith("this row is left out")
    assert [person.name for person in known.people] == ["Last Zz"]


def test_an_office_before_the_surname_is_its_holder_within_the_dates(tmp_path: Path) -> None:
    known = aliases(tmp_path)
    chair = passage("Chair of the Council Velidze", outlet="Herald", published="2020-02")
    assert known.passage(chair).speaker == "Nara Velidze"
    later = passage("Chair of the Council Velidze", outlet="Herald", published="2022-02")
    assert known.passage(later) == later


def test_a_name_that_is_somebody_else_in_some_articles_stays_there(tmp_path: Path) -> None:
    known = aliases(tmp_path)
    there = passage("N. Velidze", outlet="Herald", published="2019-03-01")
    assert known.passage(there) == there
    assert known.passage(passage("N. Velidze", outlet="Herald")).speaker == "Nara Velidze"
    assert known.is_apart("nara-velidze", ["IRAKLI VELIDZE"], None, None)
    assert not known.is_apart("brandt", ["Irakli Velidze"], None, None)
