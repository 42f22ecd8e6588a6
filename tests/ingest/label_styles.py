"""Invented transcripts in the ways in which the world's records print who speaks.

Each style prints the labels of one sitting; the speaker of every paragraph is known by
construction. Sitting, people and places are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Member(NamedTuple):
    """A speaker: first and last name, party, constituency, office, form of address."""

    first: str
    last: str
    party: str
    place: str
    office: str
    address: str


class Style(NamedTuple):
    """A way of printing labels: of the first turn of a member, of later ones, and of the chair."""

    language: str
    first: str
    later: str
    chair: str


CASTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (("Jon", "Berg"), ("Ada", "Lind"), ("Peter", "Holm"), ("Mary", "Sefton")),
    "de": (("Jonas", "Berg"), ("Ada", "Lindner"), ("Peter", "Holm"), ("Maria", "Senft")),
    "fr": (("Jean", "Berger"), ("Adèle", "Lindet"), ("Pierre", "Homais"), ("Marie", "Senard")),
    "es": (("Juan", "Berga"), ("Ada", "Linares"), ("Pedro", "Olmo"), ("María", "Senda")),
    "it": (("Gianni", "Bergamo"), ("Ada", "Lindi"), ("Pietro", "Olmi"), ("Maria", "Sendi")),
    "tr": (("Can", "Bergama"), ("Ada", "Linoğlu"), ("Kemal", "Olmaz"), ("Meral", "Sendik")),
    "uk": (("Олег", "Берг"), ("Ада", "Лінь"), ("Петро", "Холм"), ("Марія", "Сенченко")),
    "ru": (("Олег", "Берг"), ("Ада", "Линь"), ("Пётр", "Холмов"), ("Мария", "Сенченко")),
    "nl": (("Jan", "Berg"), ("Ada", "Linden"), ("Piet", "Holm"), ("Marie", "Sent")),
    "sv": (("Jan", "Berg"), ("Ada", "Lind"), ("Per", "Holm"), ("Maria", "Sandin")),
    "pl": (("Jan", "Bergman"), ("Ada", "Lindowa"), ("Piotr", "Holm"), ("Maria", "Senda")),
    "pt": (("João", "Berga"), ("Ada", "Linhares"), ("Pedro", "Olmo"), ("Maria", "Senda")),
}

DETAILS: Mapping[str, Sequence[tuple[str, str, str, str]]] = {
    "en": (
        ("Lab", "North Bay", "Minister for Ports", "Mr."),
        ("Con", "Ilven East", "Secretary of State for Fog", "Ms."),
        ("LD", "Kesten", "Member for Kesten", "Mr."),
        ("Ind", "South Quay", "Chair of the Ice Committee", "Mrs."),
    ),
    "de": (
        ("Grüne", "Hafen", "Bundesminister für Häfen", "Dr."),
        ("SPÖ", "Kesten", "Abgeordnete", "Mag."),
        ("FPÖ", "Ilven", "Abgeordneter", "Dipl.-Ing."),
        ("ÖVP", "Sund", "Staatssekretärin", "Dr."),
    ),
    "fr": (
        ("RE", "Port", "ministre des ports", "M."),
        ("LFI", "Ilve", "rapporteure", "Mme"),
        ("LR", "Quai", "secrétaire d’État aux brumes", "M."),
        ("PS", "Baie", "présidente de la commission", "Mme"),
    ),
    "es": (
        ("GP", "Puerto", "MINISTRO DE PUERTOS", "El señor"),
        ("GS", "Bahía", "VICEPRESIDENTA PRIMERA", "La señora"),
        ("GV", "Muelle", "MINISTRO DE LA NIEBLA", "El señor"),
        ("GM", "Ría", "MINISTRA DEL HIELO", "La señora"),
    ),
    "it": (
        ("PD", "Porto", "Ministro dei porti", "Il signor"),
        ("FI", "Baia", "Relatrice", "La signora"),
        ("M5S", "Molo", "Sottosegretario di Stato per i porti", "Il signor"),
        ("LEGA", "Riva", "Ministra della nebbia", "La signora"),
    ),
    "tr": (
        ("CHP", "Ankara", "Ulaştırma Bakanı", "Sayın"),
        ("AKP", "İzmir", "Milletvekili", "Sayın"),
        ("MHP", "Sivas", "Bakan", "Sayın"),
        ("DEM", "Muş", "Sözcü", "Sayın"),
    ),
    "uk": (
        ("СН", "Порт", "міністр портів", "пан"),
        ("ЄС", "Затока", "депутат", "пані"),
        ("ГОЛОС", "Причал", "міністр туману", "пан"),
        ("ЗАМ", "Берег", "секретар", "пані"),
    ),
}
DETAILS = {**dict.fromkeys(CASTS, DETAILS["en"]), **DETAILS}

BODIES: Mapping[str, Sequence[str]] = {
    "en": ("The ice is thin this year.", "Nobody pays for the tug.", "We wait for the tide."),
    "de": ("Das Eis ist heuer dünn.", "Niemand zahlt den Schlepper.", "Wir warten auf die Flut."),
    "fr": ("La glace est mince.", "Personne ne paie le remorqueur.", "Nous attendons la marée."),
    "es": ("El hielo es fino este año.", "Nadie paga el remolque.", "Esperamos la marea."),
    "it": ("Il ghiaccio è sottile.", "Nessuno paga il rimorchio.", "Aspettiamo la marea."),
    "tr": ("Buz bu yıl çok ince.", "Kimse parayı ödemiyor.", "Biz suyu bekliyoruz."),
    "uk": ("Лід цього року тонкий.", "Ніхто не платить за буксир.", "Ми чекаємо на приплив."),
    "ru": ("Лёд в этом году тонкий.", "Никто не платит за буксир.", "Мы ждём прилива."),
    "nl": ("Het ijs is dit jaar dun.", "Niemand betaalt de sleper.", "Wij wachten op het tij."),
    "sv": ("Isen är tunn i år.", "Ingen betalar bogseraren.", "Vi väntar på vattnet."),
    "pl": ("Lód jest w tym roku cienki.", "Nikt nie płaci.", "Czekamy na przypływ."),
    "pt": ("O gelo está fino este ano.", "Ninguém paga o reboque.", "Esperamos a maré."),
}

STYLES: Mapping[str, Style] = {
    "UK Lords and Commons": Style(
        "en", "The {office} ({address} {first} {last}): ", "{address} {last}: ", "The Speaker: "
    ),
    "UK members": Style(
        "en", "{first} {last} ({place}) ({party}): ", "{first} {last}: ", "Mr Speaker: "
    ),
    "Canada": Style(
        "en",
        "Hon. {first} {last} ({office}, {party}.): ",
        "{address} {first} {last}: ",
        "The Deputy Speaker: ",
    ),
    "US Congress": Style(
        "en", "{address} {LAST} of Iowa. ", "{address} {LAST}. ", "The PRESIDING OFFICER. "
    ),
    "US Congress, capitals and office": Style(
        "en", "The {office} {address} {LAST}. ", "{address} {LAST}. ", "The SPEAKER. "
    ),
    "television": Style("en", "{FIRST} {LAST}, HOST: ", "{LAST}: ", "UNIDENTIFIED MALE: "),
    "television with party and state": Style(
        "en", "SEN. {FIRST} {LAST} (R), SOUTH BAY: ", "{LAST}: ", "ANNOUNCER: "
    ),
    "bold names with a colon": Style(
        "en", "**{first} {last}:** ", "**{first} {last}:** ", "**Chair:** "
    ),
    "bold names without a colon": Style(
        "en", "**{first} {last}** ", "**{first} {last}** ", "**The Chair** "
    ),
    "bold office, comma": Style(
        "en", "**{address} {first} {last}, {office}:** ", "**{address} {last}:** ", "**Clerk:** "
    ),
    "time before": Style(
        "en",
        "10:4{n} {first} {last} ({party}): ",
        "10:4{n} {first} {last} ({party}): ",
        "10:4{n} The Chair: ",
    ),
    "time in brackets": Style(
        "en", "[00:1{n}:05] {first} {last}: ", "[00:1{n}:09] {first} {last}: ", "[00:12:11] Chair: "
    ),
    "lines of their own": Style(
        "en", "**{first} {last}**\n\n", "**{first} {last}**\n\n", "**Chair**\n\n"
    ),
    "lines in capitals": Style("en", "{FIRST} {LAST}\n\n", "{FIRST} {LAST}\n\n", "CHAIR\n\n"),
    "square brackets": Style("en", "[{first} {last}] ", "[{first} {last}] ", "[Chair] "),
    "council": Style("en", "Cllr {first} {last} ({party}) – ", "Cllr {last} – ", "Chair – "),
    "Ireland": Style("en", "Deputy {first} {last}: ", "Deputy {first} {last}: ", "Acting Chair: "),
    "India": Style(
        "en", "SHRI {FIRST} {LAST} ({PLACE}): ", "SHRI {FIRST} {LAST}: ", "HON. SPEAKER: "
    ),
    "Australia": Style(
        "en",
        "{address} {LAST} ({place}—{office}) (10:4{n}): ",
        "{address} {LAST}: ",
        "The SPEAKER: ",
    ),
    "New Zealand": Style(
        "en",
        "Hon {FIRST} {LAST} ({office}): ",
        "{FIRST} {LAST} ({party}—{place}): ",
        "Madam SPEAKER: ",
    ),
    "Bundestag": Style(
        "de",
        "{address} {first} {last} ({party}): ",
        "{first} {last} ({party}): ",
        "Vizepräsidentin: ",
    ),
    "Bundestag, ministers": Style(
        "de", "{address} {first} {last}, {office}: ", "{first} {last}, {office}: ", "Präsident: "
    ),
    "Nationalrat": Style(
        "de",
        "{office} {address} {first} {last} ({party}): ",
        "{office} {first} {last}({party}): ",
        "Präsident: ",
    ),
    "Nationalrat, degrees": Style(
        "de", "{first} {last}, MA ({party}): ", "{first} {last}, MA ({party}): ", "Präsidentin: "
    ),
    "Swiss council": Style(
        "de",
        "{last} {first} ({party}, {place}): ",
        "{last} {first} ({party}, {place}): ",
        "Präsident: ",
    ),
    "European Parliament": Style(
        "en", "{first} {last} ({party}). – ", "{first} {last} ({party}). – ", "President. – "
    ),
    "European Parliament, German": Style(
        "de",
        "{first} {last} ({party}). – ",
        "{first} {last}, im Namen der {party}-Fraktion. – ",
        "Der Präsident. – ",
    ),
    "Assemblée nationale": Style(
        "fr",
        "{address} {first} {last}, {office}. ",
        "{address} {first} {last}. ",
        "M. le président. ",
    ),
    "Sénat": Style(
        "fr",
        "{address} {first} {last}. – ",
        "{address} {first} {last}. – ",
        "Mme la présidente. – ",
    ),
    "Québec": Style(
        "fr", "{address} {last} ({place}) : ", "{address} {last} : ", "Le Président : "
    ),
    "Congreso": Style("es", "{address} {LAST}: ", "{address} {LAST}: ", "La señora PRESIDENTA: "),
    "Congreso, ministers": Style(
        "es",
        "{address} {office} ({last}): ",
        "{address} {office} ({last}): ",
        "El señor PRESIDENTE: ",
    ),
    "Cortes, don": Style("es", "D. {first} {last}: ", "D. {first} {last}: ", "El presidente: "),
    "Camera": Style("it", "{FIRST} {LAST}, {office}. ", "{FIRST} {LAST}. ", "PRESIDENTE. "),
    "Senato": Style("it", "{LAST} ({party}). ", "{LAST} ({party}). ", "PRESIDENTE. "),
    "Türkiye": Style(
        "tr", "{FIRST} {LAST} ({place}) – ", "{FIRST} {LAST} (Devamla) – ", "BAŞKAN – "
    ),
    "Rada": Style("uk", "{LAST} {I}.В. ", "{LAST} {I}.В. ", "ГОЛОВУЮЧИЙ. "),
    "Kremlin, Russian": Style("ru", "{I}.{last}: ", "{I}.{last}: ", "Вопрос: "),
    "Duma": Style("ru", "{LAST} {I}. В. ", "{LAST} {I}. В. ", "Председательствующий. "),
    "Tweede Kamer": Style(
        "nl", "De heer {last} ({party}): ", "De heer {last} ({party}): ", "De voorzitter: "
    ),
    "Riksdag": Style(
        "sv",
        "Anf. {n} {FIRST} {LAST} ({party}): ",
        "Anf. {n} {FIRST} {LAST} ({party}): ",
        "Anf. {n} TALMANNEN: ",
    ),
    "Sejm": Style("pl", "Poseł {first} {last}: ", "Poseł {first} {last}: ", "Wicemarszałek: "),
    "Assembleia": Style(
        "pt",
        "O Sr. {first} {last} ({party}): — ",
        "O Sr. {first} {last} ({party}): — ",
        "O Sr. Presidente: — ",
    ),
}

ORDER = (None, 0, 1, None, 0, 2, 1, 3, None, 2, 0, 1, 3, 0, None, 3)
"""Who speaks, turn by turn; ``None`` is the chair."""


class Said(NamedTuple):
    """A label with its words, and the last name of the speaker; ``None`` if nobody is named."""

    label: str
    paragraphs: tuple[str, ...]
    speaker: str | None


def members(language: str) -> list[Member]:
    """Return the members of the sitting in a language."""
    pairs = zip(CASTS[language], DETAILS[language], strict=True)
    return [Member(*names, *details) for names, details in pairs]


def sitting(style: Style, order: Sequence[int | None] = ORDER) -> Iterator[Said]:
    """Yield the turns of a sitting as a style prints them."""
    cast = members(style.language)
    met: set[int] = set()
    for number, who in enumerate(order):
        bodies = BODIES[style.language]
        texts = tuple(
            f"{bodies[(number + k) % 3][:-1]}, {number}-{k}." for k in range(1 + number % 2)
        )
        form = style.chair if who is None else style.later if who in met else style.first
        member = cast[who or 0]
        label = form.format(
            **member._asdict(), LAST=upper(member.last, style), FIRST=upper(member.first, style),
            PLACE=member.place.upper(), I=member.first[0], n=number % 10,
        )  # fmt: skip
        yield Said(label, texts, None if who is None else member.last)
        met.add(-1 if who is None else who)


def upper(name: str, style: Style) -> str:
    """Return a name in capitals, as its language writes them."""
    return (name.replace("i", "İ") if style.language == "tr" else name).upper()


def written(turns: Sequence[Said]) -> str:
    """Return a sitting as an article in Markdown."""
    blocks = (
        f"{turn.label}{turn.paragraphs[0]}\n\n" + "\n\n".join(turn.paragraphs[1:]) for turn in turns
    )
    return "# Sitting of the ice board\n\n" + "\n\n".join(blocks) + "\n"
