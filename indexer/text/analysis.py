"""The one analyzer: text to words with offsets. Every engine, query and highlight uses it.

A word is a run of letters and digits of any script with its marks; apostrophes and ``&`` inside it
belong to it (``it's``, ``AT&T``), and so do ``.``, ``,``, ``:`` and ``/`` between digits
(``9/11``). Dotted initials are one word (``U.S.``), a single letter joined by a hyphen too
(``e-mail``, ``F-16``). Any other hyphen parts words, so that ``Russian`` finds ``Russian-made``.
Scripts that put no spaces between words, and Korean, are indexed by pairs of letters that follow
each other, so that any part of a text is found (see `indexer.text.pairs`).

Case, accents and width are folded (Unicode NFKD, marks removed). The stem is that of the text's
language, or of the word's script (see `indexer.text.stemming`). Stems of one language are not those
of another: except for English, Russian, Ukrainian and Armenian they begin with its code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from indexer.records import AnalyzedPassage, Passage, Token
from indexer.text.pairs import INVISIBLE, UNSPACED, is_unspaced, pairs
from indexer.text.stemming import stem, stemming_of

_MARKS = "\u0300-\u036f\u0483-\u0489\u055b\u055c\u055e\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_SIGNS = "\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0963\u0971-\u0df3\u0f71-\u0fbc\u135d-\u135f"
"""Vowels and other signs of Indian and other scripts, which belong to the letter before them."""

_JOINED = f"[{_MARKS}{INVISIBLE}{_SIGNS}]"
_ANY = f"[^\\W_{UNSPACED}]"
_LETTER = rf"[^\W\d_{UNSPACED}]{_JOINED}*"
_RUN = rf"{_ANY}++(?:{_JOINED}++{_ANY}*+)*+"  # letters and digits, with their marks
_APOSTROPHES = "'’‘ʼʻ`´＇‛"
_HYPHENS = "-‐‑"

_WORD = (
    # Most words are plain: they need not be tried by the other alternatives.
    rf"{_ANY}{{2,}}+(?![{_HYPHENS}{_APOSTROPHES}{_MARKS}{INVISIBLE}{_SIGNS}&.,:/])"
    rf"|(?:{_LETTER}\.)+{_LETTER}(?!{_ANY})\.?"  # U.S.  N.A.T.O
    rf"|(?<!{_ANY})[^\W\d_{UNSPACED}][{_HYPHENS}]{_RUN}(?![{_HYPHENS}]{_ANY})"  # e-mail
    rf"|{_RUN}(?:(?:[{_APOSTROPHES}&]|(?<=\d)[.,:/](?=\d)){_RUN})*"
    rf"|[{UNSPACED}]++(?:[{INVISIBLE}]++[{UNSPACED}]++)*+"
)
_WORDS = re.compile(_WORD)

_MAX_CACHED = 100
"""Characters of a piece between two spaces whose words are remembered."""

_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict(zip("ىیکةٱךםןףץ", "ييكهاכמנפצ", strict=True))
)
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_REMOVED = re.compile(rf"[{_MARKS}{INVISIBLE}\u0640]")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_TURKIC = frozenset(("tr", "az"))
_DOTLESS = str.maketrans("Iİ", "ıi")
"""Small letters of Turkish and Azerbaijani, which have an ``i`` without a dot."""

_INITIALS_THAT_ARE_WORDS = frozenset({"us", "it", "am", "who", "id", "do", "in", "is", "no"})


def tokens(text: str, language: str | None = None) -> Iterator[Token]:
    """Return the words of a text in a language, in order, with their offsets.

    >>> [token.term for token in tokens("The U.S. isn’t paying AT&T’s e-mails")]
    ['the', 'u.s', "isn't", 'pay', 'at&t', 'email']
    >>> [token.term for token in tokens("Die Regierungen", "de")]
    ['de:die', 'de:regier']
    """
    return _tokens(text, stemming_of(language))


def _tokens(text: str, key: str) -> Iterator[Token]:
    for match in _WORDS.finditer(text):
        if is_unspaced(match[0]):
            for form, start, end in pairs(match[0]):
                yield Token(form, form, match.start() + start, match.start() + end)
        else:
            yield Token(*_term_and_form(match[0], key), *match.span())


def terms_and_forms(text: str, language: str | None = None) -> tuple[str, str]:
    """Return the stems of a text and its unstemmed words, each joined by spaces, in step.

    >>> terms_and_forms("Guaranteed securities")
    ('guarante secur', 'guaranteed securities')
    """
    words = words_of_pieces(text.split(" "), language)
    return "".join([terms for terms, _ in words])[1:], "".join([forms for _, forms in words])[1:]


def words_of_pieces(pieces: Sequence[str], language: str | None = None) -> list[tuple[str, str]]:
    """Return the stems and unstemmed words of pieces, each word after a space.

    Pieces are the parts of a text between spaces. As pieces recur, this is much faster than
    `tokens`.

    >>> words_of_pieces(["Russian-made", "–", "arms."])
    [(' russian made', ' russian made'), ('', ''), (' arm', ' arms')]
    """
    # No word has a space in it, or depends on the text beyond one.
    is_usual = max(map(len, pieces)) <= _MAX_CACHED
    words_of = _words_of if is_usual else _words_of.__wrapped__
    return list(map(words_of, pieces, repeat(stemming_of(language))))


def stems(printed: str, languages: Iterable[str | None]) -> frozenset[str]:
    """Return the stems of one word in some languages.

    >>> sorted(stems("Regierungen", ["de", "en", "vi"]))
    ['-:regierungen', 'de:regier', 'regierungen']
    """
    keys = set(map(stemming_of, languages))
    return frozenset(token.term for key in keys for token in _tokens(printed, key))


def analyze(passage: Passage) -> AnalyzedPassage:
    """Return a passage with the words of each searched field, stemmed by its language."""
    language = passage.language
    pairs = {
        "text": terms_and_forms(passage.text, language),
        "question": terms_and_forms(passage.question or "", language),
        "title": _of_title(passage.title, language),
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
def _words_of(piece: str, key: str) -> tuple[str, str]:
    words = [
        term_and_form
        for word in _WORDS.findall(piece)
        for term_and_form in (
            [(form, form) for form, *_ in pairs(word)]
            if is_unspaced(word)
            else [_term_and_form(word, key)]
        )
    ]
    return "".join([f" {term}" for term, _ in words]), "".join([f" {form}" for _, form in words])


@lru_cache(maxsize=1 << 16)
def _term_and_form(word: str, key: str) -> tuple[str, str]:
    """Return the stem and the unstemmed form of a word as printed."""
    form = _form(word, key)
    folded = fold(form) or form
    stemmed = folded if "." in form else fold(stem(form, folded, key)) or folded
    return (f"{key}:{stemmed}" if key else stemmed), form


def _form(word: str, key: str) -> str:
    if word == "US":
        return "u.s"
    for apostrophe in _APOSTROPHES[1:]:
        word = word.replace(apostrophe, "'")
    form = _small(word.translate(_DOTLESS) if key in _TURKIC else word)
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
