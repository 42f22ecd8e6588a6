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
also = ["Velidze", "N. Velidze", "Нара Велидзе", "Նարա Վելիձե"]
roles = [
    { role = "Chair of the Council", to = 2021-04-30 },
    { role="President",from = "2021-05", to = "2024-05", label = "The President", outlet = "Hall" },
]

[[speaker]]
name = "Otto Brandt"
id = "brandt"
roles = [{ role = "President", from = "2024-05-10", label = "The President", outlet = ["Hall"] }]
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


@pytest.mark.parametrize("printed", ["Brandt", "Anna Velidze", "President Velidze", "Mr. Brandt"])
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
    assert known.passage(passage("The President")).speaker_role == "President"
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
        ("[[speaker]]\nalso = ['A']", "speaker 1 needs a name"),
        ("[[speaker]]\nname = '…'", "speaker 1 needs a name"),
        (
            "[[speaker]]\nname = 'A B'\naslo = ['A']",
            "A B: unknown key 'aslo': write one of also, id, name, roles",
        ),
        ("[[speaker]]\nname = 'A B'\nalso = 3", "A B: write also as a list of texts in quotes"),
        ("[[speaker]]\nname = 'A B'\nalso = ['–']", "A B: the alias '–' has no letters"),
        ("[[speaker]]\nname = 'A B'\nid = 'A B'", "A B: write the id 'A B' as 'a-b'"),
        ("[[speaker]]\nname = 'A B'\nroles = ['x']", "A B: write roles as a list"),
        (
            "[[speaker]]\nname = 'A B'\nroles = [{ from = 2019 }]",
            'A B: each of the roles needs role = "…"',
        ),
        (
            "[[speaker]]\nname = 'A B'\nroles = [{ role = 'x', from = '2019-13' }]",
            "A B: from: there is no date '2019-13': write 2020",
        ),
        (
            "[[speaker]]\nname = 'A B'\nroles = [{ role = 'x', label = 'The X' }]",
            "A B: the role 'x' needs both label and outlet",
        ),
        (
            "[[speaker]]\nname = 'Ada B'\nalso = ['B']\n[[speaker]]\nname = 'Ida B'\nalso = ['b.']",
            "'b.' is a name of both Ada B and Ida B",
        ),
        (
            "[[speaker]]\nname = 'Ada B'\n[[speaker]]\nname = 'Ida B'\nid = 'ada-b'",
            "two rows have the id 'ada-b': Ada B, Ida B",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_the_file(
    tmp_path: Path, text: str | bytes, complaint: str
) -> None:
    (tmp_path / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CorpusError) as raised:
        read_aliases(tmp_path)
    message = str(raised.value)
    assert complaint in message
    assert message.startswith(str(tmp_path / FILE))
    assert "\n" not in message
