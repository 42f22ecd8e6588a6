"""Vocabulary of labels by language: forms of address, titles, offices, chairs, small words.

Each row has a label that its words explain (``takes``) and one that they must leave alone
(``spares``). Words are in small letters, without full stops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of labels in one language.

    ``address`` and ``offices`` stand before or after a name, ``chairs`` name nobody alone,
    ``counting`` are words before a colon that order a speech.
    """

    language: str
    address: str
    offices: str
    chairs: str
    counting: str
    takes: str
    spares: str


VOCABULARY = (
    Vocabulary(
        "en",
        "mr mrs ms miss mx dr prof sir dame lord lady baroness baron viscount earl hon honourable"
        " honorable right rt rev father cllr shri smt madam gentleman lieutenant",
        "minister secretary member chair speaker clerk deputy senator sen rep gov president"
        " governor host anchor correspondent teachta leader whip commissioner ombudsman mayor"
        " acting vice moderator announcer congressman congresswoman assemblymember cochair"
        " parliamentary"
        " attorney solicitor chancellor premier taoiseach counsel witness judge justice court",
        "speaker presiding chair chairman chairwoman chairperson president officer clerk convener"
        " court",
        "first firstly second secondly third thirdly fourth finally lastly note again next example",
        "The Minister for Ports (Mr. Jon Berg)",
        "Second point",
    ),
    Vocabulary(
        "de",
        "herr frau dr prof mag dipl-ing ing di mmag ddr dkfm lic med phil dres hc",
        "abgeordneter abgeordnete abg kollege kollegin bundesrat bundesrätin landesrat landesrätin"
        " stadtrat stadträtin staatssekretär staatssekretärin berichterstatter berichterstatterin"
        " regierungsrat regierungsrätin staatsrat staatsrätin nationalrat nationalrätin ständerat"
        " ständerätin kantonsrat kantonsrätin grossrat grossrätin gemeinderat gemeinderätin"
        " staatsschreiber staatsschreiberin"
        " schriftführer schriftführerin volksanwalt volksanwältin senator senatorin bürgermeister"
        " bürgermeisterin parl bundesminister bundesministerin vorsitzender vorsitzende",
        "präsident präsidentin vizepräsident vizepräsidentin vorsitzender vorsitzende"
        " alterspräsident alterspräsidentin sitzungsleiter ratspräsident ratspräsidentin"
        " landtagspräsident landtagspräsidentin parlamentspräsident parlamentspräsidentin",
        "erstens zweitens drittens viertens fünftens schließlich übrigens nämlich fazit beispiel",
        "Abgeordneter Mag. Jon Berg (Grüne)",
        "Drittens",
    ),
    Vocabulary(
        "fr",
        "m mm mme mmes mlle monsieur madame",
        "ministre secrétaire rapporteur rapporteure député députée sénateur sénatrice commissaire"
        " président présidente garde questeur questeure délégué déléguée",
        "président présidente vice-président vice-présidente doyen doyenne",
        "premièrement deuxièmement troisièmement enfin ensuite bref résultat exemple",
        "M. Jon Berg, ministre des ports",
        "Premièrement",
    ),
    Vocabulary(
        "es",
        "señor señora señorita sr sra srta don doña d dña dª excmo excma excmos ilmo ilma",
        "ministro ministra vicepresidente vicepresidenta diputado diputada senador senadora"
        " primera primero segunda segundo tercera tercero secretario secretaria portavoz"
        " consejero consejera ponente",
        "presidente presidenta vicepresidente vicepresidenta",
        "primero segundo tercero finalmente conclusión ejemplo",
        "El señor MINISTRO DE PUERTOS (Berg Ferrer)",
        "Segundo",
    ),
    Vocabulary(
        "it",
        "signor signora signorina sig sigra onorevole on dott dottssa avv",
        "ministro ministra sottosegretario sottosegretaria relatore relatrice senatore senatrice"
        " deputato deputata viceministro viceministra commissario",
        "presidente presidentessa vicepresidente",
        "primo secondo terzo infine risultato esempio",
        "JON BERG, Ministro dei porti",
        "Infine",
    ),
    Vocabulary(
        "pt",
        "sr sra srs srª sr.ª sras srªs senhor senhora dr dra",
        "ministro ministra deputado deputada secretário secretária senador senadora relator"
        " relatora",
        "presidente vice-presidente presidenta",
        "primeiro segundo terceiro finalmente exemplo",
        "O Sr. Jon Berg (PS)",
        "Segundo",
    ),
    Vocabulary(
        "tr",
        "sayın bay bayan",
        "bakan bakanı milletvekili sözcü sözcüsü başkanı başkanvekili",
        "başkan başkanı başkanvekili",
        "birincisi ikincisi üçüncüsü sonuç örnek",
        "JON BERG (Ankara)",
        "İkincisi",
    ),
    Vocabulary(
        "uk",
        "пан пані",
        "міністр міністерка депутат депутатка секретар голова прем’єр-міністр",
        "головуючий головуюча голова",
        "перше по-перше по-друге по-третє наприклад",
        "ГОЛОВУЮЧИЙ",
        "По-друге",
    ),
    Vocabulary(
        "ru",
        "господин госпожа г-н г-жа",
        "министр депутат депутаты секретарь докладчик докладчица",
        "председательствующий председательствующая председатель ведущий ведущая",
        "первое второе третье во-первых во-вторых в-третьих например",
        "Председательствующий",
        "Во-вторых",
    ),
    Vocabulary(
        "nl",
        "heer mevrouw dhr mevr mw",
        "minister staatssecretaris kamerlid",
        "voorzitter ondervoorzitter",
        "eerst ten tweede derde kortom bijvoorbeeld",
        "De heer Berg (CDA)",
        "Ten tweede",
    ),
    Vocabulary(
        "sv",
        "herr fru fröken hr",
        "statsminister statsminstern statsråd statsrådet minister ministern statssekreterare"
        " utrikesminister finansminister",
        "talman talmannen ålderspresidenten ordförande ordföranden",
        "först andra tredje slutligen exempel",
        "TALMANNEN",
        "Slutligen",
    ),
    Vocabulary(
        "da",
        "hr fru",
        "statsminister statsministeren minister ministeren ordfører ordføreren statsråd",
        "formand formanden formannen presidenten møteleder",
        "først andet tredje endelig eksempel",
        "Formanden",
        "Endelig",
    ),
    Vocabulary(
        "fi",
        "herra rouva",
        "ministeri pääministeri edustaja kansanedustaja",
        "puhemies varapuhemies",
        "ensinnäkin toiseksi kolmanneksi",
        "Puhemies",
        "Toiseksi",
    ),
    Vocabulary(
        "pl",
        "pan pani",
        "poseł posłanka senator minister sekretarz prezes premier podsekretarz sprawozdawca",
        "marszałek wicemarszałek przewodniczący przewodnicząca",
        "pierwsze drugie trzecie wreszcie przykład",
        "Poseł Jon Berg",
        "Po drugie",
    ),
    Vocabulary(
        "cs",
        "pán paní",
        "poslanec poslankyně ministr ministryně senátor senátorka",
        "předseda předsedkyně místopředseda místopředsedkyně předsedající",
        "zaprvé zadruhé zatřetí nakonec",
        "Poslanec Jon Berg",
        "Zadruhé",
    ),
    Vocabulary(
        "el",
        "κ κα κος κύριος κυρία κυριος κυρια",
        "υπουργός υπουργος υφυπουργός υφυπουργος πρωθυπουργός πρωθυπουργος βουλευτής βουλευτησ"
        " εισηγητής εισηγήτρια",
        "πρόεδρος προεδρος αντιπρόεδρος αντιπροεδρος προεδρεύων προεδρευων προεδρεύουσα"
        " προεδρευουσα",
        "πρώτον δεύτερον τρίτον τέλος παράδειγμα",
        "ΓΙΩΡΓΟΣ ΒΕΡΓΗΣ (Υπουργός Λιμένων)",
        "Δεύτερον",
    ),
    Vocabulary(
        "ro",
        "domnul doamna dl dna",
        "deputat deputată ministru ministrul senator senatorul",
        "președinte președintele vicepreședinte vicepreședintele",
        "întâi doilea",
        "Domnul Jon Berg",
        "Întâi",
    ),
    Vocabulary(
        "hu",
        "úr asszony",
        "képviselő miniszter államtitkár",
        "elnök alelnök",
        "először másodszor",
        "ELNÖK",
        "Másodszor",
    ),
)

_NO_STOPS = str.maketrans("", "", ".,")


def _all_of(rows: str) -> frozenset[str]:
    return frozenset(rows.split())


ADDRESS = _all_of(" ".join(row.address for row in VOCABULARY))
OFFICES = _all_of(" ".join(f"{row.offices} {row.chairs}" for row in VOCABULARY))
CHAIRS = _all_of(" ".join(row.chairs for row in VOCABULARY))
COUNTING = _all_of(" ".join(row.counting for row in VOCABULARY))
SMALL = _all_of(
    "the of for and on in at to der die das des dem den und für von im am la le les l’ d’ du de et"
    " à aux el los las y del al il lo i gli dei degli della delle e per o a os as do da dos das em"
    " het een en voor van der och og i av för z w i ve ile ja"
)
"""Words that stand between the words of an office."""

PREPOSITIONS = _all_of(
    "zur zum im in am an bei beim nach über on to at by sur en au aux dans na do"
)
"""Words that begin a topic before a colon, and no name."""

_TITLE = re.compile(
    r"(?:[^\W\d_]{2,6}\.)(?:-[^\W\d_]{2,6}\.?)*|dipl\.-\w+|[dm]{1,2}r{1,2}in?\.", re.I
)
_COMPOUNDS = (
    *("minister", "ministerin", "sekretär", "sekretärin", "kanzler", "kanzlerin"),
    *("ministeren", "ministern", "ministeri", "sekretæren", "sekreteraren"),
)


@lru_cache(maxsize=1 << 14)
def bare(word: str) -> str:
    """Return a word of a label in small letters, as the rows have it."""
    return word.replace("İ", "i").lower().translate(_NO_STOPS)


@lru_cache(maxsize=1 << 14)
def is_title(word: str) -> bool:
    """Return whether a word is a form of address or an abbreviated title before a name."""
    return bare(word) in ADDRESS or _TITLE.fullmatch(word.rstrip(",")) is not None


@lru_cache(maxsize=1 << 14)
def is_label_office(word: str) -> bool:
    """Return whether a word of a label is an office in some language."""
    folded = bare(word)
    return folded in OFFICES or folded.endswith(_COMPOUNDS)
