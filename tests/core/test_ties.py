"""One source for each fact: code tables, field table, XSD, JSON Schema and the SEC's lists agree."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from lxml import etree

from form4_author import codes
from form4_author.model.field import DOCUMENT, Field, Group, Kind, Need, Shape
from form4_author.wire.draft_schema import draft_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_BLANKS: Final = {"", " ", "  "}
_TIGHTER: Final = {"rptOwnerNonUSStateTerritory": 30}
"""Where section 3.5 of the specification is tighter than the schema."""


@cache
def _listed(folder: Path) -> dict[str, list[str]]:
    """The values that each simple type lists, by its name or that of its element."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.xsd*")):
        for simple in etree.parse(path).iter(f"{_XS}simpleType"):
            values = [str(e.get("value")) for e in simple.iter(f"{_XS}enumeration")]
            parent = simple.getparent()
            name = simple.get("name") or (parent.get("name") if parent is not None else None)
            if values and name:
                found.setdefault(name, []).extend(values)
    return found


# Code tables and our XSD.


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("TransactionCode", lambda: set(codes.transaction_codes())),
        ("State", lambda: set(codes.states())),
        ("Country", lambda: {c.code for c in codes.countries().values() if not c.obsolete}),
        ("FormerCountry", lambda: {c.code for c in codes.countries().values() if c.obsolete}),
        ("SubmissionType", lambda: set(codes.forms())),
        ("Original", lambda: {f.form for f in codes.forms().values() if not f.amendment}),
        ("Amendment", lambda: {f.form for f in codes.forms().values() if f.amendment}),
    ],
)
def test_xsd_lists_what_the_code_table_lists(name: str, table: Any) -> None:
    values = _listed(_SCHEMAS)[name]

    assert set(values) == table()
    assert len(values) == len(set(values))


def test_tables_have_the_sizes_that_the_specification_counts() -> None:
    assert len(codes.transaction_codes()) == 18
    assert len(codes.forms()) == 6
    assert len(codes.states()) == 57
    assert len(codes.countries()) == 274
    assert set(codes.printed_flags()) == {"V", "K"}
    assert set(codes.attachment_types()) == {"CORRESP", "COVER", "EX-24", "EX-99", "GRAPHIC"}


def test_letters_that_are_printed_are_not_codes_that_are_sent() -> None:
    assert set(codes.printed_flags()) & set(codes.transaction_codes()) == set()


# The columns of transaction codes and the printed definitions, groups and rules that they follow from.

each_code = pytest.mark.parametrize("known", codes.transaction_codes().values(), ids=lambda known: known.code)


@each_code
def test_an_exercise_or_conversion_is_called_one(known: codes.TransactionCode) -> None:
    assert known.exercise == known.name.startswith(("Exercise ", "Conversion "))


@each_code
def test_an_exercise_or_conversion_has_a_row_in_both_tables_and_column_8_is_left_blank(
    known: codes.TransactionCode,
) -> None:
    """Form 4, General Instruction 4(c)(i) and (iii)."""
    if known.exercise:
        assert known.table_1
        assert known.table_2 == {"D"}
        assert known.unpriced == {"II"}


@each_code
def test_what_is_unpriced_in_a_table_belongs_there(known: codes.TransactionCode) -> None:
    tables = {name for name, letters in (("I", known.table_1), ("II", known.table_2)) if letters}

    assert known.unpriced <= tables


@each_code
def test_rule_16b_3_is_named_by_the_group(known: codes.TransactionCode) -> None:
    assert known.insiders_only == (known.group == "Rule 16b-3") == ("16b-3" in known.exempt_by)


@each_code
def test_the_paragraph_that_the_definition_names_is_the_one_that_exempts(
    known: codes.TransactionCode,
) -> None:
    named = re.search(r"Rule 16b-3\([a-z]\)", known.name)

    assert named is None or known.exempt_by == named[0]


@each_code
def test_what_the_form_groups_as_exempt_is_exempt_but_for_small_acquisitions(
    known: codes.TransactionCode,
) -> None:
    """Rule 16a-6 defers the report of a small acquisition, and exempts it from nothing."""
    if known.group.startswith("Other Section 16(b) exempt"):
        assert bool(known.exempt_by) == ("Rule 16a-6" not in known.name) == (not known.side)


@each_code
def test_a_code_is_exempt_or_a_trade_unless_its_description_decides(known: codes.TransactionCode) -> None:
    assert bool(known.side) + bool(known.exempt_by) == ("describe" not in known.name)


@each_code
def test_the_side_is_what_the_definition_says(known: codes.TransactionCode) -> None:
    said = {
        "purchase": r"purchase|acquisition|Expiration of short",
        "sale": r"\bsale\b|^Disposition|Expiration .* of long",
        "either": r"^Exercise of out-of-the-money",
    }

    if known.side:
        assert [side for side, words in said.items() if re.search(words, known.name)] == [known.side]


@each_code
def test_the_side_of_shares_is_the_letter_that_is_admitted(known: codes.TransactionCode) -> None:
    letters = {"purchase": "A", "sale": "D", "either": "AD"}

    assert not (known.side and known.table_1) or known.table_1 == set(letters[known.side])


@each_code
def test_the_form_on_which_it_is_due_follows_from_the_rest(known: codes.TransactionCode) -> None:
    """Form 4, General Instruction 4(a)(i): Form 4 for what is not exempt from Section 16(b), for what Rule 16b-3(d),
    (e) or (f) exempts, and for each exercise or conversion; Form 5 for what is exempt otherwise, and by Rule 16a-6.
    """
    if known.form_type == "either":
        # By the time since the option was written, by (A) or (D), by the description.
        assert known.code in {"E", "G", "J"}
    elif known.exercise or known.insiders_only:
        assert known.form_type == "4"
    else:
        assert known.form_type == ("5" if known.exempt_by or "Rule 16a-6" in known.name else "4")


def test_each_form_has_one_current_edition_that_covers_it() -> None:
    current = [e for e in codes.editions().values() if e.current]

    assert sorted(base for e in current for base in e.bases) == ["3", "4", "5"]
    for base in "345":
        assert base in codes.current_edition(base).bases
    assert [codes.current_edition(base).edition for base in "345"] == ["X0607", "X0609", "X0609"]


def test_timeliness_is_told_for_every_form_and_form_type() -> None:
    allowed = {key: sorted(entry.allowed) for key, entry in codes.timeliness().items()}

    assert allowed == {("4", "4"): [], ("4", "5"): ["E"], ("5", "4"): ["L"], ("5", "5"): ["L"]}


def test_place_names_prefer_states() -> None:
    names = codes.place_names()

    assert (names["CA"], names["DE"], names["X0"]) == ("CALIFORNIA", "DELAWARE", "UNITED KINGDOM")
    assert set(names) == set(codes.states()) | set(codes.countries())


# The JSON Schema.


def _enums(schema: Any) -> Iterator[tuple[str, list[Any]]]:
    """(field, values) of every list of values."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            for part in (inner, *inner.get("anyOf", ())):
                if "enum" in part:
                    yield name, part["enum"]
        for value in schema.values():
            yield from _enums(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _enums(value)


def test_json_schema_lists_what_the_code_tables_list() -> None:
    enums = dict(_enums(draft_schema()))

    assert set(enums["form"]) == set(codes.forms())
    assert set(enums["transaction_code"]) == set(codes.transaction_codes())
    assert set(enums["state"]) == set(codes.states())
    assert set(enums["country"]) == set(codes.countries())
    assert enums["acquired_disposed"] == ["A", "D"]
    assert enums["ownership_form"] == ["D", "I"]
    assert enums["timeliness"] == ["E", "L"]


# The SEC's files.


def test_sec_lists_the_same_places(shared: Path) -> None:
    sec = _listed(shared / "reference/official/ownership-xml-v5.5/schema-files")

    assert set(sec["rptOwnerState"]) - _BLANKS == set(codes.states())
    assert set(sec["rptOwnerCountry"]) - _BLANKS == set(codes.countries())


def test_sec_listed_the_same_places_before_x0609(shared: Path) -> None:
    sec = _listed(shared / "reference/official/ownership-xml-x0306-schema-files")

    assert set(sec["rptOwnerState"]) - _BLANKS == set(codes.place_names())


@pytest.fixture(scope="module")
def read_in_the_rules(shared: Path) -> dict[str, list[str]]:
    """The reference's table of transaction codes by letter: name, tables, (A)/(D), form type, price, ..., 16(b)."""
    text = (shared / "reference/section16-rules.md").read_text(encoding="utf-8")
    rows = [
        line.strip("|").split(" | ") for line in text.splitlines() if re.match(r"\| \*\*[A-Z]\*\* \|", line)
    ]
    found = {cells[0].strip(" *"): [cell.strip() for cell in cells[1:]] for cells in rows}
    return {letter: cells for letter, cells in found.items() if letter not in codes.printed_flags()}


def test_columns_are_what_was_read_in_the_rules(read_in_the_rules: dict[str, list[str]]) -> None:
    """Name, tables, form type, and whether and by which rule a code is exempt from Section 16(b)."""
    ours, theirs = {}, {}
    for letter, known in codes.transaction_codes().items():
        name, tables, _letters, form_type, *_rest, section_16b = read_in_the_rules[letter]
        rules = set(re.findall(r"(?<!R)16b-[0-9](?:\([a-z]\))?", section_16b))
        exempt = section_16b.startswith("exempt")
        theirs[letter] = (
            name,
            set(re.findall(r"\bI{1,2}\b", tables)),
            set(re.findall(r"\b[45]\b", form_type)),
            exempt,
            rules if exempt else set(),
        )
        ours[letter] = (
            known.name,
            {table for table, letters in (("I", known.table_1), ("II", known.table_2)) if letters},
            {"4", "5"} if known.form_type == "either" else {known.form_type},
            bool(known.exempt_by),
            set(re.findall(r"16b-[0-9](?:\([a-z]\))?", known.exempt_by)),
        )
    # The row of I has the condition in place of the rule, which its printed definition names.
    assert theirs["I"][-1] == set()
    theirs["I"] = (*theirs["I"][:-1], {"16b-3(f)"})

    assert ours == theirs


def test_prices_of_nothing_are_those_read_in_the_rules(read_in_the_rules: dict[str, list[str]]) -> None:
    """Beside exercises; a deposit into a voting trust is 0 by general knowledge only, and left open here."""
    nothing = {letter for letter, cells in read_in_the_rules.items() if cells[4] == "0"}

    assert codes.unpriced("II") - codes.exercises() == nothing - {"Z"}


def test_sides_are_those_read_in_the_rules(shared: Path) -> None:
    text = (shared / "reference/section16-rules.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"### 4\.2 .*?\n\n(.*?)\n\n", text, re.DOTALL)
    sides: dict[str, str] = {}
    for line in table.splitlines()[2:]:
        letters, side = line.strip("| ").split(" | ")[:2]
        if re.fullmatch(r"[A-Z](?:, [A-Z])*", letters):
            sides |= dict.fromkeys(letters.split(", "), side.split()[0])
    known = codes.transaction_codes()

    assert {letter: side for letter, side in sides.items() if side in ("purchase", "sale")} == {
        letter: known[letter].side for letter in "PLSUH"
    }
    assert {letter for letter, side in sides.items() if side == "none"} == {
        letter for letter in known if known[letter].exempt_by
    }


def test_names_of_places_are_the_specifications(shared: Path) -> None:
    with (shared / "reference/ownership-xml-location-codes.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"].strip()]
    states = {r["code"]: r["name"] for r in rows if r["element"] == "rptOwnerState"}
    countries = {r["code"]: r["name"] for r in rows if r["element"] == "rptOwnerCountry"}

    assert {s.code: s.name for s in codes.states().values()} == states
    assert {c.code: c.name for c in codes.countries().values()} == countries


# The field table and the SEC's elements.

Leaf = tuple[str, Field, str]
"""Path below the root, field, forms that the groups around it leave."""


def _leaves(group: Group, path: str, forms: str) -> Iterator[Leaf]:
    here = "".join(form for form in forms if form in group.forms)
    for node in group.nodes:
        below = f"{path}/{node.element}"
        if isinstance(node, Group):
            yield from _leaves(node, below, here)
        elif node.element and node.shape is not Shape.ATTRIBUTE:
            yield below, node, "".join(form for form in here if form in node.forms)


LEAVES: Final = tuple(_leaves(DOCUMENT, f"/{DOCUMENT.element}", "345"))


@pytest.fixture(scope="module")
def elements(shared: Path) -> dict[str, dict[str, str]]:
    """The rows of the reference's table of elements, by path."""
    with (shared / "reference/ownership-xml-elements.csv").open(encoding="utf-8", newline="") as lines:
        return {row["path"]: row for row in csv.DictReader(lines)}


def _text_row(elements: dict[str, dict[str, str]], path: str, field: Field) -> dict[str, str]:
    return elements[f"{path}/value"] if field.shape is Shape.CELL else elements[path]


def test_fields_are_the_elements_of_the_schema_in_its_order(elements: dict[str, dict[str, str]]) -> None:
    leaves = [
        path
        for path, row in elements.items()
        if not row["type"].startswith(("group", "@id", "text +")) and not path.endswith("rptOwnerCcc")
    ]
    ours = [f"{path}/value" if field.shape is Shape.CELL else path for path, field, _ in LEAVES]

    assert ours == sorted(leaves, key=lambda path: int(elements[path]["order"]))


def test_fields_are_of_the_kind_of_their_element(elements: dict[str, dict[str, str]]) -> None:
    kinds = {
        Kind.DATE: r"date$",
        Kind.NUMBER: r"decimal 0\.0\.\.999999999999\.9999, max 16 digits, max 4 decimals",
        Kind.FLAG: r"boolean$",
        Kind.DIGITS: r"string 1\.\.10 /\[0-9\]\+/$",
        Kind.CODE: r"string(, equal to the submission type)? ?([/(]|enum)",
        Kind.TEXT: r"string (len=5|[0-9]+\.\.)",
    }
    odd = [
        (path, field.kind, row["type"])
        for path, field, _ in LEAVES
        if not re.match(kinds[field.kind], (row := _text_row(elements, path, field))["type"])
    ]

    assert odd == []


def test_fields_have_the_length_of_their_element(elements: dict[str, dict[str, str]]) -> None:
    different = []
    for path, field, _ in LEAVES:
        length = re.match(r"string (?:len=|[0-9]+\.\.)([0-9]+)", _text_row(elements, path, field)["type"])
        expected = _TIGHTER.get(field.element, int(length[1]) if length else None)
        if field.longest != expected:
            different.append((path, field.longest, expected))

    assert different == []


def test_fields_belong_to_the_forms_of_their_element(elements: dict[str, dict[str, str]]) -> None:
    different = [
        (path, forms)
        for path, _, forms in LEAVES
        if forms
        != "".join(
            form for form in "345" if elements[path][f"occurs_{form}"] or elements[path][f"occurs_{form}A"]
        )
    ]

    assert different == []


def _needed(elements: dict[str, dict[str, str]], path: str, field: Field, form: str) -> Need:
    """What the schema asks for of a field on a form, said in our words."""
    row = elements[path]
    occurs = row[f"occurs_{form}"]
    if occurs.startswith("1") and row["in_choice"]:
        return Need.ONE_OF
    if not occurs.startswith("1"):
        return Need.OPTIONAL
    if field.shape is Shape.CELL and elements[f"{path}/value"]["in_choice"]:
        return Need.VALUE_OR_NOTE
    return Need.VALUE


def test_fields_are_needed_where_their_element_is(elements: dict[str, dict[str, str]]) -> None:
    different = []
    for path, field, forms in LEAVES:
        for form in forms:
            need = field.need if form in field.needed_on else Need.OPTIONAL
            asked = _needed(elements, path, field, form)
            if need is not asked and not (need is Need.AMENDMENT and asked is Need.OPTIONAL):
                different.append((path.split("/", 2)[2], form, need.value, asked.value))

    # The amounts of an underlying security are the rule DRV-004's; the specification asks for more than the schema.
    assert [d for d in different if "underlyingSecurity" not in d[0]] == []


def test_cells_take_footnotes_where_their_element_does(elements: dict[str, dict[str, str]]) -> None:
    cells = [(path, field) for path, field, _ in LEAVES if field.shape is Shape.CELL]

    assert [path for path, field in cells if field.notes != (f"{path}/footnoteId" in elements)] == []


def test_fields_that_are_new_say_since_when(elements: dict[str, dict[str, str]]) -> None:
    since = {"v5.5 (2026-03-18)": "X0609", "v5.4 (2023-03-20)": "X0508", "": ""}

    assert [path for path, field, _ in LEAVES if since[elements[path]["new_in"]] != field.since] == []


def test_codes_of_fields_are_those_of_their_element(elements: dict[str, dict[str, str]]) -> None:
    for path, field, _ in LEAVES:
        row = _text_row(elements, path, field)
        listed = re.fullmatch(r"string /((?:[A-Z0-9]\|)+[A-Z0-9])/", row["type"])
        if listed is not None:
            ours = set(field.codes) if isinstance(field.codes, tuple) else set(codes.transaction_codes())
            assert ours == set(listed[1].split("|")), path
