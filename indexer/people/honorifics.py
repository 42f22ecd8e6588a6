"""Forms of address: they stand before a name, and are no part of it."""

from __future__ import annotations

HONORIFICS = frozenset(
    """
    cllr dame dr father frau herr hon honorable honourable lady lord m madam madame miss mme mr mrs
    ms mx prof rev reverend sir

    г-жа г-н пан

    պրն տիկին

    señor señora
    """.split()  # noqa: SIM905
)
"""In small letters, without full stops."""
