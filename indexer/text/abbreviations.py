"""Abbreviations that end in a full stop without ending a sentence."""

from __future__ import annotations

ABBREVIATED_OFFICES = {
    "adm": "admiral",
    "capt": "captain",
    "cmdr": "commander",
    "col": "colonel",
    "del": "delegate",
    "dr": "",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "maj": "major",
    "mr": "",
    "mrs": "",
    "ms": "",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
}
"""Offices and forms of address that are printed with a full stop, written out."""
