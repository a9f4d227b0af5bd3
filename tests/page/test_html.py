"""The proof page: every caption and value of the seed in the seed's order, all six forms, nothing hidden or from outside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from form4_author import __version__
from form4_author.checks.example import names
from form4_author.model.filing import Filing
from form4_author.page.html import page_html
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.builders import make_filing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SHA = "0123456789abcdef" * 4
_PLAN = "Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan"
# What the page says besides the seed, and where the edition in force differs from the seed's.
_SEED = (
    "OMB APPROVAL",
    "OMB Number: 3235-0287",
    "Estimated average burden hours per response: 0.5",
    "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    "Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934",
    "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. See Instruction 1(b).",
    _PLAN,
    "See Instruction 10.",
    "1. Name and Address of Reporting Person* Thakar Sumedh S (Last) (First) (Middle)",
    "C/O QUALYS, INC. 919 E. HILLSDALE BLVD. (Street) FOSTER CITY CA 94404 (City) (State) (Zip",
    "2. Issuer Name and Ticker or Trading Symbol QUALYS, INC. [QLYS]",
    "5. Relationship of Reporting Person(s) to Issuer (Check all applicable)",
    "Director",
    "10% Owner",
    "Officer (give title below)",
    "Other (specify below) CEO & PRESIDENT",
    "3. Date of Earliest Transaction (Month/Day/Year) 11/01/2024",
    "4. If Amendment, Date",
    "Original Filed (Month/Day/Year)",
    "6. Individual or Joint/Group Filing (Check Applicable Line)",
    "Form filed by One Reporting Person",
    "Form filed by More than One Reporting Person",
    "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned",
    "1. Title of Security (Instr. 3) 2. Transaction Date (Month/Day/Year)",
    "2A. Deemed Execution Date, if any (Month/Day/Year) 3. Transaction Code (Instr. 8)",
    "5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)",
    "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)",
    "7. Nature of Indirect Beneficial Ownership (Instr. 4)",
    "Code V Amount (A) or (D) Price",
    "Common Stock 11/01/2024 F 7,007 (1) D $120.34 232,595 D",
    "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned",
    "(e.g., puts, calls, warrants, options, convertible securities)",
    "1. Title of Derivative Security (Instr. 3)",
    "2. Conversion or Exercise Price of Derivative Security",
    "3A. Deemed Execution Date, if any (Month/Day/Year)",
    "6. Date Exercisable and Expiration Date (Month/Day/Year)",
    "8. Price of Derivative Security (Instr. 5)",
    "11. Nature of Indirect Beneficial Ownership (Instr. 4)",
    "Date Exercisable Expiration Date Title Amount or Number of Shares",
    "Explanation of Responses:",
    "1. The reported shares were withheld to cover the Reporting Person's tax liability",
    "/s/ Bruce Posey by power of attorney for Sumedh S. Thakar 11/04/2024",
    "** Signature of Reporting Person Date",
    "Reminder: Report on a separate line for each class of securities beneficially owned",
    "* If the form is filed by more than one reporting person, see Instruction 4 (b)(v).",
    "** Intentional misstatements or omissions of facts constitute Federal Criminal Violations",
    "See 18 U.S.C. 1001 and 15 U.S.C. 78ff(a).",
    "Note: File three copies of this Form, one of which must be manually signed.",
    "ersons who",
    "respond to the collection of information contained in this form are not required to respond",
    "currently valid OMB",
)


def _page(filing: Filing, *, draft: bool = False, sha256: str | None = _SHA) -> html.HtmlElement:
    return html.document_fromstring(
        page_html(filing, status=PageStatus(draft=draft, xml_sha256=sha256)).encode()
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def _text(page: html.HtmlElement) -> str:
    """What the page says, in reading order, without blanks and without the X in the boxes."""
    for box in page.xpath("//span[@class='box']"):
        box.text = ""
    return _bare(page.xpath("string(//body)"))


def _checked_values(page: html.HtmlElement) -> list[str]:
    boxes = page.xpath("//span[@class='box'][@aria-label='checked']")
    assert all(box.text == "X" for box in boxes)
    return [_bare(box.xpath("string(../following-sibling::td[1])"))[:12] for box in boxes]


def _missing(text: str, wanted: Iterable[str]) -> list[str]:
    """What does not follow in order."""
    missing, at = [], 0
    for words in wanted:
        found = text.find(_bare(words), at)
        if found < 0:
            missing.append(words)
        else:
            at = found + len(_bare(words))
    return missing


@pytest.mark.parametrize("edition", ["X0508", None])
def test_the_seed_has_its_captions_and_values_in_the_seeds_order(edition: str | None) -> None:
    page = _page(replace(make_filing(), edition=edition))
    assert _checked_values(page) == ["Director", "Officer(give", "FormfiledbyO"]
    assert _missing(_text(page), _SEED) == []


@pytest.mark.parametrize("edition", ["X0508"])
def test_the_seed_as_it_was_given(shared: Path, edition: str) -> None:
    """reference/seed-form4.md, caption by caption and value by value; spaces, and its drawing of boxes, aside."""
    seed = (shared / "reference" / "seed-form4.md").read_text("utf-8")
    seed = seed.replace("⁽¹⁾", "(1)").replace("\\$", "$")
    wanted = [
        piece
        for line in seed.splitlines()
        for cell in line.split("\t")
        for piece in re.split(r"<[^>]*>", cell)
    ]
    text = _text(_page(replace(make_filing(), edition=edition)))
    assert len([piece for piece in wanted if piece.strip()]) > 50
    assert _missing(text, wanted) == []


def test_the_edition_in_force_has_boxes_2a_and_country() -> None:
    text = _text(_page(make_filing()))
    assert (
        _missing(
            text,
            (
                "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF SECURITIES",
                "(City) (State) (Zip/Postal Code) UNITED STATES (Country)",
                "[QLYS] 2a. Foreign Trading Symbol",
                "7. Title and Amount of Underlying Securities (Instr. 3 and 4)",
            ),
        )
        == []
    )
    before = _text(_page(replace(make_filing(), edition="X0508")))
    for words in ("(Country)", "UNITED STATES (C", "2a.", "OWNERSHIP OF SECURITIES", "Postal"):
        assert _bare(words) not in before


@pytest.mark.parametrize(
    ("edition", "order"),
    [
        ("X0306", []),
        ("X0407", ["1. Name", "6. Individual", _PLAN, "Table I"]),
        ("X0508", [_PLAN, "1. Name", "Table I"]),
        ("X0609", [_PLAN, "1. Name", "Table I"]),
    ],
)
def test_the_plan_box_stands_where_the_edition_has_it(edition: str, order: list[str]) -> None:
    text = _text(_page(replace(make_filing("plan"), edition=edition)))
    assert text.count(_bare(_PLAN)) == (1 if order else 0)
    assert _missing(text, order) == []


@pytest.mark.parametrize(
    ("name", "title", "omb"),
    [
        ("form3", "FORM 3", "OMBNumber:3235-0104"),
        ("seed", "FORM 4", "OMBNumber:3235-0287"),
        ("amendment", "FORM 4/A", "OMBNumber:3235-0287"),
        ("form5", "FORM 5", "OMBNumber:3235-0362"),
    ],
)
def test_each_form_bears_its_name_and_number(name: str, title: str, omb: str) -> None:
    page = _page(make_filing(name))
    assert page.xpath("string(//*[@class='form-name'])") == title
    assert omb in _text(page)


@pytest.mark.parametrize("form", ["3", "3/A", "4", "4/A", "5", "5/A"])
@pytest.mark.parametrize("edition", ["X0101", "X0306", "X0407", "X0508", "X0609"])
def test_an_empty_form_of_every_edition_is_a_page(form: str, edition: str) -> None:
    page = _page(Filing(form=form, edition=edition))
    assert page.xpath("string(//*[@class='form-name'])") == f"FORM {form}"
    assert [len(page.xpath(f"//table[@id='{id}']/tbody/tr")) for id in ("table-1", "table-2")] == [1, 1]


@pytest.mark.parametrize("name", names())
def test_nothing_is_hidden_scripted_or_fetched(name: str) -> None:
    page = page_html(make_filing(name), status=PageStatus(draft=True, xml_sha256=_SHA))
    assert re.findall(r"<(?:script|link|img|iframe|object|input)\b", page) == []
    assert re.findall(r"https?:|url\(|@import|@font-face", page) == []
    assert re.findall(r"display:\s*none|visibility|text-indent|(?<!overflow: )\bhidden\b|clip", page) == []


@pytest.mark.parametrize("name", names())
def test_the_page_is_well_formed_and_its_ids_are_unique(name: str) -> None:
    page = page_html(make_filing(name), status=PageStatus())
    closed = re.sub(r"<(meta|br|col|wbr)\b([^>]*)>", r"<\1\2/>", page.removeprefix("<!DOCTYPE html>\n"))
    root = etree.fromstring(closed)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//a/@href")} <= set(ids)


def test_a_mark_leads_to_its_footnote() -> None:
    page = _page(make_filing("exercise"))
    links = page.xpath("//table[@class]//sup/a")
    assert [(link.text, link.get("href")) for link in links] == [("(1)", "#note-1"), ("(2)", "#note-2")]
    assert page.xpath("string(//*[@id='note-2'])") == (
        "2. The option vested in four equal annual installments beginning on March 1, 2020."
    )


def test_what_was_typed_is_text_and_never_markup() -> None:
    edits = [
        "remarks = <b>Bold</b> & <script>alert(1)</script>",
        "issuer.name = A & B <Holdings>",
        'non_derivative[0].security_title = Common "A" <i>',
    ]
    page = _page(make_filing("seed", edits))
    assert page.xpath("//*[@class='remarks']")[0].text == "<b>Bold</b> & <script>alert(1)</script>"
    assert page.xpath("//script") == []
    assert 'Common "A" <i>' in page.xpath("string(//table[@id='table-1'])")
    assert page.xpath("string(//title)") == "SEC Form 4 - Thakar Sumedh S - A & B <Holdings>"


def test_long_numbers_break_after_commas_and_stay_the_same_text() -> None:
    page = page_html(
        make_filing(
            "seed", ["non_derivative[0].amount = 1234567.5", "non_derivative[0].price = 999999999999"]
        ),
        status=PageStatus(),
    )
    assert "<td>1,<wbr>234,<wbr>567.50</td>" in page
    assert "<td>$999,<wbr>999,<wbr>999,<wbr>999.00</td>" in page
    assert "<td>232,595</td>" in page


def test_a_value_and_its_marks_may_part_but_neither_breaks() -> None:
    filing = make_filing("seed", ["non_derivative[0].price = 123456.7891"])
    page = page_html(filing, status=PageStatus())
    assert '<td>7,007<wbr><sup><a href="#note-1">(1)</a></sup></td>' in page
    assert "<td>$123,<wbr>456.7891</td>" in page
    footnote_only = {"form": "4", "derivative": [{"expiration_date": {"footnotes": ["F1"]}}]}
    page = page_html(filing_from(footnote_only)[0], status=PageStatus())
    assert '<td><sup><a href="#note-1">(1)</a></sup></td>' in page


def test_line_breaks_of_remarks_are_kept() -> None:
    page = _page(make_filing("seed", ['remarks = "First line\\nSecond line"']))
    assert page.xpath("//*[@class='remarks']")[0].text == "First line\nSecond line"
    assert _missing(_text(page), ("Remarks:", "First line", "Second line", "** Signature")) == []
    assert "Remarks:" not in _text(_page(make_filing()))


def test_all_owners_are_listed_when_there_are_several() -> None:
    page = _page(make_filing("joint"))
    rows = page.xpath("//table[contains(@class, 'owner-list')]/tbody/tr")
    assert [[" ".join(cell.itertext()) for cell in row] for row in rows] == [
        [
            "Harbor Ridge Fund I, L.P. 77 MILL STREET SUITE 1200 PORTLAND, OR 97201 UNITED STATES",
            "",
            "X",
            "",
            "",
        ],
        ["Lindqvist Maja 77 MILL STREET SUITE 1200 PORTLAND, OR 97201 UNITED STATES", "X", "X", "", ""],
    ]
    assert "FormfiledbyM" in _checked_values(page)
    assert _page(make_filing()).xpath("//table[contains(@class, 'owner-list')]") == []


def test_titles_of_several_owners_stand_in_words() -> None:
    page = _page(
        make_filing(
            "joint",
            [
                "owners[1].is_officer = true",
                "owners[1].officer_title = Chair",
                "owners[1].is_other = true",
                "owners[0].is_officer = true",
                "owners[0].is_other = true",
                "owners[0].other_text = Group member",
                "delete owners[0].address",
            ],
        )
    )
    rows = page.xpath("//table[contains(@class, 'owner-list')]/tbody/tr")
    assert [[cell.text_content() for cell in row][3:] for row in rows] == [
        ["X", "Group member"],
        ["Chair", "X"],
    ]
    assert rows[0][0].text_content() == "Harbor Ridge Fund I, L.P."


def test_every_signature_has_its_line() -> None:
    page = _page(make_filing("joint"))
    assert [cell.text_content() for cell in page.xpath("//td[contains(@class, 'signed')]")] == [
        "Harbor Ridge Fund I, L.P., by Harbor Ridge GP, LLC, its general partner, by /s/ Maja Lindqvist, Managing Member",
        "10/15/2026",
        "/s/ Maja Lindqvist",
        "10/15/2026",
    ]


def test_form_3_without_securities_says_so() -> None:
    filing = replace(make_filing("form3"), non_derivative=(), derivative=(), footnotes=())
    assert (
        _missing(_text(_page(filing)), ("Explanation of Responses:", "No securities are beneficially owned"))
        == []
    )


def test_words_are_set_as_the_form_sets_them() -> None:
    """section16-rules.md §6: *See* and **and** stand out; nothing that was typed does."""
    page = _page(make_filing("seed", ["remarks = See Instruction 1, e.g., Name and Ticker"]))
    assert [
        (word.tag, word.text, (word.tail or "")[:15]) for word in page.xpath("//i | //*[@class='label']/b")
    ] == [
        ("i", "See", " Instruction 1("),
        ("i", "See", " Instruction 10"),
        ("b", "and", " Ticker or Trad"),
        ("i", "see", " Instruction 4("),
        ("i", "See", " 18 U.S.C. 1001"),
        ("i", "see", " Instruction 6 "),
    ]


def test_form_5_has_its_own_boxes() -> None:
    page = _page(make_filing("form5", ["non_derivative[1].transaction_form_type = 3"]))
    assert _checked_values(page) == ["Form3Holding", "Director", "FormFiledbyO"]
    text = _text(page)
    assert (
        _missing(text, ("no longer subject", "Form 3 Holdings Reported.", "Form 4 Transactions Reported."))
        == []
    )
    assert "Form3Holdings" not in _text(_page(make_filing()))


def test_a_proof_says_what_it_is() -> None:
    footer = _page(make_filing()).xpath("string(//footer)")
    assert " ".join(footer.split()) == (
        f"Proof. Not for upload to EDGAR. Edition X0609, form4-author {__version__}. XML SHA-256: {_SHA}"
    )
    assert _page(make_filing()).xpath("//*[@class='draft-mark']") == []


def test_a_draft_says_what_it_is() -> None:
    page = _page(make_filing(), draft=True, sha256=None)
    assert page.xpath("string(//*[@class='draft-mark'])") == "DRAFT"
    assert " ".join(page.xpath("string(//footer)").split()) == (
        f"Draft: findings block this form. Not for upload to EDGAR. Edition X0609, form4-author {__version__}."
    )


def test_the_same_filing_gives_the_same_page() -> None:
    first, second = (page_html(make_filing("joint"), status=PageStatus()) for _ in range(2))
    assert first == second
