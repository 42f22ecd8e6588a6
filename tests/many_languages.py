"""Invented interviews in several languages, for tests of pages and of the help."""

from __future__ import annotations

from typing import NamedTuple

from conftest import CorpusFolder


class Interview(NamedTuple):
    """An interview of questions and answers; a search for ``searched`` marks ``marked`` in it."""

    title: str
    speaker: str
    outlet: str
    turns: tuple[tuple[str, str], ...]
    searched: str
    marked: str


INTERVIEWS = {
    "ar": Interview(
        "الضباب في الميناء القديم",
        "سلمى حداد",
        "صحيفة المنارة",
        (
            (
                "متى ينقشع الضباب عن الميناء؟",
                "الضباب يغطي الميناء منذ ثلاثة أيام، ولا أحد من البحارة يعرف متى ينقشع. لقد"
                " طلبنا من الحكومة مصباحا جديدا للمنارة، ووعدنا الوزير بأن يصل قبل الشتاء.",
            ),
            (
                "ومن يدفع ثمن المصباح الجديد؟",
                "المدينة تدفع نصف الثمن، والصيادون يدفعون النصف الآخر. الميناء لنا جميعا،"
                " والمصباح لنا جميعا أيضا، ولا نريد أن تبقى السفن بعيدة عن الشاطئ.",
            ),
        ),
        "الميناء",
        "الميناء",
    ),
    "he": Interview(
        "הערפל בנמל הישן",
        "נועה ברקאי",
        "עיתון המגדלור",
        (
            (
                "מתי יתפזר הערפל מעל הנמל?",
                "הערפל מכסה את הנמל כבר שלושה ימים, ואף מלח אינו יודע מתי יתפזר. ביקשנו"
                " מהממשלה מנורה חדשה למגדלור, והשר הבטיח שהיא תגיע לפני החורף.",
            ),
            (
                "ומי משלם על המנורה החדשה?",
                "העירייה משלמת חצי מהמחיר, והדייגים משלמים את החצי השני. הנמל שייך לכולנו,"
                " וגם המנורה שייכת לכולנו, ואיננו רוצים שהאוניות יישארו רחוק מן החוף.",
            ),
        ),
        "הנמל",
        "הנמל",
    ),
    "ja": Interview(
        "古い港の霧と灯台について市長に聞く",
        "森川葵",
        "灯台新聞",
        (
            (
                "港の霧はいつ晴れますか。",
                "霧はもう三日間も港を覆っていて、いつ晴れるのか船員の誰にもわかりません。"
                "私たちは政府に灯台の新しいランプを求め、大臣は冬が来る前に届けると約束し"
                "ました。",
            ),
            (
                "新しいランプの費用は誰が払いますか。",
                "市が費用の半分を払い、漁師たちが残りの半分を払います。港は私たち全員のも"
                "のであり、灯台もまた全員のものですから、船が岸から離れたままでいることは"
                "望みません。",
            ),
        ),
        "灯台",
        "灯台",
    ),
    "th": Interview(
        "หมอกในท่าเรือเก่า",
        "มาลี ใจดี",
        "หนังสือพิมพ์ประภาคาร",
        (
            (
                "หมอกที่ท่าเรือจะหายไปเมื่อไร",
                "หมอกปกคลุมท่าเรือมาสามวันแล้วและไม่มีลูกเรือคนใดรู้ว่าจะหายไปเมื่อ"
                "ไรเราได้ขอโคมไฟใหม่สำหรับประภาคารจากรัฐบาลและรัฐมนตรีสัญญาว่าจะส่ง"
                "มาถึงก่อนฤดูหนาว",
            ),
            (
                "ใครเป็นคนจ่ายค่าโคมไฟใหม่",
                "เมืองจ่ายครึ่งหนึ่งและชาวประมงจ่ายอีกครึ่งหนึ่งท่าเรือเป็นของพวกเร"
                "าทุกคนและประภาคารก็เป็นของพวกเราทุกคนเช่นกันเราไม่ต้องการให้เรืออย"
                "ู่ห่างจากฝั่ง",
            ),
        ),
        "ท่าเรือ",
        "ท่าเรือ",
    ),
    "de": Interview(
        "Die Hafenverwaltungsvorschriften und der Nebel",
        "Ilse Brandt",
        "Leuchtturm-Anzeiger",
        (
            (
                "Wann löst sich der Nebel über dem Hafen auf?",
                "Der Nebel liegt seit drei Tagen über dem Hafen, und niemand weiß, wann er"
                " sich auflöst. Wir haben die Regierung um eine neue Lampe für den"
                " Leuchtturm gebeten, und die Schifffahrtsaufsichtsbehörde hat sie uns vor"
                " dem Winter versprochen.",
            ),
            (
                "Und wer bezahlt die neue Lampe?",
                "Die Stadt bezahlt die eine Hälfte, die Fischer bezahlen die andere. Der"
                " Hafen gehört uns allen, und auch die Lampe gehört uns allen; wir wollen"
                " nicht, dass die Schiffe vor der Küste warten. Andere Regierungen haben"
                " das längst begriffen.",
            ),
        ),
        "Regierungen",
        "Regierung",
    ),
    "en": Interview(
        "The fog and the lamp of the old harbour",
        "Ada Lind",
        "Harbour Gazette",
        (
            (
                "When will the fog over the harbour lift?",
                "The fog has covered the harbour for three days, and no sailor knows when"
                " it will lift. We asked the government for a new lamp for the lighthouse,"
                " and the minister promised it before the winter.",
            ),
            (
                "And who pays for the new lamp?",
                "The city pays one half, and the fishermen pay the other half. The harbour"
                " belongs to all of us, and so does the lamp; we do not want ships to wait"
                " off the coast.",
            ),
        ),
        "harbour",
        "harbour",
    ),
}
"""Interviews by the language of their texts."""


def write_interviews(corpus: CorpusFolder, *languages: str) -> None:
    """Write the interviews of some languages as Markdown, one file each."""
    for language in languages:
        one = INTERVIEWS[language]
        turns = (f"**{asked}**\n\n**{one.speaker}:** {said}\n" for asked, said in one.turns)
        head = f"title: {one.title}\noutlet: {one.outlet}\ndate: 2025-05-03"
        corpus.write(f"{language}.md", f"---\n{head}\n---\n\n" + "\n".join(turns))


def write_english_interview_with_an_arabic_answer(corpus: CorpusFolder) -> None:
    """Write an interview in English of which one long answer is in Arabic."""
    english, arabic = INTERVIEWS["en"], INTERVIEWS["ar"]
    in_arabic = " ".join(said for _, said in arabic.turns)
    in_english = " ".join(said for _, said in english.turns)
    answers = (in_english, in_arabic, f"{in_english} {in_english}")
    turns = (f"**What of it, {n}?**\n\n**Ada Lind:** {said}\n" for n, said in enumerate(answers, 1))
    corpus.write("mixed.md", "---\ntitle: A lamp in two languages\n---\n\n" + "\n".join(turns))
