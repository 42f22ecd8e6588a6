"""Cursors: positions in the results of one search, written as a word for a URL.

A cursor is valid only for the search and the index that it was made for. Following cursors
therefore never repeats or skips a passage.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

from indexer import InvalidSearchRequest, Message

_DIGEST_BYTES = 10
_LAYOUT = struct.Struct(f">I{_DIGEST_BYTES}s{_DIGEST_BYTES}s")


def write_cursor(offset: int, search: str, fingerprint: str) -> str:
    """Write the cursor at an offset of a search in the index with this fingerprint."""
    fields = _LAYOUT.pack(offset, _digest(search), _digest(fingerprint))
    return base64.urlsafe_b64encode(fields).decode()


def read_cursor(cursor: str, search: str, fingerprint: str) -> int:
    """Read the offset. Raises `InvalidSearchRequest` if the search or the index is another."""
    try:
        fields = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True)
        offset, search_digest, index_digest = _LAYOUT.unpack(fields)
    except (binascii.Error, struct.error, UnicodeEncodeError):
        raise _error(
            Message("This cursor is invalid. Use `links.next_cursor` of an answer unchanged.")
        ) from None
    if search_digest != _digest(search):
        raise _error(
            Message("This cursor belongs to another search. Do not change the other arguments.")
        )
    if index_digest != _digest(fingerprint):
        raise _error(
            Message(
                "The index has changed since this cursor was made. Start again without `cursor`."
            )
        )
    return int(offset)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST_BYTES]


def _error(message: Message) -> InvalidSearchRequest:
    return InvalidSearchRequest(message, "cursor")
