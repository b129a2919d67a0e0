"""How fast work gets on, and how long it will take."""

from catsel_core.language import tr


class Pace:
    """Learns from the steps of one piece of work.

    Args:
        quick: seconds; a step that took less was no work but found done, and says nothing.
    """

    def __init__(self, quick: float = 0.0) -> None:
        self._quick = quick
        self._last: tuple[float, int] | None = None
        self._seconds = 0.0
        self._done = 0

    def step(self, now: float, done: int) -> None:
        """So much is done at the time ``now``, in seconds of one clock."""
        if self._last is not None and now - self._last[0] >= self._quick:
            self._seconds += now - self._last[0]
            self._done += done - self._last[1]
        self._last = now, done

    def seconds_left(self, now: float, total: int) -> float | None:
        """Until all is done; None if not yet known."""
        if self._last is None or self._seconds < 1 or self._done <= 0:
            return None
        then, done = self._last
        return max(0.0, (total - done) * self._seconds / self._done - (now - then))


def left(seconds: float) -> str:
    """``about 20 s left`` or ``about 3 min left``."""
    if seconds >= 90:
        return tr("about {minutes} min left", minutes=round(seconds / 60))
    step = 5 if seconds > 10 else 1
    return tr("about {seconds} s left", seconds=max(1, round(seconds / step) * step))
