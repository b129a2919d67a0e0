"""What columns are called in files of words and of sentences, in several languages, and which of them is which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import listed, shortened
from catsel_core.language import tr

Names = Mapping[str, frozenset[str]]
"""Names that a column may have, in small letters, by what it has in it."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CATEGORY = _names(
    "category categories group groups class classes label labels type types concept concepts topic topics theme "
    "cluster kategorie kategorien gruppe gruppen klasse klassen oberbegriff thema catégorie categorie "
    "catégories groupe groupes classe thème categoría categoria categorías grupo grupos clase tema gruppo gruppi "
    "kategori grupp kategoria kategória skupina категория категории категорія группа група класс κατηγορία ομάδα "
    "kategoriler grup 类别 分类 类 组 類別 分類 類 組 カテゴリ カテゴリー グループ 범주 분류 카테고리 "
    "فئة فئات مجموعة קטגוריה קבוצה"
)
_WORD = _names(
    "word words item items term terms token tokens stimulus stimuli example examples exemplar exemplars lemma "
    "wort wörter woerter begriff begriffe beispiel mot mots exemple terme palabra palabras ejemplo "
    "término parola parole esempio palavra palavras exemplo ord ordet woord woorden słowo slowo słowa slovo slova sana "
    "szó cuvânt слово слова λέξη λέξεις kelime kelimeler sözcük 词 词语 单词 词汇 字 詞 詞語 單詞 単語 言葉 語 단어 "
    "낱말 كلمة كلمات מילה מילים"
)
_COLOR = _names("color colour farbe couleur colore cor kleur färg цвет 颜色 顏色 色")
_SENSE = _CATEGORY | _names(
    "sense senses meaning meanings bedeutung sinn sens significado senso смысл значение 意味 词义"
)
_TEXT = _names(
    "text texts sentence sentences context contexts phrase phrases satz sätze saetze frase frases oración oracion "
    "texte testo texto tekst zin zdanie věta предложение текст фраза 句子 文 文章 例文 문장 جملة משפט"
)
_TARGET = _WORD | _names("target targets keyword spelling zielwort ziel cible objetivo")

WORD_COLUMNS: Names = {"category": _CATEGORY, "word": _WORD, "color": _COLOR}
"""Of a list of words; the colour may be missing."""

SENTENCE_COLUMNS: Names = {"group": _SENSE, "text": _TEXT, "target": _TARGET}
"""Of a list of sentences."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column has what in it.

    places: numbers of the columns, from 0, by what they have in them.
    remarks: which names stood for which, and which columns are not used.
    """

    places: Mapping[str, int]
    remarks: tuple[str, ...]


def named_places(names: Sequence[str], known: Names) -> dict[str, int]:
    """Numbers of the columns whose names are known, by what they have in them; the exact name comes first.

    Raises:
        InputError: if several columns could be the same.
    """
    places: dict[str, int] = {}
    for what, aliases in known.items():
        exact = [at for at, name in enumerate(names) if name == what]
        found = exact or [at for at, name in enumerate(names) if name in aliases and name not in known]
        if len(found) > 1:
            raise InputError(
                tr(
                    "Several columns could be the {what}: {columns}. Call one of them “{what}”.",
                    what=what,
                    columns=listed(names[at] for at in found),
                )
            )
        if found:
            places[what] = found[0]
    return places


def with_remarks(places: Mapping[str, int], names: Sequence[str]) -> Columns:
    """The columns, with what is to be said about their names and about those that are left out."""
    renamed = [f"{shortened(names[at])} → {what}" for what, at in places.items() if names[at] != what]
    left = [shortened(name) for at, name in enumerate(names) if name and at not in places.values()]
    return Columns(
        places,
        (
            *([tr("columns {renamed}", renamed=", ".join(renamed))] if renamed else []),
            *([tr("columns left out: {columns}", columns=listed(left))] if left else []),
        ),
    )
