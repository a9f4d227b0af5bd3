"""Single changes to a full document whose verdict is known from the specification, section by section.

Where schema validation admits more than the specification asks for, the verdict is that of schema validation.
"""

from __future__ import annotations

from typing import Final

from tests.wire.mutation_documents import CURRENT

__all__ = ["CHANGES"]

_SHARES: Final = "<transactionShares><value>7007</value>"
_AT_LIMIT: Final = "<transactionShares><value>{}</value>"

CHANGES: Final = (
    # 3.2: "A date element may not have a null or blank value"; a time zone passes schema validation.
    (CURRENT, "4", "<periodOfReport>2026-03-20<", "<periodOfReport><", False),
    (CURRENT, "4", "<periodOfReport>2026-03-20<", "<periodOfReport>2026-02-29<", False),
    (CURRENT, "4", "<periodOfReport>2026-03-20<", "<periodOfReport>2026-03-20-05:00<", True),
    # 3.2: "Minimum allowable value = 0.0, Maximum allowable value = 999999999999.9999", four decimals.
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("0"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("-1"), False),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("+5"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format(".5"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1e3"), False),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1,000"), False),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("999999999999.9999"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1000000000000"), False),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1.2345"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1.23450"), True),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format("1.23456"), False),
    (CURRENT, "4", _SHARES, _AT_LIMIT.format(""), False),
    # A number of shares cannot be a footnote only; a price can.
    (CURRENT, "4", _SHARES, "<transactionShares>", False),
    (CURRENT, "4", "<transactionPricePerShare><value>101.25</value>", "<transactionPricePerShare>", True),
    (CURRENT, "4", "<value>By trust</value>", "", False),
    (CURRENT, "4", "<value>By trust</value>", "<value/>", True),
    # 3.2: "Indicate a true value with either a 1 or the word true", never empty.
    (CURRENT, "4", "<aff10b5One>1<", "<aff10b5One>true<", True),
    (CURRENT, "4", "<aff10b5One>1<", "<aff10b5One>TRUE<", False),
    (CURRENT, "4", "<aff10b5One>1<", "<aff10b5One><", False),
    # The 10b5-1 box: none before X0407, required then on Forms 4 and 5, optional in the schema of Form 3.
    (CURRENT, "4", "<aff10b5One>1</aff10b5One>", "", False),
    ("X0508", "5", "<aff10b5One>1</aff10b5One>", "", False),
    (CURRENT, "3", "<aff10b5One>1</aff10b5One>", "", True),
    ("X0306", "4", "<nonDerivativeTable>", "<aff10b5One>1</aff10b5One><nonDerivativeTable>", False),
    # 3.5: footnote ids F1 to F99, each defined once; 4.3.6: no footnote on the (A)/(D) code of Table II.
    (CURRENT, "4", '<footnote id="F3">', '<footnote id="F99">', True),
    (CURRENT, "4", '<footnote id="F3">', '<footnote id="F100">', False),
    (CURRENT, "4", '<footnote id="F3">', '<footnote id="F03">', False),
    (CURRENT, "4", '<footnote id="F3">', '<footnote id="F1">', False),
    (CURRENT, "4", "<footnote id=", "<footnote lang='en' id=", False),
    (CURRENT, "4", "</footnotes>", "</footnotes><footnotes/>", False),
    (CURRENT, "4", ">First.<", f">{1001 * 'x'}<", True),
    (
        CURRENT,
        "4",
        "Code><value>A</value></trans",
        'Code><value>A</value><footnoteId id="F1"/></trans',
        False,
    ),
    (CURRENT, "4", "<value>E</value>", "<value>X</value>", False),
    # 4.3.8: what the three forms say of coding.
    (CURRENT, "4", "<transactionCode>S<", "<transactionCode>K<", False),
    (CURRENT, "4", "<transactionCode>S<", "<transactionCode>Z<", True),
    (CURRENT, "4", "<transactionFormType>5<", "<transactionFormType>3<", False),
    (CURRENT, "5", "<transactionFormType>3<", "<transactionFormType><", True),
    (CURRENT, "5", "<transactionFormType>3<", "<transactionFormType>5<", False),
    (
        CURRENT,
        "5",
        "<value>L</value></transactionT",
        '<value>L</value><footnoteId id="F1"/></transactionT',
        False,
    ),
    # States and countries: apart since X0609, together before.
    (CURRENT, "4", "<rptOwnerState>NY<", "<rptOwnerState>A6<", False),
    (CURRENT, "4", "<rptOwnerState>NY<", "<rptOwnerState>  <", True),
    (CURRENT, "4", "<rptOwnerState>NY<", "<rptOwnerState>NY <", False),
    (CURRENT, "4", "<rptOwnerCountry>X0<", "<rptOwnerCountry>I7<", True),
    (CURRENT, "4", "<rptOwnerCountry>X0<", "<rptOwnerCountry>PR<", False),
    ("X0306", "3", "<rptOwnerState>NY<", "<rptOwnerState>A6<", True),
    ("X0306", "4", "<rptOwnerState>NY<", "<rptOwnerState>2M<", True),
    ("X0508", "4", "<rptOwnerState>NY<", "<rptOwnerState>X1<", True),
    ("X0508", "4", "<rptOwnerState>NY<", "<rptOwnerState>ZZ<", False),
    ("X0508", "4", "</rptOwnerState>", "</rptOwnerState><rptOwnerCountry>X0</rptOwnerCountry>", False),
    (CURRENT, "4", "<rptOwnerZipCode>10001-1234<", "<rptOwnerZipCode>10001.1234<", False),
    (CURRENT, "4", ">Greater London<", f">{40 * 'x'}<", True),
    (CURRENT, "4", ">Greater London<", f">{41 * 'x'}<", False),
    # 3.5: lengths.
    (CURRENT, "4", ">EXMP<", "><", False),
    (CURRENT, "4", ">EXMP<", ">EXMPEXMPEX<", True),
    (CURRENT, "4", ">EXMP<", ">EXMPEXMPEXM<", False),
    (CURRENT, "4", ">Exhibit 24<", f">{2000 * 'x'}<", True),
    (CURRENT, "4", ">Exhibit 24<", f">{2001 * 'x'}<", False),
    (CURRENT, "4", "<rptOwnerCcc>abcd123$</rptOwnerCcc>", "", True),
    (CURRENT, "4", "<schemaVersion>X0609</schemaVersion>", "", True),
    # 4.3: order, and Form 3 has holdings only, without an amount owned in Table II.
    (CURRENT, "4", "<issuerName>Example Corp</issuerName><iss", "<iss", True),
    (
        CURRENT,
        "4",
        "<isDirector>1</isDirector><isOfficer>true</isOfficer>",
        "<isOfficer>true</isOfficer>",
        True,
    ),
    (CURRENT, "3/A", "<documentType>3/A<", "<documentType>3/A <", False),
    (CURRENT, "4/A", "<documentType>4/A<", "<documentType> 4/A<", False),
    (CURRENT, "5/A", "<documentType>5/A<", "<documentType>5/A\n<", False),
    (CURRENT, "4", "</documentType>", "</documentType><note/>", False),
    (CURRENT, "3", "<nonDerivativeTable>", "<nonDerivativeTable><nonDerivativeTransaction/>", False),
    (CURRENT, "3/A", "<dateOfOriginalSubmission>2026-03-10</dateOfOriginalSubmission>", "", False),
)
"""Generation, form, a text of its full document, what stands there instead, and whether it is still valid."""
