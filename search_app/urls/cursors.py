"""Cursors: where in the results of one search one is, as a word that a URL can hold.

A cursor holds good for the search and the index it was made for, and for no other; so whoever
follows cursors never sees a passage twice, nor misses one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

from indexer import InvalidSearchRequest, Message

_LAYOUT = struct.Struct(">I10s10s")


def write_cursor(offset: int, search: str, fingerprint: str) -> str:
    """The cursor at this offset of a search, on the index of this fingerprint."""
    held = _LAYOUT.pack(offset, _digest(search), _digest(fingerprint))
    return base64.urlsafe_b64encode(held).decode()


def read_cursor(cursor: str, search: str, fingerprint: str) -> int:
    """The offset. Raises `InvalidSearchRequest` if it was not made for this search and index."""
    try:
        held = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True)
        offset, of_search, of_index = _LAYOUT.unpack(held)
    except (binascii.Error, struct.error, UnicodeEncodeError):
        raise _refused(
            Message("This is no cursor: take `links.next_cursor` as it stands.")
        ) from None
    if of_search != _digest(search):
        raise _refused(
            Message("This cursor belongs to another search: leave its other arguments alone.")
        )
    if of_index != _digest(fingerprint):
        raise _refused(Message("The index has changed since: begin again, without `cursor`."))
    return int(offset)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:10]


def _refused(message: Message) -> InvalidSearchRequest:
    return InvalidSearchRequest(message, "cursor")
