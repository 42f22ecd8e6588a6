"""Computes MinHash signatures, which agree in about the share of word runs that texts share.

MinHash: A. Broder, "On the resemblance and containment of documents", 1997.

A signature ends with a digest of the numbers in the text. Notices that repeat one form with other
sums and dates are nearly the same, but only copies of an article have the same numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128

_BAND_BYTES = 32
"""The size of a band: 8 permutations of 4 bytes."""

_SHINGLE_WORDS = 5
"""Words in a run."""

FEWEST_WORDS = 100
"""Words of the shortest text with a signature. Shorter texts may be alike without being copies."""

_NUMBERS_BYTES = 8
"""The size of the digest of the numbers."""

_RUNS_PER_BATCH = 10_000
"""Runs that are hashed at once; each takes half a kilobyte of memory."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

# Signatures are stored in the index, so the permutations must never change: numpy promises that
# the stream of `RandomState` does not. An odd factor makes
# h -> factor * h + offset (mod 2**32) a permutation.
_RANDOM = np.random.RandomState(1)
_FACTORS = _RANDOM.randint(0, 1 << 31, (PERMUTATIONS, 1), np.uint32) * np.uint32(2) + np.uint32(1)
_OFFSETS = _RANDOM.randint(0, 1 << 32, (PERMUTATIONS, 1), np.uint32)


def signature(words: Sequence[str]) -> bytes | None:
    """Return the signature of a text: 4 bytes for each permutation, then 8 for its numbers.

    Returns ``None`` for a text with fewer than `FEWEST_WORDS`.
    """
    if len(words) < FEWEST_WORDS:
        return None
    hashes = _mixed(_shingles(words))
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(hashes), _RUNS_PER_BATCH):
        permuted = _FACTORS * hashes[start : start + _RUNS_PER_BATCH] + _OFFSETS
        np.minimum(lowest, permuted.min(axis=1), out=lowest)
    return bytes(lowest.astype("<u4")) + _numbers(words)


def likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of word runs that two texts have in common, from their signatures.

    Returns 0 for texts with different numbers.
    """
    if one[-_NUMBERS_BYTES:] != other[-_NUMBERS_BYTES:]:
        return 0
    values = (np.frombuffer(it, "<u4", PERMUTATIONS) for it in (one, other))
    return float(np.mean(np.equal(*values)))


def bands(signature: bytes) -> Iterator[int]:
    """Return a number for each band of a signature. Similar signatures share at least one."""
    for start in range(0, 4 * PERMUTATIONS, _BAND_BYTES):
        band = blake2b(
            signature[start : start + _BAND_BYTES],
            digest_size=8,
            salt=bytes([start // _BAND_BYTES]),
        )
        yield int.from_bytes(band.digest(), "big", signed=True)


def _numbers(words: Sequence[str]) -> bytes:
    numbers = sorted({word for word in words if word[0].isdigit()})
    return blake2b(" ".join(numbers).encode(), digest_size=_NUMBERS_BYTES).digest()


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread hashes over all 32 bits, one to one (the finalizer of MurmurHash3)."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


def _shingles(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return a number of 32 bits for every different run of words."""
    number_of = {word: zlib.crc32(word.encode()) for word in set(words)}
    numbers = np.fromiter(map(number_of.__getitem__, words), np.uint64, len(words))
    runs = np.zeros(len(words) - _SHINGLE_WORDS + 1, np.uint64)
    for start in range(_SHINGLE_WORDS):
        runs = (runs ^ numbers[start : start + len(runs)]) * _MULTIPLIER
        runs ^= runs >> np.uint64(29)
    return np.unique(runs >> np.uint64(32)).astype(np.uint32)
