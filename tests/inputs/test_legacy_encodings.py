"""Encodings of old: short lists of many languages are read rightly or asked about, and never as other letters."""

import unicodedata

import pytest

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.legacy_encodings import Guess, recognised

FRUIT_AND_TOOLS = {
    "Russian": (
        "яблоко груша слива банан лимон вишня молоток пила дрель гвоздь лопата топор",
        ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    ),
    "Ukrainian": ("яблуко груша слива лимон вишня молоток пилка цвях лопата сокира кліщі", ("cp1251", "koi8-u")),
    "Bulgarian": ("ябълка круша слива лимон череша чук трион пирон лопата брадва", ("cp1251",)),
    "Greek": ("μήλο αχλάδι δαμάσκηνο λεμόνι σταφύλι σφυρί πριόνι καρφί φτυάρι", ("cp1253", "iso8859-7")),
    "Arabic": ("تفاح موز برتقال عنب ليمون مطرقة منشار مثقاب مسمار فأس", ("cp1256",)),
    "Hebrew": ("תפוח אגס שזיף בננה לימון פטיש מסור מקדחה מברג מסמר", ("cp1255",)),
    "Turkish": ("elma armut üzüm kiraz çekiç çivi kürek ışık şişman ağır", ("cp1254",)),
    "Chinese": ("苹果 梨 李子 香蕉 柠檬 橙子 葡萄 锤子 锯子 钻头 钉子 铲子 斧头", ("gb18030",)),
    "Chinese, traditional": ("蘋果 梨子 李子 香蕉 檸檬 柳橙 葡萄 錘子 鋸子 鑽頭 釘子 鏟子", ("big5",)),
    "Japanese": ("りんご 梨 すもも バナナ レモン みかん ハンマー のこぎり 釘 斧", ("cp932", "euc-jp")),
    "Korean": ("사과 배 자두 바나나 레몬 오렌지 망치 톱 드릴 못 도끼 집게", ("cp949",)),
    "Thai": ("แอปเปิล กล้วย ส้ม มะม่วง องุ่น มะนาว ค้อน เลื่อย สว่าน ตะปู", ("cp874",)),
    "German": ("äpfel birne pflaume nüsse löwe hammer säge bohrer größe", ("cp1252", "mac-roman", "cp850")),
    "French": ("pêche pomme poire crème forêt règle clé étau marteau hache", ("cp1252",)),
    "Spanish": ("plátano limón melocotón piña manzana pera martillo sierra", ("cp1252",)),
    "Portuguese": ("maçã pêra limão pêssego uva formão prego pá machado", ("cp1252",)),
    "Swedish": ("äpple päron plommon körsbär hammare såg tång spik", ("cp1252",)),
    "Danish": ("æble pære blomme kirsebær sav bor skruetrækker søm økse", ("cp1252",)),
    "Polish": ("jabłko gruszka śliwka brzoskwinia wiśnia młotek wiertło gwóźdź", ("cp1250", "iso8859-2")),
    "Czech": ("jablko hruška švestka pomeranč třešeň kladivo vrtačka hřebík kleště", ("cp1250", "iso8859-2")),
    "Hungarian": ("alma körte szőlő cseresznye kalapács fűrész fúró szög ásó", ("cp1250", "iso8859-2")),
    "Lithuanian": ("obuolys kriaušė slyva vyšnia plaktukas pjūklas grąžtas žnyplės", ("cp1257",)),
}
WRITTEN = [(name, words, encoding) for name, (words, encodings) in FRUIT_AND_TOOLS.items() for encoding in encodings]


OLD_COMPUTERS = {
    "Polish": ("jabłko śliwka brzoskwinia wiśnia młotek wiertło gwóźdź łóżko książka ołówek", ("cp852", "mac-latin2")),
    "Czech": ("hruška švestka třešeň hřebík kleště kočka kůň kráva liška medvěd", ("cp852", "mac-latin2")),
    "Hungarian": ("szőlő körte kalapács fűrész fúró szög ásó hűtő tükör bőr gyűrű", ("cp852", "mac-latin2")),
    "Croatian": (
        "kruška šljiva trešnja čekić bušilica čavao mačka kuća žaba kornjača",
        ("cp1250", "cp852", "mac-latin2"),
    ),
    "Turkish": ("üzüm çekiç çivi kürek ışık şişman ağır köpek ördek tavşan ayı", ("cp857", "mac-turkish")),
    "Russian": ("яблоко груша слива банан лимон вишня молоток пила дрель гвоздь", ("mac-cyrillic",)),
    "Ukrainian": ("яблуко лимон вишня молоток пилка цвях лопата сокира кліщі їжак", ("cp1125", "mac-cyrillic")),
    "Greek": ("μήλο αχλάδι δαμάσκηνο λεμόνι σταφύλι σφυρί πριόνι καρφί", ("cp737", "mac-greek")),
    "Arabic": ("تفاح موز برتقال عنب ليمون مطرقة منشار مثقاب مسمار", ("iso8859-6",)),
    "Hebrew": ("תפוח אגס שזיף בננה לימון פטיש מסור מקדחה מברג", ("cp862",)),
    "Icelandic": ("plóma hamar sög þorp borð fiðrildi mús æð köttur önd kýr", ("cp861",)),
    "Italian": ("città università virtù perché caffè papà lunedì più però", ("cp850", "mac-roman")),
}
OLD = [(words, encoding) for words, encodings in OLD_COMPUTERS.values() for encoding in encodings]


def lists_of(words: str) -> list[str]:
    """The words as people keep them, all of them and the first few."""
    several = words.split()
    half = len(several) // 2
    return [
        "category,word\r\n" + "".join(f"{'a' if at < half else 'b'},{word}\r\n" for at, word in enumerate(several)),
        f"{', '.join(several[:half])}\n{', '.join(several[half:])}\n",
        "\n".join(several[:half]),
        several[0],
    ]


def is_western(text: str) -> bool:
    return all(unicodedata.name(letter).startswith("LATIN") for letter in text if letter.isalpha())


@pytest.mark.parametrize(("language", "words", "encoding"), WRITTEN)
def test_a_list_is_read_rightly(language: str, words: str, encoding: str) -> None:
    for text in lists_of(words)[:2]:
        data = text.encode(encoding)
        assert data.decode(recognised(data).encoding) == text


@pytest.mark.parametrize(("language", "words", "encoding"), WRITTEN)
def test_a_very_short_list_is_read_rightly_or_asked_about(language: str, words: str, encoding: str) -> None:
    for text in lists_of(words):
        data = text.encode(encoding)
        found = recognised(data).encoding
        read = data.decode(found) if found else text
        assert read == text or (is_western(text) and is_western(read))  # which accents can be too few to tell


@pytest.mark.parametrize(("words", "encoding"), OLD)
def test_what_computers_of_old_wrote_is_never_read_as_other_letters(words: str, encoding: str) -> None:
    for text in lists_of(words)[:3]:
        data = text.encode(encoding)
        guess = recognised(data)
        assert guess.candidates or data.decode(guess.encoding) == text


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("naïve idea – “really”, café", "cp1252"), ("Käse, Brötchen, crème, jalapeño, Müsli", "cp1252")],
)
def test_western_letters_of_several_languages_go_on_being_read(words: str, encoding: str) -> None:
    assert recognised(words.encode(encoding)).encoding == encoding


@pytest.mark.parametrize(("words", "encoding"), [("水", "gb18030"), ("ί, ώ", "cp1253"), ("да", "koi8-r")])
def test_too_few_letters_leave_a_doubt(words: str, encoding: str) -> None:
    guess = recognised(words.encode(encoding))
    assert not guess.encoding
    assert guess.candidates


def test_letters_after_a_long_beginning_without_any_are_found() -> None:
    data = b"a plain line of English\n" * 10_000 + "яблоко и груша и слива\n".encode("cp1251") * 20
    assert recognised(data).encoding == "cp1251"


def test_of_a_long_text_only_a_part_is_looked_at() -> None:
    line = "Съешь ещё этих мягких булок\n".encode("cp1251")
    assert recognised(line * 1_000 + b"\x98" * 100_000).encoding == "cp1251"
    with pytest.raises(InputError, match="byte 28,001 is no character of it"):
        decode(line * 1_000 + b"\x98", "text", 1_000_000)


def test_plain_ascii_is_no_encoding_of_old() -> None:
    assert recognised(b"apple") == Guess("")


def test_a_few_accents_are_no_letters_of_two_bytes() -> None:
    guess = recognised("żółw, żółw".encode("cp1250"))
    assert guess.encoding == ""
    assert "cp1250" in guess.candidates
