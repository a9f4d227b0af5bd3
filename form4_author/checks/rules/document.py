"""The document as a whole: what EDGAR fills in itself, and whether anything is reported.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.5, 4.3, 4.3.1 to 4.3.4 and 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Profile, Rule, rule
from form4_author.findings import Hit, Path, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]


@rule("DOC-003", "schemaVersion in a document to be sent", Severity.WARNING, cite.SPEC_4_3)
def schema_version_supplied(filing: Filing, context: Context) -> Iterator[Hit]:
    """The document to be sent says which edition of the schema it follows.

    Why: EDGAR stamps schemaVersion itself. It warns about one that is sent, and discards it.
    Fix: Leave schemaVersion out. The submission that this program writes has none.
    Silent: On published filings, where EDGAR put it, and on drafts, which have no such answer.
    Rejected: XML: <schemaVersion>X0609</schemaVersion> in the primary document of an envelope
    Accepted: XML: no <schemaVersion> in the primary document of an envelope
    """
    if context.profile is Profile.SUBMISSION and filing.edition is not None:
        yield Hit(("edition",), f'schemaVersion "{filing.edition}" is filled by EDGAR; leave it out')


@rule("DOC-004", "Field that EDGAR fills given", Severity.WARNING, cite.SPEC_3_5, cite.SPEC_4_3)
def filled_field_supplied(filing: Filing, context: Context) -> Iterator[Hit]:
    """The document to be sent holds a value that EDGAR fills in by itself.

    Why: EDGAR takes names from its own records and works out the summary boxes. It warns about a value that is
    sent, and discards it.
    Fix: Leave it out. The submission that this program writes has none of them.
    Silent: On published filings, where EDGAR put them, and on drafts, which keep them for the page only.
    Rejected: XML: <issuerName>QUALYS, INC.</issuerName> in a document without <schemaVersion>
    Accepted: XML: <issuerCik> and <issuerTradingSymbol> only
    """
    if context.profile is not Profile.SUBMISSION:
        return
    for path, words, value in _filled(filing):
        if value is not None:
            yield Hit(path, f"{words} is filled by EDGAR; leave it out")


def _filled(filing: Filing) -> Iterator[tuple[Path, str, object]]:
    yield ("no_securities_owned",), "noSecuritiesOwned", filing.no_securities_owned
    yield ("form3_holdings_reported",), "form3HoldingsReported", filing.form3_holdings_reported
    yield ("form4_transactions_reported",), "form4TransactionsReported", filing.form4_transactions_reported
    yield ("issuer", "name"), f'Issuer Name "{filing.issuer.name}"', filing.issuer.name
    for index, owner in enumerate(filing.owners):
        at = ("owners", index)
        yield (*at, "name"), f'Name of Reporting Person "{owner.name}"', owner.name
        described = owner.address.state_description
        yield (*at, "address", "state_description"), f'State Description "{described}"', described
        yield (*at, "address", "good_address"), "rptOwnerGoodAddress", owner.address.good_address


@rule("DOC-010", "Nothing reported", Severity.SUSPENSE, cite.SPEC_4_3, cite.SPEC_4_3_3)
def nothing_reported(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 4 or 5 has no line in either table, and the box "no longer subject to Section 16" is not ticked.

    Why: EDGAR suspends a Form 4 or 5 that has no transaction or holding and no such tick.
    Fix: Add the transaction, or tick the box when that is why the form is filed.
    Silent: On Form 3, which may report that nothing is owned. With holdings only: see DOC-043.
    Rejected: non_derivative = []
    Accepted: non_derivative = []; footnotes = []; not_subject_to_section16 = true
    """
    if (
        filing.base in ("4", "5")
        and not filing.not_subject_to_section16
        and not (filing.non_derivative or filing.derivative)
    ):
        yield Hit(
            ("non_derivative",),
            f"Form {filing.form} has no transaction; EDGAR suspends it unless the box "
            '"no longer subject to Section 16" is ticked',
            related=(("not_subject_to_section16",),),
        )


@rule("DOC-043", "Holdings only", Severity.WARNING, cite.SPEC_4_3_3, cite.SPEC_4_3)
def holdings_only(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 4 or 5 lists holdings but no transaction, and the box "no longer subject to Section 16" is not ticked.

    Why: EDGAR's specification says both that such a form needs a transaction (4.3.3) and that a transaction or a
    holding will do (4.3). EDGAR has accepted forms with holdings only; it is not promised.
    Fix: Add the transaction that caused the form. If there is none, send a test filing first.
    Silent: On Form 3, and when the box is ticked.
    Rejected: non_derivative[0].kind = holding; footnotes = []
    Accepted: non_derivative[0].kind = transaction
    """
    if filing.base not in ("4", "5") or filing.not_subject_to_section16:
        return
    if (filing.non_derivative or filing.derivative) and not any(filing.transactions()):
        yield Hit(
            ("non_derivative",),
            f"Form {filing.form} lists holdings but no transaction; EDGAR's specification asks for one "
            "in 4.3.3 and takes holdings alone in 4.3",
            related=(("not_subject_to_section16",),),
        )


RULES: Final[tuple[Rule, ...]] = (
    schema_version_supplied,
    filled_field_supplied,
    nothing_reported,
    holdings_only,
)
