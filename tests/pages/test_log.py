"""What is taken out of the log, and what stays."""

import logging
from collections.abc import Iterator

import pytest

from pages.ui import log
from pages.ui.work import results

SENT = "what somebody typed"


@pytest.fixture
def begun() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    log.begin()
    log.begin()
    yield
    logging.setLogRecordFactory(before)


NOTHING: dict[str, int] = {}


def fail() -> None:
    try:
        NOTHING[SENT]
    except KeyError as exc:
        raise ValueError(f"{SENT} is not in the list") from exc


def fill_the_disk() -> None:
    raise OSError(28, "No space left on device", f"/home/{SENT}")


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("name", ["streamlit.runtime.any", "catsel", "asyncio"])
def test_an_exception_is_named_with_its_place_and_without_its_text(name: str, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger(name)
    logger.addHandler(caplog.handler)  # the library's loggers hand nothing on
    try:
        fail()
    except ValueError:
        logger.exception("%s went wrong with %d", SENT, 7)
    finally:
        logger.removeHandler(caplog.handler)
    assert SENT not in caplog.text
    for told in ("went wrong with 7", "KeyError", "ValueError", "in fail", "test_log.py"):
        assert told in caplog.text


@pytest.mark.usefixtures("begun")
def test_the_systems_own_words_and_other_loggers_stay(caplog: pytest.LogCaptureFixture) -> None:
    try:
        fill_the_disk()
    except OSError:
        logging.getLogger("catsel").exception("Nothing stored")
    assert "OSError: No space left on device" in caplog.text
    assert SENT not in caplog.text
    logging.getLogger("elsewhere").warning("%s", "a value")
    logging.getLogger("catsel").warning("a setting is %s", "such")  # of no visitor
    assert "a value" in caplog.text
    assert "a setting is such" in caplog.text


@pytest.mark.usefixtures("begun")
def test_a_failure_inside_of_catsel_is_logged_by_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    told = results.reason(RuntimeError(SENT), (SENT,))
    assert "the server's log has the details" in told
    assert "tuple" in caplog.text
    assert "RuntimeError" in caplog.text
    assert SENT not in caplog.text
