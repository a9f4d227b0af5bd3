"""A local EDGAR in virtual time, with filings made by our own writer."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from form4_author.codes import current_edition
from form4_author.edgar.address import Addresses
from form4_author.edgar.demo.archive import Archive, Held, full_text, held
from form4_author.edgar.demo.server import LocalEdgar, served
from form4_author.edgar.pace import Time
from form4_author.edgar.reader import Reader
from form4_author.wire.write import write_document
from tests.builders import make_filing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTACT = "Dana Cho dana.cho@example.com"
ACCEPTED = datetime.fromisoformat("2024-11-05T18:30:01")


@dataclass
class VirtualTime:
    """A clock that only sleeping moves."""

    now: float = 1_790_000_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds

    @property
    def time(self) -> Time:
        return Time(self.clock, self.sleep)


def filed(
    accession: str = "0001107843-24-000123",
    edits: Sequence[str] = (),
    base: str = "seed",
    accepted: datetime = ACCEPTED,
) -> Held:
    """An example as EDGAR would have it."""
    filing = make_filing(base, edits)
    primary = write_document(filing, current_edition((filing.form or "4")[0]))
    return held(full_text(primary, accession, accepted))


def many(count: int) -> list[Held]:
    """Sales of one hundred shares, one a day, each leaving fewer."""
    begun = datetime.fromisoformat("2022-01-03T17:00:00")
    return [
        filed(
            f"0001107843-{(begun + timedelta(days=n)):%y}-{n:06}",
            [
                f"period_of_report = {(begun + timedelta(days=n)):%Y-%m-%d}",
                f"non_derivative[0].transaction_date = {(begun + timedelta(days=n)):%Y-%m-%d}",
                f"non_derivative[0].amount_owned_following = {100_000 - 100 * n}",
                f"signatures[0].date = {(begun + timedelta(days=n)):%Y-%m-%d}",
            ],
            accepted=begun + timedelta(days=n),
        )
        for n in range(count)
    ]


@dataclass
class Run:
    """A local EDGAR that is being served, and what it takes to read it."""

    edgar: LocalEdgar
    time: VirtualTime
    base: str
    notices: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.base, self.base)

    def reader(self, contact: str = CONTACT) -> Reader:
        return Reader(self.addresses, contact, self.time.time, self.notices.append)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.edgar.requests]

    def busiest_second(self) -> int:
        """The most requests that began within any second."""
        at = [request.at for request in self.edgar.requests]
        return max((sum(0 <= other - each < 1.0 for other in at) for each in at), default=0)


@contextmanager
def local_edgar(filings: Sequence[Held], rows: int = 1000) -> Iterator[Run]:
    time = VirtualTime()
    edgar = LocalEdgar(Archive(filings, rows), time.clock)
    with served(edgar) as base:
        yield Run(edgar, time, base)
