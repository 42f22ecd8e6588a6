"""The languages of the pages: the reader's choice, and translations of our sentences.

A language is a gettext catalogue in ``translations/``; adding the file adds the language. English
needs none, as the sentences in the code are English. A sentence without a translation is shown in
English.
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
from search_app.clients import is_for_programs

_Value = TypeVar("_Value")

CATALOGUES = Path(__file__).parents[1] / "translations"
COOKIE = "language"

ENGLISH = "en"
_LOCALES = {ENGLISH: "en_GB"}
"""Country whose dates and numbers a language uses, where it is spoken in several."""


def set_up_languages(app: Flask) -> None:
    """Show the pages of an app in the language of each reader."""
    Babel(app, locale_selector=lambda: _LOCALES.get(language := reader_language(), language))
    # Catalogues are read as they are in the source, without a build step.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda sentence: _translations().gettext(sentence),
        lambda singular, plural, number: _translations().ngettext(singular, plural, number),
        newstyle=True,
    )


@cache
def languages() -> Mapping[str, str]:
    """Codes of all languages of the pages, with their own names: "hy" is "Հայերեն"."""
    codes = [ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
    return {code: str(Locale.parse(code).get_display_name()).capitalize() for code in codes}


def reader_language() -> str:
    """Return the language that the reader chose, otherwise the best that the browser accepts."""
    return _once_per_request("reader_language", _negotiated_language)


def _negotiated_language() -> str:
    request = flask.request
    if is_for_programs(request):
        return ENGLISH
    choice = request.cookies.get(COOKIE, "")
    if choice in languages():
        return choice
    accepted = [language for language, weight in request.accept_languages if weight]
    return negotiate_locale(accepted, list(languages()), sep="-") or ENGLISH


def gettext(sentence: str, **values: object) -> str:
    """Translate a sentence of ours for the reader, and fill in its values."""
    translation = _translations().gettext(sentence)
    return translation % values if values else translation


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a sentence with a number, in the form that the number asks for."""
    return _translations().ngettext(singular, plural, number) % values


def locale() -> Locale:
    """Return the locale that dates, numbers and lists are written for."""
    return _once_per_request("locale", get_locale) or Locale.parse(_LOCALES[ENGLISH])


def translated(message: str) -> str:
    """Translate a message of the index. Other text, such as what a user typed, stays as it is."""
    if not isinstance(message, Message):
        return message
    values = {
        name: translated(value) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return gettext(message.pattern) % values


def _translations() -> NullTranslations:
    return _once_per_request("translations", lambda: _catalogue(locale().language))


def _once_per_request(name: str, compute: Callable[[], _Value]) -> _Value:
    """Compute a value once for an answer, which may use it hundreds of times."""
    if not flask.has_app_context():
        return compute()
    # Each look at `flask.g` finds the request again, so there is only one.
    values: dict[str, _Value] = flask.g.setdefault("once_per_request", {})
    if name not in values:
        values[name] = compute()
    return values[name]


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
