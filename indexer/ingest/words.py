"""Words about the world that tell who speaks: offices, forms of address, words of saying.

Small letters; add a word to its list. English, Russian and Armenian first, then other languages.
"""

from __future__ import annotations

OFFICES = frozenset(
    """
    one two three four five six
    academic academician acting activist administration administrator admiral adviser advisor
    agriculture aide ambassador analyst anchor archbishop architect assistant associate attorney
    author bishop blogger brigadier bureau cabinet candidate captain cardinal ceo cfo chair
    chairman chairperson chairwoman chancellor chief co-chair co-founder coach colonel columnist
    commander commerce commissioner congressman congresswoman consul coo coordinator
    correspondent council counsellor counselor cto culture defence defense delegate deputy
    diplomat director doctor economic economist editor editor-in-chief education emir energy
    engineer envoy ex-minister ex-president executive expert farmer federal fellow finance first
    foreign former founder general governor head health historian homeland host inspector
    intelligence interior interviewer journalist judge justice keeper king labor labour lady
    lawmaker lawyer leader lieutenant lord major marshal mayor media mediator member minister
    ministry moderator mp national negotiator observer officer official ombudsman operator
    opposition paramedic parliamentary participant partner patriarch permanent philosopher pilot
    political pope premier presenter president presidential press priest prime prince princess
    principal professor prosecutor public publicist queen rabbi rapporteur rector reporter
    representative researcher scholar scientist secretary secretary-general security senator
    senior sergeant sheikh sir sociologist speaker special specialist spokesman spokesperson
    spokeswoman staff state strategist student sultan surgeon teacher then trade transport
    transportation treasurer treasury trustee under-secretary undersecretary veteran vice
    vice-chairman vice-president writer
    constable councillor detective eyewitness sheriff superintendent
    trooper protester resident shopkeeper survivor trader villager
    volunteer witness
    аналитик ведущий генерал глава губернатор депутат депутаты директор доктор журналист
    журналистка заместитель историк министр мэр писатель политолог посол председатель президент
    премьер-министр профессор секретарь экономист эксперт
    գրող դատախազ դեսպան իրավապաշտպան լրագրող խոսնակ մեկնաբան նախագահ նախարար պատգամավոր պատմաբան
    պրոֆեսոր վարչապետ վերլուծաբան տնտեսագետ
    տնօրեն փաստաբան փորձագետ քաղաքագետ քաղաքապետ
    ministre président présidente directeur directrice chef cheffe député députée porte-parole
    ministerin präsident präsidentin kanzler kanzlerin direktor direktorin sprecher sprecherin
    préfet préfète maire sénateur sénatrice líder alcalde alcaldesa diputado diputada
    chefin abgeordnete abgeordneter presidente ministro ministra director directora portavoz
    """.split()  # noqa: SIM905
)
"""Offices and callings: before a name they are not part of it."""

GERMAN_OFFICES = tuple(
    """
    abgeordnete abgeordneter direktor direktorin kanzler kanzlerin minister ministerin politiker
    politikerin präsident präsidentin sprecher sprecherin
    """.split()  # noqa: SIM905
)
"""What German offices end in, written in one word with what they are of ("Verkehrsminister")."""

HIGH_OFFICES = frozenset(
    """
    president minister governor mayor ambassador senator chancellor premier secretary general
    chairman chairwoman chair director deputy mp judge prosecutor commissioner king queen pope
    президент министр губернатор мэр посол депутат
    spokesman spokeswoman spokesperson
    """.split()  # noqa: SIM905
)
"""Offices that are not said of anybody else: an expert may be called an analyst, a minister not a
president."""

ALSO_CALLED = {
    "premier": "prime minister",
    "prime minister": "premier",
    "head of state": "president",
    "lawmaker": "mp",
    "deputy": "mp",
    "spymaster": "intelligence",
    "oppositionist": "mp",
}
"""What an office is called elsewhere in the same article."""

HONORIFICS = frozenset(
    """
    cllr dame dr father frau herr honorable honourable lady lord m madam madame miss mme mr mrs ms
    mx prof reverend señor señora sir
    г-жа г-н пан
    պրն տիկին
    """.split()  # noqa: SIM905
)
"""Forms of address before a name."""

NOT_NAMES = frozenset(
    """
    a aboard about according after all also an and april as asked at august because before
    between both briefing but by citing conference dear december during earlier en even february
    for friday from good he hello her here his how however i if in interview it january july
    june later let like march may meanwhile meeting monday moreover my new news no not november
    now october of okay on only or our over photo quoting remarks right route saturday september
    she since so source speaking statement sunday sure thank thanks that the their then there
    these they this those thursday to today tomorrow tuesday under unlike via we wednesday well
    what when where which while who why with without yeah yes yesterday you
    dienstag donnerstag freitag mittwoch montag samstag sonntag
    """.split()  # noqa: SIM905
)
"""Words that begin sentences and headlines, and are no part of a name."""

OUTLET_WORDS = frozenset(
    """
    agency broadcasting bulletin channel chronicle courant courier daily gazette guardian herald
    independent journal magazine mail media mirror monitor network news observer online post
    post-gazette press radio report reports review standard star sun telegraph television times
    today tribune tv weekly
    """.split()  # noqa: SIM905
)
"""Words that papers, stations and agencies have in their names."""

ORGANISATION_WORDS = frozenset(
    """
    academy accord act administration affairs agency agenda agreement alliance army assembly
    association authority bank bill board bureau campaign center centre club coalition college
    commission committee company conference congress constitution convention corporation corps
    council court declaration defence defense department development doctrine duma economy
    enterprise federation forces forum foundation front fund government group house initiative
    institute institution international kremlin law league legion library ministry mission
    movement museum nations navy network office order organisation organization parliament
    parliamentary partnership party plan police policy program programme project protocol region
    relations republic research resolution route school science sciences senate service society
    state states strategy street studies summit system team treaty tribunal union university war
    week year
    capital holdings lake mount partners plc river securities
    """.split()  # noqa: SIM905
)
"""Words that bodies, texts and places have in their names, and people have not."""

VERBS_OF_SAYING = tuple(
    """
    acknowledged acknowledges added adds admits admitted agreed agrees announced announces
    answered answers argued argues asked asks asserted asserts believe[sd] claimed claims
    clarified clarifies commented comments complained concluded concludes confirmed confirms
    continued continues declared declares emphasi[sz]e[sd] explained explains insisted insists
    joked lamented noted notes observed observes pointed\sout points\sout posted quipped
    recalled recalls reiterated reiterates remarked remarks replied replies responded responds
    said say saying says stated states stresse[sd] suggested suggests summed\sup tells thinks
    thought told tweeted underlined underlines urged urges warned warns went\son writes wrote
    говорит добавила? заявила? написала? напомнила? объяснила? ответила? отметила? подчеркнула?
    полагает пояснила? сказала? считает уверена?
    ասաց ասել\sէ ավելացրեց գրել\sէ ընդգծել\sէ ընդգծեց հայտարարել\sէ հայտարարեց նշել\sէ նշեց
    պատասխանեց
    insist(?:s|ed) warn(?:s|ed) recall(?:s|ed) quip(?:s|ped) a\sdéclaré a\sdit a\saffirmé
    a\sajouté a\sexpliqué a\ssouligné a\sestimé explique déclare affirme estime souligne sagte
    sagt erklärte erklärt betonte betont meinte fügte ergänzte warnte dijo dice afirmó aseguró
    explicó añadió declaró señaló ha\sdetto ha\sdichiarato dichiara afferma
    thundered pleaded fumed retorted conceded mused boasted sighed shouted cried whispered
    countered grumbled snapped vowed pledged promised predicted hinted scoffed exclaimed
    demanded elaborated stormed raged begged charged alleged testified maintained contended
    cautioned appealed assured reckoned ventured protested objected complains jokes vows
    shot\sback hit\sback chimed\sin put\sit пошутила? рассказала? возразила? посетовала?
    признала? предупредила? спросила? продолжила? заметила? указала? сообщила? призвала?
    уточнила? констатировала? резюмировала? заключила? парировала? пишет հավելեց հավելել\sէ գրեց
    շարունակեց հարցրեց նկատեց պնդեց հայտնեց հայտնել\sէ վստահեցրեց ավելացրել\sէ
    a\slancé assure a\sassuré lance répond a\srépondu
    a\sindiqué indique rappelle insiste dénonce a\sprécisé précise widersprach forderte
    kritisierte entgegnete schrieb replicó respondió insistió sostuvo advirtió señala apuntó
    reclamó denunció accuse[sd] describe[sd] dismisse[sd] denounce[sd] brand(?:s|ed) hail(?:s|ed)
    call(?:s|ed) blast(?:s|ed) warning adding arguing insisting пообещала? կարծում\sէ ասում\sէ
    համոզված\sէ
    """.split()  # noqa: SIM905
)
"""Words of saying, as patterns: who stands beside one is the speaker."""

DESCRIPTIONS = tuple(
    """
    academic activist adviser advisor ambassador analyst architect author bishop blogger
    candidate captain chair chairman chairwoman chancellor colonel columnist commander
    commissioner deputy diplomat director doctor economist editor engineer envoy expert farmer
    founder general governor historian inspector journalist judge keeper lawmaker lawyer leader
    mayor mediator minister mp negotiator observer philosopher pilot politician premier
    president priest professor prosecutor publicist rector researcher scholar scientist
    secretary senator sociologist speaker strategist teacher veteran writer
    аналитик депутат дипломат министр политик политолог посол президент фахивец эксперт
    դատախազ[ըն]? դեսպան[ըն]? խոսնակ[ըն]? նախագահ[ըն]? նախարար[ըն]? պատգամավոր[ըն]?
    վարչապետ[ըն]? վերլուծաբան[ըն]? փորձագետ[ըն]? քաղաքագետ[ըն]?
    глава начальник руководитель
    head\sof\sstate (?:dad|mum|mom|father|mother)-of-\w+
    spymaster oppositionist campaigner reporter pensioner widow spokesman spokeswoman
    spokesperson журналист чиновник
    """.split()  # noqa: SIM905
)
"""What a person who was named before is called later ("the expert said"), as patterns."""
