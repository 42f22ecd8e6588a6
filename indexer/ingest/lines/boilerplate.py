"""Paragraphs nobody said: rules as rows of data, each with lines it drops and lines it spares.

Markup rules match class names and ids of a page; line rules match whole lines of text. Lists of
dated headlines ("Latest news") are found by their shape, whatever their markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.ingest.lines.dates import ends_with_date, is_date_line
from indexer.records import Article, Dropped, Paragraph
from indexer.text.sentences import ends_with_stop, sentence_ends

OUTSIDE = "outside the article"
"""The rule for menus, headers and footers: text outside the article's element."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A name for the report, a pattern, and the examples that show that the pattern is right."""

    name: str
    pattern: re.Pattern[str]
    drops: tuple[str, ...]
    spares: tuple[str, ...]


def _rule(name: str, pattern: str, drops: Sequence[str], spares: Sequence[str]) -> Rule:
    return Rule(name, re.compile(pattern, re.I), tuple(drops), tuple(spares))


MARKUP_RULES = (
    _rule(
        "share bar",
        r"(?:^|[-_])(?:share|sharing|social|addtoany|a2a|sharedaddy|likes?)(?:$|[-_])",
        ["share", "post-share", "social-links", "sharedaddy"],
        ["shareholder", "socialism"],
    ),
    _rule(
        "related articles",
        r"(?:^|[-_])(?:related|recommended?|recommendations|more-?(?:news|stories|articles|links)|read-?(?:more|also)"
        r"|see-?also|also-?read|next-?(?:article|story)|prev(?:ious)?-?(?:post|article)|post-?navigation|cut)(?:$|[-_])",
        ["related-posts", "read-also", "read__cut", "post-navigation", "morelinks", "nextstory"],
        ["unrelated", "cutter", "relation", "storyline"],
    ),
    _rule(
        "latest news",
        r"(?:^|[-_])(?:latest|recent|popular|trending|most-?(?:read|viewed)|news-?(?:list|feed|line)"
        r"|top-?(?:news|stories)|headlines)(?:$|[-_])",
        ["latest-news", "recent_posts", "most-read", "newsfeed"],
        ["news", "latestation", "article-headline"],
    ),
    _rule(
        "sidebar",
        r"^(?:side-?bar|rail|widget|complementary)(?:$|[-_])|(?:^|[-_])(?:side-?bar|widget-?area|widgets?)$",
        ["sidebar", "sidebar-left", "widget-area", "right-sidebar"],
        ["has-sidebar-layout", "guardrail"],
    ),
    _rule(
        "newsletter box",
        r"newsletter|subscri(?:be|ption)|(?:^|[-_])sign-?up(?:$|[-_])|mailchimp",
        ["newsletter-box", "subscribe", "article-signup"],
        ["signupside"],
    ),
    _rule(
        "cookie note",
        r"cookie|gdpr|consent",
        ["cookie-banner", "gdpr"],
        ["cook"],
    ),
    _rule(
        "comments",
        r"(?:^|[-_])(?:comments?|respond|disqus|replies)(?:$|[-_])|^disqus",
        ["comments", "comment-list", "disqus_thread"],
        ["commentary", "commentator"],
    ),
    _rule(
        "caption",
        r"(?:^|[-_])(?:captions?|wp-caption-text|credits?|photo-?credit|slider?|gallery)(?:$|[-_])",
        ["caption", "image-caption", "photo-credit", "slider__slides"],
        ["accredited", "captions2"],
    ),
    _rule(
        "tags and breadcrumbs",
        r"(?:^|[-_])(?:tags?|tag-?list|tagcloud|breadcrumbs?|categories|cat-links|hashtags)(?:$|[-_])",
        ["tags", "post-tags", "breadcrumb", "entry_tags"],
        ["stage", "vintage"],
    ),
    _rule(
        "embedded post",
        r"^(?:twitter-tweet|instagram-media|fb-post|tiktok-embed)",
        ["twitter-tweet", "instagram-media"],
        ["twitter", "tweet-analysis"],
    ),
    _rule(
        "page details",
        r"(?:^|[-_])(?:bottommeta|byline|dateline|post-?meta|entry-?meta|article-?meta|published-?date"
        r"|posted-on|time|date|place|location|author-?(?:box|bio|info)|print(?:-only)?|copyright|promo|advert(?:isement)?|ads?|banner)(?:$|[-_])",
        ["read__bottommeta", "post-meta", "author-bio", "advertisement", "read__time", "place"],
        ["metadata-free", "adage", "printable"],
    ),
    _rule(
        "page footer",
        r"(?:^|[-_])footer(?:$|[-_])",
        ["site-footer", "footer-top", "footer"],
        ["footnotes", "has-footers"],
    ),
)
"""Elements inside the article's container that hold none of it, by a class, id or ARIA role."""

LINE_RULES = (
    _rule(
        "caption",
        r"[(\[]?(?:photo|foto|фото|լուսանկարը?|image|imagen|imagem|immagine|picture|video|видео|credit"
        r"|crédito?s?|illustration|bild|beeld|bilde|zdjęcie|fot\.|fotoğraf|світлина)"
        r"(?:\s+(?:by|credit|courtesy)\b.*|\s*[:©].{1,160})",
        [
            *("Photo: A. Velidze / Meridian", "Foto: dpa", "Photo by Ilse Brandt", "Фото: ТАСС"),
            *("(Image: Ostvik Post)", "Bild: Ilse Brandt", "Fot.: Agencja", "Crédit: Le Phare"),
        ],
        [
            *("Photography: it is an art that nobody pays for", "Photos do not lie"),
            *("(Images of the flood were shown)", "Bilder sagen mehr, meinte sie."),
        ],
    ),
    _rule(
        "source line",
        r"(?:source|источник|աղբյուր|via)\s*:\s*\S.{0,120}(?<![.?!])",
        ["Source: The Meridian", "Источник: Интерфакс"],
        ["Source: it was a man who told me everything that he knew."],
    ),
    _rule(
        "tags",
        r"(?:tags?|keywords|topics?|filed under|категори[ия]|теги|метки"
        r"|published in(?: sections?)?)\s*:.{0,200}(?<![.?!])",
        [
            "Tags: pact, security",
            "Filed under: Politics",
            "Теги: пакт",
            "Published in section: News",
        ],
        ["Topics: we spoke of three, and he avoided two of them."],
    ),
    _rule(
        "related articles",
        r"(?:read (?:also|more|next)|see also|related(?: (?:articles?|stories|posts|news))?"
        r"|more on this(?: topic)?"
        r"|also on|recommended|you may also like|don.t miss|читайте также|смотрите также|по теме"
        r"|կարդացեք նաև|այս թեմայով)\s*(?:[:→>].{0,200})?",
        [
            "Read also: Old treaties, new bridges",
            "See also",
            "Related: The grain road",
            "Читайте также:",
        ],
        ["Read more of the treaty before you praise it, the minister said.", "Related by marriage"],
    ),
    _rule(
        "related articles",  # German, Dutch
        r"(?:mehr zum thema|lesen sie (?:auch|mehr)\b.{0,60}|auch interessant|zum weiterlesen"
        r"|das könnte (?:sie|dich) (?:auch )?interessieren"
        r"|(?:weitere|aktuelle|ähnliche) (?:artikel|berichte|beiträge|themen|meldungen)"
        r"(?: zum thema| aus dieser (?:kategorie|rubrik))?|mehr themen"
        r"|lees (?:ook|meer|verder)|zie ook|gerelateerde? (?:artikelen|nieuws)"
        r"|meer over dit onderwerp)"
        r"\s*(?:[:→>].{0,200})?",
        [
            *("Mehr zum Thema", "Lesen Sie auch: Der alte Kran", "Zum Weiterlesen:"),
            *("Lees ook: De haven slaapt niet", "Weitere Artikel zum Thema"),
            "Aktuelle Berichte aus dieser Rubrik:",
        ],
        ["Mehr zum Thema sagte der Minister nicht.", "Lees de brief voor je tekent, zei ze."],
    ),
    _rule(
        "related articles",  # French, Italian
        r"(?:(?:à )?lire (?:aussi|également)|voir aussi|sur le même (?:sujet|thème)"
        r"|pour aller plus loin|nos autres articles"
        r"|leggi (?:anche|di più)|vedi anche|(?:ti )?potrebbe interessar(?:e|ti)"
        r"|articoli correlati)"
        r"\s*(?:[:→>].{0,200})?",
        ["À lire aussi : Le port endormi", "Sur le même sujet", "Leggi anche: Il molo vecchio"],
        ["Lire aussi vite est impossible, dit-il.", "Leggi e regolamenti non bastano."],
    ),
    _rule(
        "related articles",  # Spanish, Portuguese
        r"(?:(?:le[ae]r?|vea|ver|mir[ae]) (?:también|además|más)|(?:te|le) puede interesar"
        r"|también (?:te |le )?puede interesar(?:te|le)?|(?:noticias|notas|temas) relacionad[oa]s"
        r"|contexto de la noticia|escucha esta nota aquí"
        r"|(?:leia|veja) (?:também|mais)|saiba mais|notícias relacionadas|mais lidas)"
        r"\s*(?:[:→>].{0,200})?",
        [
            *("Lea también: El muelle viejo", "Te puede interesar", "Veja também:", "Saiba mais"),
            "VEA TAMBIÉN: La grúa que nadie quiso",
        ],
        [
            "Lea también la letra pequeña, pidió.",
            "Vea más lejos, dijo.",
            "Saiba mais quem quiser, disse o ministro.",
        ],
    ),
    _rule(
        "related articles",  # Polish, Ukrainian
        r"(?:(?:zobacz|czytaj|przeczytaj) (?:także|też|również|więcej|dalej)|polecamy(?: także)?"
        r"|więcej na ten temat|(?:читайте|дивіться) також|(?:новини )?за темою)"
        r"\s*(?:[:→>].{0,200})?",
        ["Zobacz także", "Czytaj też: Stary port", "Читайте також: Старий порт", "polecamy"],
        ["Czytaj też umowę, radził.", "Polecamy ostrożność, mówi kapitan."],
    ),
    _rule(
        "related articles",  # Swedish, Norwegian, Danish, Turkish
        r"(?:l(?:äs|es|æs) (?:också|också|även|mer|mere|også)|se (?:också|også)"
        r"|ilgili haber(?:ler)?|ayrıca okuyun|devamını oku|bunlar da ilginizi çekebilir)"
        r"\s*(?:[:→>].{0,200})?",
        ["Läs också: Hamnen sover", "Les også", "Læs mere:", "İlgili haberler", "Devamını oku"],
        ["Läs lagen, sade hon.", "Se også på kartet, sa han.", "Haberler kötü, dedi."],
    ),
    _rule(
        "share bar",
        r"(?:share(?: this| on| via)?(?: (?:article|post|story|page))?|tweet|print|e-?mail"
        r"|copy link|поделиться|կիսվել"
        r"|(?:facebook|twitter|telegram|whatsapp|linkedin|vk|x)(?:[\s,|/·]+(?:facebook|twitter|telegram|whatsapp|linkedin|vk|x))*)"
        r"\s*:?(?:[\s|/·]*(?:facebook|twitter|telegram|whatsapp|linkedin|vk|x|e-?mail|print))*",
        ["Share", "Share this article", "Share: Facebook | Twitter", "Tweet", "Поделиться"],
        ["Share your bread", "Print is dead, he said."],
    ),
    _rule(
        "newsletter box",
        r"(?:subscribe|sign up|join)\b.{0,80}\b(?:newsletter|mailing list|telegram|channel"
        r"|inbox|updates)\b.{0,80}"
        r"|подпи(?:шитесь|сывайтесь)\b.{0,120}",
        ["Subscribe to our newsletter", "Sign up for daily updates in your inbox"],
        ["They will subscribe to the treaty."],
    ),
    _rule(
        "newsletter box",  # offers to subscribers
        r"(?:to (?:view|(?:continue )?read(?:ing)?) (?:the|this) (?:full )?(?:story|article).{0,60}"
        r"(?:subscri|log in|sign (?:in|up)).{0,140}"
        r"|(?:already|first-time) (?:a )?subscribers?\b.{0,160}"
        r"|if you.re seeing this message but .{0,40}subscriber.{0,160}"
        r"|subscribe (?:now|today|to our)\b.{0,120}"
        r"|for .{0,60}\bdownload (?:the|our) .{0,40}\bapps?\b.{0,60})",
        [
            *(
                "To view the full story, please subscribe to the Post.",
                "Subscribe now to our paper.",
            ),
            *("Already a subscriber? Log in", "For breaking news, download the Post app."),
            "For the latest stories from the port download the Ostvik Post apps for phones.",
        ],
        [
            "To read the article of the treaty was enough for her, she said.",
            "Subscribers to the loan will be paid in May, the minister said.",
        ],
    ),
    _rule(
        "newsletter box",  # the same in other languages
        r"(?:(?:jetzt |newsletter )(?:abonnieren|anmelden|bestellen)\b.{0,80}"
        r"|abonnez-vous\b.{0,120}|déjà abonnée?\b.{0,60}"
        r"|suscríb(?:ete|ase|anse)\b.{0,120}|hazte (?:miembro|socio)\b.{0,100}"
        r"|(?:assine|já é assinante)\b.{0,80}|abbonati\b.{0,80}|(?:word abonnee|abonneer)\b.{0,80}"
        r"|zapraszamy (?:też )?do subskrypcji\b.{0,160}|підпи(?:шіться|суйтесь)\b.{0,120}"
        r"|abone ol(?:un)?\b.{0,80}|(?:bli|bliv) (?:prenumerant|abonnent)\b.{0,80})",
        [
            *(
                "Jetzt abonnieren",
                "Abonnez-vous pour lire la suite",
                "Suscríbete a nuestro boletín",
            ),
            *("Assine o jornal", "Abbonati subito", "Підписуйтесь на наш канал", "Abone olun"),
        ],
        ["Abonnenten klagen über den Preis.", "Suscribirá el pacto en mayo, dijo."],
    ),
    _rule(
        "newsletter box",  # letters to the reader's inbox
        r"(?:.{0,40}[?!] )?(?:get|receive|lass dir|erhalten?(?: sie)?|recib[ae]|recevez|ricevi"
        r"|receba)\b.{0,120}"
        r"\b(?:to your inbox|in (?:dein|ihr)(?:e[mn])? (?:posteingang|postfach)"
        r"|en (?:tu|su) (?:correo|bandeja)|dans votre boîte|nella tua (?:casella|posta)"
        r"|no seu e-?mail)\b.{0,60}",
        [
            *(
                "Get the best of the port to your inbox every Friday.",
                "Recibe el puerto en tu correo",
            ),
            "Lust auf mehr? Lass dir das Beste jede Woche in dein Postfach schicken.",
        ],
        ["I got a letter to your inbox rerouted, he said.", "Erhalten bleibt der Kran."],
    ),
    _rule(
        "follow us",
        r"[¡¿*]{0,2}(?:(?:follow|like|find|join) us\b|s[ií]guenos\b|[úu]nete\b"
        r"|mira\b.{0,30}\bnuestro|ya sab[ií]as que\b.{0,60}\btenemos|suivez[- ]nous\b"
        r"|folge(?:n sie)? uns\b|seguici\b|siga[- ]nos\b|obserwuj nas\b|följ oss\b"
        r"|volg ons\b|bizi takip\b).{0,80}"
        r"\b(?:facebook|twitter|instagram|telegram|whatsapp|youtube|tiktok|linkedin|google news)\b"
        r".{0,160}",
        [
            *("Follow us on Facebook and Instagram", "Síguenos en Telegram para no perderte nada"),
            *("¡Mira lo que hay en nuestro canal de YouTube!", "Folgen Sie uns auf WhatsApp!"),
            "¿Ya sabías que en El Muelle tenemos canal de Telegram? Únete desde tu celular.",
        ],
        ["Follow us into the harbour, he said.", "Síguenos, le dijo el capitán a la tropa."],
    ),
    _rule(
        "advertisement",
        r"\*?\s*(?:anzeige|werbung|publicidad|publicité|pubblicità|publicidade|reklama|reklam"
        r"|advertentie|annonse?)"
        r"(?:[,.:]? (?:enthält|(?:dieser|der) (?:beitrag|artikel) enthält) .{1,100})?[.:]?",
        [
            *("Anzeige", "*Werbung. Dieser Beitrag enthält Werbung für Kräne.", "Publicidad"),
            "Anzeige, enthält Affiliate Links",
        ],
        ["Werbung hilft dem Hafen nicht, sagte sie.", "Anzeige gegen den Minister"],
    ),
    _rule(
        "embedded post",
        r"(?:pic\.twitter\.com/\S+|[—–-] .{1,60} \(@\w+\).{0,40}"
        r"|(?:view|see) (?:this|more) (?:post|tweets?)(?: on \w+| from .{1,40})?"
        r"|a post shared by .{1,100})",
        [
            "— Ilse Brandt (@ibrandt) May 3, 2025",
            "pic.twitter.com/abc",
            "View this post on Instagram",
        ],
        ["— Ilse Brandt, harbour master", "See this post as a warning, he said."],
    ),
    _rule(
        "time of a live blog",
        r"\d{1,2}[:.]\d\d(?: uhr)?",
        ["10:52", "9.05 Uhr"],
        ["10:52 A.M.", "1:0 for Ostvik", "10:52 the tug left"],
    ),
    _rule(
        "cookie note",
        r".{0,60}\b(?:we use cookies|this (?:web)?site uses cookies|accept (?:all )?cookies"
        r"|мы используем cookies?)\b.{0,300}",
        ["We use cookies to improve your visit.", "This site uses cookies."],
        ["He baked cookies for the delegates."],
    ),
    _rule(
        "update note",
        r"(?:(?:last )?(?:updated|modified)|publication date|обновлено)\s*(?:on"
        r"|at)?\s*:?\s*[^.?!]{0,60}\d{4}[^.?!]{0,20}",
        [
            "Updated: 5 March 2024",
            "Last updated on May 3, 2025 11:20",
            "Publication date: April 5, 2003",
        ],
        ["Updated in 2024, the doctrine now names three threats and no friends, he noted."],
    ),
    _rule(
        "page details",
        r"(?:direct link|permalink|short url)\s*:.{0,200}|text version|publication status"
        r"|print version"
        r"|версия для печати|\d{1,3} (?:comments?|views?|shares?)|\d{1,2} min(?:ute)?s? read"
        r"|leave a (?:comment|reply)"
        r"|add comment|back to top|advertisement|реклама",
        [
            "Direct link: example.org/d/1",
            "Text version",
            "12 comments",
            "5 min read",
            "Advertisement",
        ],
        ["Advertisement is the art of the possible", "12 comments were made by the delegation"],
    ),
    _rule(
        "byline",
        r"(?:by|interview(?:ed)?(?: by)?|text(?: by)?|words(?: by)?|author|автор"
        r"|беседовал[аи]?|интервью)\s*:?\s+"
        r"(?-i:[^\W\d_a-zа-яա-և][\w.’'-]+(?:\s[^\W\d_a-zа-яա-և][\w.’'-]*){1,3})",
        ["By Ruta Jansen", "Interview: Ruta Jansen", "Text by Ilse Brandt-Arel"],
        ["By Monday", "By the sea", "Interview: why the pact failed"],
    ),
    _rule(
        "copyright",
        r"(?:©|\(c\)\s*(?=\d{4}|copyright)|copyright\b).{0,200}|all rights reserved.{0,100}"
        r"|все права защищены.{0,100}",
        ["© 2025 The Meridian", "Copyright 2024 Northern Review. All rights reserved."],
        ["Copyrighted music was played at the rally", "(c) the term means any person;"],
    ),
)
"""Lines that hold nothing of the article, wherever they stand. A pattern fits the whole line."""

FIRST_LINES = 5
"""Paragraphs among which a byline is that of the article."""

MAX_RULED_LINE = 320
"""Letters of a line; no rule is for a longer one."""

_ANY_LINE_RULE = re.compile(
    "|".join(f"(?P<_{n}>{rule.pattern.pattern})" for n, rule in enumerate(LINE_RULES)), re.I
)
"""All line rules as one pattern; the first that fits gives its group its number."""

_LIST_TITLE = (
    r"(?:(?:latest|recent|top|breaking|other|more|today.s|popular|related|trending)\s+"
    r"(?:news|stories|articles|posts|headlines|from .{1,30})|most (?:read|popular|viewed)"
    r"|more on this(?: topic)?|news ?feed|read also|see also|also read|trending now|in other news"
    r"|(?:последние|главные|другие|свежие|популярные) новости|лента новостей|новости по теме"
    r"|самое (?:читаемое|популярное)|читайте также|смотрите также|по теме"
    r"|վերջին (?:լուրեր|նորություններ)|լրահոս|կարդացեք նաև|ամենաընթերցված(?:ը)?|այս թեմայով)"
)
_LIST_TITLE_LINE = re.compile(rf"{_LIST_TITLE}\s*:?", re.I)
_LIST_TITLE_GLUED = re.compile(
    rf"(?:^|(?<=[.?!…։”\"»)]))(?-i:(?=[A-ZА-ЯԱ-Ֆ])){_LIST_TITLE}\s*:?(?=[\"“«'(]|[^\s\w]|[A-ZА-ЯԱ-Ֆ]|\s*$)",
    re.I,
)
_AFTER_BY = re.compile(r"^[^\W\d_]+(?:\s(?i:by))?\s*:?\s+")
_WORD = re.compile(r"[^\W\d_]{2}")
"""A headline has words, a row of figures has none."""

_TURN = re.compile(r"[-–—]\s")
_TIMED = re.compile(r"\[?\d{1,2}:\d\d\b(?!\s*[AP]\.?M)(?=.{16})")
"""A headline with the time of day before it."""


def markup_rule(names: Iterable[str]) -> str | None:
    """Return the name of the rule for one of some classes, ids or ARIA roles; ``None`` without."""
    return next(filter(None, map(_rule_of_name, names)), None)


@lru_cache(maxsize=1 << 14)
def _rule_of_name(name: str) -> str | None:
    return next((rule.name for rule in MARKUP_RULES if rule.pattern.search(name)), None)


@lru_cache(maxsize=1 << 10)
def line_rule(line: str) -> str | None:
    """Return the name of the rule for a whole line; ``None`` for a line somebody wrote."""
    if len(line) > MAX_RULED_LINE:
        return None
    found = _ANY_LINE_RULE.fullmatch(line)
    return LINE_RULES[int(str(found.lastgroup)[1:])].name if found else None


def is_list_title(line: str) -> bool:
    """Return whether a line is the title of a list of headlines ("Latest news")."""
    return _LIST_TITLE_LINE.fullmatch(line) is not None or line_rule(line) == "related articles"


def without_boilerplate(article: Article) -> Article:
    """Move the paragraphs nobody said to ``dropped``, with the names of their rules.

    When nothing states the date of publication, a date that stands alone at the end of the page
    becomes the evidence for an unknown date: it may be the day on which the page was saved. An
    article in which every paragraph falls under a rule is kept as it is. So is a recording:
    everything that is heard is said by somebody.
    """
    if any(paragraph.time is not None for paragraph in article.paragraphs):
        return article
    uncut = [line for p in article.paragraphs for line in _dated_lines(p)]
    paragraphs = [part for p in uncut for part in _cut_glued_list(p)]
    rules: list[str | None] = [line_rule(p.text) for p in paragraphs]
    for start, end in _dated_lists(paragraphs):
        rules[start:end] = ["list of dated headlines"] * (end - start)
    for number, paragraph in enumerate(paragraphs):
        if paragraph.linked and len(paragraph.text) < 200:
            rules[number] = rules[number] or "links"
    _mark_first_dates(paragraphs, rules)
    if article.published is None:
        _mark_last_date(paragraphs, rules)
    if not any(rule is None for rule in rules):
        return article
    kept = tuple(p for p, rule in zip(paragraphs, rules, strict=True) if rule is None)
    dropped = [Dropped(p.text, rule) for p, rule in zip(paragraphs, rules, strict=True) if rule]
    bylines = _bylines(paragraphs, rules)
    evidence = article.date_evidence
    if article.published is None and evidence is None:
        alone = next((d.text for d in reversed(dropped) if d.rule == "date line"), None)
        evidence = f"not used, may be the date of the page: {alone}" if alone else None
    return replace(
        article,
        paragraphs=kept,
        dropped=(*article.dropped, *dropped),
        date_evidence=evidence,
        byline=article.byline or next((_AFTER_BY.sub("", line) for line in bylines), None),
        bylines=(*bylines, *article.bylines),
    )


def _bylines(paragraphs: Sequence[Paragraph], rules: Sequence[str | None]) -> tuple[str, ...]:
    """Return the bylines above and below a text. One in between is that of a comment."""
    places = {*range(FIRST_LINES), len(paragraphs) - 1}
    return tuple(
        paragraph.text
        for number, (paragraph, rule) in enumerate(zip(paragraphs, rules, strict=True))
        if rule == "byline" and number in places
    )


def _dated_lines(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of a paragraph singly, if two or more of them are or end with dates."""
    lines = paragraph.text.split("\n")
    if sum(len(line) < 200 and ends_with_date(line) for line in lines) < 2:
        return [paragraph]
    return [replace(paragraph, text=line, bold=(), italic=()) for line in lines if line]


def _cut_glued_list(paragraph: Paragraph) -> list[Paragraph]:
    """Cut a paragraph before a list title that is glued to its last sentence."""
    found = _LIST_TITLE_GLUED.search(paragraph.text)
    if found is None or len(paragraph.text) - found.start() > 300:
        return [paragraph]
    cut = found.start()
    head = replace(
        paragraph,
        text=paragraph.text[:cut].rstrip(),
        bold=tuple((a, min(b, cut)) for a, b in paragraph.bold if a < cut),
        italic=tuple((a, min(b, cut)) for a, b in paragraph.italic if a < cut),
    )
    title = Paragraph(found.group().strip(), "heading")
    rest = Paragraph(paragraph.text[found.end() :].strip())
    return [p for p in (head, title, rest) if p.text]


def _dated_lists(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Return the beginnings and ends of lists of headlines with dates, two or more in each.

    A list title before it belongs to it, and so do the headlines after such a title.
    """
    lists: list[tuple[int, int]] = []
    index = 0
    while index < len(paragraphs):
        titled = is_list_title(paragraphs[index].text)
        end, dates = _list_end(paragraphs, index + titled)
        if dates >= 2 or (titled and (dates or _only_headlines(paragraphs[index + 1 :]))):
            lists.append((index, end if dates else len(paragraphs)))
            index = lists[-1][1]
        else:
            index += 1
    return lists


def _list_end(paragraphs: Sequence[Paragraph], start: int) -> tuple[int, int]:
    """Return the end of a list of headlines and dates, and its number of dates."""
    dates, undated, end = 0, 0, start
    dates_first = start < len(paragraphs) and is_date_line(paragraphs[start].text)
    for index in range(start, len(paragraphs)):
        text = paragraphs[index].text
        if is_date_line(text):
            if index and index == end and dates and not dates_first:
                break
            dates, undated, end = dates + 1, 0, index + 1
        elif _is_headline(text) and (_TIMED.match(text) or ends_with_date(text)):
            dates, undated, end = dates + 1, 0, index + 1
        elif not _is_headline(text) or undated == 1:
            break
        else:
            undated += 1
            end = index + 1 if dates_first else end
    return end, dates


def _is_headline(text: str) -> bool:
    if len(text) >= 200 or (len(text) > 80 and sentence_ends(text)) or not _WORD.search(text):
        return False
    return not _TURN.match(text) and (not ends_with_stop(text) or text.endswith("?"))


def _only_headlines(paragraphs: Sequence[Paragraph]) -> bool:
    return all(_is_headline(p.text) for p in paragraphs)


def _mark_first_dates(paragraphs: Sequence[Paragraph], rules: list[str | None]) -> None:
    """Mark dates that stand alone before the text begins."""
    for number, paragraph in enumerate(paragraphs[:3]):
        if rules[number] is None and is_date_line(paragraph.text):
            rules[number] = "date line"
        elif len(paragraph.text) > 120 or ends_with_stop(paragraph.text):
            return


def _mark_last_date(paragraphs: Sequence[Paragraph], rules: list[str | None]) -> None:
    """Mark a date that stands alone at the very end, after the text and all dropped lines."""
    last = max((n for n, rule in enumerate(rules) if rule is None), default=None)
    if last is not None and is_date_line(paragraphs[last].text):
        rules[last] = "date line"
