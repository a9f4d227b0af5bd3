"""How a draft begins: empty, or with what the last filing says of person, issuer and lines.

What is carried over is in ``interview.carried``: one entry for each line of the last filing with its cells, what it
held then (``amount_owned_following``), where that is known from (``source``) and its footnotes (see
``form4_author.ledger.line_note``). The form itself has a line only when the filer says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author import codes
from form4_author.ledger.bases import two_bases
from form4_author.ledger.closing import closing, stated
from form4_author.ledger.line_note import LINE_COLUMNS, beside, noted
from form4_author.model.conformed_signature import agent_of, capacity_of
from form4_author.model.draft import Draft
from form4_author.model.filing import Filing
from form4_author.model.interview import CarriedLine, Interview, OtherHolder, SigningAnswers
from form4_author.model.party import NO_ADDRESS
from form4_author.text import amount_text
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import cells, mark, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.ledger.closing import Closing
    from form4_author.model.party import Owner

__all__ = ["as_worked_out", "carried_lines", "fresh", "from_filing", "signing_of"]


def fresh(form: str = "4") -> Draft:
    """An empty draft."""
    return Draft(Filing(form=form))


def from_filing(filing: Filing, form: str = "4", source: str = "", *, recalls: bool = True) -> Draft:
    """A draft for the same person and issuer, which begins with what happened.

    ``source``: where the lines are known from, as the filer reads it; by default the form and its date.
    ``recalls``: whether its footnotes are proposed again; not where no one looks at what is proposed.
    """
    source_name, bases = source or _named(filing), two_bases(filing)
    interview = Interview(
        at="happened" if form[:1] != "3" else "owners[0].relationship",
        opened=source_name,
        phrases=tuple(each.text for each in filing.footnotes if recalls and each.text),
        carried=carried_lines(filing, source_name),
        two_bases=bases.words if bases else None,
        foreign_issuer="yes" if filing.issuer.foreign_trading_symbol else "no",
        signing=signing_of(filing),
    )
    owners = tuple(map(_owner, filing.owners))
    return Draft(Filing(form=form, issuer=filing.issuer, owners=owners), interview)


def _named(filing: Filing) -> str:
    signed = max((s.date for s in filing.signatures if s.date is not None), default=filing.period_of_report)
    return f"Form {filing.form}{f' of {signed:%m/%d/%Y}' if signed else ''}"


def carried_lines(filing: Filing, source: str) -> tuple[CarriedLine, ...]:
    """The lines of a filing as they were after it, in the order of the form; what was closed is left at 0."""
    whole = ((end, cells(end.table, end.row)) for end in closing(filing))
    return tuple(
        _carried_line(filing, end, texts, source)
        for end, texts in whole
        if not end.in_dollars and "security_title" in texts
    )


def _carried_line(filing: Filing, end: Closing, texts: Mapping[str, str], source: str) -> CarriedLine:
    found = {name: texts[name] for name in LINE_COLUMNS if name in texts}
    for name in LINE_COLUMNS[3:6]:
        words = " ".join(footnote.text_of(Draft(filing), (end.table, end.place, name)))
        if words and name not in texts:
            found["exercise_price_words" if name == "exercise_price" else name] = words
    found["amount_owned_following"] = amount_text(end.total)
    if end.each is not None:
        found["each"] = amount_text(end.each)
    words_of_line = noted(filing, end)
    return CarriedLine(
        table=end.table,
        cells=found,
        source=source,
        running="yes" if end.running else None,
        notes=words_of_line.line_notes,
        asked=words_of_line.asked,
        beside=tuple(
            OtherHolder(
                amount_owned_following=amount_text(each.total),
                notes=each.noted.line_notes,
                asked=each.noted.asked,
            )
            for each in beside(filing, end)
        ),
    )


def _owner(owner: Owner) -> Owner:
    """A person with an address in the branches of March 2026: a state, or a country."""
    address = owner.address
    if address == NO_ADDRESS or address.non_us is not None:
        return owner
    outside = bool(address.state) and address.state not in {s.code for s in codes.states().values()}
    if not outside:
        return replace(owner, address=replace(address, non_us=False))
    return replace(owner, address=replace(address, non_us=True, country=address.state, state=None))


def signing_of(filing: Filing) -> tuple[SigningAnswers, ...]:
    """Who signed a form for each person, where an attorney-in-fact did and the signature names one; else nothing."""
    paired = len(filing.signatures) == len(filing.owners)
    found = []
    for number, signature in enumerate(filing.signatures):
        words = signature.name or ""
        agent = agent_of(words, (filing.owners[number].name or "") if paired else "")
        if agent is None:
            return ()
        found.append(SigningAnswers(capacity=capacity_of(words), agent=agent, signed_last=agent))
    return tuple(found)


def as_worked_out(draft: Draft) -> Draft:
    """The draft of a form that was read, whose totals follow when an amount on it is changed.

    What a line held before is counted back from its first row; a total that its rows do not explain stays as given.
    """
    for table, index, _ in rows(draft):
        texts = row_value.row_texts(draft, table, index)
        reported = stated((table, index), row_value.row(draft, table, index), footnote.texts(draft))
        if reported is None or reported.before is None:
            continue
        if balance.prior(draft, table, texts, range(index)) is None:
            draft = draft.with_(balance.stated_total_path(table, texts), amount_text(reported.before))
        worked = balance.following(draft, table, index)
        if worked is not None and worked.total == reported.total:
            draft = mark(draft, f"{table}[{index}].amount_owned_following", "defaulted")
    return draft
