"""What is put into the leaves of a document: spellings at, beside and beyond the limits of each kind of value."""

from __future__ import annotations

from typing import Final

__all__ = [
    "AMOUNTS",
    "CODES",
    "DATES",
    "FEW_AMOUNTS",
    "FEW_DATES",
    "FLAGS",
    "KEYS",
    "KIND",
    "LIMITS",
    "PLACES",
]

# Lists to be read across, not down.
# fmt: off

AMOUNTS: Final = (
    "0", "0.0", "00", "1", "01", "0001.5", "7.", ".5", "+5", "-0", "-0.0", "-1", "-0.0001", "+", ".", "",
    " ", "  5 ",
    "\n5\n", "\t5", "1.2345", "1.23450", "1.2345000000", "1.23456", "0.00001", "0.00000", "1,000", "$5",
    "(5)", "1e3",
    "1E3", "5 5", "0x10", "INF", "NaN", "five", "١", "1.2.3", "--1", "+-1",
    "999999999999", "999999999999.9999", "999999999999.99990", "999999999999.99995", "1000000000000",
    "1000000000000.0", "0999999999999.9999", "00000000000000000001", "123456789012.3456",
    "1234567890123.456",
    "1234567890123456", "12345678901234567", "12345678901.23456", "0.1234", "0.12345",
)
"""Numbers, most of them at a limit: 12 digits before the point, 4 behind, 16 in all."""

FEW_AMOUNTS: Final = ("0", ".5", "999999999999.9999", "1000000000000", "1.23456", "-1", "", "x", " 5 ")

DATES: Final = (
    "2026-03-20", " 2026-03-20 ", "\n2026-03-20", "2026-03-20Z", "2026-03-20-05:00", "2026-03-20+14:00",
    "2026-03-20+14:01", "2026-03-20+15:00", "2026-03-20 Z", "2026-03-20T00:00:00", "2026-02-29",
    "2024-02-29",
    "1900-02-29", "2000-02-29", "2026-02-30", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00",
    "2026-01-32",
    "2026-3-20", "26-03-20", "02026-03-20", "12026-03-20", "-2026-03-20", "+2026-03-20", "0000-01-01",
    "0001-01-01",
    "9999-12-31", "2026/03/20", "03/20/2026", "20260320", "2026-03", "2026", "", " ", "today",
    "2026-03-20x",
)

FEW_DATES: Final = ("1999-12-31", "2026-03-20-05:00", "2026-02-30", "", "x", " 2026-03-20 ", "20260320")

FLAGS: Final = (
    "0", "1", "true", "false", " 1 ", "\ntrue", "True", "TRUE", "False", "FALSE", "yes", "no", "Y", "2",
    "00", "01",
    "-1", "", " ", "t", "true false", "1.0",
)

KEYS: Final = (
    "F1", "F2", "F5", "F9", "F10", "F19", "F90", "F99", "F0", "F00", "F01", "F09", "F100", "F990", "f1",
    "F", "1", "",
    " F5", "F5 ", "F5\n", "F 5", "F5 F6", "F-1", "F1a", "FF1", "G1", "F٣", "#F1", "F1.0",
)
"""Keys of footnotes and references to them: F1 to F99."""

_LETTERS: Final = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ODD: Final = (
    "", " ", "  ", "|", "E|L", "AA", " A", "A ", "D\n", "a", "d", "e", "l", "0", "3", "4", "5", "6", "4|5",
    "3 ", "X0",
)

CODES: Final = {
    "documentType": ("3", "3/A", "4", "4/A", "5", "5/A", "3/a", "4 ", " 5/A", "", "144", "4A", "3|4"),
    "transactionFormType": ("3", "4", "5", "6", "", " ", " 4", "5 ", "45", "4|5", "4/A"),
    "transactionCode": (*_LETTERS, *_ODD, "PS", "P|S"),
    "transactionTimeliness": (*_LETTERS[3:13], *_ODD, " E", "L ", "\nE\n", "EL", " | ", "[", "{0,1}"),
    "transactionAcquiredDisposedCode": (*_LETTERS[:6], *_ODD, "A|D"),
    "directOrIndirectOwnership": (*_LETTERS[2:10], *_ODD, "D|I"),
    "issuerCik": (
        "1", "0", "0000000000", "1234567890", "12345678901", "", " 1", "1 ", "1a", "-1", "+1", "1.0", "١",
    ),
    "rptOwnerCik": (
        "1", "0", "0000000000", "1234567890", "12345678901", "", " 1", "1 ", "1a", "-1", "+1", "1.0", "١",
    ),
    "rptOwnerZipCode": (
        "", " ", "10001", "10001-1234", "10001-12345", "EC1A 1BB", "# 5", "a", "#" * 10, "-" * 10, " " * 10,
        " " * 11,
        "1.5", "1,5", "1/5", "1_5", "É", "1\n", "1\t",
    ),
    "rptOwnerState": (
        "NY", "PR", "GU", "VI", "B5", "1V", "2J", "DC", "X1", "X0", "A6", "2M", "I7", "2F", "QQ", "ny",
    ),
    "rptOwnerCountry": (
        "X0", "A6", "2M", "I7", "2F", "Y2", "X1", "PR", "GU", "NY", "CA", "1V", "VI", "QQ", "x0",
    ),
    "submissionType": ("3", "3/A", "4", "4/A", "5", "5/A", "3/a", "4 ", " 5", "", "144", "8-K", "3|4"),
    "testOrLive": ("TEST", "LIVE", "test", "Live", "", " TEST", "LIVE ", "TEST|LIVE", "TESTLIVE"),
}
"""Listed and patterned values, each beside ones that are not in the list."""

PLACES: Final = (
    "", " ", "  ", "   ", "\n", "N", "NYC", "NY ", " NY", "N Y", "ny", "Ny", "É1", "X0X", "A6|A7",
)

# fmt: on

LIMITS: Final = {
    "schemaVersion": (5, 5),
    "issuerName": (0, 150),
    "issuerTradingSymbol": (1, 10),
    "issuerForeignTradingSymbol": (0, 14),
    "rptOwnerCcc": (8, 8),
    "rptOwnerName": (0, 150),
    "rptOwnerStreet1": (0, 40),
    "rptOwnerStreet2": (0, 40),
    "rptOwnerCity": (0, 30),
    "rptOwnerNonUSStateTerritory": (0, 40),
    "rptOwnerStateDescription": (0, 50),
    "officerTitle": (0, 30),
    "otherText": (0, 30),
    "securityTitle": (1, 60),
    "underlyingSecurityTitle": (1, 60),
    "natureOfOwnership": (0, 100),
    "footnote": (0, 1000),
    "remarks": (0, 2000),
    "signatureName": (1, 255),
    "contactName": (0, 30),
    "contactPhoneNumber": (0, 20),
    "contactEmailAddress": (0, 80),
    "notificationEmailAddress": (0, 80),
    "documentName": (1, 32),
    "documentDescription": (0, 255),
    "documentMimeBlock": (1, 100_000),
}
"""Shortest and longest text that the facts allow. That a footnote may be longer is what EDGAR's validation does."""

_AMOUNT_NAMES: Final = (
    *("conversionOrExercisePrice", "transactionShares", "transactionTotalValue", "transactionPricePerShare"),
    *("underlyingSecurityShares", "underlyingSecurityValue", "sharesOwnedFollowingTransaction"),
    "valueOwnedFollowingTransaction",
)
_DATE_NAMES: Final = (
    *("periodOfReport", "dateOfOriginalSubmission", "transactionDate", "deemedExecutionDate", "exerciseDate"),
    *("expirationDate", "signatureDate"),
)
_FLAG_NAMES: Final = (
    *(
        "noSecuritiesOwned",
        "notSubjectToSection16",
        "form3HoldingsReported",
        "form4TransactionsReported",
        "aff10b5One",
    ),
    *(
        "rptOwnerNonUSAddressFlag",
        "rptOwnerGoodAddress",
        "isDirector",
        "isOfficer",
        "isTenPercentOwner",
        "isOther",
    ),
    "equitySwapInvolved",
)

KIND: Final = {
    **dict.fromkeys(LIMITS, "text"),
    **dict.fromkeys(CODES, "code"),
    **dict.fromkeys(_AMOUNT_NAMES, "amount"),
    **dict.fromkeys(_DATE_NAMES, "date"),
    **dict.fromkeys(_FLAG_NAMES, "flag"),
}
"""What a leaf holds, by its own name or, for `value`, by the name of its cell."""
