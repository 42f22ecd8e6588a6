"""Words about the world that tell who speaks: offices, forms of address, words of saying.

In small letters; add a word to its list. English, Russian and Armenian first, then other languages.
"""

from __future__ import annotations

OFFICES = frozenset(
    """
    academic academician acting activist adm administration administrator admiral adviser
    advisor agriculture aide ambassador analyst anchor archbishop architect assistant associate
    attorney author bishop blogger brigadier bureau cabinet candidate capt captain cardinal ceo
    cfo chair chairman chairperson chairwoman chancellor chief cmdr co-chair co-founder coach
    col colonel columnist commander commerce commissioner congressman congresswoman constable
    consul coo coordinator correspondent council councillor counsellor counselor cto culture
    defence defense delegate deputy detective diplomat director doctor economic economist editor
    editor-in-chief education emir energy engineer envoy ex-minister ex-president executive
    expert eyewitness farmer federal fellow finance first five foreign former founder four gen
    general gov governor harbormaster harbourmaster head headmaster headmistress headteacher
    health historian homeland host inspector intelligence interior interviewer journalist judge
    justice keeper king labor labour lady lawmaker lawyer leader lieutenant lord lt maj major
    marshal mayor media mediator member minister ministry moderator mp national negotiator
    observer officer official ombudsman one operator opposition paramedic parliamentary
    participant partner patriarch permanent philosopher pilot political pope premier presenter
    president presidential press priest prime prince princess principal professor prosecutor
    protester public publicist queen rabbi rapporteur rector rep reporter representative
    researcher resident scholar scientist secretary secretary-general security sen senator
    senior sergeant sgt sheikh sheriff shopkeeper sir six sociologist speaker special specialist
    spokesman spokesperson spokeswoman staff state strategist student sultan superintendent supt
    surgeon survivor teacher then three trade trader transport transportation treasurer treasury
    trooper trustee two under-secretary undersecretary veteran vice vice-chairman vice-president
    villager volunteer witness writer

    аналитик ведущий генерал глава губернатор депутат депутаты директор доктор журналист журналистка
    заместитель историк министр мэр писатель политолог посол председатель президент премьер-министр
    профессор секретарь экономист эксперт

    գրող դատախազ դեսպան իրավապաշտպան լրագրող խոսնակ մեկնաբան նախագահ նախարար պատգամավոր պատմաբան
    պրոֆեսոր վարչապետ վերլուծաբան տնտեսագետ տնօրեն փաստաբան փորձագետ քաղաքագետ քաղաքապետ

    abgeordnete abgeordneter alcalde alcaldesa chef cheffe chefin diputada diputado directeur
    directora directrice direktor direktorin député députée kanzler kanzlerin líder maire ministerin
    ministra ministre ministro portavoz porte-parole presidente präsident präsidentin préfet préfète
    président présidente sprecher sprecherin sénateur sénatrice
    """.split()  # noqa: SIM905
)
"""Offices and callings: before a name they are not part of it."""

ATTRIBUTES = frozenset(
    """
    academic acting agriculture associate bureau cabinet commerce council culture
    defence defense economic education energy executive federal finance first five foreign former
    four health
    homeland intelligence interior labor labour media ministry national one opposition
    parliamentary permanent political presidential press public security senior six special state
    then three trade transport transportation treasury two vice
    """.split()  # noqa: SIM905
)
"""Words of offices that are no office by themselves: "National Action Network" is a body."""

GERMAN_OFFICES = tuple(
    """
    abgeordnete abgeordneter direktor direktorin kanzler kanzlerin minister ministerin politiker
    politikerin präsident präsidentin sprecher sprecherin
    """.split()  # noqa: SIM905
)
"""Ends of German offices in one word ("Verkehrsminister")."""

HIGH_OFFICES = frozenset(
    """
    ambassador chair chairman chairwoman chancellor commissioner deputy director general governor
    judge king mayor minister mp pope premier president prosecutor queen secretary senator

    губернатор депутат министр мэр посол президент

    spokesman spokesperson spokeswoman
    """.split()  # noqa: SIM905
)
"""Offices that name their holders alone: an expert may be called an analyst, a minister is never
called a president."""

SURNAMES_TOO = frozenset(
    ("bishop", "dean", "judge", "king", "major", "marshal", "pope", "priest", "prince")
)
"""Offices that people are called by: after a first name they are part of the name."""

NOT_NAMES = frozenset(
    """
    a aboard about according after all also an and another april as asked at august because before
    between both briefing but by citing conference dear december democrat democratic democrats
    dienstag donnerstag during each earlier en even every february few for freitag friday from good
    he hello her here his how however i if in interview it january july june later let like many
    march may meanwhile meeting mittwoch monday montag moreover most my new news no not november now
    october of okay on only or other others our over photo quoting remarks republican republicans
    right route samstag saturday september several she since so some sonntag source speaking
    statement sunday sure thank thanks that the their then there these they this those thursday to
    today tomorrow tuesday under unlike via we wednesday well what when where which while who why
    with without yeah yes yesterday you
    """.split()  # noqa: SIM905
)
"""Words that begin sentences and headlines, and are no part of a name."""

PLACE_WORDS = frozenset(
    """
    central east eastern great las los new north northern saudi south southern united west western
    """.split()  # noqa: SIM905
)
"""Words at the beginning of names of places, and not of people."""

TEXT_WORDS = frozenset(
    """
    accord act agreement bible bill book constitution convention declaration doctrine initiative
    koran law order pact plan policy program programme proclamation project protocol quran report
    resolution scripture scriptures strategy survey torah treaty
    """.split()  # noqa: SIM905
)
"""Words at the end of names of texts and plans: what they say, nobody said."""

OUTLET_WORDS = frozenset(
    """
    agency beast breitbart broadcasting bulletin channel chronicle courant courier daily gazette
    guardian herald independent journal magazine mail media mirror monitor network news observer
    online podcast politico post post-gazette press radio report reports review show standard star
    sun telegraph television times today tonight tribune tv weekly yorker
    """.split()  # noqa: SIM905
)
"""Words in the names of papers, stations and agencies."""

ORGANISATION_WORDS = frozenset(
    """
    academy accord act administration affairs agency agenda agreement alliance army assembly
    association associations authority awareness bank bill board bureau campaign capital caucus
    center centers centre centres clinic club coalition college commission committee company
    conference congress constitution convention corporation corps council court declaration
    defence defense department development doctrine duma economy enterprise federation
    federations forces forum foundation front fund government group holdings hospital house
    initiative institute institution international kremlin lake law league legion library
    ministry mission month mount movement museum nations navy network office order organisation
    organization parliament parliamentary partners partnership party plan plc police policy
    program programme project protocol region relations republic research resolution river route
    school science sciences securities senate service societies society state states strategy
    street studies summit system team treaty tribunal union unions university war week year
    """.split()  # noqa: SIM905
)
"""Words in the names of bodies, texts and places, and not of people."""

MEMBERS = frozenset(
    """
    businesses citizens communities daughters doctors employers families farmers fishers friends
    journalists lawyers mothers neighbors neighbours nurses parents people physicians scientists
    sons students teachers veterans voters women workers
    """.split()  # noqa: SIM905
)
"""Words for people that begin names of bodies before "of", "for" and the like."""

SURNAMES_OF_BODIES = frozenset(
    """
    bank bill board club court front house lake law league mount order plan river school service
    street team week
    """.split()  # noqa: SIM905
)
"""The ones among them that people are called by as well: "Ada Lake" is a person."""

SPANISH_VERBS_OF_SAYING = tuple(
    """
    advirtió afirmó apuntó aseguró añadió declaró denunció dice dijo explicó insistió reclamó
    replicó respondió señala señaló sostuvo
    """.split()  # noqa: SIM905
)
"""Verbs without a subject: the person who was named says it."""

FOREIGN_VERBS_OF_SAYING = SPANISH_VERBS_OF_SAYING + tuple(
    r"""
    возразила? говорит добавила? заключила? заметила? заявила? констатировала? написала? напомнила?
    объяснила? ответила? отметила? парировала? пишет подчеркнула? полагает пообещала? посетовала?
    пошутила? пояснила? предупредила? призвала? признала? продолжила? рассказала? резюмировала?
    сказала? сообщила? спросила? считает уверена? указала? уточнила?

    ասաց ասել\sէ ասում\sէ ավելացրել\sէ ավելացրեց գրել\sէ գրեց ընդգծել\sէ ընդգծեց կարծում\sէ
    համոզված\sէ հայտարարել\sէ հայտարարեց հայտնել\sէ հայտնեց հավելել\sէ հավելեց հարցրեց նկատեց
    նշել\sէ նշեց շարունակեց պատասխանեց պնդեց վստահեցրեց

    betont betonte entgegnete ergänzte erklärt erklärte forderte fügte kritisierte meinte sagt sagte
    schrieb warnte widersprach

    a\saffirmé a\sajouté a\sassuré a\sdit a\sdéclaré a\sestimé a\sexpliqué a\sindiqué a\slancé
    a\sprécisé a\srépondu a\ssouligné affirme assure déclare dénonce estime explique indique insiste
    lance précise rappelle répond souligne

    afferma dichiara ha\sdetto ha\sdichiarato
    """.split()  # noqa: SIM905
)
"""Words of saying, as patterns, in texts of which the language is not known."""

FOREIGN_DESCRIPTIONS = tuple(
    r"""
    аналитик глава депутат дипломат журналист министр начальник политик политолог посол президент
    руководитель фахивец чиновник эксперт

    դատախազ[ըն]? դեսպան[ըն]? խոսնակ[ըն]? նախագահ[ըն]? նախարար[ըն]? պատգամավոր[ըն]? վարչապետ[ըն]?
    վերլուծաբան[ըն]? փորձագետ[ըն]? քաղաքագետ[ըն]?
    """.split()  # noqa: SIM905
)
"""Descriptions of a person who was named before ("the expert said"), in other scripts."""
