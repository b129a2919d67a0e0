"""What is said, in the visitor's language: English stands in the code, every translation is a file in this folder."""

from catsel_core.language.files import beside
from catsel_core.language.translation import (
    LANGUAGES,
    USUAL,
    grouped,
    mark,
    name_of,
    nearest,
    of_viewer,
    once_each_language,
    speak,
    spoken,
    tr,
    tr_count,
)

__all__ = [
    "LANGUAGES",
    "USUAL",
    "beside",
    "grouped",
    "mark",
    "name_of",
    "nearest",
    "of_viewer",
    "once_each_language",
    "speak",
    "spoken",
    "tr",
    "tr_count",
]
