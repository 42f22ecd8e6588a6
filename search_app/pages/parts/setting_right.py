"""Lines that a keeper of the corpus pastes to set a speaker right."""

from __future__ import annotations

import json
from collections.abc import Sequence

from indexer import Passage, PrintedForm, SpeakerEntry, passage_digest


def correction(passage: Passage, path: str | None) -> str:
    """Write the lines of a sidecar that say who says a passage."""
    article_id = passage.article_id
    lines = ["[[corrections]]"]
    if path and article_id.startswith(f"{path}/"):
        lines.append(f"article = {_text(article_id.removeprefix(f'{path}/'))}")
    lines += [
        f"passage = {passage.position}",
        f"digest = {_text(passage_digest(article_id, passage.text))}",
        'speaker = "…"  # or false',
    ]
    return "\n".join(lines)


def split(speaker: SpeakerEntry, forms: Sequence[PrintedForm]) -> str | None:
    """Write the lines of ``speakers.toml`` that say that one printed form is somebody else.

    ``forms`` are that form with each reason. The lines hold for every article that prints it now.
    Returns ``None`` for a name of the speaker.
    """
    if any(form.is_listed for form in forms):
        return None
    row = f"label = {_text(forms[0].form)}"
    if all(form.is_placed for form in forms):
        outlets = {outlet for form in forms for outlet in form.outlets}
        if len(outlets) == 1:
            row += f", outlet = {_text(*outlets)}"
        row += f", from = {min(form.first or '' for form in forms)[:4]}"
    return f"[[speaker]]\nname = {_text(speaker.name)}\nnot = [{{ {row} }}]"


def _text(value: str) -> str:
    """Write a text of TOML."""
    return json.dumps(value, ensure_ascii=False)
