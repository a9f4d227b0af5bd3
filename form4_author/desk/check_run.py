"""Many files checked by many workers, in batches: what is stored is not checked again, and nothing is stored twice.

The workers are processes on this computer or a cluster: whatever takes a batch and gives a ``Future`` for it.
"""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.check_batch import unread_record
from form4_author.errors import Form4Error, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from form4_author.desk.check_batch import CheckTerms, ListedFile, Record
    from form4_author.files.results import Results

__all__ = ["Batch", "CheckTally", "Workers", "check_all"]

Batch = tuple["ListedFile", ...]
_PATIENCE: Final = 5
"""Seconds after which the workers are asked whether they are still there."""


def _nothing() -> None:
    """There is nothing to look after."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Where batches are checked."""

    submit: Callable[[Batch, CheckTerms], Future[list[Record]]]
    """Gives them a batch, which ``checked_batch`` checks there."""
    room: Callable[[], int]
    """How many batches are given to them at a time."""
    lost: tuple[type[BaseException], ...] = ()
    """What is raised for a batch with which several workers ended."""
    look_after: Callable[[], None] = _nothing
    """Called while they are waited for; raises Form4Error when nothing can come from them any more."""


@dataclass(slots=True)
class CheckTally:
    """How far a run is."""

    verdicts: Counter[str] = field(default_factory=Counter)
    """Of every file listed, whenever it was checked."""
    checked: int = 0
    """Files that this run has checked."""
    bugs: int = 0
    """Files that were not checked for a bug of ours."""


class _Stored(NamedTuple):
    """Where the record of a file is; there may be five million of them."""

    stamp: bytes
    part: int
    verdict: str


_LISTED: Final = _Stored(b"", -1, "")
"""A file that this run has seen."""


class _Memory:
    """What is stored and what was listed, a few bytes for each file."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._of: dict[bytes, _Stored] = {
            _digest(record.key): _Stored(_digest(record.stamp or ""), part, record.verdict)
            for part, record in results.stored()
        }

    def is_listed(self, file: ListedFile) -> bool:
        """Whether the file was listed before, in this run."""
        return self._of.get(_digest(file.key)) is _LISTED

    def begin(self, file: ListedFile) -> _Stored | None:
        """The file is listed; its record of another run, if it has one."""
        key = _digest(file.key)
        stored = self._of.get(key)
        self._of[key] = _LISTED
        return stored


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).digest()


def check_all(
    files: Iterable[ListedFile], terms: CheckTerms, results: Results, workers: Workers, size: int
) -> Iterator[CheckTally]:
    """Check the files and store each batch as it is finished; how far it is, after each.

    ``size``: files in a batch. Raises Form4Error when the workers are not there any more; what is stored stays.
    """
    tally = CheckTally()
    stale: dict[str, int] = {}
    todo = _todo(files, _Memory(results), stale, tally)
    yield tally
    for batch, records in _finished(_batches(todo, size), terms, workers):
        _store(batch, records, results, stale)
        tally.checked += len(records)
        tally.verdicts.update(record["verdict"] for record in records)
        tally.bugs += sum(record["bug"] is not None for record in records)
        yield tally
    yield tally


def _todo(
    files: Iterable[ListedFile], memory: _Memory, stale: dict[str, int], tally: CheckTally
) -> Iterator[ListedFile]:
    """The files that have no record, or one of another content, whose place is put into ``stale``."""
    for file in files:
        if memory.is_listed(file):
            continue
        stored = memory.begin(file)
        if stored is None:
            yield file
        elif stored.stamp == _digest(file.stamp):
            tally.verdicts[stored.verdict] += 1
        else:
            stale[file.key] = stored.part
            yield file


def _batches(files: Iterator[ListedFile], size: int) -> Iterator[Batch]:
    batch: list[ListedFile] = []
    for file in files:
        batch.append(file)
        if len(batch) == size:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def _store(batch: Batch, records: list[Record], results: Results, stale: dict[str, int]) -> None:
    """Store the records; a former record goes first: a run that ends in between checks the file again."""
    former: dict[int, set[str]] = {}
    for file in batch:
        if file.key in stale:
            former.setdefault(stale.pop(file.key), set()).add(file.key)
    for part, keys in former.items():
        results.remove(part, keys)
    name = blake2b("".join(f"{file.key}\0{file.stamp}\0" for file in batch).encode(), digest_size=8)
    results.add(name.hexdigest(), records)


def _finished(
    batches: Iterator[Batch], terms: CheckTerms, workers: Workers
) -> Iterator[tuple[Batch, list[Record]]]:
    """Each batch and its records, as they are finished; a batch that ends workers is divided until one file is left."""
    running: dict[Future[list[Record]], Batch] = {}
    again: deque[Batch] = deque()
    try:
        while True:
            while len(running) < max(workers.room(), 1) and (batch := _following(again, batches)):
                running[workers.submit(batch, terms)] = batch
            if not running:
                return
            done, _ = wait(running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            if not done:
                workers.look_after()
            for future in done:
                batch = running.pop(future)
                records = _records(future, batch, workers)
                if records is None:
                    again.extend(_divided(batch))
                else:
                    yield batch, records
    finally:
        for future in running:
            future.cancel()


def _following(again: deque[Batch], batches: Iterator[Batch]) -> Batch:
    """The next batch; empty where there is no more."""
    return again.popleft() if again else next(batches, ())


def _divided(batch: Batch) -> tuple[Batch, ...]:
    half = (len(batch) + 1) // 2
    return tuple(part for part in (batch[:half], batch[half:]) if part)


def _records(future: Future[list[Record]], batch: Batch, workers: Workers) -> list[Record] | None:
    """The records of a batch; None for one to be given to the workers again."""
    try:
        return future.result()
    except CancelledError:
        workers.look_after()
        return None
    except workers.lost:
        return [unread_record(batch[0], _ENDS_WORKERS)] if len(batch) == 1 else None
    except BrokenExecutor:
        raise Form4Error(
            "A process ended while it was checking; what was stored before remains",
            remedy="Run the same command again; fewer --jobs need less memory",
        ) from None
    except Form4Error:
        raise
    except Exception as error:  # noqa: BLE001  # what happens to a file is its record: this happened before a file was read
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Form4Error(
            f"The workers cannot run form4: {reason}",
            remedy="Install the same version of form4 on every worker and run the command again",
        ) from None


_ENDS_WORKERS: Final = UnreadableInput(
    "Every worker that read this file ended before it was checked",
    remedy="Check the file by itself: form4 check FILE",
)
