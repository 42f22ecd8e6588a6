"""The language of a text: by its script where that is enough, else by its words.

The words are judged by langid's model (Lui and Baldwin, ACL 2012) in the package py3langid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MAX_LETTERS = 2000
"""Letters after which more of a text tells nothing new."""

_SAMPLE = 220
"""Letters of each half that are looked at first: in most articles they tell for sure."""

_HALF = 200
"""Letters in which a language shows, so that two of them in one text are noticed."""

_MAIN_SCRIPT = 0.7
"""The share of letters that the main script of a text must have."""

_CERTAIN = 0.8
"""The least probability that counts as known."""

_DECLARED = 10
"""Factor by which a declared language is likelier; not more, as templates declare wrong ones."""

_SCRIPTS = {
    "latin": "a-zà-öø-ɏ\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "armenian": "\u0531-\u058f",
    "georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u05d0-\u05ea",
    "arabic": "\u0620-\u06ff\u0750-\u077f",
    "thai": "\u0e01-\u0e4e",
    "lao": "\u0e81-\u0ece",
    "burmese": "\u1000-\u109f",
    "khmer": "\u1780-\u17d3",
    "hangul": "\u1100-\u11ff\uac00-\ud7af",
    "kana": "\u3040-\u30ff",
    "han": "\u4e00-\u9fff",
}
_LETTERS = re.compile(
    "|".join(f"(?P<{script}>[{letters}]+)" for script, letters in _SCRIPTS.items()), re.I
)
_LANGUAGE_OF = {
    "armenian": "hy",
    "georgian": "ka",
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "lao": "lo",
    "burmese": "my",
    "khmer": "km",
    "hangul": "ko",
}
"""Scripts that tell the language by themselves."""

_LONG = 150
"""Letters from which a passage may be in another language than its article."""

_USUAL_LETTERS = 500
"""Letters of a passage, and paragraphs of an article, that are looked at for words of theirs."""

_USUAL_PARAGRAPHS = 100

_SOME = 2
"""Usual words of an article, such as "the", that tell a passage in its language."""

_CODE = re.compile(r"\s*([A-Za-z]{2})(?:[-_].*)?\s*", re.S)


def language_of(texts: Iterable[str], declared: str | None = None) -> str | None:
    """Return the language of an article's texts as an ISO 639-1 code.

    ``None`` if they do not tell it, because they are short or in several languages. ``declared`` is
    the page's own statement (``hy``, ``en-US``): weak evidence.

    >>> language_of(["The minister said that the corridor would stay closed."])
    'en'
    >>> language_of(["Նախարարն ասաց, որ միջանցքը փակ կմնա։"], declared="en")
    'hy'
    """
    text = _beginning(texts)
    letters = _letters_by_script(text)
    script, count = max(letters.items(), key=lambda item: item[1], default=("", 0))
    if count < _MAIN_SCRIPT * letters.total() or not count:
        return None
    if script in _LANGUAGE_OF:
        return _LANGUAGE_OF[script]
    middle = len(text) // 2 if count >= 2 * _HALF else len(text)
    code = language_code(declared)
    samples = text[:_SAMPLE], text[middle : middle + _SAMPLE]
    return _agreed(samples, code) or _agreed((text[:middle], text[middle:]), code)


class PassageLanguages:
    """Tells passages that are in another language than most of their article."""

    def __init__(self, paragraphs: Iterable[str], language: str | None) -> None:
        self._language = language
        some = islice(paragraphs, _USUAL_PARAGRAPHS)
        having = Counter(word for text in some for word in _words(text))
        most = max(having.values(), default=0)
        self._usual = {word for word, count in having.items() if count > most / 2}

    def of(self, text: str) -> str | None:
        """Return the language of a passage: the article's, unless it is surely another."""
        if len(text) < _LONG or (self._language and self._is_usual(text)):
            return self._language
        return language_of([text], self._language) or self._language

    def _is_usual(self, text: str) -> bool:
        """Return whether a text has some of the words that most paragraphs have."""
        return len(self._usual & _words(text)) >= min(_SOME, len(self._usual))


def language_code(declared: str | None) -> str | None:
    """Return the ISO 639-1 code in a declaration of language; ``None`` if there is none.

    >>> language_code("en-US"), language_code("English")
    ('en', None)
    """
    code = _CODE.fullmatch(declared or "")
    return code[1].lower() if code else None


def _words(text: str) -> set[str]:
    return set(text[:_USUAL_LETTERS].lower().split())


def _beginning(texts: Iterable[str]) -> str:
    parts: list[str] = []
    size = 0
    for text in texts:
        parts.append(text[: _MAX_LETTERS - size])
        size += len(parts[-1])
        if size >= _MAX_LETTERS:
            break
    return "\n".join(parts)


def _letters_by_script(text: str) -> Counter[str]:
    letters: Counter[str] = Counter()
    for run in _LETTERS.finditer(text):
        letters[str(run.lastgroup)] += len(run.group())
    if letters["kana"]:
        letters["kana"] += letters.pop("han", 0)  # Japanese is written in both
    return +letters


def _agreed(parts: Iterable[str], declared: str | None) -> str | None:
    """Return the language that all parts surely are in; ``None`` if they are not in one."""
    languages = {_by_words(part, declared) for part in parts if part}
    return languages.pop() if len(languages) == 1 else None


def _by_words(text: str, declared: str | None) -> str | None:
    chances = dict(_identifier().rank(text))
    if declared in chances:
        chances[declared] *= _DECLARED
    best = max(chances, key=lambda language: chances[language])
    return best if chances[best] >= _CERTAIN * sum(chances.values()) else None


@cache
def _identifier() -> LanguageIdentifier:
    """Return the model, restricted to the languages that have an ISO 639-1 code."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
