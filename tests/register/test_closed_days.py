"""Closed days that a shared register holds: on a file and on a server, for every command that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

DAY, REASON, SOURCE = "2026-12-24", "Executive order 14999", "SEC announcement of December 18, 2026"
SAID = ("--closed", "edgar", "--reason", REASON, "--source", SOURCE)


@pytest.fixture(autouse=True)
def _no_days_stay() -> Iterator[None]:
    yield
    sec_calendar().add(())


def test_a_day_in_the_register_counts_until_it_is_removed(form4: Form4) -> None:
    asked = ("deadline", "--trade", "2026-12-22")
    assert "Due Thu 2026-12-24" in form4(*asked).out

    added = form4("calendar", "add", DAY, *SAID)

    assert (added.code, added.err) == (0, "")
    assert f"Closed day added: {DAY}, EDGAR closed: {REASON}" in " ".join(form4(*asked).out.split())
    assert "Due Mon 2026-12-28" in form4(*asked).out
    assert form4("calendar", "export").out == f'date,closed,reason,source\n{DAY},edgar,{REASON},"{SOURCE}"\n'

    replaced = form4("calendar", "add", DAY, "--closed", "offices", "--reason", "Order", "--source", "Alert")
    assert replaced.code == 0
    assert form4("calendar", "export").out == f"date,closed,reason,source\n{DAY},offices,Order,Alert\n"

    assert form4("calendar", "remove", DAY).code == 0
    assert "Due Thu 2026-12-24" in form4(*asked).out
    assert form4("calendar", "export").out == "date,closed,reason,source\n"
