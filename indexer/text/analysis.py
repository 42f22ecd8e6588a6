"""The one analyzer: text to words with offsets. Every engine, query and highlight uses it.

A word is a run of letters and digits of any script with its marks; apostrophes and ``&`` inside it
belong to it (``it's``, ``AT&T``), and so do ``.``, ``,``, ``:`` and ``/`` between digits
(``9/11``). Dotted initials are one word (``U.S.``), a single letter joined by a hyphen too
(``e-mail``, ``F-16``). Any other hyphen parts words, so that ``Russian`` finds ``Russian-made``.

Case, accents and width are folded (Unicode NFKD, marks removed). The stem is Snowball's
(https://snowballstem.org) for the language of the script: English, Russian or Armenian. A query has
no language, so a word has one stem. Ukrainian words lose only the endings that they share with
Russian ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import Stemmer

from indexer.records import AnalyzedPassage, Passage, Token

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u055b\u055c\u055e\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_JOINED = f"[{_MARKS}{_INVISIBLE}]"
_LETTER = rf"[^\W\d_]{_JOINED}*"
_RUN = rf"[^\W_]++(?:{_JOINED}++[^\W_]*+)*+"  # letters and digits, with their marks
_APOSTROPHES = "'’‘ʼʻ`´＇‛"
_HYPHENS = "-‐‑"

_WORD = (
    # Most words are plain: they need not be tried by the other alternatives.
    rf"[^\W_]{{2,}}+(?![{_HYPHENS}{_APOSTROPHES}{_MARKS}{_INVISIBLE}&.,:/])"
    rf"|(?:{_LETTER}\.)+{_LETTER}(?![^\W_])\.?"  # U.S.  N.A.T.O
    rf"|(?<![^\W_])[^\W\d_][{_HYPHENS}]{_RUN}(?![{_HYPHENS}][^\W_])"  # e-mail
    rf"|{_RUN}(?:(?:[{_APOSTROPHES}&]|(?<=\d)[.,:/](?=\d)){_RUN})*"
)
_WORDS = re.compile(_WORD)

_MAX_CACHED = 100
"""Characters of a piece between two spaces whose words are remembered."""

_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_REMOVED = re.compile(rf"[{_MARKS}{_INVISIBLE}]")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_INITIALS_THAT_ARE_WORDS = frozenset({"us", "it", "am", "who", "id", "do", "in", "is", "no"})
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARMENIAN = re.compile("[\u0530-\u058f]")
_RUSSIAN_VOWELS = str.maketrans("іє", "ие")


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order, with their offsets.

    >>> [token.term for token in tokens("The U.S. isn’t paying AT&T’s e-mails")]
    ['the', 'u.s', "isn't", 'pay', 'at&t', 'email']
    """
    for match in _WORDS.finditer(text):
        yield Token(*_term_and_form(match[0]), *match.span())


def terms_and_forms(text: str) -> tuple[str, str]:
    """Return the stems of a text and its unstemmed words, each joined by spaces, in step.

    >>> terms_and_forms("Guaranteed securities")
    ('guarante secur', 'guaranteed securities')
    """
    words = words_of_pieces(text.split(" "))
    return "".join([terms for terms, _ in words])[1:], "".join([forms for _, forms in words])[1:]


def words_of_pieces(pieces: Sequence[str]) -> list[tuple[str, str]]:
    """Return the stems and unstemmed words of pieces, each word after a space.

    Pieces are the parts of a text between spaces. As pieces recur, this is much faster than
    `tokens`.

    >>> words_of_pieces(["Russian-made", "–", "arms."])
    [(' russian made', ' russian made'), ('', ''), (' arm', ' arms')]
    """
    # No word has a space in it, or depends on the text beyond one.
    is_usual = max(map(len, pieces)) <= _MAX_CACHED
    return list(map(_words_of if is_usual else _words_of.__wrapped__, pieces))


def analyze(passage: Passage) -> AnalyzedPassage:
    """Return a passage with the words of each searched field."""
    pairs = {
        "text": terms_and_forms(passage.text),
        "question": terms_and_forms(passage.question or ""),
        "title": _of_title(passage.title),
    }
    return AnalyzedPassage(
        passage,
        {field: terms for field, (terms, _) in pairs.items()},
        {field: forms for field, (_, forms) in pairs.items()},
    )


_of_title = lru_cache(maxsize=16)(terms_and_forms)
"""The passages of an article have one title."""


def fold(text: str) -> str:
    """Return a text without case, accents and invisible characters; ``й`` stays its own letter.

    >>> fold("Ağrı, ÉCOLE, Андрей")
    'agri, ecole, андрей'
    """
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = wide.replace("и\u0306", "й")
    return _REMOVED.sub("", plain.translate(_NOT_DECOMPOSED))


@lru_cache(maxsize=1 << 17)
def _words_of(piece: str) -> tuple[str, str]:
    words = [_term_and_form(word) for word in _WORDS.findall(piece)]
    return "".join([f" {term}" for term, _ in words]), "".join([f" {form}" for _, form in words])


@lru_cache(maxsize=1 << 16)
def _term_and_form(word: str) -> tuple[str, str]:
    """Return the stem and the unstemmed form of a word as printed."""
    form = _form(word)
    folded = fold(form) or form
    return (folded if "." in form else _stem(folded)), form


def _form(word: str) -> str:
    if word == "US":
        return "u.s"
    for apostrophe in _APOSTROPHES[1:]:
        word = word.replace(apostrophe, "'")
    form = _small(word)
    if "." in form and not form[0].isdigit():
        initials = form.replace(".", "")
        return form.rstrip(".") if initials in _INITIALS_THAT_ARE_WORDS else initials
    if form[0].isdigit():
        form = _THOUSANDS.sub("", form)
    return _HYPHEN.sub("", form) or form


def _small(word: str) -> str:
    """Return a word in small letters with its accents, without invisible characters."""
    if word.isascii():
        return word.lower()
    return _UNSEEN.sub(
        "", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    )


def _stem(form: str) -> str:
    # A Stemmer must not be shared by threads; making one is cheaper than guarding one.
    stemmer = Stemmer.Stemmer(_language(form), 0)
    known = form.translate(_RUSSIAN_VOWELS)
    if known != form:  # a stem is the beginning of a word, so its own vowels can stay
        return form[: len(stemmer.stemWord(known))] or form
    stemmed: str = stemmer.stemWord(form)
    return stemmed or form


def _language(form: str) -> str:
    if form.isascii():
        return "english"
    if _CYRILLIC.search(form):
        return "russian"
    return "armenian" if _ARMENIAN.search(form) else "english"
