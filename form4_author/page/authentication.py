"""The papers behind typed signatures: the authentication document of each signatory, and the attestation.

Sources: Regulation S-T, Rule 302(b), 17 CFR 232.302(b); Rule 16a-3(i). The rule asks for the adoption of the typed
signature, its time and five years' keeping; that the paper names the filing by form, persons, lines and SHA-256 is good
practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author import __version__, codes
from form4_author.model.conformed_signature import signer_of
from form4_author.page.caption import captions
from form4_author.page.display import date_text, printed_number, printed_text
from form4_author.page.html import environment
from form4_author.page.seal import field_name
from form4_author.timing.deadline import years_after

if TYPE_CHECKING:
    from datetime import date

    from form4_author.model.filing import Filing
    from form4_author.model.table import Row
    from form4_author.page.html import Paper

__all__ = ["AuthenticationView", "attestation_html", "authentication_html", "authentication_views"]

_KEPT: Final = 5
"""Years after filing."""
_COLUMNS: Final = (
    ("Line", False, 6),
    ("Security", False, 26),
    ("Date", False, 11),
    ("Code", False, 6),
    ("Amount", True, 13),
    ("A/D", False, 6),
    ("Price", True, 12),
    ("Owned after", True, 13),
    ("D/I", False, 7),
)
_HOLDINGS: Final = (("Line", False, 8), ("Security", False, 52), ("Owned", True, 28), ("D/I", False, 12))
"""Form 3 has holdings only. Heading, whether numbers stand under it, per cent of the width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticationView:
    """What one authentication document says."""

    form: str
    title: str
    original: str
    """Day the original of an amendment was filed; empty for an original."""
    issuer: str
    symbol: str
    issuer_cik: str
    owners: tuple[tuple[str, str], ...]
    """Name and CIK."""
    dates: tuple[tuple[str, str], ...]
    """Caption and day: the period, the transactions."""
    document: str
    """File name of the XML."""
    sha256: str
    columns: tuple[tuple[str, bool], ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    typed: str
    """The signature as it appears in the filing."""
    typed_date: str
    signatory: str
    capacity: str
    agent: bool
    """Whether the signatory signs under a power of attorney."""
    field: str
    """Name of the place for an electronic signature."""
    filed: str
    retain: str
    """Last day of keeping, where the day of filing is known."""


def authentication_views(
    filing: Filing, *, document: str, sha256: str, filed: date | None = None
) -> tuple[AuthenticationView, ...]:
    """One paper for each typed signature of a filing, in their order; a signature without a name has none.

    ``document`` is the file name of the XML, ``sha256`` its hash; ``filed``, where known, gives the day of retention.
    """
    base = filing.base or "4"
    edition = codes.editions().get(filing.edition or "") or codes.current_edition(base)
    columns = _HOLDINGS if base == "3" else _COLUMNS
    views = []
    for number, signature in enumerate(filing.signatures, 1):
        if not signature.name:
            continue
        signer = signer_of(signature.name)
        views.append(
            AuthenticationView(
                form=filing.form or base,
                title=captions(edition.captions, base).form["title"].capitalize(),
                original=date_text(filing.date_of_original_submission),
                issuer=filing.issuer.name or "Issuer",
                symbol=filing.issuer.trading_symbol or "",
                issuer_cik=filing.issuer.cik or "",
                owners=tuple((o.name or "Reporting person", o.cik or "") for o in filing.owners),
                dates=_dates(filing),
                document=document,
                sha256=sha256,
                columns=tuple((heading, number) for heading, number, _width in columns),
                widths=tuple(width for _heading, _number, width in columns),
                rows=_rows(filing, base),
                typed=" ".join(signature.name.split()),
                typed_date=date_text(signature.date),
                signatory=signer.name,
                capacity=signer.capacity,
                agent=_is_agent(signer.capacity),
                field=field_name(number, signature.name),
                filed=date_text(filed),
                retain=date_text(years_after(filed, _KEPT)) if filed is not None else "",
            )
        )
    return tuple(views)


def _is_agent(capacity: str) -> bool:
    words = capacity.casefold()
    return "attorney" in words or "poa" in words.split()


def _dates(filing: Filing) -> tuple[tuple[str, str], ...]:
    """The period by its own caption, and the days of the transactions where they are not that day alone."""
    caption = {"3": "Date of event", "5": "Fiscal year ended"}.get(filing.base or "4", "Earliest transaction")
    days = sorted({row.transaction_date.value for _path, row in filing.transactions()} - {None}, key=str)
    rows = [(caption, date_text(filing.period_of_report))] if filing.period_of_report else []
    if days and days != [filing.period_of_report]:
        rows.append(("Days of the transactions", ", ".join(date_text(day) for day in days)))
    return tuple(rows)


def _rows(filing: Filing, base: str) -> tuple[tuple[str, ...], ...]:
    """The lines of both tables, numbered as findings number them: ``I-1``, ``II-2``."""
    numbered: list[tuple[str, Row]] = [(f"I-{i}", row) for i, row in enumerate(filing.non_derivative, 1)]
    numbered += [(f"II-{i}", row) for i, row in enumerate(filing.derivative, 1)]
    tell = _holding if base == "3" else _line
    return tuple((number, *tell(row)) for number, row in numbered)


def _line(row: Row) -> tuple[str, ...]:
    return (
        printed_text(row.security_title).text,
        date_text(row.transaction_date.value),
        row.transaction_code.value or ("" if row.is_transaction else "holding"),
        _either(row, "amount", "total_value"),
        row.acquired_disposed.value or "",
        printed_number(row.price, dollars=True).text,
        _either(row, "amount_owned_following", "value_owned_following"),
        row.ownership_form.value or "",
    )


def _holding(row: Row) -> tuple[str, ...]:
    owned = _either(row, "amount_owned_following", "value_owned_following") or _either(
        row, "underlying_amount", "underlying_value"
    )
    return printed_text(row.security_title).text, owned, row.ownership_form.value or ""


def _either(row: Row, shares: str, dollars: str) -> str:
    """A number of shares, or the dollars that stand in its place."""
    value = getattr(row, dollars, None)
    if value is not None and value.value is not None:
        return printed_number(value, dollars=True).text
    amount = getattr(row, shares, None)
    return printed_number(amount).text if amount is not None else ""


def authentication_html(view: AuthenticationView, paper: Paper = "letter") -> str:
    """The page of an authentication document; the same view gives the same text.

    Raises ResourceMissing when the templates are not installed.
    """
    template = environment().get_template("paper/authentication.html.j2")
    return template.render(view=view, paper=paper, version=__version__)


def attestation_html(name: str, *, title: str = "", filer: str = "", paper: Paper = "letter") -> str:
    """The page of the attestation that a signatory signs by hand, once, before signing electronically (302(b)(2)).

    ``title`` is an office or capacity, ``filer`` who keeps the paper. Raises ResourceMissing when the templates are not
    installed.
    """
    template = environment().get_template("paper/attestation.html.j2")
    return template.render(name=name, title=title, filer=filer, paper=paper, version=__version__)
