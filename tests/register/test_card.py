"""Cards at the command line: persons, issuers, powers of attorney and footnotes, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.register.papers import paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

JANE = ("person", "add", "--cik", "0000000077", "--name", "Doe Jane")
WIDGETS = ("issuer", "add", "--cik", "9999001", "--name", "Example Widgets Inc.", "--symbol", "EXWI")


def test_a_person_is_added_shown_edited_listed_and_removed(form4: Form4) -> None:
    address = ("--street1", "1  Main Street", "--city", "Springfield", "--state", "il", "--zip", "62701")
    assert form4(*JANE, *address) == (0, "Added: 77  Doe Jane\n", "")
    assert form4(*WIDGETS) == (0, "Added: 9999001  EXWI   Example Widgets Inc. (0 persons)\n", "")

    edited = form4(
        "person",
        "edit",
        "doe",
        "--issuer",
        "exwi",
        "--director",
        "yes",
        "--title",
        "CEO",
        "--since",
        "2026-01-05",
    )
    assert edited == (0, "Changed: 77  Doe Jane (director, CEO of Example Widgets Inc.)\n", "")
    assert form4("person", "show", "77").out == (
        "cik: 77\nname: Doe Jane\naddress:\n  street1: 1 Main Street\n  city: Springfield\n  state: IL\n  zip: 62701\n"
        "issuers:\n  9999001, Example Widgets Inc., director, CEO, 2026-01-05\n"
    )
    assert form4("person", "list") == (
        0,
        "        77  Doe Jane (director, CEO of Example Widgets Inc.)\n",
        "",
    )
    assert form4("issuer", "list") == (0, "   9999001  EXWI   Example Widgets Inc. (1 persons)\n", "")
    assert form4("person", "show", "Doe Jane", "--json").data == {
        "cik": "77",
        "name": "Doe Jane",
        "address": {"street1": "1 Main Street", "city": "Springfield", "state": "IL", "zip": "62701"},
        "issuers": [
            {
                "cik": "9999001",
                "name": "Example Widgets Inc.",
                "is_director": True,
                "officer_title": "CEO",
                "insider_since": "2026-01-05",
            }
        ],
    }

    assert form4("person", "remove", "0000000077") == (
        0,
        "Removed: 77  Doe Jane (director, CEO of Example Widgets Inc.)\n",
        "",
    )
    assert form4("person", "list").out == "No person yet. form4 person add --help says how to add one.\n"
    assert form4("person", "list", "--json").data == []


def test_a_blank_clears(form4: Form4) -> None:
    form4(*JANE, "--city", "Springfield", "--zip", "62701", "--entity", "no")
    form4(
        *WIDGETS,
        "--class",
        "Common Stock",
        "--class",
        "Class B",
        "--style",
        "rsu=II",
        "--style",
        "remarks=Hello",
    )
    form4("person", "edit", "77", "--issuer", "9999001", "--officer", "yes", "--title", "CEO")

    assert form4("person", "edit", "77", "--city", "", "--entity", " ", "--json").data == {
        "cik": "77",
        "name": "Doe Jane",
        "address": {"zip": "62701"},
        "issuers": [
            {"cik": "9999001", "name": "Example Widgets Inc.", "is_officer": True, "officer_title": "CEO"}
        ],
    }
    role = form4("person", "edit", "77", "--issuer", "exwi", "--title", "", "--json").data["issuers"][0]
    assert role == {"cik": "9999001", "name": "Example Widgets Inc.", "is_officer": True}
    # A list: what stands before the blank goes, what follows it comes; NAME= takes one style out.
    assert form4(
        "issuer",
        "edit",
        "exwi",
        "--symbol",
        "",
        "--class",
        "",
        "--class",
        "Class B",
        "--style",
        "remarks=",
        "--style",
        "rsu=i",
        "--json",
    ).data == {
        "cik": "9999001",
        "name": "Example Widgets Inc.",
        "classes": ["Class B"],
        "styles": {"rsu": "I"},
        "persons": [{"cik": "77", "name": "Doe Jane", "is_officer": True}],
    }
    assert "styles" not in form4("issuer", "edit", "9999001", "--style", "", "--json").data


def test_a_power_of_attorney_is_kept_whole(form4: Form4) -> None:
    form4(*JANE)
    form4(*WIDGETS)
    added = form4(
        "poa", "add", "--person", "jane", "--issuer", "EXWI", "--agent", "Sam Roe", "--agent", "Ann Poe",
        "--signed", "2026-01-15", "--until", "2026-12-31", "--accession", "000999900126000001",
        "--wording", "/s/ Sam Roe, attorney-in-fact", "--json",
    )  # fmt: skip
    whole = {
        "number": 1,
        "person": "Doe Jane",
        "issuer": "Example Widgets Inc.",
        "agents": ["Sam Roe", "Ann Poe"],
        "signed": "2026-01-15",
        "until": "2026-12-31",
        "accession_number": "0009999001-26-000001",
        "wording": "/s/ Sam Roe, attorney-in-fact",
    }
    assert (added.code, added.data) == (0, whole)

    assert form4("poa", "list").out == (
        "   1  Doe Jane: Sam Roe, Ann Poe for Example Widgets Inc., until 2026-12-31\n"
    )
    assert form4("poa", "show", "ann poe", "--json").data == whole
    assert form4("poa", "edit", "1", "--agent", "Sam Roe", "--issuer", "", "--revoked", "2026-11-01").out == (
        "Changed: 1  Doe Jane: Sam Roe, revoked 2026-11-01\n"
    )
    assert form4("poa", "edit", "1", "--agent", "") == (
        2,
        "",
        "form4: A poa needs its agent. Write another, or remove the whole card.\n",
    )
    assert form4("person", "remove", "jane") == (
        2,
        "",
        "form4: Doe Jane has powers of attorney on record: 1. Remove them first: form4 poa remove 1.\n",
    )
    assert form4("poa", "remove", "1").out == "Removed: 1  Doe Jane: Sam Roe, revoked 2026-11-01\n"
    assert form4("person", "remove", "jane").code == 0


def test_a_footnote_is_kept_under_one_name(form4: Form4) -> None:
    assert form4("footnote", "add", "--name", "gift", "--text", "A  gift\nto a fund.").out == (
        "Added: gift: A gift to a fund.\n"
    )
    assert form4("footnote", "add", "--name", "Gift", "--text", "x").err == (
        'form4: The register has "gift" already. Use form4 footnote edit Gift.\n'
    )
    form4("footnote", "add", "--name", "sale", "--text", "A sale.")
    assert form4("footnote", "edit", "sale", "--name", "GIFT").err == (
        'form4: The register has "gift" already. Use form4 footnote edit GIFT.\n'
    )
    assert form4("footnote", "edit", "GIF", "--name", "Gift").out == "Changed: Gift: A gift to a fund.\n"
    assert form4("footnote", "list").out == "Gift: A gift to a fund.\nsale: A sale.\n"
    assert form4("footnote", "show", "sale").out == "name: sale\ntext: A sale.\n"
    assert form4("footnote", "remove", "sale", "--json").data == {"name": "sale", "text": "A sale."}


def test_which_card_is_meant(form4: Form4) -> None:
    for number, name in enumerate(("Doe Jane", "Doe Janet", "Doe Jane", "O'Doe Åsa", "Roe Sam"), 1):
        form4("person", "add", "--cik", str(number), "--name", name)

    assert form4("person", "show", "doe JANET").out.startswith("cik: 2\n")
    assert form4("person", "show", "åsa").out.startswith("cik: 4\n")
    assert form4("person", "show", "000005").out.startswith("cik: 5\n")
    assert form4("person", "show", "doe").err == (
        'form4: "doe" matches 4: Doe Jane (1); Doe Jane (3); Doe Janet (2); O\'Doe Åsa (4).'
        " Type more of it, or the number after it.\n"
    )
    assert form4("person", "show", "Doe  jane").err == (
        'form4: "Doe  jane" matches 2: Doe Jane (1); Doe Jane (3). Type more of it, or the number after it.\n'
    )
    for unknown in ("nobody", "", "99"):
        assert form4("person", "edit", unknown, "--name", "X") == (
            2,
            "",
            f'form4: The register has no person "{unknown}". form4 person list shows all.\n',
        )


@pytest.mark.parametrize("number", [9, 12])
def test_many_that_may_be_meant_are_told_in_part(form4: Form4, number: int) -> None:
    for n in range(number):
        form4("footnote", "add", "--name", f"note {n:02}", "--text", "x")
    names = "; ".join(f"note {n:02}" for n in range(8))

    assert form4("footnote", "show", "note").err == (
        f'form4: "note" matches {number}: {names}; and {number - 8} more. Type more of it, or the whole name.\n'
    )


@pytest.mark.parametrize(
    ("word", "option", "typed", "code"),
    [
        ("person", "state", "California", "CA"),
        ("person", "state", "ca", "CA"),
        ("person", "state", "X0", "X0"),  # as forms had it before X0609
        ("person", "country", "UK", "X0"),
        ("person", "country", "deu", "2M"),
        ("issuer", "country", "Germany", "2M"),
        ("issuer", "country", "Delaware", "DE"),
        ("issuer", "country", "de", "DE"),
    ],
)
def test_a_state_or_country_is_understood_as_in_the_interview(
    form4: Form4, word: str, option: str, typed: str, code: str
) -> None:
    assert form4(word, "add", "--cik", "5", "--name", "X", f"--{option}", typed).code == 0
    shown = form4(word, "show", "5", "--json").data
    assert (shown["address"] if word == "person" else shown)[option] == code


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        (
            "country",
            "DE",
            (
                '"DE" may mean 2M GERMANY here, or DE DELAWARE in the list of states; for GERMANY, type 2M. '
                "See form4 person add --help.\n"
            ),
        ),
        (
            "state",
            "GB",
            (
                '"GB" is not in this list; it is X0 UNITED KINGDOM in the list of countries. '
                "See form4 person add --help.\n"
            ),
        ),
    ],
)
def test_what_may_mean_another_place_is_refused(form4: Form4, option: str, typed: str, said: str) -> None:
    refused = form4("person", "add", "--cik", "5", "--name", "X", f"--{option}", typed)
    assert refused.err == f"form4 person add: argument --{option}: {said}"


WRONG = [
    (("person", "add", "--name", "X"), "form4: A new person needs --cik. Give --cik TEXT.\n"),
    (("person", "add", "--cik", "5", "--name", " "), "form4: A new person needs --name. Give --name TEXT.\n"),
    (("poa", "add", "--person", "x"), "form4: A new poa needs --agent. Give --agent TEXT.\n"),
    (("poa", "add", "--person", "x", "--agent", ""), "form4: A new poa needs --agent. Give --agent TEXT.\n"),
    (
        ("poa", "add", "--person", "x", "--agent", "Sam"),
        'form4: The register has no person "x". form4 person list shows all.\n',
    ),
    (JANE, "form4: The register has CIK 77 already: Doe Jane. Use form4 person edit 77.\n"),
    (
        ("person", "edit", "88", "--cik", "77"),
        "form4: The register has CIK 77 already: Doe Jane. Use form4 person edit 77.\n",
    ),
    (
        ("person", "edit", "77", "--name", ""),
        "form4: A person needs its name. Write another, or remove the whole card.\n",
    ),
    (
        ("person", "edit", "77", "--director", "yes"),
        "form4: A relationship belongs to an issuer. Name it with --issuer.\n",
    ),
    (
        ("person", "edit", "77", "--issuer", "none"),
        'form4: The register has no issuer "none". form4 issuer list shows all.\n',
    ),
    (
        ("person", "add", "--cik", "12345678901"),
        (
            'form4 person add: argument --cik: "12345678901" is not a CIK, which has up to 10 digits.'
            " See form4 person add --help.\n"
        ),
    ),
    (
        ("person", "edit", "77", "--issuer", "1", "--officer", "perhaps"),
        'form4 person edit: argument --officer: "perhaps" is neither yes nor no. See form4 person edit --help.\n',
    ),
    (
        ("person", "edit", "77", "--state", "Calx"),
        (
            'form4 person edit: argument --state: "Calx" is not in the list; type a code, or part of a name. See form4 '
            "person edit --help.\n"
        ),
    ),
    (
        ("person", "edit", "77", "--name", "\udcff"),
        (
            "form4 person edit: argument --name: '\\udcff' has a character in it that no form can hold."
            " See form4 person edit --help.\n"
        ),
    ),
    (
        ("issuer", "edit", "1", "--year-end", "12/31"),
        (
            'form4 issuer edit: argument --year-end: "12/31" is not a month and day such as 12-31.'
            " See form4 issuer edit --help.\n"
        ),
    ),
    (
        ("issuer", "edit", "1", "--year-end", "02-31"),
        (
            'form4 issuer edit: argument --year-end: "02-31" is not a month and day such as 12-31.'
            " See form4 issuer edit --help.\n"
        ),
    ),
    (
        ("poa", "edit", "1", "--until", "soon"),
        'form4 poa edit: argument --until: "soon" is not a date of the form YYYY-MM-DD. See form4 poa edit --help.\n',
    ),
    (
        ("poa", "edit", "1", "--accession", "12"),
        (
            'form4 poa edit: argument --accession: "12" is not an accession number such as 0001107843-26-000123.'
            " See form4 poa edit --help.\n"
        ),
    ),
    (
        ("person", "show"),
        "form4 person show: the following arguments are required: WHICH. See form4 person show --help.\n",
    ),
    (
        ("person", "shw", "77"),
        (
            "form4 person: argument VERB: invalid choice: 'shw' (choose from 'list', 'add', 'edit', 'show', 'remove')."
            " See form4 person --help.\n"
        ),
    ),
]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("words", "told"), WRONG, ids=lambda value: " ".join(value)[:40])
def test_what_is_refused_changes_nothing(form4: Form4, words: tuple[str, ...], told: str) -> None:
    form4(*JANE)
    form4("person", "add", "--cik", "88", "--name", "Roe Sam")
    before = form4("person", "list", "--json").data

    refused = form4(*words)

    # Python 3.12 leaves the quotes of choices out.
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.replace("'", "") == told.replace("'", "")
    assert form4("person", "list", "--json").data == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_kind_without_its_register_says_how_to_begin(form4: Form4, url: str) -> None:
    assert form4("person", "list").err == (
        f"form4: There is no register at {url} yet."
        " Make one from past filings with form4 import FILE ..., or with form4 person add.\n"
    )


# ---- beside the forms on record


def test_who_has_forms_on_record_stays(form4: Form4) -> None:
    form4("import", xml_file(paper(row(total="1000"))))
    person, issuer = form4("person", "list", "--json").data[0], form4("issuer", "list", "--json").data[0]

    assert form4("person", "remove", person["cik"]).err == (
        "form4: Doe Jane has forms on record, on which the ledger is based. Keep the person; form4 person edit corrects it.\n"
    )
    assert form4("issuer", "remove", issuer["cik"]).err == (
        "form4: Example Widgets Inc. has forms on record, on which the ledger is based."
        " Keep the issuer; form4 issuer edit corrects it.\n"
    )
    assert [len(form4(kind, "list", "--json").data) for kind in ("person", "issuer", "poa")] == [1, 1, 1]


def test_what_was_typed_no_import_changes_and_what_was_not_it_fills(form4: Form4) -> None:
    first, second = paper(row(total="1000")), paper(row(total="1100"), day="2026-04-01", number=2)
    cik = first.filing.owners[0].cik or ""
    form4("person", "add", "--cik", cik, "--name", "Doe Jane M.")
    form4("issuer", "add", "--cik", "9999001", "--name", "EXAMPLE WIDGETS INC", "--year-end", "06-30")
    form4("person", "edit", cik, "--issuer", "9999001", "--since", "2026-01-05")
    form4("import", xml_file(first))

    shown = form4("person", "show", cik, "--json").data
    assert (shown["name"], shown["address"]["city"]) == ("Doe Jane M.", "Springfield")
    assert shown["issuers"][0] == {
        "cik": "9999001", "name": "EXAMPLE WIDGETS INC", "is_director": True, "is_officer": True,
        "officer_title": "Chief Executive Officer", "insider_since": "2026-01-05",
    }  # fmt: skip
    assert form4("issuer", "show", "9999001", "--json").data["trading_symbol"] == "EXWI"

    form4("person", "edit", cik, "--issuer", "9999001", "--title", "Chair")
    form4("import", xml_file(second))
    assert form4("person", "show", cik, "--json").data["issuers"][0]["officer_title"] == "Chair"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_no_form_tells_leaves_the_rest_to_the_forms(form4: Form4) -> None:
    """The end of the fiscal year was typed; the symbol still follows the last form."""
    form4("import", xml_file(paper(row(total="1000"))))
    form4("issuer", "edit", "exwi", "--year-end", "06-30")
    renamed = {"cik": "0009999001", "name": "Example Gadgets Inc.", "trading_symbol": "EXGA"}
    form4("import", xml_file(paper(row(total="1100"), day="2026-04-01", number=2, issuer=renamed)))

    shown = form4("issuer", "show", "exga", "--json").data
    assert (shown["name"], shown["trading_symbol"], shown["fiscal_year_end"]) == (
        "Example Gadgets Inc.",
        "EXGA",
        "06-30",
    )
