"""Which addresses a reader may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


def host(address: str) -> str:
    """The host of a web address, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
