"""How each speaker is known is kept beside the printed words."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.pipeline import ingest

FOG = "Who paid for the lamp?"
INTERVIEW = f"""# Interview with Ada Lind

**{FOG}**

The pilots paid for it, and they were glad to.

**And who lights it?**

The keeper lights it at six.
"""
TRANSCRIPT = f"""# The lamp

ADA LIND: We lit the lamp.

QUESTION: {FOG}

ADA LIND: The pilots did.

QUESTION: All of them?

ANSWER: Every one of them.
"""
REPORT = """# The lamp

“The pilots paid for the lamp,” Ada Lind said on Monday.

Nobody else would have paid for it at all, the harbour office found.

Ada Lind told the Lantern that the lamp is lit. “The keeper lights it at six every evening.”
"""


@pytest.mark.parametrize(
    ("article", "known"),
    [
        (INTERVIEW, {"The pilots paid for it, and they were glad to.": "introduced"}),
        (TRANSCRIPT, {"The pilots did.": "label", "Every one of them.": "carried"}),
        (REPORT, {"“The pilots paid for the lamp,” Ada Lind said on Monday.": "cue"}),
    ],
)
def test_every_speaker_is_known_by_one_kind_of_evidence(
    article: str, known: dict[str, str]
) -> None:
    (found,) = ingest(article.encode(), PurePosixPath("lamp.md")).articles
    evidence = {passage.text: passage.evidence for passage in found.passages}
    assert {text: evidence.get(text) for text in known} == known
    assert [one for one in found.passages if bool(one.evidence) != bool(one.speaker)] == []


def test_words_that_go_on_are_carried_on_from_the_printed_words_before() -> None:
    article = """# The lamp

“The pilots paid for the lamp,” Ada Lind said on Monday.

“The keeper lights it at six every evening, and nobody has asked him to do so.”
"""
    (found,) = ingest(article.encode(), PurePosixPath("lamp.md")).articles
    said, carried = found.quotations
    assert said.speaker
    assert carried.speaker
    assert (said.speaker.evidence, carried.speaker.evidence) == ("cue", "carried")
    assert said.speaker.attribution == carried.speaker.attribution
