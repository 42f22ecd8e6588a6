"""The pages for people, one file a page and one row here."""

from __future__ import annotations

from flask import Blueprint

from search_app.pages import help, opensearch, preferences, reference, routes, speakers

PAGES: tuple[Blueprint, ...] = (
    routes.blueprint,
    speakers.blueprint,
    help.blueprint,
    preferences.blueprint,
    reference.blueprint,
    opensearch.blueprint,
)
"""Every page that the app serves."""
