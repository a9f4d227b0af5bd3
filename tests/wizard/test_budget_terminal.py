"""How many keys a filing takes from the start menu to the packet, in a pseudo-terminal of 80×24.

Each key counts one, Enter and a whole paste too, and each page of the form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.codes import edition_named
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document
from tests.packets import packets_in
from tests.selection import some
from tests.wizard.terminal import ENTER, Terminal

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2024-11-12"
PRIOR = "0001107843-24-000123.xml"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
DOWN, SPACE = "\x1b[B", " "
EMPTY, LISTED = "No filings in progress.", "    Due "


TRUST = {
    "kind": "holding",
    "security_title": "Common Stock",
    "ownership_form": "I",
    "nature_of_ownership": "By Family Trust",
    "amount_owned_following": "16171",
}
KNOWN: dict[str, Any] = {
    **draft("seed"),
    "interview": {},
    "signatures": [{"name": "/s/ Sumedh S. Thakar", "date": "2024-11-04"}],
}
KNOWN["non_derivative"] = [*KNOWN["non_derivative"], TRUST]


class Counting(Terminal):
    """A terminal that counts the keys."""

    keys = 0

    def type(self, keys: str) -> Terminal:
        before, _, rest = keys.partition(PASTE)
        pasted, _, after = rest.partition(PASTED)
        self.keys += len(before.replace(DOWN, "v")) + (1 if pasted else 0) + len(after)
        return super().type(keys)


@dataclass(frozen=True)
class Flow:
    """A filing as it is made: question by question the keys, and what must have been on the screen."""

    most: int
    steps: tuple[tuple[str, str], ...]
    shown: tuple[str, ...] = ()
    """Totals, dates and signers that the form shows before the last key."""
    known: dict[str, Any] | None = field(default_factory=lambda: KNOWN)
    """The filing on record; None where none is."""
    today: str = TODAY


FILLS = f"{PASTE}Qty\tPrice\n" + "\n".join(f"1000\t120.{n:02}" for n in range(10)) + PASTED
NEW_4 = ((EMPTY, f"n{ENTER}"), ("Which form?", ENTER))
THAKAR = (*NEW_4, ("Who files, and about which issuer?", f"tha{ENTER}"))
SIGNED = (("Who signs?", ENTER), ("Date of signature:", ENTER))
FLOWS = {
    "sale": Flow(
        41,
        (
            *THAKAR,
            ("What happened?", f"sold{ENTER}"),
            ("Trade date:", f"11/11{ENTER}"),
            ("Which shares were sold?", ENTER),
            ("How many were sold?", f"5000{ENTER}"),
            ("Price per share", f"121.50{ENTER}"),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", f"n{ENTER}"),
            *SIGNED,
        ),
        ("227,595", "16,171", "11/11/2024", "/s/ Sumedh S. Thakar"),
    ),
    "vest": Flow(
        45,
        (
            *THAKAR,
            ("What happened?", f"vest{ENTER}"),
            ("Where was the grant", ENTER),
            ("Vesting date:", f"11/11{ENTER}"),
            ("Which security?", ENTER),
            ("How many shares were withheld?", f"7007{ENTER}"),
            ("Value per share used", f"120.34{ENTER}"),
            ("Footnote to the shares withheld:", ENTER),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("225,588", "16,171", "11/11/2024", "/s/ Sumedh S. Thakar"),
    ),
}
FLOWS |= {
    "seed": Flow(
        200,
        (
            *NEW_4,
            ("Whose filing is it?", f"1626115{ENTER}"),
            ("Name of Reporting Person", f"Thakar Sumedh S{ENTER}"),
            ("Issuer CIK:", f"1107843{ENTER}"),
            ("Issuer name", f"QUALYS, INC.{ENTER}"),
            ("Ticker or Trading Symbol:", f"QLYS{ENTER}"),
            ("Is the issuer a foreign", ENTER),
            ("Relationship of Reporting Person", f"{SPACE}{DOWN}{SPACE}{ENTER}"),
            ("Officer title:", f"CEO & PRESIDENT{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", ENTER),
            ("Street, second line:", f"919 E. HILLSDALE BLVD.{ENTER}"),
            ("City:", f"FOSTER CITY{ENTER}"),
            ("State:", f"CA{ENTER}"),
            ("Zip Code:", f"94404{ENTER}"),
            ("Who files this form?", ENTER),
            ("What happened?", f"vest{ENTER}"),
            ("Where was the grant", ENTER),
            ("Vesting date:", f"11/8{ENTER}"),
            ("Which security?", ENTER),
            ("How many shares were withheld?", f"7007{ENTER}"),
            ("Value per share used", f"120.34{ENTER}"),
            ("Footnote to the shares withheld:", ENTER),
            ("Common Stock, direct: how many before", f"239602{ENTER}"),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            ("Are the footnotes right?", ENTER),
            ("Who signs?", f"2{ENTER}"),
            ("Name of the person who signs:", f"Bruce Posey{ENTER}"),
            ("Where is the power of attorney?", f"2{ENTER}"),
            ("Accession number", f"000110784323000012{ENTER}"),
            ("Is this the signature?", ENTER),
            ("Date of signature:", ENTER),
        ),
        ("232,595", "11/08/2024", "11/12/2024", "/s/ Bruce Posey by power of attorney"),
        None,
    ),
    "gift beside a trust": Flow(
        58,
        (
            *THAKAR,
            ("What happened?", f"gave{ENTER}"),
            ("Date of the gift:", f"11/11{ENTER}"),
            ("How were the shares held before the gift?", ENTER),
            ("How many shares were given?", f"20000{ENTER}"),
            ("Who received the shares?", f"1{ENTER}"),
            ("To whom, as a footnote:", f"Gift to Acme College{ENTER}"),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("212,595", "16,171", "11/11/2024", "/s/ Sumedh S. Thakar"),
    ),
    "option and sale": Flow(
        90,
        (
            *THAKAR,
            ("What happened?", f"same{ENTER}"),
            ("Date of exercise:", f"11/11{ENTER}"),
            ("Which security?", ENTER),
            ("How many shares were bought", f"10000{ENTER}"),
            ("Title of the option:", ENTER),
            ("Exercise price per share", f"21.50{ENTER}"),
            ("Exercisable since when?", f"3/2/20{ENTER}"),
            ("Expiration date of the option:", f"3/1/29{ENTER}"),
            ("How many shares were sold?", f"{FILLS}{ENTER}"),
            ("Use these lines?", ENTER),
            ("Common Stock, direct: how many after", ENTER),
            ("Stock Option (Right to Buy), direct: how many before", f"15000{ENTER}"),
            ("Stock Option (Right to Buy), direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", f"y{ENTER}"),
            ("When was the plan adopted?", f"3/4/24{ENTER}"),
            ("Footnote on the plan:", ENTER),
            ("Which transactions were under the plan?", ENTER),
            ("Who chose the day of the trades?", ENTER),
            ("When was the person notified", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("232,595", "16,171", "11/11/2024", "/s/ Sumedh S. Thakar"),
    ),
    "Form 3, nothing owned": Flow(
        60,
        (
            (EMPTY, f"n{ENTER}"),
            ("Which form?", f"2{ENTER}"),
            ("Who files, and about which issuer?", f"someo{ENTER}"),
            ("CIK of Reporting Person:", f"2000123{ENTER}"),
            ("Name of Reporting Person", f"Rivera Ana{ENTER}"),
            ("Relationship of Reporting Person", f"{SPACE}{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", ENTER),
            ("Who files this form?", ENTER),
            ("Date of becoming an insider", f"11/11{ENTER}"),
            ("What did Ana Rivera own", f"5{ENTER}"),
            ("Is that everything?", ENTER),
            *SIGNED,
        ),
        ("11/11/2024", "/s/ Ana Rivera", "FOSTER CITY"),
    ),
    "Form 3, one option": Flow(
        160,
        (
            (EMPTY, f"n{ENTER}"),
            ("Which form?", f"2{ENTER}"),
            ("Who files, and about which issuer?", f"someo{ENTER}"),
            ("CIK of Reporting Person:", f"2000123{ENTER}"),
            ("Name of Reporting Person", f"Rivera Ana{ENTER}"),
            ("Relationship of Reporting Person", f"{DOWN}{SPACE}{ENTER}"),
            ("Officer title:", f"Chief Legal Officer{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", ENTER),
            ("Who files this form?", ENTER),
            ("Date of becoming an insider", f"11/11{ENTER}"),
            ("What did Ana Rivera own", f"2{ENTER}"),
            ("Column 1, Title of Derivative", ENTER),
            ("Column 4, Conversion or Exercise", f"21.50{ENTER}"),
            (
                "Column 2, Date Exercisable",
                f"The option vests in four equal annual installments from 1/2/25{ENTER}",
            ),
            ("Column 2, Expiration Date", f"1/1/34{ENTER}"),
            ("Column 3, Title of Underlying", ENTER),
            ("Column 3, Amount or Number", f"12000{ENTER}"),
            ("Column 5, Ownership Form", ENTER),
            ("Is this line correct?", ENTER),
            ("Is that everything?", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("12,000", "21.5", "11/11/2024", "01/01/2034", "/s/ Ana Rivera"),
    ),
    "Form 4/A, one price": Flow(
        39,
        (
            (EMPTY, f"a{ENTER}"),
            ("Which filing is amended?", f"tha{ENTER}"),
            ("Which lines change?", f"{SPACE}{ENTER}"),
            ("Is that everything?", f"3{ENTER}"),
            ("Is this line correct?", f"price{ENTER}"),
            ("Column 4, Price:", f"121.34{ENTER}"),
            ("Is this line correct?", ENTER),
            ("Is that everything?", ENTER),
            ("Date of Earliest Transaction:", ENTER),
            ("Date Original Filed:", f"11/4{ENTER}"),
            ("What does this amendment change", ENTER),
            ("Was any transaction made under", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("121.34", "232,595", "11/01/2024", "from $120.34 to", "/s/ Sumedh S. Thakar"),
    ),
    "joint, three owners": Flow(
        270,
        (
            *NEW_4,
            ("Whose filing is it?", f"2000001{ENTER}"),
            ("Name of Reporting Person", f"Harlan Fund II, L.P.{ENTER}"),
            ("Issuer CIK:", f"1107843{ENTER}"),
            ("Issuer name", f"QUALYS, INC.{ENTER}"),
            ("Ticker or Trading Symbol:", f"QLYS{ENTER}"),
            ("Is the issuer a foreign", ENTER),
            ("Relationship of Reporting Person", f"3{SPACE}{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", f"{PASTE}77 Mill Street, Portland, OR 97201{PASTED}{ENTER}"),
            ("Who files this form?", f"2{ENTER}"),
            ("CIK of Reporting Person:", f"2000002{ENTER}"),
            ("Name of Reporting Person", f"Example GP, LLC{ENTER}"),
            ("Relationship of Reporting Person", f"3{SPACE}{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", ENTER),
            ("Who files this form?", f"2{ENTER}"),
            ("CIK of Reporting Person:", f"2000003{ENTER}"),
            ("Name of Reporting Person", f"Harlan James T{ENTER}"),
            ("Relationship of Reporting Person", f"3{SPACE}{ENTER}"),
            ("Is the address outside", ENTER),
            ("Street:", ENTER),
            ("Who files this form?", ENTER),
            ("What happened?", f"bought{ENTER}"),
            ("Trade date:", f"11/8{ENTER}"),
            ("Which security?", ENTER),
            ("How many were bought?", f"40000{ENTER}"),
            ("Price per share", f"33.10{ENTER}"),
            ("How are they held?", f"1{ENTER}"),
            ("Common Stock, direct: how many before", f"1200000{ENTER}"),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", f"n{ENTER}"),
            ("Who signs", f"1{ENTER}"),
            ("Name of the person who signs:", f"James T. Harlan{ENTER}"),
            ("In which capacity?", f"Managing Member{ENTER}"),
            ("Is this the signature?", ENTER),
            ("Date of signature:", ENTER),
            ("Who signs", f"1{ENTER}"),
            ("Name of the person who signs:", ENTER),
            ("In which capacity?", ENTER),
            ("Through which other entities?", ENTER),
            ("Is this the signature?", ENTER),
            ("Date of signature:", ENTER),
            ("Who signs", ENTER),
            ("Date of signature:", ENTER),
        ),
        ("1,240,000", "11/08/2024", "/s/ James T. Harlan"),
        None,
    ),
    "UK officer": Flow(
        260,
        (
            *NEW_4,
            ("Whose filing is it?", f"2000004{ENTER}"),
            ("Name of Reporting Person", f"Whitcombe Oliver{ENTER}"),
            ("Issuer CIK:", f"2000005{ENTER}"),
            ("Issuer name", f"ARMITAGE PLC{ENTER}"),
            ("Ticker or Trading Symbol:", f"ARMX{ENTER}"),
            ("Is the issuer a foreign", f"y{ENTER}"),
            ("Foreign Trading Symbol:", f"ARM{ENTER}"),
            ("Relationship of Reporting Person", f"{DOWN}{SPACE}{ENTER}"),
            ("Officer title:", f"Chief Financial Officer{ENTER}"),
            ("Is the address outside", f"y{ENTER}"),
            ("Street:", ENTER),
            ("Street, second line:", f"30 St Mary Axe{ENTER}"),
            ("City:", f"London{ENTER}"),
            ("State, province or territory:", ENTER),
            ("Country:", f"UK{ENTER}"),
            ("Postal Code:", f"EC3A 8BF{ENTER}"),
            ("Who files this form?", ENTER),
            ("What happened?", f"units{ENTER}"),
            ("What must happen before the units vest", ENTER),
            ("Date of grant:", f"11/10{ENTER}"),
            ("Which security?", f"Ordinary Shares{ENTER}"),
            ("How many units were granted?", f"5000{ENTER}"),
            ("Vesting terms, as a footnote:", f"The units vest in three equal annual installments.{ENTER}"),
            ("Ordinary Shares, direct: how many before", f"0{ENTER}"),
            ("Ordinary Shares, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            ("Are the footnotes right?", ENTER),
            *SIGNED,
        ),
        ("5,000", "11/10/2026", "/s/ Oliver Whitcombe", "London"),
        None,
        "2026-11-12",
    ),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    packets_in(tmp_path / "packets", monkeypatch)
    return tmp_path


def read_form(terminal: Counting) -> str:
    """The pages of the form as they were shown, each left by Enter, until the review is asked for."""
    pages = [""]
    review = (" Make the packet?", " Make the packet, or open a finding?")
    while not any(words in pages[-1] for words in review):
        terminal.wait_other(pages[-1], "Enter shows more", "Enter goes on", *review)
        pages.append(terminal.text)
        if not any(words in pages[-1] for words in review):
            terminal.type(ENTER)
    return "\n".join(pages)


def made(home: Path, flow: Flow) -> int:
    """The keys from the start menu to the packet."""
    if flow.known is not None:
        prior = write_document(filing_from(flow.known)[0], edition_named("X0609"))
        (home / PRIOR).write_bytes(prior)
        assert main(["import", str(home / PRIOR)]) == 0
    with Counting(home, FORM4_TODAY=flow.today) as terminal:
        terminal.follow(flow.steps)
        seen = read_form(terminal)
        terminal.type(ENTER).wait("packet made").wait("Esc leaves")
    assert [words for words in flow.shown if words not in seen] == []
    return terminal.keys


@pytest.mark.parametrize("name", some(FLOWS, ["sale"]))
def test_a_filing_takes_few_keys(home: Path, name: str) -> None:
    assert made(home, FLOWS[name]) <= FLOWS[name].most
