"""What visitors type does not stand in the server's log.

The widget library logs what it cannot use, and quotes what a browser sent: in the values of its messages and in the
texts of exceptions. Both are left out of all that is logged for a visitor; which message, which kind of exception and
where it was raised stay.
"""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx

HIDDEN = "[not logged]"
_LOGGERS = {"catsel", "streamlit", "asyncio", "uvicorn", "websockets"}


def begin() -> None:
    """From now on the pages, and the libraries between them and the browser, log nothing that was sent."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_what_was_sent", False):
        return

    def made(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.name.partition(".")[0] in _LOGGERS:
            hide(record)
        return record

    made.hides_what_was_sent = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)


def hide(record: logging.LogRecord) -> None:
    """Take values and the texts of exceptions out of a record that was made for a visitor, or of an exception."""
    exception = record.exc_info[1] if record.exc_info else None
    if exception is None and get_script_run_ctx(suppress_warning=True) is None:
        return
    record.args = tuple(map(_harmless, record.args)) if isinstance(record.args, tuple) else ()
    record.msg = record.msg if isinstance(record.msg, str) else f"{type(record.msg).__name__}: {HIDDEN}"
    if exception is not None:
        record.exc_info, record.exc_text = None, "".join(_told(exception))


def _harmless(value: object) -> object:
    return value if isinstance(value, int | float | type) else HIDDEN


def _told(exception: BaseException) -> Iterator[str]:
    """The exception after those that led to it, each with where it was raised."""
    before = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    if before is not None:
        yield from _told(before)
        yield "\nand then:\n"
    yield from traceback.format_tb(exception.__traceback__)
    yield f"{type(exception).__name__}: {_text(exception)}"


def _text(exception: BaseException) -> str:
    """What the system says of its own errors; other texts may quote anything."""
    return (exception.strerror if isinstance(exception, OSError) else None) or HIDDEN
