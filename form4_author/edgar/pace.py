"""How fast EDGAR is asked: at most five requests a second, whatever host they go to.

EDGAR's own limit is ten. The clock and the sleep are handed in, so that tests run in virtual time.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SYSTEM_TIME", "Pace", "Time"]


class Time(NamedTuple):
    """A clock, in seconds since 1970, and a way to wait."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]


SYSTEM_TIME: Final = Time(time.time, time.sleep)
_INTERVAL: Final = 0.2
"""Seconds between two requests."""


@dataclass(slots=True)
class Pace:
    """When the next request may be made."""

    time: Time
    interval: float = _INTERVAL
    _next: float = field(default=0.0, init=False)

    def wait(self) -> None:
        """Wait for the next request's turn."""
        now = self.time.clock()
        rest = min(self._next - now, self.interval)  # a clock that was set back stops nothing
        if rest > 0:
            self.time.sleep(rest)
            now += rest
        self._next = now + self.interval
