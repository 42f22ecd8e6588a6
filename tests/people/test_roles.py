"""Roles are offices and callings, never clauses, parties, bodies or cuttings."""

from __future__ import annotations

import re

import pytest

from indexer.people.roles import AROUND, CLAUSES, RoleRow, role_of


@pytest.mark.parametrize("row", AROUND, ids=lambda row: row.takes)
def test_words_around_a_role_are_cut_off_and_others_are_spared(row: RoleRow) -> None:
    assert re.sub(row.pattern, "", row.takes, flags=re.S) == row.becomes
    assert re.sub(row.pattern, "", row.spares, flags=re.S) == row.spares


@pytest.mark.parametrize("row", CLAUSES, ids=lambda row: row.takes)
def test_a_row_of_clauses_takes_its_example_and_spares_the_other(row: RoleRow) -> None:
    assert role_of(row.takes) is None
    assert re.search(row.pattern, row.spares) is None


@pytest.mark.parametrize(
    "role",
    [
        "Mayor of Port Ilven",
        "Secretary of Health and Human Services",
        "then deputy governor",
        "Special Envoy to the Hallmar Union, head of the delegation",
        "CEO",
        "First Lady",
        "veteran cosmonaut",
        "Marschallin des Hafens",
        "President and CEO, Harbour Alliance",
    ],
)
def test_an_office_or_a_calling_is_a_role(role: str) -> None:
    assert role_of(role) == role


@pytest.mark.parametrize(
    "words",
    [
        "officers who guarded the banner",
        "national security concept were still the basic documents",
        "country and talked about his conversation with the first president",
        "course of the three week tour of the Administration",
        "Harbour Workers Alliance",
        "National",
        "Council of",
        "Administration",
        "NHW",
        "Port Ilven, Texas",
        "Ada Lind",
        "VU",
    ],
)
def test_a_clause_a_body_and_a_party_are_no_roles(words: str) -> None:
    assert role_of(words) is None


@pytest.mark.parametrize("words", ["Prof.", "PROF. DR.", "Rev.", "Hon."])
def test_a_form_of_address_is_no_role(words: str) -> None:
    assert role_of(words) is None
    assert role_of("Professor of Harbour Law") == "Professor of Harbour Law"


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Agriculture Secretary Ada", "Agriculture Secretary"),
        ("President, and Ada Lind, Chair of the Board", "President"),
    ],
)
def test_the_name_of_a_person_is_no_part_of_a_role(words: str, role: str) -> None:
    assert role_of(words) == role
