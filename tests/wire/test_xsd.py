"""Our own schemas: what they accept and refuse, and that the SEC's say the same of every document and mutant.

Facts: EDGAR Ownership XML Technical Specification 5.5; what the SEC's schema files say is compared where they are at
hand (`../shared`). libxml2 does not look whether a footnote reference leads anywhere, in ours or in theirs: a rule does.
"""

from __future__ import annotations

import itertools
import string
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from lxml import etree

from form4_author import codes
from tests.selection import some
from tests.wire.mutation import KINDS, Mutant, mutants
from tests.wire.mutation_documents import (
    CURRENT,
    DRIVERS,
    FORMS,
    driver,
    envelope,
    full_document,
    full_text,
    minimal_text,
)
from tests.wire.mutation_values import PLACES
from tests.wire.mutation_verdicts import CHANGES
from tests.wire.test_roundtrip import EACH

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"

DIFFERENCES: Final[dict[str, str]] = {}
"""Mutants on which ours and the SEC's schema disagree, by "schema kind: label", each with its justification: none."""

_OF_VALUES: Final = ("strange", "mixed", "blanks", "lengths", "amounts", "dates", "flags", "keys")
_STRUCTURE: Final = tuple(kind for kind in KINDS if kind not in _OF_VALUES)
_GENERATION: Final = ("removed", "stretches", "repeated", "emptied", "inserted", "rows")
_KNOWN_OLD: Final = (("X0306", "4"), ("X0306", "4/A"))
_MUTATED: Final = (("X0306", "4/A"), (CURRENT, "3"), (CURRENT, "5/A"))
"""Whose mutants are tried each time: between them they have every element and kind of value."""
_ENVELOPE_KINDS: Final = tuple(
    kind for kind in KINDS if kind not in {"amounts", "dates", "flags", "keys", "rows", "inserted"}
)


@cache
def _ours(generation: str, form: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_SCHEMAS / "ownership" / driver(generation, form)))


@cache
def _envelope_schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_SCHEMAS / "envelope.xsd"))


@cache
def _sec(folder: Path, generation: str, form: str) -> etree.XMLSchema:
    edition = "x0306-schema-files" if generation == "X0306" else "v5.5/schema-files"
    name = f"ownership{form.replace('/', '')}Document.xsd.xml"
    return etree.XMLSchema(file=str(folder / f"reference/official/ownership-xml-{edition}" / name))


def _kinds(generation: str, form: str) -> tuple[str, ...]:
    """All kinds on current originals; where the values are the same as there, those that show the structure.

    Of generations and forms of which no SEC schema is known, fewer.
    """
    if generation == CURRENT:
        return _STRUCTURE if form.endswith("/A") else tuple(KINDS)
    return _STRUCTURE if (generation, form) in _KNOWN_OLD else _GENERATION


def _bred(generation: str, form: str) -> Iterator[Mutant]:
    for kind in _kinds(generation, form):
        yield from mutants(kind, full_document(generation, form))
        if kind == "inserted":
            yield from mutants(kind, etree.fromstring(minimal_text(generation, form)))


def _valid(schema: etree.XMLSchema, text: str) -> bool:
    return bool(schema.validate(etree.fromstring(text)))


_each_driver = pytest.mark.parametrize(("generation", "form"), DRIVERS)


# The files.


def test_each_form_of_each_generation_has_one_schema_file() -> None:
    found = {
        str(path.relative_to(_SCHEMAS / "ownership"))
        for path in (_SCHEMAS / "ownership").glob("X*/form*.xsd")
    }

    assert found == {driver(generation, form) for generation, form in DRIVERS}


def test_every_edition_of_the_code_table_has_the_schemas_of_its_forms() -> None:
    wanted = {
        (edition.schema, form)
        for edition in codes.editions().values()
        for form in FORMS
        if form[0] in edition.bases
    }

    assert wanted <= set(DRIVERS)
    assert {schema for schema, _ in wanted} == {schema for schema, _ in DRIVERS}


@pytest.mark.parametrize(
    "path", sorted(_SCHEMAS.rglob("*.xsd")), ids=lambda path: str(path.relative_to(_SCHEMAS))
)
def test_every_schema_file_compiles_alone_and_tells_its_source(path: Path) -> None:
    etree.XMLSchema(file=str(path))

    documentation = etree.parse(path).findtext("{*}annotation/{*}documentation")
    assert documentation is not None
    assert "EDGAR Ownership XML Technical Specification 5.5, section" in " ".join(documentation.split())


# What they say, without the SEC's files.


@_each_driver
def test_full_and_minimal_documents_are_valid(generation: str, form: str) -> None:
    schema = _ours(generation, form)

    for text in (full_text(generation, form), minimal_text(generation, form)):
        assert schema.validate(etree.fromstring(text)), schema.error_log


@_each_driver
def test_a_schema_refuses_the_documents_of_every_other_form(generation: str, form: str) -> None:
    others = [other for of, other in DRIVERS if of == generation and other != form]

    assert [
        other for other in others if _valid(_ours(generation, form), minimal_text(generation, other))
    ] == []


@_each_driver
@pytest.mark.parametrize(
    "root", ["edgarSubmission", "issuer", "footnotes", "aff10b5One", "OwnershipDocument"]
)
def test_no_other_element_may_be_the_root(generation: str, form: str, root: str) -> None:
    text = full_text(generation, form).replace("ownershipDocument>", f"{root}>")

    assert not _valid(_ours(generation, form), text)


@pytest.mark.parametrize(("generation", "form", "was", "becomes", "valid"), CHANGES)
def test_one_change_to_a_full_document(
    generation: str, form: str, was: str, becomes: str, valid: bool
) -> None:
    text = full_text(generation, form)
    assert was in text

    assert _valid(_ours(generation, form), text.replace(was, becomes, 1)) is valid


_SIZES: Final = {
    "X0306/form3.xsd": 728,
    "X0306/form3A.xsd": 737,
    "X0306/form4.xsd": 2650,
    "X0306/form4A.xsd": 2662,
    "X0306/form5.xsd": 1320,
    "X0306/form5A.xsd": 1327,
    "X0508/form4.xsd": 1302,
    "X0508/form4A.xsd": 1308,
    "X0508/form5.xsd": 1327,
    "X0508/form5A.xsd": 1331,
    "X0609/form3.xsd": 2756,
    "X0609/form3A.xsd": 1354,
    "X0609/form4.xsd": 5530,
    "X0609/form4A.xsd": 2712,
    "X0609/form5.xsd": 5674,
    "X0609/form5A.xsd": 2765,
}
"""How many mutants each schema is tried on."""


@pytest.mark.parametrize(("generation", "form"), some(DRIVERS, _MUTATED))
def test_mutants_are_many_and_each_kind_has_valid_and_invalid_ones(generation: str, form: str) -> None:
    schema, kinds = _ours(generation, form), _kinds(generation, form)
    answers = Counter((m.kind, bool(schema.validate(m.root))) for m in _bred(generation, form))

    assert {key for key in itertools.product(kinds, (True, False)) if answers[key] < 9} == set()
    assert answers.total() == _SIZES[driver(generation, form)]


def _envelope_mutants() -> Iterator[Mutant]:
    for kind in _ENVELOPE_KINDS:
        yield from mutants(kind, envelope())


def test_envelope_is_valid_and_its_mutants_are_of_both_kinds() -> None:
    assert _envelope_schema().validate(envelope())
    answers = Counter((m.kind, bool(_envelope_schema().validate(m.root))) for m in _envelope_mutants())

    assert {key for key in itertools.product(_ENVELOPE_KINDS, (True, False)) if answers[key] < 2} == set()
    assert answers.total() == 467


@pytest.mark.parametrize(
    ("was", "becomes", "valid"),
    [
        ("<testOrLive>TEST<", "<testOrLive>LIVE<", True),
        ("<testOrLive>TEST<", "<testOrLive>test<", False),
        ("<testOrLive>TEST</testOrLive>", "", False),
        ("<submissionType>4<", "<submissionType>5/A<", True),
        ("<submissionType>4<", "<submissionType>8-K<", False),
        # Taken out by specification 5.5, though its own samples still carry it.
        ("<notificationAddresses>", "<returnCopy>true</returnCopy><notificationAddresses>", False),
        ("<documentName>poa.txt<", f"<documentName>{32 * 'x'}<", True),
        ("<documentName>poa.txt<", f"<documentName>{33 * 'x'}<", False),
        ("<documentMimeBlock>UE9B<", "<documentMimeBlock><", False),
        ("EX-24.poa", "EX-24.poapoapoapoap", True),
        ("EX-24.poa", "EX-24.poapoapoapoapoa", False),
    ],
)
def test_one_change_to_an_envelope(was: str, becomes: str, valid: bool) -> None:
    text = etree.tostring(envelope(), encoding="unicode")
    assert was in text

    assert _valid(_envelope_schema(), text.replace(was, becomes, 1)) is valid


# What the SEC's schemas say of the same.


def _disagreements(ours: etree.XMLSchema, theirs: etree.XMLSchema, bred: Iterator[Mutant]) -> set[str]:
    return {f"{m.kind}: {m.label}" for m in bred if ours.validate(m.root) is not theirs.validate(m.root)}


def _justified(schema: str) -> set[str]:
    return {key.removeprefix(f"{schema} ") for key in DIFFERENCES if key.startswith(f"{schema} ")}


@pytest.mark.parametrize(
    ("generation", "form"), some([*_KNOWN_OLD, *((CURRENT, form) for form in FORMS)], _MUTATED)
)
def test_every_mutant_gets_the_answer_of_the_secs_schema(shared: Path, generation: str, form: str) -> None:
    found = _disagreements(_ours(generation, form), _sec(shared, generation, form), _bred(generation, form))

    assert found == _justified(driver(generation, form))


def test_every_single_change_gets_the_answer_of_the_secs_schema(shared: Path) -> None:
    known = [change for change in CHANGES if change[0] == CURRENT or change[:2] in _KNOWN_OLD]

    for generation, form, was, becomes, valid in known:
        text = full_text(generation, form).replace(was, becomes, 1)
        assert _valid(_sec(shared, generation, form), text) is valid, (generation, form, becomes)


_NEW_IN_X0609: Final = (
    *(
        "issuerForeignTradingSymbol",
        "rptOwnerNonUSAddressFlag",
        "rptOwnerNonUSStateTerritory",
        "rptOwnerCountry",
    ),
)


def _has(root: etree._Element, *names: str) -> bool:
    return next(root.iter(*names), None) is not None


def _as_current(root: etree._Element, generation: str, form: str) -> etree._Element:
    """The document as an edition X0609 one: Forms 5 of before X0407 get the 10b5-1 box, behind the last owner."""
    owners = root.findall("reportingOwner")
    if generation == "X0306" and form.startswith("5") and owners:
        owners[-1].addnext(etree.fromstring("<aff10b5One>0</aff10b5One>"))
    return root


@pytest.mark.parametrize(
    ("generation", "form"),
    some([d for d in DRIVERS if d[0] != CURRENT and d not in _KNOWN_OLD], [("X0508", "4/A")]),
)
def test_generations_without_sec_files_differ_from_the_current_one_in_the_new_elements_only(
    shared: Path, generation: str, form: str
) -> None:
    """1.2: release 5.4 added aff10b5One, 5.5 the four elements above."""
    later = (*_NEW_IN_X0609, "aff10b5One") if generation == "X0306" else _NEW_IN_X0609
    ours, theirs = _ours(generation, form), _sec(shared, CURRENT, form)

    found = {
        f"{m.kind}: {m.label}"
        for m in _bred(generation, form)
        if ours.validate(m.root)
        is not (not _has(m.root, *later) and theirs.validate(_as_current(m.root, generation, form)))
    }

    assert found == set()


_PAIRS: Final = (*PLACES, *map("".join, itertools.product(string.ascii_uppercase + string.digits, repeat=2)))


@pytest.mark.parametrize(
    ("generation", "name", "count"),
    [("X0306", "rptOwnerState", 334), (CURRENT, "rptOwnerState", 60), (CURRENT, "rptOwnerCountry", 277)],
)
def test_places_are_those_of_the_secs_schema(shared: Path, generation: str, name: str, count: int) -> None:
    """All pairs of capitals and digits, and what is nearly one."""
    root = etree.fromstring(minimal_text(generation, "4"))
    holder = etree.fromstring(f"<reportingOwnerAddress><{name}/></reportingOwnerAddress>")
    root.find("reportingOwner").insert(1, holder)  # type: ignore[union-attr]  # it has one
    ours, theirs, admitted = _ours(generation, "4"), _sec(shared, generation, "4"), []
    for place in _PAIRS:
        holder[0].text = place
        assert ours.validate(root) is theirs.validate(root), place
        admitted += [place] if ours.validate(root) else []

    assert len(admitted) == count


def test_every_mutant_of_the_envelope_gets_the_answer_of_the_secs_schema(shared: Path) -> None:
    files = shared / "reference/official/ownership-xml-v5.5/schema-files"
    theirs = etree.XMLSchema(file=str(files / "edgarSubmission.xsd.xml"))

    assert _disagreements(_envelope_schema(), theirs, _envelope_mutants()) == _justified("envelope.xsd")


# Real filings.


class _Filing:
    """A filing of the corpus, with what its schema needs to be chosen by."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.root = name, etree.fromstring(content)
        self.form = self.root.findtext("documentType") or ""
        self.edition = self.root.findtext("schemaVersion") or ""
        self.generation = codes.edition_named(self.edition).schema


@pytest.fixture(scope="module", params=EACH)
def filings(corpus: tuple[tuple[str, bytes], ...], request: pytest.FixtureRequest) -> list[_Filing]:
    return [_Filing(name, content) for name, content in corpus[:: request.param]]


def test_every_filing_of_the_sample_is_valid_by_the_schema_of_its_own_edition(
    sample: tuple[tuple[str, bytes], ...],
) -> None:
    filings = [_Filing(name, content) for name, content in sample]

    assert _refused(filings) == []
    assert {f.generation for f in filings} == {"X0306", "X0508", CURRENT}


def test_every_filing_is_valid_by_the_schema_of_its_own_edition(filings: list[_Filing]) -> None:
    assert _refused(filings) == []
    assert {f.generation for f in filings} == {"X0306", "X0508", CURRENT}


def _refused(filings: list[_Filing]) -> list[str]:
    return [f.name for f in filings if not _ours(f.generation, f.form).validate(f.root)]


def test_every_filing_gets_the_answer_of_the_secs_current_schema(
    shared: Path, filings: list[_Filing]
) -> None:
    """Older ones are refused by both: they have no 10b5-1 box, or a country in the state field."""
    answers = Counter(
        (_ours(CURRENT, f.form).validate(f.root), _sec(shared, CURRENT, f.form).validate(f.root))
        for f in filings
    )

    assert set(answers) == {(True, True), (False, False)}
    assert answers.total() == len(filings)


def test_every_old_form_4_gets_the_answer_of_the_secs_x0306_schema(
    shared: Path, filings: list[_Filing]
) -> None:
    old = [f for f in filings if f.generation == "X0306" and f.form in {"4", "4/A"}]

    assert old
    assert [f.name for f in old if not _sec(shared, "X0306", f.form).validate(f.root)] == []
    assert [f.name for f in old if not _ours("X0306", f.form).validate(f.root)] == []
