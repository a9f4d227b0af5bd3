"""The display model: what the page prints, as records of text and footnote marks; no HTML.

Columns and their order are the form's (section numbers in the captions of ``templates/captions``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from form4_author import codes
from form4_author.model.party import NO_ADDRESS
from form4_author.model.table import Row
from form4_author.page.display import (
    Printed,
    date_text,
    marks,
    printed_date,
    printed_number,
    printed_text,
)
from form4_author.page.seal import field_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from form4_author.model.filing import Filing
    from form4_author.model.party import Address, Owner
    from form4_author.model.table import DerivativeRow

__all__ = [
    "OwnerView",
    "PageStatus",
    "PageView",
    "SignatureView",
    "page_view",
    "running_head",
    "short_columns",
    "table_rows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatus:
    """What the page says of itself."""

    draft: bool = False
    """Whether findings block the filing: every page is marked DRAFT."""
    xml_sha256: str | None = None
    """SHA-256 of the XML that the page shows, in hexadecimal; None when none was made."""
    sent: bool = False
    """Whether that is the XML as it is sent, save the CCCs, and not as EDGAR shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """One reporting person as printed."""

    name: str
    streets: tuple[str, ...]
    city: str
    state: str
    zip: str
    country: str
    director: bool
    officer: bool
    ten_percent_owner: bool
    other: bool
    officer_title: str
    other_text: str

    @property
    def titles(self) -> str:
        """Officer's title and other text on one line, as box 5 prints them."""
        return " / ".join(text for text in (self.officer_title, self.other_text) if text)


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature as printed."""

    name: str
    date: str
    field: str
    """Name of the field in the PDF that the signatory may sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Everything the page prints beside its captions."""

    form: str
    base: str
    edition: str
    has_plan_box: bool
    has_country: bool
    exit_box: bool
    plan_box: bool
    form3_holdings: bool
    form4_transactions: bool
    no_securities: bool
    period: str
    date_of_original: str
    issuer_name: str
    trading_symbol: str
    foreign_trading_symbol: str
    owners: tuple[OwnerView, ...]
    table_1: tuple[tuple[Printed, ...], ...]
    table_2: tuple[tuple[Printed, ...], ...]
    footnotes: tuple[tuple[str, str], ...]
    """Number and text."""
    remarks: str
    signatures: tuple[SignatureView, ...]

    @property
    def running(self) -> str:
        """Whose form it is, for the head of every page after the first."""
        return _running(self.form, self.first_owner.name, self.issuer_name, self.trading_symbol, self.period)

    @property
    def first_owner(self) -> OwnerView:
        """Whom boxes 1 and 5 show; all blank while no owner is known."""
        return self.owners[0] if self.owners else _NO_ONE


_NO_ONE: Final = OwnerView(
    name="",
    streets=(),
    city="",
    state="",
    zip="",
    country="",
    director=False,
    officer=False,
    ten_percent_owner=False,
    other=False,
    officer_title="",
    other_text="",
)


def _running(form: str, owner: str, issuer: str, symbol: str, period: str) -> str:
    known = f" [{symbol}]" if symbol else ""
    parts = (f"Form {form}", owner, f"{issuer}{known}".strip(), period)
    return " · ".join(part for part in parts if part)


def running_head(filing: Filing) -> str:
    """The ``running`` of a filing's page, without the page."""
    return _running(
        filing.form or filing.base or "4",
        _owner_name(filing.owners[0]) if filing.owners else "",
        filing.issuer.name or "",
        filing.issuer.trading_symbol or "",
        date_text(filing.period_of_report),
    )


def page_view(filing: Filing) -> PageView:
    """The display model of a filing; a filing without an edition is shown as the current one."""
    base = filing.base or "4"
    edition = codes.editions().get(filing.edition or "") or codes.current_edition(base)
    rows = tuple(row for _, row in filing.rows())
    return PageView(
        form=filing.form or base,
        base=base,
        edition=edition.edition,
        has_plan_box=edition.has_plan_box and base != "3",
        has_country=edition.has_country,
        exit_box=bool(filing.not_subject_to_section16),
        plan_box=bool(filing.aff10b5_one),
        form3_holdings=base == "5"
        and any(not r.is_transaction and r.transaction_form_type == "3" for r in rows),
        form4_transactions=base == "5"
        and any(r.is_transaction and r.transaction_form_type == "4" for r in rows),
        no_securities=base == "3" and not rows,
        period=date_text(filing.period_of_report),
        date_of_original=date_text(filing.date_of_original_submission),
        issuer_name=filing.issuer.name or "",
        trading_symbol=filing.issuer.trading_symbol or "",
        foreign_trading_symbol=filing.issuer.foreign_trading_symbol or "",
        owners=tuple(_owner(owner, has_country=edition.has_country) for owner in filing.owners),
        table_1=tuple(table_rows(filing, "non_derivative")),
        table_2=tuple(table_rows(filing, "derivative")),
        footnotes=tuple((m, note.text or "") for note in filing.footnotes for m in marks((note.id or "",))),
        remarks=filing.remarks or "",
        signatures=tuple(
            SignatureView(s.name or "", date_text(s.date), field_name(number, s.name or ""))
            for number, s in enumerate(filing.signatures, 1)
        ),
    )


def _owner(owner: Owner, *, has_country: bool) -> OwnerView:
    address = owner.address
    return OwnerView(
        name=_owner_name(owner),
        streets=tuple(line for line in (address.street1, address.street2) if line),
        city=address.city or "",
        state=_state(address),
        zip=address.zip or "",
        country=_country(address) if has_country else "",
        director=bool(owner.is_director),
        officer=bool(owner.is_officer),
        ten_percent_owner=bool(owner.is_ten_percent_owner),
        other=bool(owner.is_other),
        officer_title=owner.officer_title or "",
        other_text=owner.other_text or "",
    )


def _owner_name(owner: Owner) -> str:
    return owner.name or (f"CIK {owner.cik}" if owner.cik else "")


def _state(address: Address) -> str:
    """The state code; before X0609 a foreign place was there, printed as the words EDGAR added."""
    if address.non_us:
        return address.non_us_state_territory or ""
    code = address.state or ""
    return code if code in codes.states() else address.state_description or code


def _country(address: Address) -> str:
    """Nothing for no address at all: EDGAR inserts the one it has, wherever that is."""
    if address == NO_ADDRESS:
        return ""
    if not address.non_us:
        return "UNITED STATES"
    country = codes.countries().get(address.country or "")
    return country.name if country else address.country or ""


# ---- rows

_R_contra = TypeVar("_R_contra", bound=Row, contravariant=True)


@dataclass(frozen=True, slots=True)
class _Column(Generic[_R_contra]):
    """A printed column: its caption where there is little room, the fields it shows, what it prints of a row."""

    short: str
    fields: tuple[str, ...]
    show: Callable[[_R_contra, str], Printed]


def table_rows(filing: Filing, table: str) -> Iterator[tuple[Printed, ...]]:
    """The printed cells of ``non_derivative`` (Table I) or ``derivative`` (Table II), in printed order."""
    base = filing.base or "4"
    if table == "derivative":
        for derivative in filing.derivative:
            yield tuple(column.show(derivative, base) for column in _TABLE_2[base])
    else:
        for row in filing.non_derivative:
            yield tuple(column.show(row, base) for column in _TABLE_1[base])


def short_columns(table: str, base: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Short caption and fields of each printed column of a table, in printed order."""
    columns = _TABLE_2[base] if table == "derivative" else _TABLE_1[base]
    return tuple((column.short, column.fields) for column in columns)


def _title(row: Row, _base: str) -> Printed:
    return printed_text(row.security_title)


def _transaction_date(row: Row, _base: str) -> Printed:
    return printed_date(row.transaction_date)


def _deemed(row: Row, _base: str) -> Printed:
    return printed_date(row.deemed_execution_date)


def _code(row: Row, base: str) -> Printed:
    """The code with /K for an equity swap; on Form 5 with the mark of a late report."""
    text = row.transaction_code.value or ""
    if row.equity_swap:
        text += "/K"
    if base == "5":
        text += _late_mark(row)
    return Printed(text, marks(row.transaction_code.footnotes))


def _late_mark(row: Row) -> str:
    """4: due on Form 4; 5: due on an earlier Form 5; 3: a holding due on Form 3."""
    form_type = row.transaction_form_type
    if form_type == "5":
        return "5" if row.timeliness.value == "L" else ""
    return form_type or ""


def _voluntary(row: Row, _base: str) -> Printed:
    early = row.is_transaction and row.transaction_form_type == "5"
    return Printed("V" if early else "", marks(row.timeliness.footnotes))


def _amount(row: Row, _base: str) -> Printed:
    return printed_number(row.amount)


def _acquired_disposed(row: Row, _base: str) -> Printed:
    return printed_text(row.acquired_disposed)


def _price(row: Row, _base: str) -> Printed:
    return printed_number(row.price, dollars=True)


def _owned(row: Row, _base: str) -> Printed:
    if not row.value_owned_following.is_blank:
        return printed_number(row.value_owned_following, dollars=True)
    return printed_number(row.amount_owned_following)


def _ownership_form(row: Row, _base: str) -> Printed:
    return printed_text(row.ownership_form)


def _nature(row: Row, _base: str) -> Printed:
    return printed_text(row.nature_of_ownership)


def _exercise_price(row: DerivativeRow, base: str) -> Printed:
    """Form 3 prints the sign even before a footnote alone."""
    printed = printed_number(row.exercise_price, dollars=True)
    alone = base == "3" and not printed.text and printed.marks
    return Printed("$", printed.marks) if alone else printed


def _moved(code: str) -> Callable[[DerivativeRow, str], Printed]:
    """Column (A) or (D) of Table II: the number is in the one the row's code names."""

    def column(row: DerivativeRow, _base: str) -> Printed:
        if row.acquired_disposed.value != code:
            return Printed()
        if not row.total_value.is_blank:
            return printed_number(row.total_value, dollars=True)
        return printed_number(row.amount)

    return column


def _exercisable(row: DerivativeRow, _base: str) -> Printed:
    return printed_date(row.date_exercisable)


def _expires(row: DerivativeRow, _base: str) -> Printed:
    return printed_date(row.expiration_date)


def _underlying_title(row: DerivativeRow, _base: str) -> Printed:
    return printed_text(row.underlying_title)


def _underlying(row: DerivativeRow, base: str) -> Printed:
    """Form 3 prints a whole number of shares without decimals, however it was written."""
    if not row.underlying_value.is_blank:
        return printed_number(row.underlying_value, dollars=True)
    printed = printed_number(row.underlying_amount)
    if base == "3" and printed.text.endswith(".00"):
        return Printed(printed.text.removesuffix(".00"), printed.marks)
    return printed


_TITLE: Final[_Column[Row]] = _Column("Title", ("security_title",), _title)
_DATES: Final[tuple[_Column[Row], ...]] = (
    _Column("Date", ("transaction_date",), _transaction_date),
    _Column("Deemed", ("deemed_execution_date",), _deemed),
)
_CODE: Final[_Column[Row]] = _Column("Code", ("transaction_code", "equity_swap"), _code)
_CODE_5: Final[_Column[Row]] = _Column(
    "Code", ("transaction_code", "equity_swap", "transaction_form_type", "timeliness"), _code
)
_EARLY: Final[_Column[Row]] = _Column("V", ("transaction_form_type", "timeliness"), _voluntary)
_PRICE: Final[_Column[Row]] = _Column("Price", ("price",), _price)
_OWNED: Final[_Column[Row]] = _Column("Owned", ("amount_owned_following", "value_owned_following"), _owned)
_OWNERSHIP: Final[tuple[_Column[Row], ...]] = (
    _Column("D/I", ("ownership_form",), _ownership_form),
    _Column("Nature", ("nature_of_ownership",), _nature),
)
_BOUGHT_1: Final[tuple[_Column[Row], ...]] = (
    _Column("Amount", ("amount",), _amount),
    _Column("A/D", ("acquired_disposed",), _acquired_disposed),
    _PRICE,
)
_TABLE_1: Final[dict[str, tuple[_Column[Row], ...]]] = {
    "3": (_TITLE, _OWNED, *_OWNERSHIP),
    "4": (_TITLE, *_DATES, _CODE, _EARLY, *_BOUGHT_1, _OWNED, *_OWNERSHIP),
    "5": (_TITLE, *_DATES, _CODE_5, *_BOUGHT_1, _OWNED, *_OWNERSHIP),
}
_TERM: Final[tuple[_Column[DerivativeRow], ...]] = (
    _Column("Exercisable", ("date_exercisable",), _exercisable),
    _Column("Expires", ("expiration_date",), _expires),
    _Column("Underlying", ("underlying_title",), _underlying_title),
    _Column("Amount", ("underlying_amount", "underlying_value"), _underlying),
)
_EXERCISE_PRICE: Final[_Column[DerivativeRow]] = _Column(
    "Exercise price", ("exercise_price",), _exercise_price
)
_BOUGHT_2: Final[tuple[_Column[DerivativeRow], ...]] = tuple(
    _Column(f"({code})", ("amount", "total_value", "acquired_disposed"), _moved(code)) for code in "AD"
)
_TABLE_2: Final[dict[str, tuple[_Column[DerivativeRow] | _Column[Row], ...]]] = {
    "3": (_TITLE, *_TERM, _EXERCISE_PRICE, *_OWNERSHIP),
    "4": (
        _TITLE,
        _EXERCISE_PRICE,
        *_DATES,
        _CODE,
        _EARLY,
        *_BOUGHT_2,
        *_TERM,
        _PRICE,
        _OWNED,
        *_OWNERSHIP,
    ),
    "5": (_TITLE, _EXERCISE_PRICE, *_DATES, _CODE_5, *_BOUGHT_2, *_TERM, _PRICE, _OWNED, *_OWNERSHIP),
}
