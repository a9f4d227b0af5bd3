"""``next-steps.txt``: the steps from the signatures to the issuer's website, for one form and for joint ones."""

from __future__ import annotations

from form4_author.model.submission import Attachment
from form4_author.page.next_steps import NEXT_STEPS, next_steps
from form4_author.page.packet import PacketRequest, packet
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.closed_day import closed_day
from tests.builders import make_filing
from tests.page.test_packet import packet_report

DUE = "Due Tue 11/05/2024 by 10 p.m. Eastern"


def test_one_person_signs_logs_in_uploads_and_marks_as_filed() -> None:
    assert next_steps(make_filing(), DUE) == (
        "Next steps",
        DUE,
        "1 Bruce Posey signs authentication.pdf before or when the form is filed. Keep",
        "  it for five years.",
        "2 Go to www.onlineforms.edgarfiling.sec.gov and log in with Login.gov, as",
        "  someone who may file for CIK 0001626115. Have that filer's CCC ready. (See",
        "  sec.gov/edgar if the address has changed.)",
        "3 Upload form4.xml. Before you submit it, compare what EDGAR shows with",
        "  form4.pdf, which is your copy and is not uploaded.",
        "4 EDGAR sends an acceptance message with an accession number. Then choose Mark",
        "  as filed in form4, or run form4 filed, with that number.",
        "5 QUALYS, INC. posts the form on its website, if it has one, by the end of the",
        "  business day after filing (Rule 16a-3(k)).",
        "Prepared from SEC rules as of November 29, 2026; not legal advice.",
    )


def test_a_closed_day_that_was_added_is_named() -> None:
    sec_calendar().add([closed_day("2026-12-24 | edgar | Executive order 14999 | SEC announcement")])
    try:
        lines = next_steps(make_filing(), DUE)
    finally:
        sec_calendar().add(())

    assert lines[-3:] == (
        "Prepared from SEC rules as of November 29, 2026; not legal advice.",
        "Closed day added: 2026-12-24, EDGAR closed: Executive order 14999 (SEC",
        "announcement).",
    )


def test_joint_filers_exhibits_and_parts_are_named() -> None:
    filing = make_filing(
        "joint", ["delete issuer.name", "signatures[1].name = /s/ Olga Berg, Attorney-in-Fact"]
    )
    text = " ".join(" ".join(next_steps(filing, "", ("ex24.txt", "ex99.txt"), "1 of 2")).split())

    assert text.startswith("Next steps for form 1 of 2 1 ")
    assert "authentication-2.pdf" in text
    assert "Have each filer's CCC ready." in text
    ciks = [f"CIK {owner.cik}" for owner in filing.owners]
    assert f"{', '.join(ciks[:-1])} and {ciks[-1]}" in text
    assert "Upload form4.xml. Attach ex24.txt and ex99.txt." in text
    assert "The issuer posts the form" in text


def test_a_packet_that_is_sent_has_them() -> None:
    attached = (Attachment(name="ex24.txt", content=b"x", type="EX-24"),)
    request = PacketRequest(parts=frozenset({"xml"}), due=DUE, attached=attached, part="2 of 2")
    files = packet(make_filing(), packet_report(), request).files

    expected = "\n".join(next_steps(make_filing(), DUE, ("ex24.txt",), "2 of 2")) + "\n"
    assert files[NEXT_STEPS] == expected.encode()
