"""Work on many things spread over processes: results in the order of the things, only a few of them held at a time."""

from __future__ import annotations

import os
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from form4_author.timing.closed_day import ClosedDay

__all__ = ["processors", "spread"]

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")

_CHUNK: Final = 32
"""Things that a process is given at once."""
_AHEAD: Final = 4
"""Chunks for each process that may be waiting or done before they are asked for."""


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def spread(
    work: Callable[[_Thing], _Result],
    things: Sequence[_Thing],
    jobs: int | None = None,
    *,
    chunk: int = _CHUNK,
    alone: bool = False,
) -> Iterator[_Result]:
    """The results of the work on each thing, in order.

    The first chunk is worked on here, so that a process that is forked afterwards has what was loaded for it, unless
    the work opens what no two processes may share (``alone``). ``jobs``: by default as many processes as there are
    processors. Things for one chunk need no other process.
    """
    count = jobs or processors()
    if count == 1 or len(things) <= chunk:
        yield from map(work, things)
        return
    here = 0 if alone else chunk
    yield from map(work, things[:here])
    yield from _in_processes(work, iter(things[here:]), count, chunk)


def _in_processes(
    work: Callable[[_Thing], _Result], things: Iterator[_Thing], jobs: int, chunk: int
) -> Iterator[_Result]:
    from concurrent.futures import ProcessPoolExecutor

    from form4_author.timing.calendar import sec_calendar

    pending: deque[Future[list[_Result]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(sec_calendar().added,)) as pool:
        while some := list(islice(things, chunk)):
            pending.append(pool.submit(_chunk_done, work, some))
            if len(pending) >= jobs * _AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _begin(added: Sequence[ClosedDay]) -> None:
    """A new process: it counts with the closed days that were added, and the collector leaves what was given."""
    import gc

    from form4_author.desk.closed_days import count_with

    gc.freeze()
    count_with(added)


def _chunk_done(work: Callable[[_Thing], _Result], things: list[_Thing]) -> list[_Result]:
    return [work(thing) for thing in things]
