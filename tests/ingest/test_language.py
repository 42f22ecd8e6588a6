"""Which language an article is in, told by its text; what the page declares is weak evidence."""

from __future__ import annotations

import pytest

from indexer.ingest.language import PassageLanguages, language_of

SENTENCES = {
    "ar": "قال الوزير إن الممر سيبقى مغلقا حتى يعد المفتشون كل شاحنة.",
    "az": "Nazir dedi ki, müfəttişlər hər yük maşınını sayana qədər dəhliz bağlı qalacaq.",
    "be": "Міністр сказаў, што калідор застанецца закрытым, пакуль не палічаць кожную фуру.",
    "bg": "Министърът каза, че коридорът ще остане затворен, докато не преброят всеки камион.",
    "cs": "Ministr řekl, že koridor zůstane uzavřený, dokud inspektoři nespočítají každý vůz.",
    "de": "Der Minister sagte, der Korridor bleibe geschlossen, bis jeder Lastwagen gezählt sei.",
    "el": "Ο υπουργός είπε ότι ο διάδρομος θα μείνει κλειστός ώσπου να μετρηθεί κάθε φορτηγό.",
    "en": "The minister said that the corridor would stay closed until every truck was counted.",
    "es": "El ministro dijo que el corredor seguiría cerrado hasta que contaran cada camión.",
    "et": "Minister ütles, et koridor jääb suletuks, kuni inspektorid on iga veoauto lugenud.",
    "fa": "وزیر گفت که گذرگاه بسته می‌ماند تا بازرسان همه کامیون‌ها را بشمارند.",
    "fi": "Ministeri sanoi, että käytävä pysyy suljettuna, kunnes jokainen rekka on laskettu.",
    "fr": "Le ministre a dit que le corridor resterait fermé jusqu'à ce qu'on compte les camions.",
    "he": "השר אמר שהמסדרון יישאר סגור עד שהפקחים יספרו כל משאית.",
    "hu": "A miniszter azt mondta, hogy a folyosó zárva marad, amíg meg nem számolják a kocsikat.",
    "hy": "Նախարարն ասաց, որ միջանցքը փակ կմնա, մինչև տեսուչները հաշվեն ամեն մի բեռնատար։",
    "it": "Il ministro ha detto che il corridoio resterà chiuso finché non si conterà ogni camion.",
    "ja": "大臣は、検査官がすべてのトラックを数えるまで回廊は閉鎖されたままだと述べた。",
    "ka": "მინისტრმა თქვა, რომ დერეფანი დაკეტილი დარჩება, სანამ ყველა მანქანას არ დათვლიან.",
    "km": "រដ្ឋមន្ត្រីបាននិយាយថាផ្លូវនៅតែបិទរហូតដល់រាប់ឡានគ្រប់គ្រឿង។",
    "ko": "장관은 검사관들이 모든 트럭을 셀 때까지 회랑이 닫혀 있을 것이라고 말했다.",
    "lo": "ລັດຖະມົນຕີກ່າວວ່າທາງຜ່ານຈະຍັງປິດຢູ່ຈົນກວ່າຈະນັບລົດທຸກຄັນ",
    "lt": "Ministras sakė, kad koridorius liks uždarytas, kol bus suskaičiuoti visi vilkikai.",
    "mk": "Министерот рече дека коридорот ќе остане затворен додека не го избројат секој камион.",
    "my": "ကားအားလုံးကို ရေတွက်ပြီးသည်အထိ လမ်းပိတ်ထားမည်ဟု ဝန်ကြီးက ပြောသည်။",
    "nl": "De minister zei dat de corridor gesloten blijft totdat elke vrachtwagen is geteld.",
    "pl": "Minister powiedział, że korytarz pozostanie zamknięty, dopóki nie policzą ciężarówek.",
    "pt": "O ministro disse que o corredor ficaria fechado até que contassem todos os caminhões.",
    "ro": "Ministrul a spus că coridorul va rămâne închis până când vor număra fiecare camion.",
    "ru": "Министр сказал, что коридор останется закрытым, пока не пересчитают каждый грузовик.",
    "sr": "Министар је рекао да ће коридор остати затворен док не преброје сваки камион.",
    "sv": "Ministern sade att korridoren förblir stängd tills inspektörerna har räknat varje bil.",
    "th": "รัฐมนตรีกล่าวว่าทางผ่านจะยังคงปิดจนกว่าเจ้าหน้าที่จะนับรถบรรทุกครบทุกคัน",
    "tr": "Bakan, müfettişler her kamyonu sayana kadar koridorun kapalı kalacağını söyledi.",
    "uk": "Міністр сказав, що коридор залишиться закритим, доки не порахують кожну вантажівку.",
    "zh": "部长说，在检查员清点完每一辆卡车之前，走廊将继续关闭。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_tells_its_language(language: str) -> None:
    assert language_of([SENTENCES[language]]) == language


@pytest.mark.parametrize("language", SENTENCES)
def test_the_text_wins_over_what_the_page_declares(language: str) -> None:
    declared = "hy" if language != "hy" else "en-US"
    assert language_of([SENTENCES[language]] * 3, declared) == language


@pytest.mark.parametrize("language", ["ja", "zh", "en"])
def test_long_texts_are_told_with_and_without_spaces(language: str) -> None:
    assert language_of([SENTENCES[language]] * 40) == language


@pytest.mark.parametrize("text", ["", "…", "2024-05-03", "Yes.", "Nara Velidze, Ilven"])
def test_a_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert language_of([text]) is None


def test_of_a_short_text_the_declared_language_may_decide() -> None:
    short = "Ministar je otišao."
    assert language_of([short]) is None
    assert language_of([short], "sr-Latn") == "sr"


@pytest.mark.parametrize("declared", ["", "x", "English", "xx", "  "])
def test_a_declaration_that_is_none_is_no_evidence(declared: str) -> None:
    assert language_of([SENTENCES["en"]], declared) == "en"


def test_a_text_in_two_scripts_has_no_language() -> None:
    assert language_of([SENTENCES["hy"], SENTENCES["ru"]]) is None


def test_a_text_half_in_one_language_and_half_in_another_has_none() -> None:
    assert language_of([SENTENCES["en"] * 4, SENTENCES["fr"] * 4]) is None


def test_names_in_other_letters_do_not_hide_the_language() -> None:
    assert language_of([f"{SENTENCES['hy']} (Velidze, Ilven)"]) == "hy"


def test_a_passage_in_another_language_than_its_article_has_its_own() -> None:
    english, german, russian = (SENTENCES[code] * 3 for code in ("en", "de", "ru"))
    languages = PassageLanguages([english, english, german, russian], "en")
    assert [languages.of(text) for text in (english, german, russian)] == ["en", "de", "ru"]


def test_a_short_passage_has_the_language_of_its_article() -> None:
    languages = PassageLanguages([SENTENCES["en"]], "en")
    assert languages.of("Jawohl, Herr Minister.") == "en"


def test_the_passages_of_an_article_in_several_languages_have_theirs() -> None:
    texts = [SENTENCES[code] * 3 for code in ("fr", "nl")]
    assert [PassageLanguages(texts, None).of(text) for text in texts] == ["fr", "nl"]
