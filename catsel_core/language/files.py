"""Longer texts have a file of their own in every language, beside the English one."""

from pathlib import Path

from catsel_core.language.translation import USUAL, spoken


def beside(path: Path) -> Path:
    """The file in the language that is spoken, such as ``terms.de.toml`` beside ``terms.toml``, or the file itself.

    A part that is not translated is read in English.
    """
    if spoken() == USUAL:
        return path
    translated = path.with_suffix(f".{spoken()}{path.suffix}")
    return translated if translated.is_file() else path
