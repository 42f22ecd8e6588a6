"""Cue words: the words around a quotation that tell its speaker."""

from __future__ import annotations

import re

from indexer.people.honorifics import HONORIFICS
from indexer.people.names import CAPITAL, NAME, NAME_WORD, OFFICE_AND_NAME
from indexer.people.telling import ENGLISH, VERBS_OF_SAYING
from indexer.people.words import FOREIGN_DESCRIPTIONS, SPANISH_VERBS_OF_SAYING
from indexer.text.lazy_patterns import LazyPattern
from indexer.text.marks import DOUBLE, OPENING_DOUBLE
from indexer.text.sentences import STOPS

_HELPERS = r"(?:(?:has|had|have|also|then|later|further|once|again|often|\w+ly)\s){0,3}"
_VERB = rf"{_HELPERS}{VERBS_OF_SAYING}\b"

_WITH_ARTICLE = ENGLISH.words("described")
_WITHOUT_ARTICLE = "|".join(FOREIGN_DESCRIPTIONS)
_NOT_IN_A_DESCRIPTION = "a|an|and|at|by|for|from|in|of|on|that|the|to|who|with"
_DESCRIBED = (
    rf"(?:[Tt]he\s+(?:(?!(?:{_NOT_IN_A_DESCRIPTION})\b)[\w-]+\s+){{0,3}}?(?i:{_WITH_ARTICLE})(?!\s+[{CAPITAL}]|[’'])"
    r"(?:\s+of\s+(?:the\s+)?[\w-]+(?:\s[A-Z][\w-]+){0,3})?"
    rf"|(?i:{_WITHOUT_ARTICLE})\b(?!(?:\s+[^\W\d_{CAPITAL}][\w-]*){{0,3}}\s+[{CAPITAL}]))"
)

LEADING_WORDS = re.compile(
    r"^(?:(?!the\b|former\b|then\b|according\b|in\b)[a-z][\w-]*\s+)+(?=[^\W\d_a-z])"
)

_PRONOUN = r"(?:[Hh]e|[Hh]im|[Ss]he|[Hh]er|[Оо]на?|[Նն]ա|er|sie|él|elle|il)\b"

_NOT_BEFORE_A_NAME = (
    "and|to|of|for|with|by|from|in|at|on|near|after|before|during|about|against|и|в|во|на|из|от|о|об"
    "|с|со|к|у|am|im|bei|dem|den|nach|zu|à|au|aux|dans|en|du|des|con|por"
    "|because|if|that|where|which|while|who|whom"
)
_SMALL = rf"(?!(?:{_NOT_BEFORE_A_NAME})\b)(?:[a-zà-ÿа-яёіїєґա-և][\w-]+|\d+/\d+)"
_BEFORE_A_NAME = (
    r"(?:(?:[Tt]he|[Aa]n?|[Ff]ormer|[Tt]hen)\s+)*"
    rf"(?:(?:(?:{_SMALL}\s+){{0,3}}{NAME}\s+)?(?:{_SMALL}\s+){{1,4}})?"
)
"""Words between a verb and a name: "Coast Guard spokeswoman", "начальник порта"."""

_PARTY = r"(?:\s\([^()]{1,40}\)|,\s[A-Z]{1,3}-[A-Z][\w.]*,?)?"
_APPOSITION = rf"{_PARTY}(?:,\s(?:[^.;:{DOUBLE}]|\.(?=[,\w])){{2,140}}?,)?"


_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|To|Yester)day|Tomorrow|Earlier|Later|Recently)\b"


def _subject(group: str) -> str:
    return (
        rf"(?:(?P<{group}_pronoun>{_PRONOUN})|(?P<{group}_described>{_DESCRIBED})"
        rf"|{_BEFORE_A_NAME}(?P<{group}>(?!{_DAY}){OFFICE_AND_NAME})(?<![’']s))"
    )


NOT_A_SUBJECT = re.compile(
    rf"(?:\b(?i:to|of|for|with|by|from|at|in)|[{CAPITAL}][\w’'-]*\s(?:and|und|и))"
    rf"\s+(?:(?i:{'|'.join(HONORIFICS)})\.?\s+)*$"
)
"""Nobody speaks right after these words: in "the message to Ms Velidze says" she does not, and in
"Arel and Velidze said" nobody can tell who did."""

WITH_SOMEBODY_SAYING = re.compile(rf"\bwith\s{OFFICE_AND_NAME}\s(?:warning|arguing|insisting)$")
"""Here "with" is followed by who speaks: "with Governor Velidze warning that …"."""

DESCRIBED_SUBJECT = re.compile(
    rf"(?:[^{DOUBLE},]{{0,80}},\s)?(?P<described>{_DESCRIBED})\s+[a-zа-я]"
)
"""At the beginning of a sentence about somebody without a name: "The mayor nodded."."""

_ACCORDING_TO = (
    r"(?:[Aa]ccording to|[Пп]о (?:словам|мнению|оценке)|[Ii]n the words of"
    r"|[Ss]elon|[Ss]egún|[Ll]aut)\s+"
)
_NO_SOURCE = (
    r"(?!\s(?:analys[ei]s|customs?|data|documents?|estimates?|figures|index|polls?|reports?|reporting"
    r"|laws?|legend|media|officials|records|rules|sources|statistics|study|studies|surveys?|tradition)\b)"
)
"""Words after a name that tell what it is the name of: "according to the Census Pulse survey"."""

_ARTICLE = r"(?:the|an?|la|le|el|der|die|los)"


def _office_then_name(group: str) -> str:
    """Write a pattern for an office and its holder: "the head of the reserve, Boris Tamm"."""
    return (
        rf"(?:(?i:{_ARTICLE}|his|her|its|their)|{NAME_WORD}[’']s?)\s(?P<{group}_office>[^,.;:{DOUBLE}]{{3,90}}),"
        rf"\s(?P<{group}_last>{NAME_WORD}\s{NAME})"
    )


AFTER = LazyPattern(
    rf"[\s,–—-]*(?:{_office_then_name('s')},?\s+{_VERB}"
    rf"|{_subject('s')}{_APPOSITION}(?:,?\swho)?\s+{_VERB}"
    rf"|(?:[ա-և]+\s+){{0,4}}{_VERB}(?:\s+de\s+son\s+côté)?\s+{_office_then_name('t')}(?=[,.])"
    rf"|(?:(?:[ա-և]+\s+){{0,4}}{_VERB}|according to|[^.;:{DOUBLE}]{{0,60}}?\squote[sd]"
    rf"|so(?=(?:\s{NAME_WORD}){{1,3}}[.,]?$))"
    rf"\s+{_subject('t')})"
)
"""Right after a quotation."""

LATER = LazyPattern(
    rf",\s+(?:{_subject('s')}{_APPOSITION}(?:,?\swho)?\s+{_VERB}|{_VERB}\s+{_subject('t')})(?=[,.]|\s(?:in|on|at|of)\b|$)"
)
"""Further on in the sentence: "A clerk who “takes a coin” is punished, Velidze said."."""

SIGNED = re.compile(rf"\s*[—–―-]{{1,2}}\s?(?P<s>{NAME})(?:,[^.;:{DOUBLE}]{{2,80}})?\.?\s*$")
"""A name after a dash at the end of the paragraph: the speaker of the quotation before it."""

SET_OFF = re.compile(rf"(?P<s>{NAME_WORD}\s{NAME})\s(?:--|[—–―])\s*$")
"""A name and a dash right before a quotation."""

SUBJECT_LEFT_OUT = re.compile(
    r"[\s,–—-]*(?:a-t-(?:il|elle)\s\w+"
    rf"|(?:{'|'.join(SPANISH_VERBS_OF_SAYING)})"
    r"(?=[,.]|\s(?!(?:el|la|los|las|un|una|su|don|doña)\s)[a-zà-ÿ]))"
)
"""Right after a quotation, a verb without a noun: the person who was named speaks."""

BEFORE = LazyPattern(
    rf"(?<!\w)(?:{_office_then_name('s')},[^.;:{DOUBLE}]{{0,80}}?\s{_VERB}"
    rf"|{_subject('s')}{_APPOSITION}(?:\s+[ա-և]+){{0,4}}?\s+{_VERB}"
    rf"|(?P<of>{NAME})\s+(?:խոսքով|կարծիքով)"
    rf"|{_ACCORDING_TO}{_subject('t')}\b{_NO_SOURCE})"
)
"""In the sentence before a quotation; the last one counts."""

INSIDE = LazyPattern(
    rf"[,.!?…]\s?[—–-]\s(?:{_VERB}\s+{_subject('t')}|{_subject('s')}\s+{_VERB})[^—–]{{0,80}}?[,.]\s?[—–-]\s"
)
"""Inside the marks of a quotation, between dashes, as Russian print has it."""

OF_SOMEBODY = re.compile(
    rf"{NAME}\s(?:[a-z]+\s)?(?:administration|advis[eo]rs?|aides?|all(?:y|ies)|backers?|camp|campaign"
    r"|children|daughter|family|fans?|foundation|government|lawyers?|officials?|organi[sz]ation"
    r"|running mate|son|spokes\w+|staff\w*|supporters?|surrogates?|team|voters?|wife|husband)\b"
)
"""A name that only describes somebody else: "Trump backers", "a Clinton aide"."""

UNNAMED_SUBJECT = re.compile(
    rf"(?:^|[{STOPS}]\s)(?:[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir)\s[a-z]"
    rf"[^{STOPS}{DOUBLE}]*[{STOPS}]\s*[{OPENING_DOUBLE}\"]?$"
)
"""The sentence before is about somebody without a name ("A man in a coat nodded.")."""

SPEAKS_ON = LazyPattern(rf"[\s,;]*(?:(?:and|but|while|then|also|before|after)\s){{0,2}}{_VERB}")
"""Between two quotations: the speaker goes on (", adding", "and said that it")."""

SAID_BY_ANOTHER = LazyPattern(
    rf"\s*,?\s*(?:the|an?|one|its|their|his|her)\s(?:[\w’'-]+\s){{1,5}}?{_VERB}"
)
"""Right after a quotation: somebody says it whom the article does not name ("the union wrote")."""

SAID_BY_ANOTHER_AT_END = re.compile(
    rf",\s(?:the|an?|one|its|their|his|her)\s(?:[\w’'-]+\s){{1,5}}?{_VERB}[^,]{{0,40}}$"
)
"""At the end of a sentence: "The wall will hold, the mayor’s envoy said."."""

SAYING = re.compile(rf"\b{_VERB}")
"""Somebody says something, whoever it is."""

TOLD_THAT_ANOTHER_SAYS = LazyPattern(rf",\s{_subject('s')}\s{_VERB},[^{DOUBLE}]*:\s*$")
"""Before a quotation: "The sign on the gate, Velidze said, had four words: “…”"."""

ANOTHERS = re.compile(
    r"\b(?:cit(?:ed|es|ing)|invok(?:ed|es|ing)|quot(?:ed|es|ing)|recall(?:ed|s|ing)|remember(?:ed|s|ing))"
    rf"\s(?:his|her|their|[{CAPITAL}][\w-]*[’']s?)\s(?:[\w-]+\s){{0,2}}"
    r"(?:advice|lines?|maxim|motto|phrase|proverb|rule|saying|words)\b[:,]?\s*$"
)
"""Before a quotation: "Velidze recalled his favourite saying: “…”"."""

JUDGING = re.compile(rf"\b{ENGLISH.words('judges')}\b|(?<=,\s)(?:calling|saying)\b")
"""Somebody is judged, maybe in quoted words."""

AND_ANOTHER = re.compile(rf"\s(?:and|&|und|и)\s(?:[\w-]+\s){{0,3}}?[{CAPITAL}]")
"""After a subject, another one: nobody can tell who of them spoke."""

_WHEN = "on|in|at|during|after|earlier|later|today|yesterday"
_WHEN_AND_WHERE = (
    rf"(?:\s(?:{_WHEN}|to (?:journalists|reporters|the press)(?![’']))\b[^,.;:]{{0,50}})?"
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_REPORTED = rf"(?!{_HELPERS}{ENGLISH.words('thinks')}\b){_VERB}"
_REPORTED_THAT = (
    rf"(?:{_HELPERS}{ENGLISH.words('says_to')}(?:\s[\w’'-]+){{0,5}}?"
    rf"|{_REPORTED}(?:\s(?i:{_WHEN}|{_DAYS}|again|before|for|of|to|with|\w+ly)\b(?:\s[\w’'-]+){{0,4}}?)?)"
    r"\s(?:that(?!\s(?:call|challenge|demand|question|request)\b)|что|որ)\b"
)
"""What somebody thinks ("believes that"), and a thing ("announced a plan that"), is not said."""

_OF_A_MESSAGE = r"(?:message|letter|telegram|greetings?|statement|address|appeal|condolences|note)"

MESSAGE = re.compile(
    rf"\b{_OF_A_MESSAGE}\b"
    rf"[^.{DOUBLE}]{{0,80}}"
    r"\b(?:reads?|reading|says?|said|saying|states?|stated|notes?|noted|follows?|began|begins)\b"
    rf"[^.{DOUBLE}]{{0,40}}:?$"
)
"""A message speaks: its words are the sender's."""

OWNER = re.compile(
    rf"(?:(?P<owner>[\w-]+)[’']s\s(?:[\w-]+\s){{0,2}}?{_OF_A_MESSAGE}\b"
    rf"|\b{_OF_A_MESSAGE}\s(?:by|from|of)\s(?:the\s)?(?P<from>[{CAPITAL}]?[\w-]+(?:\s[{CAPITAL}][\w-]*)*))"
)
"""Whose message it is: "the ministry’s letter", "a statement by the Council"."""

SENT = re.compile(
    rf"(?P<name>{NAME})\s+(?:has\s|have\s)?(?:sent|sends|wrote|writes|addressed|addresses|congratulated"
    r"|congratulates|forwarded|extended|conveyed|offered|issued|made)\b"
)
"""The sender of a message."""

INDIRECT = LazyPattern(
    rf"(?:[^{DOUBLE},]{{0,80}},\s)?(?:{_subject('s')}{_APPOSITION}(?:,?\swho)?\s+{_REPORTED_THAT}"
    rf"|{_ACCORDING_TO}{_subject('t')}\b{_NO_SOURCE})"
)
"""At the beginning of a sentence that tells what somebody said without quoting."""

INDIRECT_WORD = re.compile(rf"that|что|որ|{_ACCORDING_TO}")
"""Every such beginning has one of these words."""

DESCRIBED_AT_END = LazyPattern(
    rf",\s(?P<described>{_DESCRIBED})\s{_REPORTED}{_WHEN_AND_WHERE}[.!]?$"
)
"""At the end of a sentence: "The wall will hold, the mayor said.". """

ANOTHER_SAYS = LazyPattern(rf",\s(?:and|but|while)\s{_BEFORE_A_NAME}{NAME}\s{_REPORTED_THAT}")
"""Further on, somebody else: "Arel said that it holds, while Velidze said that it leaks"."""

INDIRECT_AT_END = LazyPattern(
    rf",\s+(?:{_subject('s')}\s+{_REPORTED}|{_REPORTED}\s+{_subject('t')}){_WHEN_AND_WHERE}[.!]?$"
)
"""At the end of such a sentence: "The wall will hold, Velidze said on Monday."."""

NAME_BESIDE = re.compile(rf",\s(?P<name>{NAME_WORD}\s{NAME})(?=[,.;:])")
"""After a description: "said the commissioner, Nara Velidze, after the vote"."""

ASKED = re.compile(
    r"(?:(?:When |If )?[Aa]sked (?:about|whether|if|how|why|what|when|who|where|by|to)\b"
    r"|(?:Answering|Responding to|In (?:answer|response|reply) to) (?:a|the|our|another) question\b"
    r"|To (?:a|the|our) question\b|Отвечая на вопрос|На вопрос\b)"
)

INTRODUCTORY = re.compile(
    r"^\s*(?:After|As|Asked|At|Before|Despite|During|Earlier|Even|Following|For|From|In|Last|Later"
    r"|On|Since|Speaking|Though|Under|When|While|With)\b[^,]{0,160},\s"
)
"""Words that a sentence may have before its subject."""

_ASIDE = re.compile(r",\s(?:although|though|whatever|when|whoever)\b[^,]*$")
"""A clause between commas: in "Arel said that, whatever Velidze thought, “it holds”", he speaks."""

_GROUPS_OF_NAMES = ("s_last", "t_last", "of", "s", "t")


def cues_in(text: str) -> list[re.Match[str]]:
    """Return the cues in the text before a quotation, in order."""
    return [
        cue
        for cue in BEFORE.finditer(text)
        if not (NOT_A_SUBJECT.search(text[: cue.start()]) or _ASIDE.search(text, 0, cue.end()))
        or WITH_SOMEBODY_SAYING.search(text[: cue.end()])
    ]


def group_with_name(cue: re.Match[str]) -> str | None:
    """Return the group of a cue that holds a name, if its subject is one."""
    groups = cue.groupdict()
    return next((name for name in _GROUPS_OF_NAMES if groups.get(name)), None)


def printed_words(cue: re.Match[str]) -> str:
    """Return the words of a cue without the punctuation around them."""
    return cue.group().strip(" ,–—-")
