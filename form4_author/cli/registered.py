"""The register for the commands that use it: where it is, opened, and the cards that words mean."""

from __future__ import annotations

import json
import os
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from form4_author.register.place import place_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from form4_author.model.filing import Filing
    from form4_author.register.book import Register
    from form4_author.register.place import Place

__all__ = [
    "add_asked_register",
    "add_register",
    "after_filing",
    "json_text",
    "register_asked",
    "register_at",
    "register_of",
    "told_nameless",
    "told_upgraded",
    "with_names",
    "written_json",
]


_ROLE: Final = (
    '"is_director", "is_officer", "is_ten_percent_owner", "is_other", "officer_title", "other_text", "insider_since", '
    '"insider_until"'
)
_SHAPES: Final = {
    "person": '{"cik": "1626115", "name", "entity": false, "address": {"street1", …}, "issuers": [{"cik", "name", '
    f"{_ROLE}}}]}}; what is not known is left out",
    "issuer": '{"cik", "name", "trading_symbol", "foreign_trading_symbol", "foreign_private", "country", '
    '"qualifying_regulation", "registered", "closed_end_fund", "listed", "fiscal_year_end": "12-31", "went_public", '
    '"shares_outstanding", "classes": ["Common Stock"], "series": [{"security_title", …}], "styles": {NAME: VALUE}, '
    f'"persons": [{{"cik", "name", {_ROLE}}}]}}; what is not known is left out',
    "poa": '{"number": 1, "person", "issuer", "agents": ["Sam Roe"], "signed": "2026-01-15", "until", "revoked", '
    '"accession_number", "wording", "used"}; what is not known is left out',
    "footnote": '{"name", "text"}',
    "holdings": '[{"number": 1, "line": "Common Stock, direct", "table": "non_derivative", the cells of the line, '
    '"held": "1000", "unit": "shares", "source", "as_of": "2026-03-04"}]; with --why one such object and its '
    '"steps": [{"day", "kind": "filing", "adjustment" or "action", "rows": [{"row": 1, "code", "change", "total"}], '
    '"closed_by", "certain", …, "balance"}]; with an action {"action": 1, "words", "day", "changes": [{"person", '
    '"line", "before", "after", "becomes", "added_to", "fraction"}]}',
    "filed": '[{"done": "moved", "known" or "corrected", "form", "accession_number", "period", "filed", "accepted_at", '
    '"issuer", "persons": ["Doe Jane"], "file", "sha256", …}]',
    "due": '[{"what": "Form 4 · Doe Jane · …", "due": "2026-11-24", "late": false, "file": "a.form4.json", "problem"}]',
    "import": '[{"file", "what": "added", "known" or "refused", "told", "corrected": [{"line", "before", "after", '
    '"later"}]}]',
    "batch": '[{"rows": [2], "draft", "person", "form", "verdict", "counts": {"warning": 1, …}, "lines": […], '
    '"problem", "packet", "packet_problem"}]',
    "register show": '{"register": PLACE, "shape": "0001", "holds": {"persons": 12, …}}',
    "register": '{"file", "filings": 120}',
}
"""What the JSON of each command on the register looks like, by the words of the command."""


def add_register(parser: argparse.ArgumentParser, *, json_too: bool = True) -> None:
    """The options of every command on the register."""
    parser.add_argument(
        "--register",
        metavar="URL",
        help="the register: a file or an SQLAlchemy URL (default: FORM4_REGISTER, else the data folder)",
    )
    if json_too:
        shape = next((s for words, s in _SHAPES.items() if parser.prog.startswith(f"form4 {words}")), "")
        many = "a list of " if parser.prog.endswith(" list") else ""
        parser.add_argument("--json", action="store_true", help=f"write JSON{shape and f': {many}{shape}'}")


def add_asked_register(parser: argparse.ArgumentParser) -> None:
    """The option of a command that asks the register only where it is given; see ``register_asked``."""
    parser.add_argument(
        "--register",
        nargs="?",
        const="",
        metavar="URL",
        help="also use what the register knows: history, powers of attorney, issuer, persons "
        "(alone: FORM4_REGISTER, else the data folder)",
    )


def register_asked(arguments: Sequence[str]) -> list[str]:
    """The arguments, where a ``--register`` without a place of its own does not take the file behind it for one."""
    found: list[str] = []
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        bare = word == "--register" and not (
            "://" in following or following.endswith((".sqlite3", ".sqlite", ".db"))
        )
        found.append("--register=" if bare else word)
    return found


def register_at(told: str | None) -> Place:
    """Where the register is: as told, else as ``FORM4_REGISTER`` says, else in the data folder."""
    return place_of(told or os.environ.get("FORM4_REGISTER"))


def register_of(told: str | None, *, create: bool = False, as_it_is: bool = False) -> Register:
    """The register, opened; ``as_it_is``: one of an older shape is not upgraded.

    Raises Form4Error where there is none and none is to be made.
    """
    from form4_author.register.book import opened

    register = opened(register_at(told), create=create, as_it_is=as_it_is)
    told_upgraded(register)
    return register


def told_upgraded(register: Register) -> None:
    """What bringing the register up changed is said, once."""
    if register.kept is not None:
        sys.stderr.write(f"The register was upgraded; the former one is kept at {register.kept}.\n")
    sys.stderr.write("".join(f"{note}.\n" for note in register.notes))
    register.kept, register.notes = None, ()


def with_names(filing: Filing, told: str | None) -> Filing:
    """The form with the names that the register knows, where it is one as it is sent and there is a register."""
    if not _nameless(filing) or not register_at(told).is_there:
        return filing
    from form4_author.register.known import named

    with register_of(told).reading() as session:
        return named(session, filing)


def told_nameless(filing: Filing) -> str:
    """What is left to do where XML as it is sent names nobody, as a line; empty for any other form."""
    return (
        "It names nobody, as XML that is sent does: the names are to be filled in.\n"
        if _nameless(filing)
        else ""
    )


def _nameless(filing: Filing) -> bool:
    return any(cik and not name for cik, name in _parties(filing))


def _parties(filing: Filing) -> Iterator[tuple[str | None, str | None]]:
    yield filing.issuer.cik, filing.issuer.name
    yield from ((owner.cik, owner.name) for owner in filing.owners)


def after_filing(draft: object, forms: int = 1) -> str:
    """What is left to do for the register once the forms of a draft were filed."""
    numbers = " ".join(["--accession NUMBER"] * forms)
    return f"When EDGAR has accepted it: form4 filed {draft} {numbers}"


def json_text(data: Any) -> str:  # noqa: ANN401  # plain data
    """One JSON value as it is written."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def written_json(data: Any) -> None:  # noqa: ANN401  # plain data
    """One JSON value on standard output."""
    sys.stdout.write(json_text(data))
