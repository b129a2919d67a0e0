"""Which encoding wrote bytes that are not UTF-8: chardet proposes, and the words that come out must be words.

A wrong encoding shows: Cyrillic read as Western letters gives words of accents only, Chinese read as Korean gives
words of two scripts, Czech read as French gives letters that no one language has side by side.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from catsel_core.inputs.alphabets import ALPHABETS, LANGUAGES
from catsel_core.language import mark, tr

TITLES = {
    "cp1252": mark("Windows-1252 (Western European)"),
    "cp1250": mark("Windows-1250 (Central European)"),
    "cp1251": mark("Windows-1251 (Cyrillic)"),
    "cp1253": mark("Windows-1253 (Greek)"),
    "cp1254": mark("Windows-1254 (Turkish)"),
    "cp1255": mark("Windows-1255 (Hebrew)"),
    "cp1256": mark("Windows-1256 (Arabic)"),
    "cp1257": mark("Windows-1257 (Baltic)"),
    "cp1258": mark("Windows-1258 (Vietnamese)"),
    "gb18030": mark("GB18030 (simplified Chinese, also GBK and GB2312)"),
    "big5hkscs": mark("Big5 (traditional Chinese)"),
    "cp932": mark("Shift-JIS (Japanese)"),
    "euc_jis_2004": mark("EUC-JP (Japanese)"),
    "cp949": mark("EUC-KR (Korean)"),
    "cp874": mark("Windows-874 (Thai)"),
    "koi8-r": mark("KOI8-R (Russian)"),
    "koi8-u": mark("KOI8-U (Ukrainian)"),
    "cp866": mark("DOS 866 (Cyrillic)"),
    "cp1125": mark("DOS 1125 (Ukrainian)"),
    "mac-cyrillic": mark("Mac Cyrillic"),
    "iso8859-2": mark("ISO-8859-2 (Central European)"),
    "iso8859-5": mark("ISO-8859-5 (Cyrillic)"),
    "iso8859-6": mark("ISO-8859-6 (Arabic)"),
    "iso8859-7": mark("ISO-8859-7 (Greek)"),
    "mac-greek": mark("Mac Greek"),
    "cp737": mark("DOS 737 (Greek)"),
    "cp862": mark("DOS 862 (Hebrew)"),
    "iso8859-15": mark("ISO-8859-15 (Western European)"),
    "mac-roman": mark("Mac Roman (Western European)"),
    "cp850": mark("DOS 850 (Western European)"),
    "cp852": mark("DOS 852 (Central European)"),
    "mac-latin2": mark("Mac Central European"),
    "cp857": mark("DOS 857 (Turkish)"),
    "cp861": mark("DOS 861 (Icelandic)"),
    "mac-turkish": mark("Mac Turkish"),
    "utf-16-le": mark("UTF-16 without a mark, little-endian"),
    "utf-16-be": mark("UTF-16 without a mark, big-endian"),
}
"""What is looked for, by Python's name, and what it is called in English."""

_SAMPLE = 20_000  # bytes that are looked at
_MOST_ODD = 0.15  # of the words with letters beyond a-z
_FEWEST_LETTERS = 4  # beyond a-z that tell one script from another
_FEWEST_OF_TWO_BYTES = 6  # different ones: two bytes beyond ASCII are some letter of such an encoding by chance
_OF_TWO_BYTES = {"gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949"}
_WESTERN = 1.5  # times as likely is Windows-1252 as chardet holds it
_CLEARLY = 1.25  # times as likely as the next, to be certain
_CLEARLY_OF_TWO_BYTES = 1.75  # where almost any two bytes are some letter
_ABOUT = 1.2  # times as likely at most is as good as equally likely
_SELDOM = 0.75  # times as likely as chardet holds it is what only old computers wrote
_FAR_BEHIND = 0.25  # of the likelihood of a reading that cannot be: too little to be certain of another one
_MOST_NAMED = 2

_TOKEN = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f\s])+")
_EDGES = "“”‘’„‚«»‹›…–—•™®©°¡¿€£´\xa0\xad\ufeff"
_JOINTS = re.compile("[’‘–—\xad\xa0]")
_OUT_OF_PLACE = re.compile("(?<=[^\\W\\d_])[‚„•¡¿]")  # behind a letter: these begin something
_ASCII_LETTER = re.compile("[A-Za-z]")
_LETTERS_ASIDE = re.compile(r"^[A-Z]{1,2}(?=[\u3040-\U0003ffff]+$)|(?<=[\u3040-\U0003ffff])[A-Z]{1,2}$")  # T恤, 卡拉OK
_SELDOM_SEEN = {"mac-greek"}
_EVERY_DAY = {"gb18030": "gb2312", "cp949": "euc_kr"}
_EAST = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding by Python's name, or empty and what it may be, likeliest first."""

    encoding: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sample read in one encoding, and what speaks against it.

    likelihood: what chardet gives it.
    odd: part of the words beyond a-z that hardly any language writes.
    foreign: words beyond a-z that no single language can write, of those that the encoding was made for.
    letters: how many there are beyond a-z.
    different: how many different ones.
    """

    encoding: str
    likelihood: float
    text: str
    odd: float
    foreign: int
    letters: int
    different: int
    is_latin: bool

    @property
    def objections(self) -> tuple[float, int]:
        """What speaks against it; the least of it is best."""
        return self.odd, self.foreign

    @property
    def has_enough(self) -> bool:
        """Whether there are letters enough to tell one script from another."""
        if self.encoding in _OF_TWO_BYTES:
            return self.different >= _FEWEST_OF_TWO_BYTES
        return self.letters >= _FEWEST_LETTERS


def title_of(encoding: str) -> str:
    """What an encoding is called."""
    return tr(TITLES[encoding]) if encoding in TITLES else encoding


def recognised(data: bytes) -> Guess:
    """The encoding of bytes that are not UTF-8, if it is certain."""
    sample = _sample(data)
    readings = _readings(sample) if sample else []
    sound = [reading for reading in readings if reading.odd <= _MOST_ODD]
    if sound and sound[0].is_latin:
        # Encodings of Latin letters differ in few of them: the one whose words its language can write.
        sound = sorted((reading for reading in sound if reading.is_latin), key=_doubt)
    if not sound:
        return Guess("", tuple(reading.encoding for reading in readings[:_MOST_NAMED]))
    best = sound[0]
    rivals = [reading for reading in sound if reading.text != best.text]
    if _is_certain(best, rivals, max(reading.likelihood for reading in readings)):
        same = {reading.encoding for reading in sound if reading.text == best.text}
        return Guess(next(encoding for encoding in TITLES if encoding in same))  # the best known of them
    return Guess("", tuple(reading.encoding for reading in (best, *rivals)[:_MOST_NAMED]))


def _is_certain(best: _Reading, rivals: Sequence[_Reading], likeliest: float) -> bool:
    """Whether to read it so; Western letters, which most such files have, need the least to be believed."""
    as_good = max((rival.likelihood for rival in rivals if rival.objections <= best.objections), default=0.0)
    if best.is_latin and (best.encoding == "cp1252" or not rivals):
        return _ABOUT * best.likelihood >= as_good
    if best.is_latin:
        return best.has_enough and (best.foreign == 0 or best.objections < rivals[0].objections)
    ahead = _CLEARLY_OF_TWO_BYTES if best.encoding in _OF_TWO_BYTES else _CLEARLY
    return best.has_enough and best.likelihood > max(ahead * as_good, _FAR_BEHIND * likeliest)


def _sample(data: bytes) -> bytes:
    """The first lines with characters beyond ASCII; of UTF-16, which is full of NUL bytes, the beginning."""
    if b"\0" in data:
        return data[:_SAMPLE]
    lines = (line for line in data.splitlines(keepends=True) if not line.isascii())
    return b"".join(islice(lines, _SAMPLE))[:_SAMPLE]


def _readings(sample: bytes) -> list[_Reading]:
    """The sample in every encoding that fits, likeliest first."""
    import chardet  # brings its models along; files that need it are few

    found = chardet.detect_all(sample, ignore_threshold=True, include_encodings=TITLES, compat_names=False)
    made: list[_Reading] = []
    for proposal in found:
        name = proposal["encoding"]
        text = _whole_characters(sample, name) if name in TITLES else None
        if name and text is not None:
            made.append(_looked_at(name, proposal["confidence"], text))
    return sorted(made, key=lambda reading: -reading.likelihood)


def _whole_characters(sample: bytes, encoding: str) -> str | None:
    """The text of a sample, whose last character may be cut; None if it is in another encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return None


def _looked_at(encoding: str, likelihood: float, text: str) -> _Reading:
    tokens = [token for token in _TOKEN.findall(text) if not token.isascii()]
    letters = [c for token in tokens for c in token if c > "\x7f" and c.isalpha()]
    beyond = Counter(map(_script, letters))
    is_latin = beyond.most_common(1) in ([], [("LATIN", beyond["LATIN"])])
    words = [word for token in tokens for word in _words_of(token, is_latin)]
    odd_ones = sum(_is_odd(word, encoding, is_latin) for word in words)
    if is_latin:
        odd_ones += len(_OUT_OF_PLACE.findall(text))
    odd = min(1.0, odd_ones / max(1, len(words)))
    if is_latin and words and not any(map(_ASCII_LETTER.search, words)):
        odd = 1.0  # single accents and nothing else
    alphabets = [ALPHABETS[language] for language in LANGUAGES.get(encoding, ())]
    foreign = min((sum(not _special(word) <= a for word in words) for a in alphabets), default=0)
    likelihood *= _SELDOM if encoding in _SELDOM_SEEN else 1
    return _Reading(encoding, likelihood, text, odd, foreign, len(letters), len(set(letters)), is_latin)


def _doubt(reading: _Reading) -> tuple[float, int, float]:
    """The least of it for the encoding to choose among those of Latin letters; most files of all are Windows-1252."""
    weight = _WESTERN if reading.encoding == "cp1252" else 1
    return *reading.objections, -weight * reading.likelihood


def _words_of(token: str, is_latin: bool) -> Sequence[str]:
    """The words in a run without spaces: Latin ones without typographic marks, others between punctuation."""
    if is_latin:
        return [word for word in _JOINTS.split(token.strip(_EDGES)) if not word.isascii()]
    marked = "".join(" " if unicodedata.category(c)[0] == "P" else c for c in token)
    return [word for word in marked.split() if not word.isascii()]


def _is_odd(word: str, encoding: str, is_latin: bool) -> bool:
    """Whether hardly any language writes such a word."""
    if any(before.islower() and after.isupper() for before, after in pairwise(word)):
        return True
    if is_latin:
        # Accents only, or letters that no alphabet has side by side.
        return (len(word) > 1 and not _ASCII_LETTER.search(word)) or not any(
            _special(word) <= a for a in ALPHABETS.values()
        )
    return len(set(map(_script, _LETTERS_ASIDE.sub("", word)))) > 1 or not _is_usual(word, encoding)


def _special(word: str) -> frozenset[str]:
    """Its characters beyond a-z, in small letters."""
    return frozenset(character for character in word.lower() if character > "\x7f")


def _script(character: str) -> str:
    """``GREEK``; the writing of Japanese and Chinese is one; what is no letter or mark is a script of its own."""
    if character.isascii():
        return "ASCII"
    if unicodedata.category(character)[0] not in "LM":
        return "NONE"
    name = unicodedata.name(character, "NONE").split()[0]
    return "EAST" if name in _EAST else name


def _is_usual(word: str, encoding: str) -> bool:
    """Whether the characters are among those that the language uses every day, where there are many more."""
    if encoding == "cp949" and "EAST" in map(_script, word):
        return False
    try:
        encoded = word.encode(_EVERY_DAY.get(encoding, encoding))
    except UnicodeEncodeError:
        return False
    if encoding in ("cp932", "euc_jis_2004") and not _has_kana(word):
        encoded = word.encode("euc_jis_2004", "replace")
        return all(lead < 0xD0 for lead in encoded[::2])  # the 2,965 characters of JIS level 1
    return encoding != "big5hkscs" or all(lead < 0xC9 for lead in encoded[::2])


def _has_kana(word: str) -> bool:
    return any("\u3040" <= character <= "\u30ff" for character in word)
