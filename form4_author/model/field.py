"""The one table of fields: attribute of the record → the form's label → XML element, with kind and limits.

The reader, the writer, the draft's JSON Schema, messages and the interview all take fields from here. Facts: EDGAR
Ownership XML Technical Specification 5.5, sections 3.5 and 4.3, and the schema files published with it.
Order is the order of the XML.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

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
    """How a field is in the XML and in its record."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of the form. Equal to itself only: the table holds each once, and it is looked up millions of times."""

    name: str
    element: str
    kind: Kind
    caption: str
    """The form's own words for it, shortened where the form is long."""
    boxes: tuple[str, str, str] = ("", "", "")
    """Box or column number on Forms 3, 4 and 5; empty where the form prints none."""
    need: Need = Need.OPTIONAL
    _: KW_ONLY
    shape: Shape = Shape.PLAIN
    notes: bool = True
    """Whether a cell's element may carry footnote references (in the element, for CELL; in the group, for CODING)."""
    forms: str = "345"
    """The forms (without /A) whose XML has it."""
    longest: int | None = None
    """Characters."""
    codes: tuple[str, ...] | str = ()
    """The values it may take, or the name of the code table that lists them."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """An element that holds other elements."""

    element: str
    nodes: tuple[Field | Group, ...]
    _: KW_ONLY
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


# The table: a row for each field, in the order of the XML. Its columns: attribute, element, kind, the form's words, boxes
# on Forms 3, 4 and 5, need; then what differs from the defaults of ``Field``. Tables I and II share the rows that only
# their boxes distinguish.
# fmt: off
TEXT, NUMBER, DATE, FLAG, CODE, DIGITS = Kind
OPTIONAL, VALUE, OR_NOTE, ONE_OF, AMENDMENT = Need
_cell = partial(Field, shape=Shape.CELL)
_coded = partial(Field, shape=Shape.CODING)


def _title(caption: str) -> Field:
    return _cell("security_title", "securityTitle", TEXT, caption, ("1", "1", "1"), VALUE, longest=60, missing="FTN-012")


def _dates(box: str) -> tuple[Field, Field]:
    return (
        _cell("transaction_date",      "transactionDate",     DATE, "Transaction Date",      ("", box, box), VALUE, missing="FTN-012"),
        _cell("deemed_execution_date", "deemedExecutionDate", DATE, "Deemed Execution Date", ("", f"{box}A", f"{box}A")),
    )


def _coding(box: str) -> tuple[Group, Field]:
    at = ("", box, box)
    return (
        Group("transactionCoding", (
            Field("transaction_form_type", "transactionFormType", CODE, "Form Type", at, VALUE, codes=("4", "5"), missing="TXN-002", malformed="TXN-002"),
            _coded("transaction_code", "transactionCode", CODE, "Transaction Code", at, VALUE, codes="transaction", missing="TXN-001", malformed="TXN-001"),
            Field("equity_swap", "equitySwapInvolved", FLAG, "Equity Swap Involved", at, VALUE, missing="TXN-004"),
        ), caption="Transaction Code", boxes=at, missing="TXN-003"),
        _cell("timeliness", "transactionTimeliness", CODE, "Timeliness", at, codes=("E", "L"), malformed="TXN-030"),
    )


def _holding_coding(box: str) -> Group:
    at = ("", "", box)
    return Group("transactionCoding", (
        Field("transaction_form_type", "transactionFormType", CODE, "Form Type", at, codes=("3",), malformed="F5-011"),
        _coded("transaction_code", "", CODE, "Transaction Code", at),
    ), caption="Transaction Code", boxes=at, forms="5")


def _price(caption: str, box: str) -> Field:
    return _cell("price", "transactionPricePerShare", NUMBER, caption, ("", box, box), OR_NOTE, missing="TXN-011")


def _acquired_disposed(box: str, *, notes: bool) -> Field:
    at = ("", box, box)
    return _cell("acquired_disposed", "transactionAcquiredDisposedCode", CODE, "(A) or (D)", at, VALUE, codes=("A", "D"), missing="TXN-045", malformed="TXN-045", notes=notes)


def _owned(at: tuple[str, str, str], forms: str) -> Group:
    return Group("postTransactionAmounts", (
        _cell("amount_owned_following", "sharesOwnedFollowingTransaction", NUMBER, "Amount Owned Following Transaction(s)", at, ONE_OF, missing="HLD-001"),
        _cell("value_owned_following",  "valueOwnedFollowingTransaction",  NUMBER, "Value Owned Following Transaction(s)",  at, ONE_OF, missing="HLD-001"),
    ), caption="Amount Owned Following Transaction(s)", boxes=at, forms=forms, missing="HLD-001", unused="F3-002")


def _ownership(form: tuple[str, str, str], nature: tuple[str, str, str]) -> Group:
    return Group("ownershipNature", (
        _cell("ownership_form", "directOrIndirectOwnership", CODE, "Ownership Form", form, VALUE, codes=("D", "I"), missing="HLD-005", malformed="HLD-005"),
        _cell("nature_of_ownership", "natureOfOwnership", TEXT, "Nature of Indirect Beneficial Ownership", nature, longest=100, missing="HLD-006", keep_value=True),
    ), caption="Ownership Form", boxes=form, missing="HLD-005")


_T1_TITLE = _title("Title of Security")
_T1_AFTER = (_owned(("2", "5", "5"), "345"), _ownership(("3", "6", "6"), ("4", "7", "7")))
_T2_TITLE = (
    _title("Title of Derivative Security"),
    _cell("exercise_price", "conversionOrExercisePrice", NUMBER, "Conversion or Exercise Price", ("4", "2", "2"), OR_NOTE, missing="DRV-001"),
)
_T2_AFTER = (
    _cell("date_exercisable", "exerciseDate",   DATE, "Date Exercisable", ("2", "6", "6"), OR_NOTE, missing="DRV-002"),
    _cell("expiration_date",  "expirationDate", DATE, "Expiration Date",  ("2", "6", "6"), OR_NOTE, missing="DRV-003"),
    Group("underlyingSecurity", (
        _cell("underlying_title",  "underlyingSecurityTitle",  TEXT,   "Title of Underlying Security",          ("3", "7", "7"), VALUE, longest=60, missing="DRV-004"),
        _cell("underlying_amount", "underlyingSecurityShares", NUMBER, "Amount or Number of Underlying Shares", ("3", "7", "7"), missing="DRV-004"),
        _cell("underlying_value",  "underlyingSecurityValue",  NUMBER, "Value of Underlying Security",          ("3", "7", "7"), missing="DRV-004"),
    ), caption="Underlying Security", boxes=("3", "7", "7"), missing="DRV-004"),
    _owned(("", "9", "9"), "45"),
    _ownership(("5", "10", "10"), ("6", "11", "11")),
)

NON_DERIVATIVE_TRANSACTION: Final = Group("nonDerivativeTransaction", (
    _T1_TITLE,
    *_dates("2"),
    *_coding("3"),
    Group("transactionAmounts", (
        _cell("amount", "transactionShares", NUMBER, "Amount", ("", "4", "4"), VALUE, missing="FTN-012"),
        _price("Price", "4"),
        _acquired_disposed("4", notes=True),
    ), caption="Securities Acquired (A) or Disposed Of (D)", boxes=("", "4", "4")),
    *_T1_AFTER,
), record="NonDerivativeRow", kind="transaction", forms="45", unused="F3-001")

NON_DERIVATIVE_HOLDING: Final = Group("nonDerivativeHolding", (
    _T1_TITLE, _holding_coding("3"), *_T1_AFTER,
), record="NonDerivativeRow", kind="holding")

DERIVATIVE_TRANSACTION: Final = Group("derivativeTransaction", (
    *_T2_TITLE,
    *_dates("3"),
    *_coding("4"),
    Group("transactionAmounts", (
        _cell("amount",      "transactionShares",     NUMBER, "Number",      ("", "5", "5"), ONE_OF, missing="DRV-005"),
        _cell("total_value", "transactionTotalValue", NUMBER, "Total Value", ("", "5", "5"), ONE_OF, missing="DRV-005"),
        _price("Price of Derivative Security", "8"),
        _acquired_disposed("5", notes=False),
    ), caption="Number of Derivative Securities Acquired (A) or Disposed of (D)", boxes=("", "5", "5")),
    *_T2_AFTER,
), record="DerivativeRow", kind="transaction", forms="45", unused="F3-001")

DERIVATIVE_HOLDING: Final = Group("derivativeHolding", (
    *_T2_TITLE, _holding_coding("4"), *_T2_AFTER,
), record="DerivativeRow", kind="holding")

_ISSUER = Group("issuer", (
    Field("cik",                    "issuerCik",                  DIGITS, "Issuer CIK",               ("3", "2", "2"), VALUE, longest=10, missing="ISS-001", malformed="ISS-001"),
    Field("name",                   "issuerName",                 TEXT,   "Issuer Name",              ("3", "2", "2"), longest=150, filled=True),
    Field("trading_symbol",         "issuerTradingSymbol",        TEXT,   "Ticker or Trading Symbol", ("3", "2", "2"), VALUE, longest=10, missing="ISS-002"),
    Field("foreign_trading_symbol", "issuerForeignTradingSymbol", TEXT,   "Foreign Trading Symbol",   ("3a", "2a", "2a"), longest=14, since="X0609"),
), name="issuer", record="Issuer", caption="Issuer", boxes=("3", "2", "2"), missing="ISS-001")

_ADDRESS = Group("reportingOwnerAddress", (
    Field("non_us",                 "rptOwnerNonUSAddressFlag",     FLAG, "Non-US Address",            ("1", "1", "1"), since="X0609"),
    Field("street1",                "rptOwnerStreet1",              TEXT, "Street",                    ("1", "1", "1"), longest=40),
    Field("street2",                "rptOwnerStreet2",              TEXT, "Street, second line",       ("1", "1", "1"), longest=40),
    Field("city",                   "rptOwnerCity",                 TEXT, "City",                      ("1", "1", "1"), longest=30),
    Field("non_us_state_territory", "rptOwnerNonUSStateTerritory",  TEXT, "Non-US State or Territory", ("1", "1", "1"), longest=30, since="X0609"),
    Field("state",                  "rptOwnerState",                CODE, "State",                     ("1", "1", "1"), codes="state", malformed="OWN-017"),
    Field("country",                "rptOwnerCountry",              CODE, "Country",                   ("1", "1", "1"), codes="country", malformed="OWN-016", since="X0609"),
    Field("zip",                    "rptOwnerZipCode",              TEXT, "Zip/Postal Code",           ("1", "1", "1"), longest=10, malformed="OWN-018"),
    Field("state_description",      "rptOwnerStateDescription",     TEXT, "State Description",         ("1", "1", "1"), longest=50, filled=True),
    Field("good_address",           "rptOwnerGoodAddress",          FLAG, "Good Address",              filled=True),
), name="address", record="Address", caption="Address of Reporting Person", boxes=("1", "1", "1"))

_OWNER = Group("reportingOwner", (
    Group("reportingOwnerId", (
        Field("cik",  "rptOwnerCik",  DIGITS, "CIK of Reporting Person",  ("1", "1", "1"), VALUE, longest=10, missing="OWN-026", malformed="OWN-026"),
        Field("name", "rptOwnerName", TEXT,   "Name of Reporting Person", ("1", "1", "1"), longest=150, filled=True),
    ), caption="Reporting Person", boxes=("1", "1", "1")),
    _ADDRESS,
    Group("reportingOwnerRelationship", (
        Field("is_director",          "isDirector",        FLAG, "Director",        ("4", "5", "5")),
        Field("is_officer",           "isOfficer",         FLAG, "Officer",         ("4", "5", "5")),
        Field("is_ten_percent_owner", "isTenPercentOwner", FLAG, "10% Owner",       ("4", "5", "5")),
        Field("is_other",             "isOther",           FLAG, "Other",           ("4", "5", "5")),
        Field("officer_title",        "officerTitle",      TEXT, "Officer title",   ("4", "5", "5"), longest=30, missing="OWN-005"),
        Field("other_text",           "otherText",         TEXT, "Other (specify)", ("4", "5", "5"), longest=30, missing="OWN-007"),
    ), caption="Relationship of Reporting Person to Issuer", boxes=("4", "5", "5"), missing="OWN-004"),
), name="owners", record="Owner", many=True, caption="Reporting Person", boxes=("1", "1", "1"), missing="OWN-001", most=10, too_many="OWN-001")

_TABLE_1 = Group("nonDerivativeTable", (NON_DERIVATIVE_TRANSACTION, NON_DERIVATIVE_HOLDING), name="non_derivative", caption="Table I", most=30)
_TABLE_2 = Group("derivativeTable",    (DERIVATIVE_TRANSACTION,     DERIVATIVE_HOLDING),     name="derivative",     caption="Table II", most=30)

_FOOTNOTES = Group("footnotes", (
    Group("footnote", (
        Field("id",   "id", CODE, "Footnote number", need=VALUE, shape=Shape.ATTRIBUTE, codes="footnote", missing="FTN-001", malformed="FTN-001"),
        Field("text", "",   TEXT, "Footnote text",   shape=Shape.CONTENT, longest=1000, malformed="FTN-006"),
    ), name="footnotes", record="Footnote", many=True, caption="Footnote", most=99, too_many="FTN-006"),
), caption="Explanation of Responses")

_SIGNATURE = Group("ownerSignature", (
    Field("name", "signatureName", TEXT, "Signature of Reporting Person", need=VALUE, longest=255, missing="SIG-001"),
    Field("date", "signatureDate", DATE, "Date of signature",             need=VALUE, missing="SIG-001"),
), name="signatures", record="Signature", many=True, caption="Signature", missing="SIG-001", most=10, too_many="SIG-001")

DOCUMENT: Final = Group("ownershipDocument", (
    Field("edition",                      "schemaVersion",             TEXT, "Edition (schemaVersion)", longest=5, filled=True),
    Field("form",                         "documentType",              CODE, "Form type",           need=VALUE, codes="form", missing="DOC-001", malformed="DOC-001"),
    Field("period_of_report",             "periodOfReport",            DATE, "Period of Report",    ("2", "3", "3"), VALUE),
    Field("date_of_original_submission",  "dateOfOriginalSubmission",  DATE, "Date Original Filed", ("5", "4", "4"), AMENDMENT, missing="AMD-001", unused="AMD-001"),
    Field("no_securities_owned",          "noSecuritiesOwned",         FLAG, "No securities beneficially owned", forms="3", filled=True),
    Field("not_subject_to_section16",     "notSubjectToSection16",     FLAG, "No longer subject to Section 16",  forms="45", unused="F3-003"),
    Field("form3_holdings_reported",      "form3HoldingsReported",     FLAG, "Form 3 Holdings Reported",         forms="5", filled=True),
    Field("form4_transactions_reported",  "form4TransactionsReported", FLAG, "Form 4 Transactions Reported",     forms="5", filled=True),
    _ISSUER,
    _OWNER,
    Field("aff10b5_one", "aff10b5One", FLAG, "Rule 10b5-1(c) box", need=VALUE, needed_on="45", missing="PLN-001", since="X0508"),
    _TABLE_1,
    _TABLE_2,
    _FOOTNOTES,
    Field("remarks", "remarks", TEXT, "Remarks", longest=2000),
    _SIGNATURE,
), record="Filing", caption="Form")

# fmt: on


def rows_of(table: str) -> tuple[Group, Group]:
    """The transaction and the holding of ``non_derivative`` or ``derivative``."""
    if table == "derivative":
        return DERIVATIVE_TRANSACTION, DERIVATIVE_HOLDING
    return NON_DERIVATIVE_TRANSACTION, NON_DERIVATIVE_HOLDING
