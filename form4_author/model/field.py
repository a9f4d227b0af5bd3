"""The one table of fields: attribute of the record → the form's label → XML element, with kind and limits.

The reader, the writer, the draft's JSON Schema, messages and the interview all take fields from here. Facts: EDGAR
Ownership XML Technical Specification 5.5, sections 3.5 and 4.3, and the schema files published with it.
Order is the order of the XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from form4_author.text import amount, day, flag

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DERIVATIVE_HOLDING",
    "DERIVATIVE_TRANSACTION",
    "DOCUMENT",
    "FOOTNOTE_REFERENCE",
    "NON_DERIVATIVE_HOLDING",
    "NON_DERIVATIVE_TRANSACTION",
    "PARSERS",
    "Field",
    "Group",
    "Kind",
    "Need",
    "Node",
    "Shape",
    "rows_of",
]


class Kind(StrEnum):
    """What a field's text has to be."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    CODE = "code"
    DIGITS = "digits"


PARSERS: Final[dict[Kind, Callable[[str], object]]] = {
    Kind.NUMBER: amount,
    Kind.DATE: day,
    Kind.FLAG: flag,
}
"""What makes a value of a text; other kinds keep the text."""


class Need(StrEnum):
    """Whether a field has to be there on the forms that have it."""

    OPTIONAL = "optional"
    VALUE = "value"
    """A value; a footnote alone is not enough."""
    VALUE_OR_NOTE = "value or footnote"
    ONE_OF = "one of"
    """Exactly one of the fields of its group that say so."""
    AMENDMENT = "amendment"
    """On an amendment, and only there."""


class Shape(StrEnum):
    """How a field stands in the XML and in its record."""

    PLAIN = "plain"
    """``<element>text</element>``; the record holds the bare value."""
    CELL = "cell"
    """``<element><value>text</value><footnoteId id="F1"/></element>``; the record holds a Cell."""
    CODING = "coding"
    """``<element>text</element>`` with the footnoteIds beside it in its group; the record holds a Cell."""
    ATTRIBUTE = "attribute"
    """An attribute of the group's element."""
    CONTENT = "content"
    """The text of the group's element."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """One field of the form. Equal to itself only: the table holds each once, and it is looked up millions of times."""

    name: str
    element: str
    kind: Kind
    caption: str
    """The form's own words for it, shortened where the form is long."""
    boxes: tuple[str, str, str] = ("", "", "")
    """Box or column number on Forms 3, 4 and 5; empty where the form prints none."""
    shape: Shape = Shape.PLAIN
    notes: bool = True
    """Whether a cell's element may carry footnote references (in the element, for CELL; in the group, for CODING)."""
    forms: str = "345"
    """The forms (without /A) whose XML has it."""
    longest: int | None = None
    """Characters."""
    codes: tuple[str, ...] | str = ()
    """The values it may take, or the name of the code table that lists them."""
    need: Need = Need.OPTIONAL
    needed_on: str = "345"
    """The forms (without /A) on which the need holds."""
    missing: str = "DOC-032"
    """Rule id when it is required and not there."""
    unused: str = "DOC-041"
    """Rule id when it is given on a form that does not have it."""
    malformed: str = ""
    """Rule id when its text is not what the kind asks for; empty for the kind's own rule."""
    filled: bool = False
    """Filled by EDGAR: kept for display, left out of what is sent."""
    since: str = ""
    """Schema generation that brought it: ``X0508`` or ``X0609``; empty for all."""
    keep_value: bool = False
    """Whether the value element is written, empty, when there are footnotes and no value."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """An element that holds other elements."""

    element: str
    nodes: tuple[Field | Group, ...]
    name: str = ""
    """Attribute of the parent record that holds this group's record; empty: its fields belong to the parent."""
    many: bool = False
    """Whether it repeats; the parent then holds a tuple of records."""
    record: str = ""
    """Which record it makes."""
    caption: str = ""
    boxes: tuple[str, str, str] = ("", "", "")
    kind: str = ""
    """Row kind, on a row."""
    forms: str = "345"
    since: str = ""
    missing: str = "DOC-032"
    unused: str = "DOC-041"
    most: int | None = None
    """How many there may be, when it repeats."""
    too_many: str = "DOC-009"
    """Rule id when there are more."""


Node = Field | Group

FOOTNOTE_REFERENCE: Final = "footnoteId"


def _cell(
    name: str,
    element: str,
    kind: Kind,
    caption: str,
    boxes: tuple[str, str, str] = ("", "", ""),
    **facts: Any,  # noqa: ANN401  # Field's own keywords, passed through
) -> Field:
    return Field(
        name=name, element=element, kind=kind, caption=caption, boxes=boxes, shape=Shape.CELL, **facts
    )


def _title(boxes: tuple[str, str, str], caption: str) -> Field:
    return _cell(
        "security_title",
        "securityTitle",
        Kind.TEXT,
        caption,
        boxes,
        longest=60,
        missing="FTN-012",
        need=Need.VALUE,
    )


_T1_TITLE = _title(("1", "1", "1"), "Title of Security")
_T2_TITLE = _title(("1", "1", "1"), "Title of Derivative Security")


def _dates(boxes: tuple[str, str, str], deemed: tuple[str, str, str]) -> tuple[Field, Field]:
    return (
        _cell(
            "transaction_date",
            "transactionDate",
            Kind.DATE,
            "Transaction Date",
            boxes,
            missing="FTN-012",
            need=Need.VALUE,
        ),
        _cell("deemed_execution_date", "deemedExecutionDate", Kind.DATE, "Deemed Execution Date", deemed),
    )


def _coding(box: str) -> tuple[Group, Field]:
    boxes = ("", box, box)
    return (
        Group(
            element="transactionCoding",
            caption="Transaction Code",
            boxes=boxes,
            missing="TXN-003",
            nodes=(
                Field(
                    name="transaction_form_type",
                    element="transactionFormType",
                    kind=Kind.CODE,
                    caption="Form Type",
                    boxes=boxes,
                    codes=("4", "5"),
                    need=Need.VALUE,
                    missing="TXN-002",
                    malformed="TXN-002",
                ),
                Field(
                    name="transaction_code",
                    element="transactionCode",
                    kind=Kind.CODE,
                    caption="Transaction Code",
                    boxes=boxes,
                    shape=Shape.CODING,
                    codes="transaction",
                    missing="TXN-001",
                    malformed="TXN-001",
                    need=Need.VALUE,
                ),
                Field(
                    name="equity_swap",
                    element="equitySwapInvolved",
                    kind=Kind.FLAG,
                    caption="Equity Swap Involved",
                    boxes=boxes,
                    missing="TXN-004",
                    need=Need.VALUE,
                ),
            ),
        ),
        _cell(
            "timeliness",
            "transactionTimeliness",
            Kind.CODE,
            "Timeliness",
            boxes,
            codes=("E", "L"),
            malformed="TXN-030",
        ),
    )


def _holding_coding(box: str) -> Group:
    return Group(
        element="transactionCoding",
        caption="Transaction Code",
        boxes=("", "", box),
        forms="5",
        nodes=(
            Field(
                name="transaction_form_type",
                element="transactionFormType",
                kind=Kind.CODE,
                caption="Form Type",
                boxes=("", "", box),
                codes=("3",),
                malformed="F5-011",
            ),
            Field(
                name="transaction_code",
                element="",
                kind=Kind.CODE,
                caption="Transaction Code",
                boxes=("", "", box),
                shape=Shape.CODING,
            ),
        ),
    )


def _price(box: str, caption: str) -> Field:
    return _cell(
        "price",
        "transactionPricePerShare",
        Kind.NUMBER,
        caption,
        ("", box, box),
        missing="TXN-011",
        need=Need.VALUE_OR_NOTE,
    )


def _acquired_disposed(box: str, *, notes: bool) -> Field:
    return _cell(
        "acquired_disposed",
        "transactionAcquiredDisposedCode",
        Kind.CODE,
        "(A) or (D)",
        ("", box, box),
        codes=("A", "D"),
        malformed="TXN-045",
        missing="TXN-045",
        notes=notes,
        need=Need.VALUE,
    )


def _owned(boxes: tuple[str, str, str], caption: str, forms: str = "345") -> Group:
    return Group(
        element="postTransactionAmounts",
        caption=caption,
        boxes=boxes,
        forms=forms,
        missing="HLD-001",
        unused="F3-002",
        nodes=(
            _cell(
                "amount_owned_following",
                "sharesOwnedFollowingTransaction",
                Kind.NUMBER,
                caption,
                boxes,
                missing="HLD-001",
                need=Need.ONE_OF,
            ),
            _cell(
                "value_owned_following",
                "valueOwnedFollowingTransaction",
                Kind.NUMBER,
                caption.replace("Amount", "Value"),
                boxes,
                missing="HLD-001",
                need=Need.ONE_OF,
            ),
        ),
    )


def _ownership(form_boxes: tuple[str, str, str], nature_boxes: tuple[str, str, str]) -> Group:
    return Group(
        element="ownershipNature",
        caption="Ownership Form",
        boxes=form_boxes,
        missing="HLD-005",
        nodes=(
            _cell(
                "ownership_form",
                "directOrIndirectOwnership",
                Kind.CODE,
                "Ownership Form",
                form_boxes,
                codes=("D", "I"),
                malformed="HLD-005",
                missing="HLD-005",
                need=Need.VALUE,
            ),
            _cell(
                "nature_of_ownership",
                "natureOfOwnership",
                Kind.TEXT,
                "Nature of Indirect Beneficial Ownership",
                nature_boxes,
                longest=100,
                missing="HLD-006",
                keep_value=True,
            ),
        ),
    )


_T1_OWNED = _owned(("2", "5", "5"), "Amount Owned Following Transaction(s)")
_T2_OWNED = _owned(("", "9", "9"), "Amount Owned Following Transaction(s)", forms="45")
_T1_OWNERSHIP = _ownership(("3", "6", "6"), ("4", "7", "7"))
_T2_OWNERSHIP = _ownership(("5", "10", "10"), ("6", "11", "11"))
_EXERCISE_PRICE = _cell(
    "exercise_price",
    "conversionOrExercisePrice",
    Kind.NUMBER,
    "Conversion or Exercise Price",
    ("4", "2", "2"),
    missing="DRV-001",
    need=Need.VALUE_OR_NOTE,
)
_TERM = (
    _cell(
        "date_exercisable",
        "exerciseDate",
        Kind.DATE,
        "Date Exercisable",
        ("2", "6", "6"),
        missing="DRV-002",
        need=Need.VALUE_OR_NOTE,
    ),
    _cell(
        "expiration_date",
        "expirationDate",
        Kind.DATE,
        "Expiration Date",
        ("2", "6", "6"),
        missing="DRV-003",
        need=Need.VALUE_OR_NOTE,
    ),
    Group(
        element="underlyingSecurity",
        caption="Underlying Security",
        boxes=("3", "7", "7"),
        missing="DRV-004",
        nodes=(
            _cell(
                "underlying_title",
                "underlyingSecurityTitle",
                Kind.TEXT,
                "Title of Underlying Security",
                ("3", "7", "7"),
                longest=60,
                missing="DRV-004",
                need=Need.VALUE,
            ),
            _cell(
                "underlying_amount",
                "underlyingSecurityShares",
                Kind.NUMBER,
                "Amount or Number of Underlying Shares",
                ("3", "7", "7"),
                missing="DRV-004",
            ),
            _cell(
                "underlying_value",
                "underlyingSecurityValue",
                Kind.NUMBER,
                "Value of Underlying Security",
                ("3", "7", "7"),
                missing="DRV-004",
            ),
        ),
    ),
)

NON_DERIVATIVE_TRANSACTION: Final = Group(
    element="nonDerivativeTransaction",
    record="NonDerivativeRow",
    kind="transaction",
    forms="45",
    unused="F3-001",
    nodes=(
        _T1_TITLE,
        *_dates(("", "2", "2"), ("", "2A", "2A")),
        *_coding("3"),
        Group(
            element="transactionAmounts",
            caption="Securities Acquired (A) or Disposed Of (D)",
            boxes=("", "4", "4"),
            nodes=(
                _cell(
                    "amount",
                    "transactionShares",
                    Kind.NUMBER,
                    "Amount",
                    ("", "4", "4"),
                    missing="FTN-012",
                    need=Need.VALUE,
                ),
                _price("4", "Price"),
                _acquired_disposed("4", notes=True),
            ),
        ),
        _T1_OWNED,
        _T1_OWNERSHIP,
    ),
)

NON_DERIVATIVE_HOLDING: Final = Group(
    element="nonDerivativeHolding",
    record="NonDerivativeRow",
    kind="holding",
    nodes=(_T1_TITLE, _holding_coding("3"), _T1_OWNED, _T1_OWNERSHIP),
)

DERIVATIVE_TRANSACTION: Final = Group(
    element="derivativeTransaction",
    record="DerivativeRow",
    kind="transaction",
    forms="45",
    unused="F3-001",
    nodes=(
        _T2_TITLE,
        _EXERCISE_PRICE,
        *_dates(("", "3", "3"), ("", "3A", "3A")),
        *_coding("4"),
        Group(
            element="transactionAmounts",
            caption="Number of Derivative Securities Acquired (A) or Disposed of (D)",
            boxes=("", "5", "5"),
            nodes=(
                _cell(
                    "amount",
                    "transactionShares",
                    Kind.NUMBER,
                    "Number",
                    ("", "5", "5"),
                    missing="DRV-005",
                    need=Need.ONE_OF,
                ),
                _cell(
                    "total_value",
                    "transactionTotalValue",
                    Kind.NUMBER,
                    "Total Value",
                    ("", "5", "5"),
                    missing="DRV-005",
                    need=Need.ONE_OF,
                ),
                _price("8", "Price of Derivative Security"),
                _acquired_disposed("5", notes=False),
            ),
        ),
        *_TERM,
        _T2_OWNED,
        _T2_OWNERSHIP,
    ),
)

DERIVATIVE_HOLDING: Final = Group(
    element="derivativeHolding",
    record="DerivativeRow",
    kind="holding",
    nodes=(
        _T2_TITLE,
        _EXERCISE_PRICE,
        _holding_coding("4"),
        *_TERM,
        _T2_OWNED,
        _T2_OWNERSHIP,
    ),
)

_ISSUER = Group(
    element="issuer",
    name="issuer",
    record="Issuer",
    caption="Issuer",
    boxes=("3", "2", "2"),
    missing="ISS-001",
    nodes=(
        Field(
            name="cik",
            element="issuerCik",
            kind=Kind.DIGITS,
            caption="Issuer CIK",
            boxes=("3", "2", "2"),
            longest=10,
            missing="ISS-001",
            malformed="ISS-001",
            need=Need.VALUE,
        ),
        Field(
            name="name",
            element="issuerName",
            kind=Kind.TEXT,
            caption="Issuer Name",
            boxes=("3", "2", "2"),
            longest=150,
            filled=True,
        ),
        Field(
            name="trading_symbol",
            element="issuerTradingSymbol",
            kind=Kind.TEXT,
            caption="Ticker or Trading Symbol",
            boxes=("3", "2", "2"),
            longest=10,
            missing="ISS-002",
            need=Need.VALUE,
        ),
        Field(
            name="foreign_trading_symbol",
            element="issuerForeignTradingSymbol",
            kind=Kind.TEXT,
            caption="Foreign Trading Symbol",
            boxes=("3a", "2a", "2a"),
            longest=14,
            since="X0609",
        ),
    ),
)


def _address_line(
    name: str,
    element: str,
    caption: str,
    longest: int,
    **facts: Any,  # noqa: ANN401  # Field's own keywords, passed through
) -> Field:
    return Field(
        name=name,
        element=element,
        kind=Kind.TEXT,
        caption=caption,
        boxes=("1", "1", "1"),
        longest=longest,
        **facts,
    )


_ADDRESS = Group(
    element="reportingOwnerAddress",
    name="address",
    record="Address",
    caption="Address of Reporting Person",
    boxes=("1", "1", "1"),
    nodes=(
        Field(
            name="non_us",
            element="rptOwnerNonUSAddressFlag",
            kind=Kind.FLAG,
            caption="Non-US Address",
            boxes=("1", "1", "1"),
            since="X0609",
        ),
        _address_line("street1", "rptOwnerStreet1", "Street", 40),
        _address_line("street2", "rptOwnerStreet2", "Street, second line", 40),
        _address_line("city", "rptOwnerCity", "City", 30),
        _address_line(
            "non_us_state_territory",
            "rptOwnerNonUSStateTerritory",
            "Non-US State or Territory",
            30,
            since="X0609",
        ),
        Field(
            name="state",
            element="rptOwnerState",
            kind=Kind.CODE,
            caption="State",
            boxes=("1", "1", "1"),
            codes="state",
            malformed="OWN-017",
        ),
        Field(
            name="country",
            element="rptOwnerCountry",
            kind=Kind.CODE,
            caption="Country",
            boxes=("1", "1", "1"),
            codes="country",
            malformed="OWN-016",
            since="X0609",
        ),
        _address_line("zip", "rptOwnerZipCode", "Zip/Postal Code", 10, malformed="OWN-018"),
        _address_line("state_description", "rptOwnerStateDescription", "State Description", 50, filled=True),
        Field(
            name="good_address",
            element="rptOwnerGoodAddress",
            kind=Kind.FLAG,
            caption="Good Address",
            filled=True,
        ),
    ),
)


def _relationship(name: str, element: str, caption: str) -> Field:
    return Field(name=name, element=element, kind=Kind.FLAG, caption=caption, boxes=("4", "5", "5"))


def _relationship_text(name: str, element: str, caption: str, missing: str) -> Field:
    return Field(
        name=name,
        element=element,
        kind=Kind.TEXT,
        caption=caption,
        boxes=("4", "5", "5"),
        longest=30,
        missing=missing,
    )


_OWNER = Group(
    element="reportingOwner",
    name="owners",
    record="Owner",
    many=True,
    caption="Reporting Person",
    boxes=("1", "1", "1"),
    missing="OWN-001",
    most=10,
    too_many="OWN-001",
    nodes=(
        Group(
            element="reportingOwnerId",
            caption="Reporting Person",
            boxes=("1", "1", "1"),
            nodes=(
                Field(
                    name="cik",
                    element="rptOwnerCik",
                    kind=Kind.DIGITS,
                    caption="CIK of Reporting Person",
                    boxes=("1", "1", "1"),
                    longest=10,
                    missing="OWN-026",
                    malformed="OWN-026",
                    need=Need.VALUE,
                ),
                Field(
                    name="name",
                    element="rptOwnerName",
                    kind=Kind.TEXT,
                    caption="Name of Reporting Person",
                    boxes=("1", "1", "1"),
                    longest=150,
                    filled=True,
                ),
            ),
        ),
        _ADDRESS,
        Group(
            element="reportingOwnerRelationship",
            caption="Relationship of Reporting Person to Issuer",
            boxes=("4", "5", "5"),
            missing="OWN-004",
            nodes=(
                _relationship("is_director", "isDirector", "Director"),
                _relationship("is_officer", "isOfficer", "Officer"),
                _relationship("is_ten_percent_owner", "isTenPercentOwner", "10% Owner"),
                _relationship("is_other", "isOther", "Other"),
                _relationship_text("officer_title", "officerTitle", "Officer title", "OWN-005"),
                _relationship_text("other_text", "otherText", "Other (specify)", "OWN-007"),
            ),
        ),
    ),
)

_NON_DERIVATIVE_TABLE = Group(
    element="nonDerivativeTable",
    name="non_derivative",
    caption="Table I",
    most=30,
    nodes=(NON_DERIVATIVE_TRANSACTION, NON_DERIVATIVE_HOLDING),
)

_DERIVATIVE_TABLE = Group(
    element="derivativeTable",
    name="derivative",
    caption="Table II",
    most=30,
    nodes=(DERIVATIVE_TRANSACTION, DERIVATIVE_HOLDING),
)

_FOOTNOTES = Group(
    element="footnotes",
    caption="Explanation of Responses",
    nodes=(
        Group(
            element="footnote",
            name="footnotes",
            record="Footnote",
            many=True,
            most=99,
            too_many="FTN-006",
            caption="Footnote",
            nodes=(
                Field(
                    name="id",
                    element="id",
                    kind=Kind.CODE,
                    caption="Footnote number",
                    shape=Shape.ATTRIBUTE,
                    codes="footnote",
                    need=Need.VALUE,
                    missing="FTN-001",
                    malformed="FTN-001",
                ),
                Field(
                    name="text",
                    element="",
                    kind=Kind.TEXT,
                    caption="Footnote text",
                    shape=Shape.CONTENT,
                    longest=1000,
                    malformed="FTN-006",
                ),
            ),
        ),
    ),
)

_SIGNATURE = Group(
    element="ownerSignature",
    name="signatures",
    record="Signature",
    many=True,
    most=10,
    too_many="SIG-001",
    caption="Signature",
    missing="SIG-001",
    nodes=(
        Field(
            name="name",
            element="signatureName",
            kind=Kind.TEXT,
            caption="Signature of Reporting Person",
            longest=255,
            missing="SIG-001",
            need=Need.VALUE,
        ),
        Field(
            name="date",
            element="signatureDate",
            kind=Kind.DATE,
            caption="Date of signature",
            missing="SIG-001",
            need=Need.VALUE,
        ),
    ),
)


def _box(
    name: str,
    element: str,
    caption: str,
    forms: str,
    **facts: Any,  # noqa: ANN401  # Field's own keywords, passed through
) -> Field:
    return Field(name=name, element=element, kind=Kind.FLAG, caption=caption, forms=forms, **facts)


DOCUMENT: Final = Group(
    element="ownershipDocument",
    record="Filing",
    caption="Form",
    nodes=(
        Field(
            name="edition",
            element="schemaVersion",
            kind=Kind.TEXT,
            caption="Edition (schemaVersion)",
            longest=5,
            filled=True,
        ),
        Field(
            name="form",
            element="documentType",
            kind=Kind.CODE,
            caption="Form type",
            codes="form",
            missing="DOC-001",
            malformed="DOC-001",
            need=Need.VALUE,
        ),
        Field(
            name="period_of_report",
            element="periodOfReport",
            kind=Kind.DATE,
            caption="Period of Report",
            boxes=("2", "3", "3"),
            need=Need.VALUE,
        ),
        Field(
            name="date_of_original_submission",
            element="dateOfOriginalSubmission",
            kind=Kind.DATE,
            caption="Date Original Filed",
            boxes=("5", "4", "4"),
            missing="AMD-001",
            need=Need.AMENDMENT,
            unused="AMD-001",
        ),
        _box(
            "no_securities_owned", "noSecuritiesOwned", "No securities beneficially owned", "3", filled=True
        ),
        _box(
            "not_subject_to_section16",
            "notSubjectToSection16",
            "No longer subject to Section 16",
            "45",
            unused="F3-003",
        ),
        _box(
            "form3_holdings_reported", "form3HoldingsReported", "Form 3 Holdings Reported", "5", filled=True
        ),
        _box(
            "form4_transactions_reported",
            "form4TransactionsReported",
            "Form 4 Transactions Reported",
            "5",
            filled=True,
        ),
        _ISSUER,
        _OWNER,
        Field(
            name="aff10b5_one",
            element="aff10b5One",
            kind=Kind.FLAG,
            caption="Rule 10b5-1(c) box",
            missing="PLN-001",
            since="X0508",
            need=Need.VALUE,
            needed_on="45",
        ),
        _NON_DERIVATIVE_TABLE,
        _DERIVATIVE_TABLE,
        _FOOTNOTES,
        Field(name="remarks", element="remarks", kind=Kind.TEXT, caption="Remarks", longest=2000),
        _SIGNATURE,
    ),
)


def rows_of(table: str) -> tuple[Group, Group]:
    """The transaction and the holding of ``non_derivative`` or ``derivative``."""
    if table == "derivative":
        return DERIVATIVE_TRANSACTION, DERIVATIVE_HOLDING
    return NON_DERIVATIVE_TRANSACTION, NON_DERIVATIVE_HOLDING
