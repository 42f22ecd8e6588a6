"""Messages for readers that can be translated."""

from __future__ import annotations


def N_(sentence: str) -> str:
    """Mark a sentence for translation. It is translated when it is shown.

    The tools of gettext look for this name.
    """
    return sentence


class Message(str):
    """An English sentence that keeps its ``pattern`` and the ``values`` in it.

    It is a plain string. To translate it, look up the pattern and insert the values again.

    >>> message = Message("Nobody named “%(name)s” speaks.", name="Ada")
    >>> message, message.pattern
    ('Nobody named “Ada” speaks.', 'Nobody named “%(name)s” speaks.')
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, **values: object) -> Message:
        message = super().__new__(cls, pattern % values)
        message.pattern, message.values = pattern, values
        return message
