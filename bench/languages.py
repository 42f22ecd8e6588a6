"""``python -m bench.languages``: do the forms of a word find each other in each language.

Pairs of forms are drawn from the dictionaries of simplemma (dependency group ``bench``). Ours is
compared with the bare stemmer of Snowball. ``--corpus`` indexes the invented articles of
``bench/gold`` in six languages, each alone and all together, and counts what is found beyond what
each finds alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import Stemmer

from bench.speakers import GOLD
from indexer import SearchRequest, open_index
from indexer.reindex.run import ReindexOptions, reindex
from indexer.text.analysis import stems, terms_and_forms, tokens
from indexer.text.stemming import LANGUAGES

SIX = ("de", "en", "es", "fr", "it", "ru")
_DICTIONARIES = "simplemma.strategies.dictionaries.dictionary_factory"
_PAIRS = 3000
_WORDS = 300
_SEED = 1


def pairs_of(language: str) -> Sequence[tuple[str, str]]:
    """Draw pairs of forms of one lemma from a dictionary; none if there is no dictionary."""
    dictionary_factory = importlib.import_module(_DICTIONARIES)
    if language not in dictionary_factory.SUPPORTED_LANGUAGES:
        return ()
    words = dictionary_factory.DefaultDictionaryFactory().get_dictionary(language)
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, lemma in words.items():
        if form.isalpha() and lemma:
            forms[lemma].append(form)
    groups = sorted(group for group in forms.values() if len(group) > 1)
    drawn = random.Random(_SEED)
    chosen = drawn.choices(groups, k=_PAIRS) if groups else []
    return [(one, other) for group in chosen for one, other in [drawn.sample(group, 2)]]


def ours(pairs: Iterable[tuple[str, str]], language: str) -> float:
    """Return the share of pairs of which one form finds the other."""
    found = [terms_and_forms(b, language)[0] in stems(a, [language]) for a, b in pairs]
    return sum(found) / len(found)


def snowball(pairs: Iterable[tuple[str, str]], algorithm: str) -> float:
    """Return the share of pairs that have one stem by the bare stemmer."""
    stem = Stemmer.Stemmer(algorithm).stemWord
    found = [stem(a.lower()) == stem(b.lower()) for a, b in pairs]
    return sum(found) / len(found)


def table() -> Iterator[str]:
    """Write the shares of ours and of Snowball, a language a line."""
    yield f"{'':<4} {'ours':>6} {'snowball':>9} {'pairs':>6}"
    own = {"en": "english", "hy": "armenian", "ru": "russian"}
    rows = own | {code: row.algorithm for code, row in LANGUAGES.items()}
    for language, algorithm in sorted(rows.items()):
        if pairs := pairs_of(language):
            shares = ours(pairs, language), snowball(pairs, algorithm)
            yield f"{language:<4} {shares[0]:>6.3f} {shares[1]:>9.3f} {len(pairs):>6}"


def beyond(folder: Path) -> tuple[int, int]:
    """Return the matches of words in a corpus of six languages, and in each of six of one."""
    articles = [json.loads(line) for line in (GOLD / "quotations.jsonl").open(encoding="utf-8")]
    articles = [row for row in articles if row["language"] in SIX]
    texts = " ".join(paragraph for row in articles for paragraph in row["paragraphs"])
    forms = sorted({token.form for token in tokens(texts) if token.form.isalpha()})
    words = random.Random(_SEED).sample(forms, _WORDS)
    alone = 0
    for language in SIX:
        own = [row for row in articles if row["language"] == language]
        alone += sum(_totals(own, words, folder / language))
    return sum(_totals(articles, words, folder / "all")), alone


def _totals(articles: Iterable[dict[str, object]], words: Iterable[str], folder: Path) -> list[int]:
    for row in articles:
        paragraphs = row["paragraphs"]
        assert isinstance(paragraphs, list)
        path = folder / "corpus" / str(row["language"]) / f"{row['id']}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: {json.dumps(row['title'])}\n---\n\n"
        path.write_text(head + "\n\n".join(paragraphs), encoding="utf-8")
    reindex(ReindexOptions(corpus=folder / "corpus", index=folder / "index"))
    with open_index(folder / "index") as index:
        requests = (SearchRequest(word, scope="all", limit=1) for word in words)
        return [index.search(request, ()).total for request in requests]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.languages", description=__doc__)
    parser.add_argument("--corpus", action="store_true", help="index articles in six languages")
    if parser.parse_args().corpus:
        with tempfile.TemporaryDirectory() as folder:
            together, alone = beyond(Path(folder))
        print(f"{together} matches together, {alone} alone: {together / alone - 1:+.2%}")
    else:
        print(*table(), sep="\n")


if __name__ == "__main__":
    main()
