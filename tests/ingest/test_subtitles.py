"""Subtitles: cues to paragraphs, with their voices and times."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.errors import UnreadableArticle
from indexer.ingest.pipeline import ingest
from indexer.ingest.readers.subtitles import PARAGRAPH_WORDS, read
from indexer.records import Article, Paragraph

WHOLE = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ilse Brandt>The lamp is lit – “at last”.

00:00:03.000 --> 00:00:05.000
<v Bo Reed>Who paid for it?
"""


def article(text: str) -> Article:
    (found,) = read(text.encode(), "talks/fog")
    return found


def vtt(*cues: str) -> str:
    """Return a file of cues that follow one another, two seconds each."""
    timed = (
        f"00:{2 * n // 60:02}:{2 * n % 60:02}.000 --> 00:{(2 * n + 2) // 60:02}"
        f":{(2 * n + 2) % 60:02}.000\n{cue}\n"
        for n, cue in enumerate(cues)
    )
    return "WEBVTT\n\n" + "\n".join(timed)


def heard(text: str) -> list[tuple[str | None, str]]:
    return [(paragraph.speaker, paragraph.text) for paragraph in article(text).paragraphs]


def said(text: str, name: str = "a.vtt") -> list[tuple[str | None, str]]:
    """Return the passages of a file, each with its speaker."""
    (found,) = ingest(text.encode(), PurePosixPath(name)).articles
    return [(passage.speaker, passage.text) for passage in found.passages]


# --- Voices --------------------------------------------------------------------------------------


def test_a_voice_tag_names_the_voice_of_each_paragraph() -> None:
    assert article(WHOLE).paragraphs == (
        Paragraph("The lamp is lit – “at last”.", speaker="Ilse Brandt", time=1),
        Paragraph("Who paid for it?", speaker="Bo Reed", time=3),
    )


def test_two_voices_may_share_a_cue() -> None:
    text = vtt("<v Ilse Brandt>The lamp is lit.</v>\n<v Bo Reed>At last.")
    assert heard(text) == [("Ilse Brandt", "The lamp is lit."), ("Bo Reed", "At last.")]


def test_words_after_the_end_of_a_voice_are_of_nobody_named() -> None:
    text = vtt("<v Ilse Brandt>The lamp is lit.</v> At last.")
    assert heard(text) == [("Ilse Brandt", "The lamp is lit."), ("", "At last.")]


def test_a_cue_without_a_voice_is_of_nobody_named_where_others_have_one() -> None:
    text = vtt("<v Ilse Brandt>The lamp is lit.", "At last.")
    assert heard(text) == [("Ilse Brandt", "The lamp is lit."), ("", "At last.")]


def test_a_cue_without_a_voice_may_end_the_sentence_of_the_one_before() -> None:
    text = vtt("<v Ilse Brandt>The lamp is", "lit again.")
    assert heard(text) == [("Ilse Brandt", "The lamp is lit again.")]


@pytest.mark.parametrize("name", ["Speaker 1", "SPEAKER_02", "Unknown", "voice a"])
def test_a_number_given_to_a_voice_is_no_name(name: str) -> None:
    assert heard(vtt(f"<v {name}>The lamp is lit.")) == [("", "The lamp is lit.")]
    assert said(vtt(f"{name}: The lamp is lit.")) == [(None, "The lamp is lit.")]


def test_labels_at_the_beginnings_of_lines_name_who_speaks() -> None:
    asked = ("Ilse Brandt: The lamp is lit.", "And it shines.", "Bo Reed: Who paid?")
    assert said(vtt(*asked, "Ilse Brandt: The pilots.", "Bo Reed: All of them?")) == [
        ("Ilse Brandt", "The lamp is lit. And it shines."),
        ("Ilse Brandt", "The pilots."),
        ("Bo Reed", "All of them?"),
    ]


@pytest.mark.parametrize("mark", [">> ", ">>", "&gt;&gt; ", "- ", "-", "– "])
def test_a_mark_of_another_voice_ends_the_words_of_the_one_before(mark: str) -> None:
    text = vtt("MS. BRANDT: The lamp is lit.", f"{mark}Who paid?", "MS. BRANDT: The pilots.")
    assert said(text) == [
        ("Ms. Brandt", "The lamp is lit."),
        (None, "Who paid?"),
        ("Ms. Brandt", "The pilots."),
    ]


def test_a_label_that_names_nobody_sure_ends_the_words_of_the_one_before() -> None:
    text = vtt("MS. BRANDT: The lamp is lit.", "Remember: nobody paid.", "MS. BRANDT: The pilots.")
    assert said(text)[1] == (None, "Remember: nobody paid.")


def test_a_word_before_a_colon_that_never_names_anybody_ends_nothing() -> None:
    text = vtt("MS. BRANDT: The lamp is lit.", "Photo: the lamp.", "MS. BRANDT: It shines.")
    assert said(text)[0] == ("Ms. Brandt", "The lamp is lit. Photo: the lamp.")


def test_a_dash_inside_a_sentence_is_no_other_voice() -> None:
    assert heard(vtt("It was minus five:", "-5 in the harbour.")) == [
        (None, "It was minus five: -5 in the harbour.")
    ]


# --- Words and times -----------------------------------------------------------------------------


def test_styles_entities_and_sounds_are_no_words() -> None:
    text = vtt(
        "<c.yellow.bg_blue>The <i>lamp</i></c>&nbsp;is {\\an8}lit &amp; bright.", "(LAUGHS)", "♪"
    )
    assert heard(text) == [(None, "The lamp is lit & bright.")]
    assert [line.text for line in article(text).dropped] == ["(LAUGHS)", "♪"]


def test_a_paragraph_ends_with_a_sentence_and_begins_when_its_first_line_is_heard() -> None:
    long = " ".join(["Fog", *["fog"] * (PARAGRAPH_WORDS - 2)])
    first, second = article(vtt(long, "came. Then it", "went out.")).paragraphs
    assert (first.text, first.time) == (f"{long} came.", 0)
    assert (second.text, second.time) == ("Then it went out.", 2)


def test_words_without_full_stops_are_cut_between_lines() -> None:
    lines = [" ".join(f"word{10 * n + place}" for place in range(10)) for n in range(30)]
    found = article(vtt(*lines)).paragraphs
    assert [len(paragraph.text.split()) for paragraph in found] == [60] * 5
    assert [paragraph.time for paragraph in found] == [0, 12, 24, 36, 48]


def test_cues_that_overlap_stand_in_the_order_in_which_they_begin() -> None:
    text = (
        "WEBVTT\n\n00:00:04.000 --> 00:00:09.000\nSecond.\n\n"
        "00:00:01.000 --> 00:00:08.000\nFirst.\n\n00:00:01.000 --> 00:00:08.000\nFirst.\n"
    )
    assert heard(text) == [(None, "First. Second.")]


def test_words_that_are_said_again_are_kept_where_captions_do_not_roll_up() -> None:
    assert heard(vtt("No.", "No.", "Never.", "I said no.")) == [(None, "No. No. Never. I said no.")]


def test_captions_that_grow_word_by_word_are_read_once() -> None:
    words = ["the", "lamp", "is", "lit", "again"]
    grown = [" ".join(words[:n]) for n in range(1, len(words) + 1)]
    assert heard(vtt(*grown)) == [(None, "the lamp is lit again")]


# --- Files ---------------------------------------------------------------------------------------


def test_the_title_and_the_language_are_those_of_the_header() -> None:
    found = article(f"WEBVTT - Fog &amp; lamp\nLanguage: de-AT\n{WHOLE.removeprefix('WEBVTT')}")
    assert (found.title, found.language) == ("Fog & lamp", "de-AT")
    assert article(WHOLE).title == "fog"


def test_a_file_that_is_cut_off_anywhere_is_read_as_far_as_it_goes() -> None:
    data = WHOLE.encode()
    for end in range(len(data)):
        try:
            (found,) = read(data[:end], "a")
        except UnreadableArticle:
            assert end <= data.index(b"The lamp")
        else:
            assert {p.speaker for p in found.paragraphs} <= {"Ilse Brandt", "Bo Reed", ""}
            assert "The lamp is lit – “at last”.".startswith(found.paragraphs[0].text[:20])


def test_subtitles_without_a_header_or_numbers_are_read() -> None:
    assert heard(WHOLE.removeprefix("WEBVTT")) == heard(WHOLE)
    srt = "00:00:01,500 --> 00:00:03,000\nThe lamp\n\n00:00:03,000 --> 00:00:04,000\nis lit.\n"
    assert heard(srt) == heard(f"1\n{srt}") == [(None, "The lamp is lit.")]


def test_subtitles_in_another_encoding_are_read() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nМаяк снова горит, и туману об этом сказали.\n"
    (found,) = read(text.encode("cp1251"), "a")
    assert found.paragraphs[0].text == "Маяк снова горит, и туману об этом сказали."


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", b"WEBVTT", b"The lamp is lit.", b"WEBVTT\n\n00:01.000 --> 00:02.000\n[fog]"],
    ids=repr,
)
def test_what_has_no_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticle):
        read(data, "a")
