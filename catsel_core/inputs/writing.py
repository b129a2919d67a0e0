"""Writing of any language: composed letters, whole characters, words without spaces between them, right to left."""

import re
import unicodedata

from catsel_core.inputs.word_lists import in_word

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u309f\U0001b001-\U0001b11f"
_KATAKANA = "\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_SOUTH_EAST_ASIA = (
    "\u0e00-\u0e7f",  # Thai
    "\u0e80-\u0eff",  # Lao
    "\u1780-\u17ff\u19e0-\u19ff",  # Khmer
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",  # Burmese
    "\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf",  # Tai Le, New Tai Lue, Tai Tham, Tai Viet
    "\ua980-\ua9df\u1b00-\u1b7f",  # Javanese, Balinese
)
_OTHERS = "\u0f00-\u0fff\u3100-\u312f\u31a0-\u31bf\ua000-\ua4cf"  # Tibetan, Bopomofo, Yi

_UNSPACED = re.compile(f"[{_HAN}{_HIRAGANA}{_KATAKANA}{''.join(_SOUTH_EAST_ASIA)}{_OTHERS}]")

RUNS_OF_A_SCRIPT = re.compile("|".join(f"[{script}]{{2,}}" for script in (_HAN, _KATAKANA, *_SOUTH_EAST_ASIA)))
"""Stretches in which words can be looked for; in hiragana alone, Japanese writes mostly what is grammar."""

_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"  # Hebrew, Arabic and others
)
_RIGHT_TO_LEFT_RUN = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z0-9“”\\n]*[{_RIGHT_TO_LEFT}])?")
_MARKS = re.compile("[\u2066-\u2069]")  # that isolate already


def composed(text: str) -> str:
    """``text`` in Unicode's form NFC, so that an accent typed after its letter and a letter with an accent are one."""
    return unicodedata.normalize("NFC", text)


def has_halves(text: str) -> bool:
    """Whether there is half of a character in it: a surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def without_halves(text: str) -> str:
    """``text`` with the halves of a character put together, and U+FFFD for a half alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if has_halves(text) else text


def is_unspaced(text: str) -> bool:
    """Whether there are characters in it of a script that is written without spaces between words."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def is_mostly_unspaced(text: str, most: int = 100_000) -> bool:
    """Whether at least every third letter of its first ``most`` characters is of such a script."""
    beginning = text[:most]
    if beginning.isascii():
        return False
    return 3 * len(_UNSPACED.findall(beginning)) > sum(map(str.isalpha, beginning))


def goes_on(before: str, after: str) -> bool:
    """Whether a word that ``before`` is the last character of goes on with the character ``after``.

    In scripts without spaces nobody can tell from characters, so there it goes on only with a mark, such as a vowel
    sign, that makes the last character another one.
    """
    if not is_unspaced(before + after):
        return in_word(before) and in_word(after)
    return bool(after) and unicodedata.category(after)[0] == "M"


def isolated(text: str) -> str:
    """``text`` with every word that is read from right to left set apart, so that digits beside it keep their place."""
    if text.isascii() or _MARKS.search(text):
        return text
    return _RIGHT_TO_LEFT_RUN.sub("\u2068\\g<0>\u2069", text)
