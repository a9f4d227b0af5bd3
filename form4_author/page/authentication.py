"""The papers behind typed signatures: the authentication document of each signatory, and the attestation.

Sources: Regulation S-T, Rule 302(b), 17 CFR 232.302(b); Rule 16a-3(i). The rule asks for the adoption of the typed
signature, its time and five years' keeping; that the paper names the filing by form, persons, lines and SHA-256 is good
practice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author import __version__, codes
from form4_author.model.conformed_signature import is_entity_name, signer_of
from form4_author.page.caption import captions
from form4_author.page.display import date_text, printed_number, printed_text
from form4_author.page.html import environment
from form4_author.page.seal import field_name
from form4_author.timing.deadline import years_after

if TYPE_CHECKING:
    from datetime import date

    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner
    from form4_author.model.table import Row
    from form4_author.page.html import Paper

__all__ = [
    "Adopted",
    "AuthenticationView",
    "Particulars",
    "attestation_html",
    "authentication_html",
    "authentication_views",
]

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
"""Form 3 has holdings only. Heading, whether its column has numbers, percent of the width."""


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
    adopted: tuple[Adopted, ...]
    """The signatures of this signatory, in their order."""
    signatory: str
    agent: bool
    """Whether the signatory signs under a power of attorney."""
    field: str
    """Name of the place for an electronic signature."""
    filed: str
    retain: str
    """Last day of keeping, where the day of filing is known."""

    @property
    def running(self) -> str:
        """What each page names: the filing and whose signature it is."""
        return f"Form {self.form} - {self.issuer} - signature of {self.signatory}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A typed signature that an authentication document adopts."""

    typed: str
    """The signature as it appears in the filing."""
    date: str
    person: str
    """The reporting person for whom it is; empty where the filing does not say."""
    capacity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an authentication document says of an electronic signature, filled in before it is signed."""

    credential: str
    """What the signatory presents: ``certificate in a PKCS#12 file``."""
    provider: str
    """Who issued it."""
    date: str
    time: str
    """Eastern, to the second."""
    attested: str = ""
    """The day the attestation was signed by hand; empty where it was not stated."""
    power_dated: str = ""
    power_filed: str = ""
    """Where the power of attorney is: the exhibit's name."""


def authentication_views(
    filing: Filing, *, document: str, sha256: str, filed: date | None = None
) -> tuple[AuthenticationView, ...]:
    """One document for each signatory of a filing, in their order; a signature without a name has none.

    ``document`` is the file name of the XML, ``sha256`` its hash; ``filed``, where known, gives the day of retention.
    """
    base = filing.base or "4"
    edition = codes.editions().get(filing.edition or "") or codes.current_edition(base)
    columns = _HOLDINGS if base == "3" else _COLUMNS
    views = []
    for signatory, numbers in _signatories(filing).items():
        adopted = tuple(_adopted(filing, number) for number in numbers)
        first = filing.signatures[numbers[0]].name or ""
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
                adopted=adopted,
                signatory=signatory,
                agent=any(_is_agent(filing, number) for number in numbers),
                field=field_name(numbers[0] + 1, first),
                filed=date_text(filed),
                retain=date_text(years_after(filed, _KEPT)) if filed is not None else "",
            )
        )
    return tuple(views)


def _signatories(filing: Filing) -> dict[str, list[int]]:
    """The numbers of the signatures of each individual, from 0, by name; who signs twice is there once."""
    found: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for number, signature in enumerate(filing.signatures):
        if signature.name:
            name = signer_of(signature.name).name
            found.setdefault(names.setdefault(name.casefold(), name), []).append(number)
    return found


def _adopted(filing: Filing, number: int) -> Adopted:
    signature = filing.signatures[number]
    typed = " ".join((signature.name or "").split())
    owner = _owner(filing, number)
    name = owner.name or "" if owner is not None else ""
    capacity = signer_of(typed).capacity
    if not capacity and name:
        capacity = "signatory of this entity, in the words typed" if is_entity_name(name) else "in person"
    return Adopted(typed=typed, date=date_text(signature.date), person=name, capacity=capacity)


def _owner(filing: Filing, number: int) -> Owner | None:
    """For which reporting person a signature is: the only one, or that of the same number."""
    if len(filing.owners) == 1:
        return filing.owners[0]
    return filing.owners[number] if len(filing.owners) == len(filing.signatures) else None


def _is_agent(filing: Filing, number: int) -> bool:
    """Whether a signature is under a power of attorney: it says so, or is by someone else for an individual."""
    words = re.findall(r"[^\W\d_]{2,}", signer_of(filing.signatures[number].name or "").capacity.casefold())
    if _FIDUCIARY.intersection(words):
        return False
    owner = _owner(filing, number)
    name = owner.name or "" if owner is not None else ""
    principal = set() if is_entity_name(name) else set(re.findall(r"[^\W\d_]{2,}", name.casefold()))
    return "attorney" in words or "poa" in words or len(principal.intersection(words)) > 1


_FIDUCIARY: Final = frozenset(
    {"trustee", "executor", "executrix", "administrator", "guardian", "conservator"}
)
"""Whose authority is not a power of attorney."""


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
    """A number of shares, or the dollars stated instead."""
    value = getattr(row, dollars, None)
    if value is not None and value.value is not None:
        return printed_number(value, dollars=True).text
    amount = getattr(row, shares, None)
    return printed_number(amount).text if amount is not None else ""


def authentication_html(
    view: AuthenticationView, paper: Paper = "letter", particulars: Particulars | None = None
) -> str:
    """The page of an authentication document; the same view gives the same text.

    ``particulars``: of the electronic signature that it is about to bear; without them there are blanks to be filled by
    hand. Raises ResourceMissing when the templates are not installed.
    """
    template = environment().get_template("paper/authentication.html.j2")
    return template.render(view=view, paper=paper, version=__version__, particulars=particulars)


def attestation_html(name: str, *, title: str = "", filer: str = "", paper: Paper = "letter") -> str:
    """The page of the attestation that a signatory signs by hand, once, before signing electronically (302(b)(2)).

    ``title`` is an office or capacity, ``filer`` who keeps the signed original. Raises ResourceMissing
    when the templates are not installed.
    """
    template = environment().get_template("paper/attestation.html.j2")
    return template.render(name=name, title=title, filer=filer, paper=paper, version=__version__)
