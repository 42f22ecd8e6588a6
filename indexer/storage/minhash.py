"""A text as a signature: two of them agree in about the share of word runs that their texts share.

At the end of each stands what its numbers are: forms are filled in with other sums and dates, and
are then nearly the same, but copies of an article keep them.

MinHash: A. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128

_BAND = 32  # bytes: 8 permutations

_SHINGLE = 5
"""How many words make one of the runs that are compared."""

FEWEST_WORDS = 100
"""Shorter texts are alike by their form, not because one is a copy."""

_OF_NUMBERS = 8  # bytes

_AT_ONCE = 10_000
"""How many runs are hashed in one go; each takes half a kilobyte."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

# Signatures are kept in the index, so the permutations must be the same everywhere and for ever:
# numpy promises that the stream of `RandomState` never changes. An odd factor makes
# h -> factor * h + offset (mod 2**32) a permutation.
_RANDOM = np.random.RandomState(1)
_FACTORS = _RANDOM.randint(0, 1 << 31, (PERMUTATIONS, 1), np.uint32) * np.uint32(2) + np.uint32(1)
_OFFSETS = _RANDOM.randint(0, 1 << 32, (PERMUTATIONS, 1), np.uint32)


def signature(words: Sequence[str]) -> bytes | None:
    """The signature of a text's words: 4 bytes a permutation, 8 bytes that stand for its numbers.

    ``None`` for a text of less than `FEWEST_WORDS`.
    """
    if len(words) < FEWEST_WORDS:
        return None
    hashes = _mixed(_shingles(words))
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(hashes), _AT_ONCE):
        permuted = _FACTORS * hashes[start : start + _AT_ONCE] + _OFFSETS
        np.minimum(lowest, permuted.min(axis=1), out=lowest)
    return bytes(lowest.astype("<u4")) + _numbers(words)


def likeness(one: bytes, other: bytes) -> float:
    """The share of word runs that two texts have in common, as their signatures tell it.

    It is 0 for texts with different numbers.
    """
    if one[-_OF_NUMBERS:] != other[-_OF_NUMBERS:]:
        return 0
    values = (np.frombuffer(it, "<u4", PERMUTATIONS) for it in (one, other))
    return float(np.mean(np.equal(*values)))


def bands(signature: bytes) -> Iterator[int]:
    """A number for each band of a signature: two that are much alike share one."""
    for place in range(0, 4 * PERMUTATIONS, _BAND):
        band = blake2b(
            signature[place : place + _BAND], digest_size=8, salt=bytes([place // _BAND])
        )
        yield int.from_bytes(band.digest(), "big", signed=True)


def _numbers(words: Sequence[str]) -> bytes:
    numbers = sorted({word for word in words if word[0].isdigit()})
    return blake2b(" ".join(numbers).encode(), digest_size=_OF_NUMBERS).digest()


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread hashes over all 32 bits, one to one (the finalizer of MurmurHash3)."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


def _shingles(words: Sequence[str]) -> NDArray[np.uint32]:
    """A number of 32 bits for every run of words, each run once."""
    number_of = {word: zlib.crc32(word.encode()) for word in set(words)}
    numbers = np.fromiter(map(number_of.__getitem__, words), np.uint64, len(words))
    runs = np.zeros(len(words) - _SHINGLE + 1, np.uint64)
    for place in range(_SHINGLE):
        runs = (runs ^ numbers[place : place + len(runs)]) * _MULTIPLIER
        runs ^= runs >> np.uint64(29)
    return np.unique(runs >> np.uint64(32)).astype(np.uint32)
