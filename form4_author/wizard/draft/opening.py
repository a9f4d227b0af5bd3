"""How a draft begins: empty, or with what the last filing says of person, issuer and lines.

What is carried over stands in ``interview.carried``: one entry for each line of the last filing with its cells, what it
held then (``amount_owned_following``), where that is known from (``source``) and its footnotes (see
``form4_author.ledger.line_note``). The form itself has a line only when the filer says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author import codes
from form4_author.ledger.bases import two_bases
from form4_author.ledger.closing import closing, stated
from form4_author.ledger.line_note import LINE_COLUMNS, line_words_of
from form4_author.model.conformed_signature import agent_of, capacity_of
from form4_author.text import amount_text
from form4_author.wire.draft import DRAFT_FORMAT, SCHEMA_URL, draft_from
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import Data, flat, mark, put, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.filing import Filing

__all__ = ["as_worked_out", "carried_lines", "fresh", "from_filing", "signing_of"]


def fresh(form: str = "4") -> Data:
    """An empty draft."""
    return {"$schema": SCHEMA_URL, "format": DRAFT_FORMAT, "form": form}


def from_filing(filing: Filing, form: str = "4", source: str = "", *, recalls: bool = True) -> Data:
    """A draft for the same person and issuer, which begins with what happened.

    ``source``: where the lines are known from, as the filer reads it; by default the form and its date.
    ``recalls``: whether its footnotes are proposed again; not where nobody looks at what is proposed.
    """
    last: dict[str, Any] = draft_from(filing)
    owners = [_owner(owner) for owner in last.get("owners", [])]
    source_name = source or _named(filing)
    interview: dict[str, Any] = {
        "at": "happened" if form[:1] != "3" else "owners[0].cik",
        "opened": source_name,
        "phrases": [str(each["text"]) for each in last.get("footnotes", []) if recalls and each.get("text")],
        "carried": carried_lines(filing, source_name),
        "two_bases": bases.words if (bases := two_bases(filing)) else "",
        "foreign_issuer": "yes" if last.get("issuer", {}).get("foreign_trading_symbol") else "no",
        "signing": signing_of(last),
    }
    data = fresh(form)
    data["interview"] = {key: content for key, content in interview.items() if content}
    if last.get("issuer"):
        data["issuer"] = last["issuer"]
    if owners:
        data["owners"] = owners
    return data


def _named(filing: Filing) -> str:
    signed = max((s.date for s in filing.signatures if s.date is not None), default=filing.period_of_report)
    return f"Form {filing.form}{f' of {signed:%m/%d/%Y}' if signed else ''}"


def carried_lines(filing: Filing, source: str) -> list[dict[str, Any]]:
    """The lines of a filing as they stood after it, in the order of the form; what was closed is left at 0.

    ``running``: its total goes over awards of several terms. ``each``: how many underlying shares one has. ``notes``,
    ``asked``, ``beside``: its footnotes.
    """
    last = draft_from(filing)
    found: list[dict[str, Any]] = []
    for holding in closing(filing):
        cells = flat(last[holding.table][holding.place])
        if holding.in_dollars or "security_title" not in cells:
            continue
        line: dict[str, Any] = {"table": holding.table} | {
            name: cells[name] for name in LINE_COLUMNS if name in cells
        }
        for name in LINE_COLUMNS[3:6]:
            words = " ".join(footnote.text_of(last, (holding.table, holding.place, name)))
            if words and name not in cells:
                line["exercise_price_words" if name == "exercise_price" else name] = words
        line |= {"amount_owned_following": amount_text(holding.total), "source": source}
        if holding.running:
            line["running"] = "yes"
        if holding.each is not None:
            line["each"] = amount_text(holding.each)
        found.append(line | line_words_of(filing, holding))
    return found


def _owner(owner: Mapping[str, Any]) -> dict[str, Any]:
    """A person with an address in the branches of March 2026: a state, or a country."""
    address = dict(owner.get("address") or {})
    if not address or "non_us" in address:
        return dict(owner)
    place = address.get("state", "")
    is_us = place in {s.code for s in codes.states().values()}
    address["non_us"] = bool(place) and not is_us
    if address["non_us"]:
        address["country"] = address.pop("state")
    return {**owner, "address": address}


def signing_of(last: Mapping[str, Any]) -> list[dict[str, str]]:
    """Who signed a form for each person, where an attorney-in-fact did and its words tell; else nothing."""
    signatures, owners = last.get("signatures", []), last.get("owners", [])
    paired = len(signatures) == len(owners)
    found = []
    for number, signature in enumerate(signatures):
        words = str(signature.get("name", ""))
        agent = agent_of(words, str(owners[number].get("name", "")) if paired else "")
        if agent is None:
            return []
        found.append({"capacity": capacity_of(words), "agent": agent, "signed_last": agent})
    return found


def as_worked_out(data: Data) -> Data:
    """The draft of a form that was read, whose totals follow when an amount on it is changed.

    What a line held before is counted back from its first row; a total that its rows do not explain stays as given.
    """
    for table, index, _ in rows(data):
        cells = row_value.row_texts(data, table, index)
        reported = stated((table, index), row_value.row(data, table, index), footnote.texts(data))
        if reported is None or reported.before is None:
            continue
        if balance.prior(data, table, cells, range(index)) is None:
            data = put(data, balance.stated_total_path(table, cells), amount_text(reported.before))
        worked = balance.following(data, table, index)
        if worked is not None and worked.total == reported.total:
            data = mark(data, f"{table}[{index}].amount_owned_following", "defaulted")
    return data
