"""What the one who runs catsel sets as environment variables: read here and nowhere else, and checked at once.

The hub's own variables (``HF_HOME``, …) are read by :mod:`catsel_core.models.hub`.
"""

import functools
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

import platformdirs

from catsel_core.errors import SettingsError
from catsel_core.language import LANGUAGES, mark, tr

DeviceChoice = Literal["auto", "cpu", "cuda", "mps"]

WEB_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[\w.~%+,=-]*)*", re.IGNORECASE)
"""``http(s)://host[:port][/path]``, without a name and password, a query or a fragment."""

_HOST = re.compile(r"\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*|[0-9a-f.:]*:[0-9a-f.:]*", re.ASCII)
_CATALOGUE_ONLY = "CATSEL_CATALOGUE_ONLY"
_PLACES = ("HOME", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA")
"""Variables that say where the system keeps caches."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of catsel's settings.

    cache: folder of prepared models, stored results, fetched packages and books.
    results_bytes, texts_bytes: most that stored results and fetched books take on the disk.
    memory_bytes: most that figures and analyses together take in the server's memory once they are finished.
    texts_memory_bytes: most that fetched books take in the server's memory.
    visitors_bytes: most that visitors' sessions take on the disk, and as much again what links lead to; 0 keeps none.
    text_bytes: largest text, whether a visitor uploads it or it is fetched.
    jobs: runs that use the processor at the same time; others wait for their turn.
    models_in_memory: most models in memory at a time.
    max_model_bytes: largest model that is downloaded, as files and in float32; 0 forbids downloads.
    catalogue_only: whether models are limited to the catalogue; None where nobody has said so.
    device: what models run on.
    gutenberg: base address of Project Gutenberg or a mirror, without a slash at the end.
    hosts: further names under which browsers may reach the server; ``*`` for any.
    warm_up: load the model before it is needed.
    language: what visitors are spoken to in unless they choose; None asks each browser.
    lessons, lists: folders of own lessons and own word lists; None where there are none.
    """

    cache: Path
    results_bytes: int = 2_000_000_000
    texts_bytes: int = 200_000_000
    visitors_bytes: int = 200_000_000
    memory_bytes: int = 400_000_000
    texts_memory_bytes: int = 100_000_000
    text_bytes: int = 12_000_000
    jobs: int = 4
    models_in_memory: int = 1
    max_model_bytes: int = 8_000_000_000
    catalogue_only: bool | None = None
    device: DeviceChoice = "auto"
    gutenberg: str = "https://www.gutenberg.org"
    hosts: tuple[str, ...] = ()
    warm_up: bool = True
    language: str | None = None
    lessons: Path | None = None
    lists: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings that these variables make; empty ones count as not set.

        Raises:
            SettingsError: if a variable cannot be used as it is, or no folder can be found for what is kept.
        """
        given = {
            name: read(variable, text)
            for name, (variable, read) in VARIABLES.items()
            if (text := environment.get(variable, ""))
        }
        return cls(**{"cache": given.pop("cache", None) or _usual_cache(), **given})


def current_settings() -> Settings:
    """The settings of this process's environment as it is now; read anew only when a variable has changed.

    Raises:
        SettingsError: from :meth:`Settings.from_environment`.
    """
    return _settings_of(tuple(map(os.environ.get, _NAMES)))


def limit_to_catalogue_by_default() -> None:
    """Limit everybody in this process to the models of the catalogue, unless its environment has said otherwise."""
    if not os.environ.get(_CATALOGUE_ONLY):
        os.environ[_CATALOGUE_ONLY] = "1"


def cache_dir() -> Path:
    """Folder of everything that catsel keeps (not created)."""
    return current_settings().cache


def models_dir() -> Path:
    """Folder of prepared models, one folder a model (not created)."""
    return cache_dir() / "models"


def wheels_dir() -> Path:
    """Folder of what was taken from fetched packages, one folder a package (not created)."""
    return cache_dir() / "wheels"


def results_dir() -> Path:
    """Folder of stored results, one file a result (not created)."""
    return cache_dir() / "results"


def texts_dir() -> Path:
    """Folder of fetched books, one file a book (not created)."""
    return cache_dir() / "texts"


def visitors_dir() -> Path:
    """Folder of what visitors have chosen, one file a visitor or text (not created)."""
    return cache_dir() / "visitors"


def links_dir() -> Path:
    """Folder of sessions that links lead to, one file a session (not created)."""
    return cache_dir() / "links"


def expanded(variable: str, text: str) -> Path:
    """The folder that a variable names, a ``~`` in front replaced.

    Raises:
        SettingsError: if the home folder that is meant is not known.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as exc:
        raise SettingsError(
            tr(
                "{variable} is “{text}”, but that home folder is not known here. Set it to a folder's full path.",
                variable=variable,
                text=text,
            )
        ) from exc


def _usual_cache() -> Path:
    """The platform's own place for caches."""
    try:
        return Path(platformdirs.user_cache_dir("catsel", False))
    except RuntimeError as exc:
        raise SettingsError(
            tr(
                "No home folder is known here, so there is no place for what catsel keeps. "
                "Set CATSEL_CACHE to a folder that can be written."
            )
        ) from exc


_GIGABYTES = mark("{variable} must be a number of gigabytes such as {example}; it is “{text}”.")
_MEGABYTES = mark("{variable} must be a number of megabytes such as {example}; it is “{text}”.")


def _sized(unit: int, example: int, wrong: str) -> Callable[[str, str], int]:
    def read(variable: str, text: str) -> int:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number < 1e9:
            raise SettingsError(tr(wrong, variable=variable, example=example, text=text))
        return round(number * unit)

    return read


def _gigabytes(example: int) -> Callable[[str, str], int]:
    return _sized(10**9, example, _GIGABYTES)


def _megabytes(example: int) -> Callable[[str, str], int]:
    return _sized(10**6, example, _MEGABYTES)


def _count(variable: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise SettingsError(
            tr("{variable} must be a whole number from 1; it is “{text}”.", variable=variable, text=text)
        )
    return int(text)


def _switch(variable: str, text: str) -> bool:
    word = text.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(tr("{variable} must be 1 or 0; it is “{text}”.", variable=variable, text=text))


def _device(variable: str, text: str) -> DeviceChoice:
    choices: tuple[DeviceChoice, ...] = get_args(DeviceChoice)
    for device in choices:
        if text == device:
            return device
    raise SettingsError(
        tr("{variable} must be one of {choices}; got {text!r}.", variable=variable, choices=choices, text=text)
    )


def _language(variable: str, text: str) -> str:
    if text not in LANGUAGES:
        choices = ", ".join(LANGUAGES)
        raise SettingsError(
            tr("{variable} must be one of {choices}; it is “{text}”.", variable=variable, choices=choices, text=text)
        )
    return text


def _address(variable: str, text: str) -> str:
    try:
        usable = WEB_ADDRESS.fullmatch(text) is not None and urlsplit(text).port != 0
    except ValueError:  # a port beyond 65535
        usable = False
    if not usable:
        raise SettingsError(
            tr(
                "{variable} must look like https://host or http://host:8080/path; it is “{text}”.",
                variable=variable,
                text=text,
            )
        )
    return text.rstrip("/")


def _hosts(variable: str, text: str) -> tuple[str, ...]:
    names = tuple(name.strip("[]").lower() for name in re.split(r"[,\s]+", text) if name)
    for name in names:
        if not _HOST.fullmatch(name):
            raise SettingsError(
                tr(
                    "{variable} must be names without ports, such as catsel.school.example, 192.168.1.5 or "
                    "*.school.example, with commas between them, or * for any; “{name}” is none.",
                    variable=variable,
                    name=name,
                )
            )
    return names


VARIABLES: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "cache": ("CATSEL_CACHE", expanded),
    "results_bytes": ("CATSEL_RESULTS_GB", _gigabytes(2)),
    "texts_bytes": ("CATSEL_TEXTS_MB", _megabytes(200)),
    "visitors_bytes": ("CATSEL_VISITORS_MB", _megabytes(200)),
    "memory_bytes": ("CATSEL_CACHE_MB", _megabytes(400)),
    "texts_memory_bytes": ("CATSEL_TEXTS_MEMORY_MB", _megabytes(100)),
    "text_bytes": ("CATSEL_UPLOAD_MB", _megabytes(12)),
    "jobs": ("CATSEL_JOBS", _count),
    "models_in_memory": ("CATSEL_MODELS_IN_MEMORY", _count),
    "max_model_bytes": ("CATSEL_MAX_MODEL_GB", _gigabytes(8)),
    "catalogue_only": (_CATALOGUE_ONLY, _switch),
    "device": ("CATSEL_DEVICE", _device),
    "gutenberg": ("CATSEL_GUTENBERG", _address),
    "hosts": ("CATSEL_HOSTS", _hosts),
    "warm_up": ("CATSEL_WARM_UP", _switch),
    "language": ("CATSEL_LANGUAGE", _language),
    "lessons": ("CATSEL_LESSONS", expanded),
    "lists": ("CATSEL_LISTS", expanded),
}
"""Every setting, the environment variable that it is read from, and what makes its value of (variable, text)."""

_NAMES = (*(variable for variable, _ in VARIABLES.values()), *_PLACES)


@functools.lru_cache(maxsize=8)
def _settings_of(values: tuple[str | None, ...]) -> Settings:
    named = zip(_NAMES, values, strict=True)
    return Settings.from_environment({name: text for name, text in named if text is not None})
