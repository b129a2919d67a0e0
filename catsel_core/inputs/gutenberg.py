"""Books of Project Gutenberg, by number: fetched once, then read from the cache folder or from memory.

The address is made from a checked number only, never from a user's text.
"""

from contextlib import suppress
from pathlib import Path

from catsel_core.errors import InputError
from catsel_core.inputs import gutenberg_cache as cache
from catsel_core.inputs.gutenberg_book import Book
from catsel_core.inputs.gutenberg_cache import BookMemory
from catsel_core.inputs.gutenberg_transfer import Progress, fetch
from catsel_core.inputs.texts import Text
from catsel_core.language import tr
from catsel_core.settings import current_settings
from catsel_core.system.single_flight import SingleFlight

THE_GREAT_GATSBY = 64317
LARGEST_NUMBER = 999_999

_memory = BookMemory()
_under_way: SingleFlight[Path, Book] = SingleFlight()


def book(number: int, keep_boilerplate: bool = False, progress: Progress | None = None) -> Text:
    """Book ``number`` from memory or the cache folder, or else fetched and put there.

    It is read, or fetched, once for all who ask for it at the same time, also from several programs.

    Args:
        number: 1 to 999,999, as in the book's address: 64317 is :data:`THE_GREAT_GATSBY`.
        keep_boilerplate: keep Project Gutenberg's header and licence, as the file is served.
        progress: called with (bytes here, bytes in all or 0) while it is fetched, by whoever asked first. What it
            raises ends the fetch.

    Raises:
        InputError: if the number cannot be one.
        FetchError: if the book cannot be fetched.
    """
    _check_number(number)
    path = cache.path_of(number)
    found = _memory.get(path) or _under_way.result(path, lambda: _read_or_fetched(number, progress))
    return found.whole if keep_boilerplate else found.inside


def is_cached(number: int) -> bool:
    """Whether :func:`book` will look at a file in the cache folder first.

    Raises:
        InputError: if the number cannot be a book's.
    """
    _check_number(number)
    return cache.stamp_of(cache.path_of(number)) is not None


def _check_number(number: object) -> None:
    if type(number) is int and 1 <= number <= LARGEST_NUMBER:
        return
    shown = tr("a huge number") if isinstance(number, int) and number.bit_length() > 100 else repr(number)
    raise InputError(
        tr(
            "Books of Project Gutenberg have numbers from 1 to {largest:,}; this is {shown}. The Great Gatsby is "
            "{book}.",
            largest=LARGEST_NUMBER,
            shown=shown,
            book=THE_GREAT_GATSBY,
        )
    )


def _read_or_fetched(number: int, progress: Progress | None) -> Book:
    path = cache.path_of(number)
    found = _memory.get(path) or cache.read(number)
    if found is None:
        address = current_settings().gutenberg
        with cache.alone(number):  # another program may have fetched it while this one waited
            found = cache.read(number) or _fetched(number, address, progress)
    _memory.put(path, found)
    return found


def _fetched(number: int, address: str, progress: Progress | None) -> Book:
    data, fetched = fetch(number, address, progress)
    with suppress(OSError):  # no space, no permission: it will be fetched again when memory has no room for it
        cache.write(number, data)
    return fetched
