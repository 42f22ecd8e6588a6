"""Sentences for readers that can be told in other languages than English."""

from __future__ import annotations


def N_(sentence: str) -> str:
    """Mark a sentence for translation where it is written down; it is translated where it is told.

    The name is the one that gettext's tools look for.
    """
    return sentence


class Message(str):
    """A sentence in English which still knows its ``pattern`` and the ``values`` in it.

    Whoever speaks another language looks up the pattern and puts the values in again; to all
    others it is a plain text.

    >>> told = Message("Nobody named “%(name)s” speaks.", name="Ada")
    >>> told, told.pattern
    ('Nobody named “Ada” speaks.', 'Nobody named “%(name)s” speaks.')
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, **values: object) -> Message:
        told = super().__new__(cls, pattern % values)
        told.pattern, told.values = pattern, values
        return told
