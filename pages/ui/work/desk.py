"""Long work for visitors: shared between those who want the same, and given up when nobody waits for it.

Every job has a thread of its own, so that none stands in another's way; what takes the processor is done by a few at a
time, and who waits for a turn at the model stands aside. A job goes on when its visitor edits on: it finishes, is
stored, and is there for the next one who asks. One that nobody has waited for over some seconds ends at the next
chance it has; what it finished in parts stays where it is kept.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from typing import Any

from catsel_core.language import mark, tr
from catsel_core.settings import current_settings
from pages.ui.work.pace import Pace

PATIENCE_SECONDS = 5.0
"""Of a job that nobody waits for: long enough for a change of page."""

WAKING = mark("Waking the model …")
IN_LINE = mark("Others are using the model. Your turn comes next …")


class StoppedError(Exception):
    """A job ended before its time: stopped, or nobody waits for it any more."""


class Job:
    """Work under way, how far it is, and how many visitors wait for it. Safe to use from several threads.

    Args:
        slots: one is held while the job works.
        lasting: whether it goes on without anybody who waits.
        quick: see :class:`~pages.ui.work.pace.Pace`.
    """

    def __init__(self, slots: threading.Semaphore, *, lasting: bool = False, quick: float = 0.0) -> None:
        self.lasting = lasting
        self.done, self.total = 0, 0
        self.message = tr(WAKING)
        self.future: Future[Any] = Future()
        self._slots, self._quick, self._pace = slots, quick, Pace(quick)
        self._lock = threading.Lock()
        self._waiting, self._left, self._ended = 0, time.monotonic(), False

    def tell(self, done: int, total: int) -> None:
        """How far the work is, said by the work itself; ends it here if nobody wants it any more.

        ``total`` is 0 where it is not known. What is finished is not thrown away.
        """
        if total:
            self._pace.step(time.monotonic(), done)
        self.done, self.total = done, total
        if done and total:
            self.message = ""
        if done != total or not total:
            self.check()

    def say(self, message: str) -> None:
        """What is being done while nothing can be counted."""
        self.message, self.done, self.total = message, 0, 0
        self._pace = Pace(self._quick)

    def seconds_left(self) -> float | None:
        """Until the work is done; None if not yet known."""
        return self._pace.seconds_left(time.monotonic(), self.total)

    def check(self) -> None:
        """End the work here if nobody wants it any more.

        Raises:
            StoppedError: then.
        """
        if self._unwanted():
            raise StoppedError

    def slot(self) -> AbstractContextManager[object]:
        """One of the places at the processor, for the length of the block."""
        return self._slots

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let another job work, while this one waits for a turn at the model."""
        message, self.message = self.message, tr(IN_LINE)
        self._slots.release()
        try:
            yield
        finally:
            self._slots.acquire()
            self.message = message

    @contextmanager
    def watched(self) -> Iterator[None]:
        """One more visitor waits, for the length of the block."""
        with self._lock:
            self._waiting += 1
            self._ended = False
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                self._left = time.monotonic()

    def end_unless_watched(self) -> None:
        """Have the work end at its next chance, unless somebody waits for it or comes back before that."""
        with self._lock:
            self._ended = not self._waiting

    def _unwanted(self) -> bool:
        with self._lock:
            if self._waiting:
                return False
            return self._ended or (not self.lasting and time.monotonic() - self._left > PATIENCE_SECONDS)


class Desk:
    """Takes requests; equal ones that come while the first is under way share its job.

    Args:
        work: makes what a request asks for.
        quick: of its jobs, see :class:`~pages.ui.work.pace.Pace`.
    """

    def __init__(self, work: Callable[[Any, Job], Any], quick: float = 0.0) -> None:
        self._work, self._quick = work, quick
        self._slots: threading.Semaphore | None = None
        self._jobs: dict[Hashable, Job] = {}
        self._lock = threading.Lock()

    def job(self, request: Hashable, *, lasting: bool = False) -> Job:
        """The job of a request, under way or new."""
        with self._lock:
            if request in self._jobs:
                return self._jobs[request]
            if self._slots is None:  # made with the first job: settings are not read by imports
                self._slots = threading.Semaphore(current_settings().jobs)
            job = self._jobs[request] = Job(self._slots, lasting=lasting, quick=self._quick)
        speaking = copy_context().run  # the language of the visitor who asked first
        threading.Thread(target=speaking, args=(self._run, request, job), name="catsel", daemon=True).start()
        return job

    def running(self, request: Hashable) -> Job | None:
        """The job of a request, if there is one."""
        with self._lock:
            return self._jobs.get(request)

    def _run(self, request: Hashable, job: Job) -> None:
        try:
            with job.slot():
                job.check()  # it waited so long that its visitor has left
                found = self._work(request, job)
        except BaseException as exc:  # whatever it is, it belongs to those who wait
            self._end(request)
            job.future.set_exception(exc)
        else:
            self._end(request)
            job.future.set_result(found)

    def _end(self, request: Hashable) -> None:
        with self._lock:
            del self._jobs[request]
