"""Tells people from bodies, crowds, and what is only described."""

from __future__ import annotations

from indexer.people.bearers import Bearer
from indexer.people.first_names import has_first_name
from indexer.people.identity import Identity
from indexer.people.labels import Label, Parts, split
from indexer.people.names import (
    could_be_name,
    in_ordinary_case,
    is_office,
    is_organisation,
    is_outlet,
    is_surely_organisation,
)
from indexer.text.slugs import slug

FEWEST_ARTICLES = 2
"""Articles that print a name before it is a person's although its first name is not known."""

SLIPS = frozenset(("mr", "ms"))
"""Forms of address that transcripts mistake for each other."""

UNNAMED = frozenset(
    """
    answer applause attendee audience caller chorus crowd everyone female group guest guests
    interpreter laughter male man members member moderators operator participants people press q
    question questioner questions reporters singer speakers student students translator
    unidentified unknown voice voices woman
    """.split()  # noqa: SIM905
)
"""Words that name no one, beside offices."""


def unresolved(label: Label, parts: Parts, *, is_full: bool) -> Identity:
    """Return the identity of a label that means nobody who is known in full.

    ``is_full`` is true if the name is a full one that the printed form allows.
    """
    name = split(label.name).name if is_full else label.name
    if label.as_printed and not is_full and (parts.office or parts.honorific or not parts.words):
        name = in_ordinary_case(label.as_printed)  # "Prime Minister Arel", not "Minister Arel"
    is_titled = bool(parts.office or parts.honorific)
    if not is_titled and is_surely_organisation(name):
        return Identity(slug(name) or None, name, "body")  # "Union of Port Engineers"
    if not parts.words or is_crowd(name) or is_office(name.split()[-1]):
        return Identity(None, name, "unnamed")
    if not is_titled and (is_organisation(name) or is_outlet(name)):
        return Identity(slug(name) or None, name, "body")
    is_named = is_titled or has_first_name(name) or _capitals_tell(name, label)
    if not could_be_name(name) or not is_named:
        return Identity(None, name, "unnamed")
    return Identity(slug(name) or None, name, "person")


def is_crowd(name: str) -> bool:
    """Return whether a name only describes: "Audience Members", "Q", "Moderator"."""
    words = [word.rstrip(".").lower() for word in name.split()]
    return any(word in UNNAMED for word in words) and all(
        word in UNNAMED or is_office(word) for word in words
    )


def is_person(bearer: Bearer, name: str, label: Label, parts: Parts) -> bool:
    """Return whether a full name is a person's: by the first name, a title, or other articles."""
    if is_crowd(name) or (not could_be_name(name) and name != name.upper()):
        return False
    if parts.honorific or parts.office:
        return True
    if is_surely_organisation(name):
        return False  # "Kennedy Forum"
    if any(map(has_first_name, (name, *bearer.printed))):
        return True
    if is_organisation(name) or is_outlet(name) or is_office(name.split()[-1]):
        return False
    if label.is_label and label.as_printed and label.as_printed.startswith(f"{name}, "):
        return True  # "Nara Velidze, fellow of the Institute"
    if _capitals_tell(name, label):
        return True
    return label.is_label and bearer.mentioned > 0 and len(bearer.articles) >= FEWEST_ARTICLES


def _capitals_tell(name: str, label: Label) -> bool:
    """Return whether capitals alone tell a name.

    In English headings many words have them, and in German all nouns. Where words said, and not
    a colon, name the speaker, two capitals tell it in English too.
    """
    if label.language == "de" or is_office(name.split()[-1]):
        return False
    if label.language == "en":
        return not label.is_label and " " in name and not is_organisation(name)
    return True
