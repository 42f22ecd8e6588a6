"""The languages of the pages: which there are, whose turn it is, and how each says things.

A language is a catalogue in ``translations/``, written with any editor for gettext files; adding
one adds the language. English needs none: it is what the source says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import flask
from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, get_locale

from indexer import Message
from search_app.wording.audience import is_for_programs

Found = TypeVar("Found")

CATALOGUES = Path(__file__).parents[1] / "translations"
COOKIE = "language"

ENGLISH = "en"
_LOCALES = {ENGLISH: "en_GB"}
"""Whose dates and numbers go with a language that is written in several countries."""


def speak(app: Flask) -> None:
    """Has the pages of an app speak the language of whoever reads them."""
    Babel(app, locale_selector=lambda: _LOCALES.get(language := reader_language(), language))
    # Catalogues are read as they were written, without a step between.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda sentence: _translations().gettext(sentence),
        lambda singular, plural, number: _translations().ngettext(singular, plural, number),
        newstyle=True,
    )


@cache
def languages() -> Mapping[str, str]:
    """The codes of all languages of the pages, each with its own name for itself."""
    codes = [ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
    return {code: str(Locale.parse(code).get_display_name()).capitalize() for code in codes}


def reader_language() -> str:
    """The language that this reader chose, or else the best of those that the browser asks for."""
    return _once("reader_language", _negotiated)


def _negotiated() -> str:
    request = flask.request
    if is_for_programs(request):
        return ENGLISH
    chosen = request.cookies.get(COOKIE, "")
    if chosen in languages():
        return chosen
    wished = [language for language, weight in request.accept_languages if weight]
    return negotiate_locale(wished, list(languages()), sep="-") or ENGLISH


def gettext(sentence: str, **values: object) -> str:
    """A sentence of ours in the reader's language."""
    said = _translations().gettext(sentence)
    return said % values if values else said


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """The same with a number in it, in the form that this number takes."""
    return _translations().ngettext(singular, plural, number) % values


def locale() -> Locale:
    """How the reader's language writes dates, numbers and lists."""
    return _once("locale", get_locale) or Locale.parse(_LOCALES[ENGLISH])


def told(message: str) -> str:
    """A sentence of the index in the reader's language; what has no translation stays as it is."""
    if not isinstance(message, Message):
        return message
    values = {
        name: told(value) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return gettext(message.pattern) % values


def _translations() -> NullTranslations:
    return _once("translations", lambda: _catalogue(locale().language))


def _once(name: str, find: Callable[[], Found]) -> Found:
    """What is the same for a whole answer, which may say hundreds of things."""
    if not flask.has_app_context():
        return find()
    if name not in flask.g:
        setattr(flask.g, name, find())
    found: Found = getattr(flask.g, name)
    return found


@cache
def _catalogue(language: str) -> NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
