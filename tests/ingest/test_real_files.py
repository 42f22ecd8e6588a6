"""The two saved articles that this program was made for, where they are at hand.

They may not be copied here: only counts, names, dates and a few first and last words are checked.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle

ARTICLES = Path(__file__).parents[3] / "shared" / "data" / "articles"

if not ARTICLES.is_dir():
    pytest.skip("the two saved articles are not at hand", allow_module_level=True)


@pytest.fixture(scope="module")
def report() -> IngestedArticle:
    return saved("000_*.txt")


@pytest.fixture(scope="module")
def interview() -> IngestedArticle:
    return saved("002_*.txt")


def saved(pattern: str) -> IngestedArticle:
    (path,) = ARTICLES.glob(pattern)
    (found,) = ingest(path.read_bytes(), PurePosixPath("articles", path.name)).articles
    return found


def test_the_interview_is_four_questions_each_with_its_answer(interview: IngestedArticle) -> None:
    passages = interview.passages
    assert [passage.role for passage in passages] == ["answer"] * 4
    assert [passage.question.split()[0] for passage in passages if passage.question] == [
        "Armenia’s",
        "France,",
        "How",
        "To",
    ]
    assert [passage.text.split()[0] for passage in passages] == ["The", "This", "Your", "Armenia"]


def test_the_interview_is_by_the_person_that_its_headline_names(interview: IngestedArticle) -> None:
    assert interview.article.title.startswith("Tigran Khzmalyan: Russia is no longer")
    assert {passage.speaker for passage in interview.passages} == {"Tigran Khzmalyan"}
    assert {passage.speaker_id for passage in interview.passages} == {"tigran-khzmalyan"}
    roles = {passage.speaker_role for passage in interview.passages}
    assert roles == {"Chairman of the European Party of Armenia"}


def test_a_question_need_not_end_with_a_question_mark(interview: IngestedArticle) -> None:
    questions = [passage.question or "" for passage in interview.passages]
    assert [question[-1] for question in questions] == ["?", "?", "?", "."]


def test_nothing_of_the_glued_on_sidebar_is_said_by_anyone(interview: IngestedArticle) -> None:
    said = "\n".join(f"{p.question}\n{p.text}" for p in interview.passages)
    assert "Latest news" not in said
    assert "2026" not in said
    assert said.endswith("beyond Russia.")
    assert sum("Jan.2026" in line.text for line in interview.article.dropped) >= 10


def test_the_interview_is_not_dated_by_its_sidebar(interview: IngestedArticle) -> None:
    assert interview.article.published is None
    assert interview.article.date_precision is None
    assert "14 Jan 2026" in (interview.article.date_evidence or "")


def test_the_report_has_its_headline_and_its_date_line(report: IngestedArticle) -> None:
    assert report.article.title.startswith("We are allies")
    assert report.article.title.endswith("— Ivan Timofeev")
    assert report.article.published == "2025-05-03T11:55"
    assert report.article.date_precision == "minute"


def test_the_expert_and_the_surname_are_one_person(report: IngestedArticle) -> None:
    quoted = [passage for passage in report.passages if passage.role != "narrative"]
    assert {passage.speaker for passage in quoted} == {"Ivan Timofeev"}
    roles = {passage.speaker_role for passage in quoted}
    assert roles == {"Director General of the Russian International Affairs Council"}
    assert quoted[0].text.startswith("“This is a fundamental issue")
    assert quoted[0].text.endswith("the expert noted.")


def test_an_indirect_question_has_the_whole_quotation_as_its_answer(
    report: IngestedArticle,
) -> None:
    answers = [passage for passage in report.passages if passage.role == "answer"]
    (question,) = {passage.question for passage in answers}
    assert question is not None
    assert question.startswith("When asked about")
    assert question.endswith("aggression against Armenia.")
    assert answers[0].text.startswith("“The issue should be approached")
    assert answers[-1].text.endswith("Timofeev noted.")
    assert any("‘Now, pay up’" in answer.text for answer in answers)


def test_a_quotation_over_three_paragraphs_is_one(report: IngestedArticle) -> None:
    lengths = [quotation.text.count("\n\n") for quotation in report.quotations]
    assert lengths == [0, 2]
