"""The users of a private site: names and bcrypt hashes in a file as `htpasswd -B` writes it."""

from __future__ import annotations

import hmac
import logging
import re
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import bcrypt
from werkzeug.exceptions import ServiceUnavailable

from search_app.wording.languages import gettext

_LOG = logging.getLogger("commentary.access")

_BCRYPT = re.compile(r"\$2[aby]\$(0[4-9]|1\d)\$[./A-Za-z0-9]{53}")
_OTHERS = (
    ("MD5", re.compile(r"\$(apr)?1\$")),
    ("SHA-1", re.compile(r"\{SHA\}")),
    ("salted SHA-1", re.compile(r"\{SSHA\}")),
    ("SHA-256", re.compile(r"\$5\$")),
    ("SHA-512", re.compile(r"\$6\$")),
    ("Argon2", re.compile(r"\$argon2")),
    ("scrypt", re.compile(r"\$(7|scrypt)\$|scrypt:")),
    ("yescrypt", re.compile(r"\$y\$")),
    ("PBKDF2", re.compile(r"\$?pbkdf2")),
    ("bcrypt of another form or cost", re.compile(r"\$2")),
    ("crypt", re.compile(r"[./A-Za-z0-9]{13}$")),
)
"""Other kinds of hashes, by how they begin. Plain text may look like the last one."""

_MAX_PASSWORD = 72
"""Bytes of a password that bcrypt reads; `htpasswd` cuts longer ones as well."""

_REMEMBER_SECONDS = 300
_MAX_REMEMBERED = 1000
_AT_ONCE = 4
"""Passwords that are verified at the same time, by half of the threads of a process."""

_WAIT_SECONDS = 1


class UsersRefused(Exception):
    """Raised if a file of users cannot be used. The message says why."""


class Users:
    """The users in a file, which is read again when it has changed.

    Verifying a password is slow by design, so one that was right is remembered for some minutes by
    a digest under a key of this process. What the file says counts at once, remembered or not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._state = _state(path)
        self._hashes: dict[str, bytes] = {}
        self._key = secrets.token_bytes(32)
        self._until: dict[bytes, float] = {}
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    @classmethod
    def read(cls, path: Path) -> Users:
        """Read a file of users. Raises `UsersRefused`."""
        users = cls(path)
        try:
            users._hashes, problems = parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise UsersRefused(f"{path} cannot be read: {problem}") from None
        if problems:
            raise UsersRefused(f"{path}, {problems[0]}")
        if not users._hashes:
            raise UsersRefused(f"{path} has no users: add one with `htpasswd -B`.")
        return users

    def accept(self, name: str, password: str) -> bool:
        """Return true if a password is that of a user. An unknown user takes as long as others.

        Raises `ServiceUnavailable` if too many passwords are being verified.
        """
        hashes = self._newest()
        stored, given = hashes.get(name), _bytes_of(password)
        if stored and self._is_remembered(stored, given):
            return True
        if not self._slots.acquire(timeout=_WAIT_SECONDS):
            busy = gettext("Too many people are signing in. Please try again in a moment.")
            raise ServiceUnavailable(busy, retry_after=_WAIT_SECONDS)
        try:
            is_right = bcrypt.checkpw(given, stored or hash_of_nobody(hashes)) and bool(stored)
        finally:
            self._slots.release()
        if stored and is_right:
            self._remember(stored, given)
        return is_right

    def remembers(self, name: str, password: str) -> bool:
        """Return true if this password of a user was verified in the last minutes."""
        stored = self._newest().get(name)
        return stored is not None and self._is_remembered(stored, _bytes_of(password))

    def _newest(self) -> dict[str, bytes]:
        """Return the hashes by name. A line that cannot be used lets nobody in, and is logged."""
        with self._lock:
            state = _state(self._path)
            if state != self._state:
                self._state = state
                self._hashes = {}
                try:
                    self._hashes, problems = parse(self._path.read_text(encoding="utf-8"))
                except (OSError, UnicodeDecodeError) as problem:
                    problems = [f"it cannot be read: {problem}"]
                for each in problems:
                    _LOG.error("The file of users %s, %s", self._path, each)
            return self._hashes

    def _is_remembered(self, stored: bytes, given: bytes) -> bool:
        return self._until.get(self._digest(stored, given), 0) > time.monotonic()

    def _remember(self, stored: bytes, given: bytes) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._until) >= _MAX_REMEMBERED:
                self._until = {key: end for key, end in self._until.items() if end > now}
            if len(self._until) < _MAX_REMEMBERED:
                self._until[self._digest(stored, given)] = now + _REMEMBER_SECONDS

    def _digest(self, stored: bytes, given: bytes) -> bytes:
        # A hash has its own salt, so it stands for its user.
        return hmac.digest(self._key, stored + given, "sha256")


def parse(text: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the hashes in a file of users by name, and what is wrong with other lines."""
    hashes: dict[str, bytes] = {}
    problems = []
    for number, line in _lines(text):
        name, colon, stored = line.partition(":")
        if not (name and colon):
            problems.append(f"line {number}: this is not `name:hash`.")
        elif name in hashes:
            problems.append(f"line {number} ({name}): this user has a line already.")
        elif not _BCRYPT.fullmatch(stored):
            problems.append(
                f"line {number} ({name}): {kind_of(stored)} is not supported. Only bcrypt is: write"
                " the line anew with `htpasswd -B`."
            )
        else:
            hashes[name] = stored.encode()
    return hashes, problems


def kind_of(stored: str) -> str:
    """Return the kind of a hash that is not bcrypt.

    >>> kind_of("$apr1$x3v2$x0"), kind_of("{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc="), kind_of("secret")
    ('MD5', 'SHA-1', 'plain text')
    """
    return next((kind for kind, start in _OTHERS if start.match(stored)), "plain text")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a file that are neither empty nor comments."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes whenever a file is written; nothing if there is none."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


def _bytes_of(password: str) -> bytes:
    return password.encode("utf-8", "surrogateescape")[:_MAX_PASSWORD]


def hash_of_nobody(hashes: dict[str, bytes]) -> bytes:
    """Return a hash that no password has, and that costs what those of the users cost at most."""
    cost = max((stored[4:6] for stored in hashes.values()), default=b"12")
    return b"$2b$" + cost + b"$" + b"." * 53
