"""Seconds to upgrade a register of shape 0001 with 100,000 entries, in a file."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import create_engine

from form4_author.register.database import opened
from form4_author.register.former_shape import stepped
from form4_author.register.place import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main"]

_FIRST = date(2010, 1, 4)
_LINES = 4
"""Lines that each filing moves."""


class _Register(NamedTuple):
    """How many entries there are, and how they are spread."""

    told: str
    persons: int
    filings: int
    """Of each person."""


_REGISTERS = (
    _Register("500 persons, 50 filings each", 500, 50),
    _Register("20 persons, 1,250 filings each", 20, 1250),
)


def main() -> None:
    for each in _REGISTERS:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "register.sqlite3"
            entries = _made(file, each)
            start, busy = time.perf_counter(), time.process_time()
            register = opened(place_of(str(file)))
            seconds, cpu = time.perf_counter() - start, time.process_time() - busy
            if register.notes:
                sys.exit(f"the upgrade changed a balance: {register.notes[0]}")
            register.close()
            with closing(sqlite3.connect(file)) as upgraded:
                (found,) = upgraded.execute("SELECT COUNT(*) FROM entry").fetchone()
            if found != entries:
                sys.exit(f"{found:,} of {entries:,} entries are left")
        print(f"upgrade of {entries:,} entries ({each.told}): {seconds:.1f} s (cpu {cpu:.1f} s)")


def _made(file: Path, told: _Register) -> int:
    """The register of shape 0001 is in the file; the number of its entries."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        stepped(connection, "0001")
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO issuer (id, cik, name) VALUES (1, '9999001', 'Example Widgets Inc.')")
        for person in range(1, told.persons + 1):
            name, cik = f"Doe {person}", str(9_000_000 + person)
            connection.execute(
                "INSERT INTO person (id, cik, name, address) VALUES (?, ?, ?, '{}')", (person, cik, name)
            )
            connection.execute(
                "INSERT INTO relationship (id, person_id, issuer_id) VALUES (?, ?, 1)", (person, person)
            )
            connection.executemany(
                "INSERT INTO line (id, relationship_id, key, name, cells) VALUES (?, ?, ?, ?, ?)",
                [
                    (_LINES * (person - 1) + n, person, f"key {n}", f"line {n}", json.dumps(cells))
                    for n, cells in enumerate(_cells(), 1)
                ],
            )
            for number in range(told.filings):
                _file(connection, person, person * 10_000 + number, _FIRST + timedelta(days=3 * number))
        connection.commit()
        (entries,) = connection.execute("SELECT COUNT(*) FROM entry").fetchone()
    return int(entries)


def _file(connection: sqlite3.Connection, person: int, id: int, day: date) -> None:
    """One filing: each line has a transaction after which it holds a total."""
    total = str(1000 + 100 * (id % 10_000))
    said = _content(person, day, total)
    moment, accession = f"2026-11-23T18:00:{id % 60:02}.{id:06}+00:00", f"{person:010}-26-{id % 1_000_000:06}"
    connection.execute(
        "INSERT INTO filing (id, sha256, accession_number, form, issuer_id, period, filed, recorded_at, day, file, "
        "content) VALUES (?, ?, ?, '4', 1, ?, ?, ?, ?, 'filing.xml', ?)",
        (id, f"{id:064}", accession, str(day), str(day), f"{day}T18:00:00+00:00", str(day), json.dumps(said)),
    )
    connection.execute("INSERT INTO filing_person (filing_id, person_id) VALUES (?, ?)", (id, person))
    connection.executemany(
        "INSERT INTO entry (line_id, filing_id, day, rank, tie, total, in_dollars, made_at) "
        "VALUES (?, ?, ?, 0, ?, ?, 0, ?)",
        [
            (_LINES * (person - 1) + n, id, str(day), f"{day}  {accession}", total, moment)
            for n in range(1, _LINES + 1)
        ],
    )


def _cells() -> Iterator[dict[str, Any]]:
    """The lines of one person."""
    shares = {"table": "non_derivative", "security_title": "Common Stock"}
    yield {**shares, "ownership_form": "D"}
    yield {**shares, "ownership_form": "I", "nature_of_ownership": "By Trust"}
    for price, until in (("12", "2031-05-01"), ("20", "2033-05-01")):
        yield {
            "table": "derivative", "security_title": "Option (right to buy)", "exercise_price": price,
            "date_exercisable": "2020-05-01", "expiration_date": until, "underlying_title": "Common Stock",
            "ownership_form": "D",
        }  # fmt: skip


def _content(person: int, day: date, total: str) -> dict[str, Any]:
    """A filing as a draft."""
    tables: dict[str, list[dict[str, Any]]] = {"non_derivative": [], "derivative": []}
    for cells in _cells():
        own = {name: each for name, each in cells.items() if name != "table"}
        row = {
            "kind": "transaction", **own, "transaction_date": str(day), "transaction_code": "A", "amount": "100",
            "price": "0", "acquired_disposed": "A", "amount_owned_following": total,
        }  # fmt: skip
        if cells["table"] == "derivative":
            row["underlying_amount"] = "100"
        tables[cells["table"]].append(row)
    return {
        "format": 1, "form": "4", "period_of_report": str(day),
        "issuer": {"cik": "0009999001", "name": "Example Widgets Inc.", "trading_symbol": "EXWI"},
        "owners": [{"cik": f"{9_000_000 + person:010}", "name": f"Doe {person}", "is_director": True}],
        **tables,
        "signatures": [{"name": f"/s/ Doe {person}", "date": str(day)}],
    }  # fmt: skip
