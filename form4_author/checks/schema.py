"""The schema layer: what the XSD, the JSON Schema and the format rules reject, as findings in the form's words.

The XSD decides. When it rejects a document, the reasons are worked out from the field table, so that one rejected
element does not hide the next, and a filer sees no message of a library. What only the XSD knows (order) comes last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from form4_author.checks.fault import value_fault
from form4_author.checks.structure import structure_hits
from form4_author.codes import Edition, countries, current_edition, editions, forms
from form4_author.errors import ResourceMissing
from form4_author.findings import Edit, Fix, Hit, Path, path_text
from form4_author.model.field import DOCUMENT, FOOTNOTE_REFERENCE, Field, Kind, Shape, rows_of
from form4_author.model.label import field_at, fields_of
from form4_author.resources import resource
from form4_author.wire.element import SECRET_ELEMENT, Plan, name_of, plan
from form4_author.wire.place import PlacesByElement, path_of, places, places_by_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from form4_author.findings import Malformed
    from form4_author.model.filing import Filing

__all__ = [
    "SchemaVerdict",
    "compiled_schemas",
    "draft_hits",
    "envelope_hits",
    "malformed_hits",
    "schema_edition",
    "tree_verdict",
]

_MOST_ERRORS: Final = 200
"""How many of the XSD's errors are examined; finding the place of each takes a walk through the document."""

_UNDERLYING: Final = frozenset({"underlyingSecurityShares", "underlyingSecurityValue"})
"""Both may not be given: the rule DRV-004 says so."""

_MOST_LISTED: Final = 6
_LONGEST_QUOTE: Final = 40

_FOOTNOTE_ID: Final = re.compile(r"F[1-9][0-9]?\Z")
_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_TOO_LONG: Final = re.compile(r"has a length of '(\d+)'; this exceeds the allowed maximum length of '(\d+)'")
_ADMITTED: Final = re.compile(r"is not an element of the set \{(.*)\}", re.DOTALL)


def schema_edition(filing: Filing, edition: Edition) -> Edition:
    """The edition whose schema the filing is checked against: its own, or the current one where that lacks its form."""
    base = filing.base or "4"
    return edition if base in edition.bases else current_edition(base)


@cache
def _xsd(*parts: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(resource("schemas", *parts)))


def _form_or_nearest(filing: Filing) -> str:
    """The form type; if it is not one of the six, the one probably meant, so that nothing else is reported for it."""
    form = (filing.form or "").strip().upper()
    if form in forms():
        return form
    return "4" if filing.date_of_original_submission is None else "4/A"


def _form_xsd(filing: Filing, edition: Edition) -> etree.XMLSchema:
    name = f"form{_form_or_nearest(filing).replace('/', '')}.xsd"
    return _xsd("ownership", schema_edition(filing, edition).schema, name)


def compiled_schemas() -> tuple[str, ...]:
    """The schema generations whose files are all installed and compile.

    Raises ResourceMissing for one that does not compile.
    """
    generations: dict[str, None] = {}
    for edition in editions().values():
        for form in forms().values():
            if form.base in edition.bases:
                name = f"form{form.form.replace('/', '')}.xsd"
                try:
                    _xsd("ownership", edition.schema, name)
                except etree.XMLSchemaParseError:
                    raise ResourceMissing(
                        f"schemas/ownership/{edition.schema}/{name} is damaged",
                        remedy="Reinstall form4-author",
                    ) from None
                generations[edition.schema] = None
    return tuple(sorted(generations))


# ---- the primary document


@dataclass(frozen=True, slots=True)
class SchemaVerdict:
    """Whether the XSD accepts a document, and its faults in the form's words."""

    accepted: bool
    hits: tuple[Hit, ...]


def tree_verdict(root: etree._Element, filing: Filing, edition: Edition) -> SchemaVerdict:
    """The schema's verdict on an ``ownershipDocument`` element.

    Raises ResourceMissing when our schema is not installed.
    """
    xsd = _form_xsd(filing, edition)
    accepted = xsd.validate(root)
    refused = () if accepted else _refusal_hits(xsd, root, filing, edition)
    return SchemaVerdict(accepted, (*_tighter_hits(filing), *refused))


def _refusal_hits(
    xsd: etree.XMLSchema, root: etree._Element, filing: Filing, edition: Edition
) -> Iterator[Hit]:
    judged = schema_edition(filing, edition)
    spelled = tuple(_value_hits(root, judged))
    unread = {hit.path for hit in spelled if hit.id != "DOC-021"}  # a value that can't be read is not missing
    structure = (hit for hit in structure_hits(filing, judged) if hit.path not in unread)
    found = [*spelled, *_duplicate_notes(filing), *structure]
    yield from found
    explained = {hit.path for hit in found}
    known = places_by_element(root)
    for entry in islice(xsd.error_log, _MOST_ERRORS):
        hit = _remaining_hit(root, entry, known, explained)
        if hit is not None:
            yield hit


def _tighter_hits(filing: Filing) -> Iterator[Hit]:
    """Lengths where the specification is tighter than the schema: footnotes, and a territory (30, not 40)."""
    texts: list[tuple[Path, str | None]] = [
        (("footnotes", index, "text"), note.text) for index, note in enumerate(filing.footnotes)
    ]
    texts += [
        (("owners", index, "address", "non_us_state_territory"), owner.address.non_us_state_territory)
        for index, owner in enumerate(filing.owners)
    ]
    for path, text in texts:
        field = field_at(path)
        fault = value_fault(field, text) if field is not None and text else None
        if fault is not None:
            yield Hit(path, fault.message, id=fault.id)


def _value_hits(root: etree._Element, edition: Edition) -> Iterator[Hit]:
    for path, field, element in places(root):
        if field is None or (field.shape is Shape.CELL and element.tag != "value"):
            continue
        text = (element.get(field.element) if field.shape is Shape.ATTRIBUTE else element.text) or ""
        if not text and field.kind in (Kind.TEXT, Kind.CODE, Kind.DIGITS):
            continue
        fault = value_fault(field, text, edition)
        if fault is not None:
            yield Hit(path, fault.message, line=element.sourceline, id=fault.id, fix=_fix(path, field, text))


def _duplicate_notes(filing: Filing) -> Iterator[Hit]:
    seen: set[str] = set()
    for index, note in enumerate(filing.footnotes):
        if note.id in seen:
            yield Hit(
                ("footnotes", index, "id"),
                f"Footnote {note.id} is defined twice; give each its own number",
                id="FTN-002",
            )
        if note.id is not None:
            seen.add(note.id)


def _remaining_hit(
    root: etree._Element, entry: etree._LogEntry, known: PlacesByElement, explained: set[Path]
) -> Hit | None:
    """A hit for an XSD error that nothing else explains; None when something does."""
    element = _element_of(root, entry)
    if element is None:
        return None  # its name has a prefix, so the reader has reported it
    path, field = path_of(known, element)
    record = path[:-1] if field is not None else path
    parent = element.getparent()
    siblings = {str(sibling.tag) for sibling in parent} if parent is not None else set()
    reported = any(_covers(done, path) or _covers(record, done) for done in explained)
    if reported or siblings >= _UNDERLYING or not _is_planned(element):
        return None  # another hit, the rule DRV-004, the reader
    expected = _EXPECTED.search(entry.message)
    if element.tag == FOOTNOTE_REFERENCE and expected is None:
        return _reference_hit(element, path, entry.line)
    if expected is None:
        return Hit(path, f"<{name_of(element)}> is not allowed here", line=entry.line, id="DOC-002")
    wanted = [name.strip() for name in expected[1].split(",")]
    unrelated = element.tag == "reportingOwner" and "reportingOwnerRelationship" in wanted
    if unrelated or (explained and not siblings.intersection(wanted)):
        return None  # the expected element is missing, which another hit or the rule OWN-004 reports
    names = " or ".join(f"<{name}>" for name in wanted)
    message = f"<{name_of(element)}> is out of order: EDGAR expects {names} in its place"
    return Hit(path, message, line=entry.line, id="DOC-002")


def _reference_hit(element: etree._Element, path: Path, line: int) -> Hit:
    """A hit for a footnote reference that the XSD rejects: its id is malformed, or the cell cannot have one."""
    id = element.get("id", "")
    if _FOOTNOTE_ID.match(id) is None:
        message = f"Footnote references must be F1 to F99; found {_quoted(id)}"
        return Hit(path, message, line=line, id="FTN-001")
    message = "A footnote cannot be attached here; attach it to a different cell of the row"
    return Hit(path, message, line=line, id="DOC-002")


def _element_of(root: etree._Element, entry: etree._LogEntry) -> etree._Element | None:
    """The element that an XSD error is about; None for one whose path can't be followed."""
    try:
        element: etree._Element = root.getroottree().xpath(entry.path or "/*")[0]
    except etree.XPathEvalError:
        return None
    return element


def _covers(outer: Path, inner: Path) -> bool:
    return bool(outer) and inner[: len(outer)] == outer


def _is_planned(element: etree._Element) -> bool:
    return element.tag in _planned_elements()


@cache
def _planned_elements() -> frozenset[str]:
    def names(spec: Plan) -> Iterator[str]:
        for name, node in spec.by_element.items():
            yield name
            if isinstance(node, Plan):
                yield from names(node)

    return frozenset((*names(plan(DOCUMENT)), "value", FOOTNOTE_REFERENCE, SECRET_ELEMENT, DOCUMENT.element))


def malformed_hits(malformed: Iterable[Malformed], edition: Edition) -> Iterator[Hit]:
    """Texts that are not in the specification's format, even where the schema accepts them."""
    for item in malformed:
        field = field_at(item.path)
        fault = value_fault(field, item.text, edition) if field is not None else None
        if fault is not None:
            yield Hit(item.path, fault.message, line=item.line, id=fault.id)


# ---- the envelope


def envelope_hits(envelope: etree._Element) -> Iterator[Hit]:
    """The faults that the envelope's schema finds, by element."""
    xsd = _xsd("envelope.xsd")
    if xsd.validate(envelope):
        return
    for entry in xsd.error_log:
        element = _element_of(envelope, entry)
        name = f"<{name_of(element)}>" if element is not None else "An element"
        fault = _envelope_fault(entry.message)
        yield Hit((), f"{name} of the envelope is not valid: {fault}", line=entry.line, id="DOC-042")


def _envelope_fault(error: str) -> str:
    """The fault of an element of the envelope, and what its schema accepts there."""
    if found := _EXPECTED.search(error):
        return f"EDGAR expects {found[1].replace(',', ' or')}"
    if found := _TOO_LONG.search(error):
        return f"it has {found[1]} characters; at most {found[2]} are allowed"
    if found := _ADMITTED.search(error):
        return f"its text must be one of {found[1].replace(chr(39), '')}"
    return "it is empty" if "'minLength'" in error else "it has content that is not allowed there"


# ---- drafts


@cache
def _draft_validator() -> Validator:
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads(resource("schemas", "draft-2.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def draft_hits(draft: Mapping[str, Any], edition: Edition) -> Iterator[Hit]:
    """The faults that the draft's JSON Schema finds: unknown keys, wrong kinds of value, malformed texts.

    Raises ResourceMissing when the schema is not installed.
    """
    errors = sorted(
        _leaf_errors(_draft_validator().iter_errors(_of_filing(draft))),
        key=lambda e: [str(p) for p in e.absolute_path],
    )
    for error in errors:
        yield from _draft_hit(error, edition)


def _of_filing(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a draft that is the filing: an interview that can't be read is not a fault of the filing."""
    return {
        name: value for name, value in draft.items() if name != "interview" or not isinstance(value, dict)
    }


def _leaf_errors(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.validator in ("anyOf", "oneOf") and error.context:
            yield from _leaf_errors(_best(error))
        else:
            yield error


def _best(error: ValidationError) -> list[ValidationError]:
    """The errors of the alternative meant: the second of a cell's two, with footnotes, when the value is a group."""
    meant = 1 if isinstance(error.instance, dict) else 0
    return [inner for inner in error.context or () if inner.schema_path[0] == meant]


def _draft_hit(error: ValidationError, edition: Edition) -> Iterator[Hit]:
    import difflib

    path: Path = tuple(step for step in error.absolute_path if step != "value")
    if error.validator == "additionalProperties":
        known = list(_schema_of(error).get("properties", {}))
        for key in sorted(set(cast("dict[str, object]", error.instance)) - set(known)):
            close = difflib.get_close_matches(key, known, n=1)
            hint = f'; closest: "{close[0]}"' if close else ""
            yield Hit((*path, key), f'"{key}" is not a known key here{hint}', id="DOC-029")
        return
    if len(path) > 3 and path[3] == "footnotes":  # the references of a cell
        message = f"Footnote references must be a list of F1 to F99; found {_quoted(error.instance)}"
        yield Hit(path[:3], message, id="DOC-030")
        return
    field = _field_of(error, path)
    if field is None or _not_on_a_holding(error, field) or not isinstance(error.instance, str):
        yield _kind_hit(error, field, path)
        return
    fault = value_fault(field, error.instance, edition)
    if fault is not None:
        yield Hit(path, fault.message, id=fault.id, fix=_fix(path, field, error.instance))


def _fix(path: Path, field: Field, text: str) -> Fix | None:
    """The certain correction of a value: a country or province in the field for a US state."""
    country = countries().get(text) if field.name == "state" else None
    if country is None or country.obsolete:
        return None
    address = path[:-1]
    edits = (Edit(path, None), Edit((*address, "country"), text), Edit((*address, "non_us"), value=True))
    return Fix(f"Move {country.name} to Country and answer yes to Non-US Address", edits, safe=True)


def _field_of(error: ValidationError, path: Path) -> Field | None:
    """The field that an error is about; a holding's where the schema distinguishes it from a transaction's."""
    if "then" in error.absolute_schema_path and len(path) > 2:
        _, holding = rows_of(str(path[0]))
        return fields_of(holding).get(str(path[2]), field_at(path))
    return field_at(path)


def _not_on_a_holding(error: ValidationError, field: Field | None) -> bool:
    """Whether the fault is that a holding has the field at all."""
    holding = "then" in error.absolute_schema_path
    return error.validator == "not" or (holding and field is not None and not field.element)


def _kind_hit(error: ValidationError, field: Field | None, path: Path) -> Hit:
    if error.validator == "required":
        missing = " and ".join(f'"{name}"' for name in cast("list[str]", error.validator_value))
        return Hit(path, f"{missing} must be given", id="DOC-030")
    name = field.caption if field is not None else f'"{path_text(path)}"'
    if _not_on_a_holding(error, field):
        message = f"{name} is not used on a holding; remove it or make the row a transaction"
        return Hit(path, message, id="DOC-041")
    return Hit(path, f"{name} must be {_wanted(error)}; found {_quoted(error.instance)}", id="DOC-030")


def _wanted(error: ValidationError) -> str:
    schema = _schema_of(error)
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if len(listed) > _MOST_LISTED:
        return f"one of {len(listed)} codes"
    kinds = {"string": "text in quotes", "array": "a list", "object": "a group of keys"}
    words = dict.fromkeys(str(v).lower() if isinstance(v, bool) else str(v) for v in listed)
    return " or ".join(words) or kinds[schema["type"]]


def _quoted(instance: object) -> str:
    import json

    text = json.dumps(instance, ensure_ascii=True)
    return f"{text[:_LONGEST_QUOTE]}…" if len(text) > _LONGEST_QUOTE else text


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", error.schema)
