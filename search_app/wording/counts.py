"""Numbers, and nouns in the form that a number asks for."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from search_app.wording.languages import locale, ngettext


def number(value: int) -> str:
    """Write a whole number with separators."""
    return _number(value, locale())


@lru_cache(maxsize=4096)
def _number(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


def counted(singular: str, plural: str, value: int) -> str:
    """Write a number in its sentence, such as "%(count)s passages"."""
    return ngettext(singular, plural, value, count=number(value))


def passages(value: int) -> str:
    """Write a number of passages."""
    return counted("%(count)s passage", "%(count)s passages", value)
