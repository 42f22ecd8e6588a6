"""Reports of readers on the speaker of a passage, or on a printed form of a person's name.

They change nothing by themselves.
"""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import flask
from flask import Blueprint, Flask, Response, current_app, request

from indexer import MAX_NAME, MAX_NOTE, Passage, Report, Reports, passage_digest
from search_app.served_index import current_index
from search_app.wording.languages import gettext

blueprint = Blueprint("report", __name__)

MOST_AN_HOUR = 10
"""Reports that one client may send in an hour."""

_MAX_BYTES = 32 * 1024
_HOUR = 60 * 60
_EXTENSION = "commentary-reports"

_SAID_BY: dict[str, bool | None] = {"unknown": None, "nobody": False}
"""Answers to "who says it?" that are no name."""


class ReportBox:
    """Takes reports into a file, so many an hour from each client.

    Clients are told apart by a digest that is forgotten within an hour, and means nothing outside
    this process.
    """

    def __init__(self, path: Path) -> None:
        self._reports = Reports(path)
        self._salt = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._times: dict[bytes, list[float]] = {}

    def may_report(self, client: str) -> bool:
        """Count a report of a client. Returns false if it was one too many."""
        key = blake2b(client.encode(), key=self._salt, digest_size=8).digest()
        with self._lock:
            since = time.monotonic() - _HOUR
            recent = {one: [at for at in times if at > since] for one, times in self._times.items()}
            self._times = {one: times for one, times in recent.items() if times}
            own = self._times.setdefault(key, [])
            own.append(time.monotonic())
            return len(own) <= MOST_AN_HOUR

    def add(self, report: Report) -> None:
        """Keep a report."""
        self._reports.add(report)


def keep_reports(app: Flask, path: Path | None) -> None:
    """Take reports into a file; without a path, none."""
    app.extensions[_EXTENSION] = ReportBox(path) if path else None


@blueprint.app_template_global()
def takes_reports() -> bool:
    """Return whether the keeper of this site takes reports."""
    return _box() is not None


@blueprint.post("/report")
def save() -> Response:
    """Keep a report, and go back to the page that it is from."""
    box = _box()
    if box is None:
        flask.abort(404, gettext("The keeper of this site takes no reports."))
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        flask.abort(403, gettext("A report is sent from the page of a passage or a person."))
    if (request.content_length or 0) > _MAX_BYTES:
        flask.abort(413, gettext("This report is too long."))
    speaker = request.form.get("speaker", "")
    report = _report_on_form(speaker) if speaker else _report_on_passage()
    if not box.may_report(request.remote_addr or ""):
        flask.abort(429, gettext("These are many reports in one hour. Please try again later."))
    box.add(report)
    if speaker:
        address = flask.url_for("speaker.page", speaker_id=speaker, doubt=report.label, reported=1)
    else:
        address = flask.url_for("passage.page", passage_id=report.passage, reported=1)
    return cast(Response, flask.redirect(f"{address}#doubt", 303))


def _report_on_passage() -> Report:
    """Read a report on one passage, or answer 400 or 404."""
    passage = current_index().passage(request.form.get("passage", ""))
    if passage is None:
        flask.abort(
            404, gettext("There is no such passage in the index. It may have been taken out since.")
        )
    return _report(passage)


def _report_on_form(speaker_id: str) -> Report:
    """Read a report that a printed form is not a person, or answer 400 or 404."""
    label = request.form.get("label", "")
    passage = current_index().passage_with(speaker_id, label)
    if passage is None:
        flask.abort(404, gettext("This speaker is not printed like this in the index."))
    return _report(passage, label)


def _report(passage: Passage, label: str | None = None) -> Report:
    """Read what a reader says of a passage, or answer 400."""
    form = request.form
    name, note = form.get("name", "").strip(), form.get("note", "").strip()
    if len(name) > MAX_NAME or len(note.replace("\r\n", "\n")) > MAX_NOTE:
        flask.abort(400, gettext("This report is too long."))
    return Report(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        passage=passage.id,
        digest=passage_digest(passage.article_id, passage.text),
        shown=passage.speaker,
        said_by=_SAID_BY.get(form.get("said_by", ""), name),
        note=note,
        label=label,
    )


def _box() -> ReportBox | None:
    return cast("ReportBox | None", current_app.extensions[_EXTENSION])
