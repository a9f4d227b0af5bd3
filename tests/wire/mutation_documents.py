"""Documents with every element of their form, made by hand, from which the mutants of `mutation.py` are bred.

Each is valid. Every element of the form's schema occurs, in Table I and II both alternatives of every choice: the
first row of a kind has a value and a footnote in each cell, the second takes the other way out.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

__all__ = ["CURRENT", "DRIVERS", "FORMS", "driver", "envelope", "full_document", "full_text", "minimal_text"]

FORMS: Final = ("3", "3/A", "4", "4/A", "5", "5/A")
CURRENT: Final = "X0609"

# Form 3 went from X0206 straight to X0607, so the middle generation has no schema for it.
DRIVERS: Final = tuple(
    (generation, form)
    for generation in ("X0306", "X0508", CURRENT)
    for form in FORMS
    if not (generation == "X0508" and form.startswith("3"))
)


def driver(generation: str, form: str) -> str:
    """The schema of a form in a generation, below `schemas/ownership`."""
    return f"{generation}/form{form.replace('/', '')}.xsd"


_MARK: Final = '<footnoteId id="F1"/>'


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{text}</{name}>"


def _cell(name: str, text: str, marks: str = _MARK) -> str:
    return f"<{name}><value>{text}</value>{marks}</{name}>"


def _noted(name: str) -> str:
    return f'<{name}><footnoteId id="F2"/><footnoteId id="F3"/></{name}>'


def _issuer(generation: str) -> str:
    foreign = _leaf("issuerForeignTradingSymbol", "ABC.L") if generation == CURRENT else ""
    return (
        "<issuer><issuerCik>0000320193</issuerCik><issuerName>Example Corp</issuerName>"
        f"<issuerTradingSymbol>EXMP</issuerTradingSymbol>{foreign}</issuer>"
    )


def _address(generation: str) -> str:
    flag, territory, country = "", "", ""
    if generation == CURRENT:
        flag = _leaf("rptOwnerNonUSAddressFlag", "true")
        territory = _leaf("rptOwnerNonUSStateTerritory", "Greater London")
        country = _leaf("rptOwnerCountry", "X0")
    return (
        f"<reportingOwnerAddress>{flag}<rptOwnerStreet1>1 Main Street</rptOwnerStreet1>"
        "<rptOwnerStreet2>Suite 2</rptOwnerStreet2><rptOwnerCity>Springfield</rptOwnerCity>"
        f"{territory}<rptOwnerState>NY</rptOwnerState>{country}<rptOwnerZipCode>10001-1234</rptOwnerZipCode>"
        "<rptOwnerStateDescription>New York</rptOwnerStateDescription>"
        "<rptOwnerGoodAddress>1</rptOwnerGoodAddress></reportingOwnerAddress>"
    )


def _owners(generation: str) -> str:
    return (
        "<reportingOwner><reportingOwnerId><rptOwnerCik>1234567</rptOwnerCik><rptOwnerCcc>abcd123$</rptOwnerCcc>"
        f"<rptOwnerName>Doe Jane</rptOwnerName></reportingOwnerId>{_address(generation)}"
        "<reportingOwnerRelationship><isDirector>1</isDirector><isOfficer>true</isOfficer>"
        "<isTenPercentOwner>0</isTenPercentOwner><isOther>1</isOther><officerTitle>Chief Officer</officerTitle>"
        "<otherText>Adviser</otherText></reportingOwnerRelationship></reportingOwner>"
        "<reportingOwner><reportingOwnerId><rptOwnerCik>0007654321</rptOwnerCik></reportingOwnerId>"
        "<reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship></reportingOwner>"
    )


def _coding(code: str, marks: str = _MARK) -> str:
    return (
        f"<transactionCoding><transactionFormType>5</transactionFormType><transactionCode>{code}</transactionCode>"
        f"<equitySwapInvolved>0</equitySwapInvolved>{marks}</transactionCoding>"
    )


def _timeliness(form: str) -> str:
    marks, value = (_MARK, "E") if form.startswith("4") else ("", "L")
    return _cell("transactionTimeliness", value, marks)


def _owned(name: str = "sharesOwnedFollowingTransaction") -> str:
    return f"<postTransactionAmounts>{_cell(name, '232595.5')}</postTransactionAmounts>"


_INDIRECT: Final = _cell("directOrIndirectOwnership", "I") + _cell("natureOfOwnership", "By trust")
_NATURE: Final = _leaf("ownershipNature", _INDIRECT)
_DIRECT: Final = f"<ownershipNature>{_cell('directOrIndirectOwnership', 'D', '')}</ownershipNature>"
# Holdings of Form 5 only.
_LATE: Final = _leaf("transactionCoding", _leaf("transactionFormType", "3") + _MARK)
_WHEN: Final = _cell("transactionDate", "2026-03-20") + _cell("deemedExecutionDate", "2026-03-23")


def _table_one(form: str) -> str:
    late = _LATE if form.startswith("5") else ""
    holdings = (
        f"<nonDerivativeHolding>{_cell('securityTitle', 'Common Stock')}{late}{_owned()}{_NATURE}</nonDerivativeHolding>"
        f"<nonDerivativeHolding>{_cell('securityTitle', 'Units')}{_owned('valueOwnedFollowingTransaction')}{_DIRECT}"
        "</nonDerivativeHolding>"
    )
    if form.startswith("3"):
        return f"<nonDerivativeTable>{holdings}</nonDerivativeTable>"
    price, code = "transactionPricePerShare", _cell("transactionAcquiredDisposedCode", "D")
    transactions = (
        f"<nonDerivativeTransaction>{_cell('securityTitle', 'Common Stock')}{_WHEN}{_coding('S')}{_timeliness(form)}"
        f"<transactionAmounts>{_cell('transactionShares', '7007')}{_cell(price, '101.25')}{code}</transactionAmounts>"
        f"{_owned()}{_NATURE}</nonDerivativeTransaction>"
        f"<nonDerivativeTransaction>{_cell('securityTitle', 'Units')}{_cell('transactionDate', '2026-03-21')}"
        f"<deemedExecutionDate/><transactionTimeliness/><transactionAmounts>{_cell('transactionShares', '1')}"
        f"{_noted(price)}{code}</transactionAmounts>{_owned('valueOwnedFollowingTransaction')}{_DIRECT}"
        "</nonDerivativeTransaction>"
    )
    return f"<nonDerivativeTable>{transactions}{holdings}</nonDerivativeTable>"


def _exercisable(amount: str) -> str:
    return (
        f"{_cell('exerciseDate', '2027-01-01')}{_cell('expirationDate', '2033-01-01')}<underlyingSecurity>"
        f"{_cell('underlyingSecurityTitle', 'Common Stock')}{_cell(amount, '500')}</underlyingSecurity>"
    )


_LATER: Final = _noted("exerciseDate") + _noted("expirationDate")
_UNDERLYING_BY_NOTE: Final = (
    f"<underlyingSecurity>{_cell('underlyingSecurityTitle', 'Common Stock', '')}"
    f"{_noted('underlyingSecurityShares')}</underlyingSecurity>"
)


def _derivative_holdings(form: str) -> str:
    late = _LATE if form.startswith("5") else ""
    first, second = ("", "") if form.startswith("3") else (_owned(), _owned("valueOwnedFollowingTransaction"))
    price = "conversionOrExercisePrice"
    return (
        f"<derivativeHolding>{_cell('securityTitle', 'Option')}{_cell(price, '12.5')}{late}"
        f"{_exercisable('underlyingSecurityShares')}{first}{_NATURE}</derivativeHolding>"
        f"<derivativeHolding>{_cell('securityTitle', 'Phantom')}{_noted(price)}"
        f"{_exercisable('underlyingSecurityValue')}{second}{_DIRECT}</derivativeHolding>"
    )


def _table_two(form: str) -> str:
    holdings = _derivative_holdings(form)
    if form.startswith("3"):
        return f"<derivativeTable>{holdings}</derivativeTable>"
    price, code = "conversionOrExercisePrice", _cell("transactionAcquiredDisposedCode", "A", "")
    transactions = (
        f"<derivativeTransaction>{_cell('securityTitle', 'Option')}{_cell(price, '12.5')}{_WHEN}{_coding('A')}"
        f"{_timeliness(form)}<transactionAmounts>{_cell('transactionShares', '500')}"
        f"{_cell('transactionPricePerShare', '0')}{code}</transactionAmounts>"
        f"{_exercisable('underlyingSecurityShares')}{_owned()}{_NATURE}</derivativeTransaction>"
        f"<derivativeTransaction>{_cell('securityTitle', 'Note')}{_noted(price)}{_cell('transactionDate', '2026-03-21')}"
        f"{_coding('J', '')}<transactionAmounts>{_cell('transactionTotalValue', '1000000')}"
        f"{_noted('transactionPricePerShare')}{code}</transactionAmounts>{_LATER}{_UNDERLYING_BY_NOTE}"
        f"{_owned('valueOwnedFollowingTransaction')}{_DIRECT}</derivativeTransaction>"
        f"<derivativeTransaction>{_cell('securityTitle', 'Note')}{_noted(price)}{_cell('transactionDate', '2026-03-21')}"
        f"<transactionAmounts>{_cell('transactionShares', '2')}{_noted('transactionPricePerShare')}{code}"
        f"</transactionAmounts>{_exercisable('underlyingSecurityValue')}{_owned()}{_DIRECT}</derivativeTransaction>"
    )
    return f"<derivativeTable>{transactions}{holdings}</derivativeTable>"


_BOXES: Final = {
    "3": "<noSecuritiesOwned>0</noSecuritiesOwned>",
    "4": "<notSubjectToSection16>1</notSubjectToSection16>",
    "5": "<notSubjectToSection16>0</notSubjectToSection16><form3HoldingsReported>true</form3HoldingsReported>"
    "<form4TransactionsReported>false</form4TransactionsReported>",
}
_CLOSING: Final = (
    '<footnotes><footnote id="F1">First.</footnote><footnote id="F2">Second.</footnote>'
    '<footnote id="F3">Third.</footnote></footnotes><remarks>Exhibit 24</remarks>'
    "<ownerSignature><signatureName>/s/ Jane Doe</signatureName><signatureDate>2026-03-24</signatureDate>"
    "</ownerSignature><ownerSignature><signatureName>/s/ John Doe</signatureName>"
    "<signatureDate>2026-03-24</signatureDate></ownerSignature>"
)


def _has_plan_box(generation: str, form: str) -> bool:
    return generation == CURRENT or (generation == "X0508" and not form.startswith("3"))


def full_text(generation: str, form: str) -> str:
    """The full document of a form in a generation, without blanks between elements."""
    original = _leaf("dateOfOriginalSubmission", "2026-03-10") if form.endswith("/A") else ""
    plan = _leaf("aff10b5One", "1") if _has_plan_box(generation, form) else ""
    return (
        f"<ownershipDocument>{_leaf('schemaVersion', generation)}{_leaf('documentType', form)}"
        f"<periodOfReport>2026-03-20</periodOfReport>{original}{_BOXES[form[0]]}{_issuer(generation)}"
        f"{_owners(generation)}{plan}{_table_one(form)}{_table_two(form)}{_CLOSING}</ownershipDocument>"
    )


def full_document(generation: str, form: str) -> etree._Element:
    """The same, parsed."""
    return etree.fromstring(full_text(generation, form))


def minimal_text(generation: str, form: str) -> str:
    """A document with nothing that may be left out."""
    original = _leaf("dateOfOriginalSubmission", "2026-03-10") if form.endswith("/A") else ""
    plan = _leaf("aff10b5One", "0") if _has_plan_box(generation, form) and not form.startswith("3") else ""
    return (
        f"<ownershipDocument>{_leaf('documentType', form)}<periodOfReport>2026-03-20</periodOfReport>{original}"
        "<issuer><issuerCik>1</issuerCik><issuerTradingSymbol>E</issuerTradingSymbol></issuer>"
        "<reportingOwner><reportingOwnerId><rptOwnerCik>2</rptOwnerCik></reportingOwnerId>"
        f"<reportingOwnerRelationship/></reportingOwner>{plan}<ownerSignature><signatureName>J</signatureName>"
        "<signatureDate>2026-03-24</signatureDate></ownerSignature></ownershipDocument>"
    )


def envelope() -> etree._Element:
    """A submission file with every element."""
    return etree.fromstring(
        "<edgarSubmission><submissionType>4</submissionType><testOrLive>TEST</testOrLive><pointOfContact>"
        "<contactName>Jane Doe</contactName><contactPhoneNumber>212-555-0100</contactPhoneNumber>"
        "<contactEmailAddress>jane@example.com</contactEmailAddress></pointOfContact><notificationAddresses>"
        "<notificationEmailAddress>a@example.com</notificationEmailAddress>"
        "<notificationEmailAddress>b@example.com</notificationEmailAddress></notificationAddresses>"
        "<edgarDocument><documentName>form4.xml</documentName><documentType>4</documentType>"
        "<documentDescription>Primary document</documentDescription>"
        "<documentMimeBlock>PG93bmVyc2hpcERvY3VtZW50Lz4=</documentMimeBlock></edgarDocument>"
        "<edgarDocument><documentName>poa.txt</documentName><documentType>EX-24.poa</documentType>"
        "<documentMimeBlock>UE9B</documentMimeBlock></edgarDocument></edgarSubmission>"
    )
