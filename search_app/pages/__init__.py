"""The pages for people: one file, one template and one row of `PAGES` for each."""

from __future__ import annotations

from flask import Blueprint

from search_app.pages import (
    article,
    help,
    home,
    opensearch,
    passage,
    preferences,
    reference,
    report,
    robots,
    search,
    speaker,
    speakers,
)

PAGES: tuple[Blueprint, ...] = (
    home.blueprint,
    search.blueprint,
    article.blueprint,
    passage.blueprint,
    speakers.blueprint,
    speaker.blueprint,
    help.blueprint,
    reference.blueprint,
    preferences.blueprint,
    report.blueprint,
    opensearch.blueprint,
    robots.blueprint,
)
"""All pages of the app. The name of a blueprint is that of its file."""
