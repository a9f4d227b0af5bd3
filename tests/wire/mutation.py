"""Mutants: a valid document with one thing changed, systematically, to compare two schemas on.

Each kind of mutation is a function from a document to labeled mutants. They know nothing of the schemas: what is
valid is for the schemas to say. Everything is deterministic; what is drawn is drawn from a seeded generator.
"""

from __future__ import annotations

import copy
import random
from itertools import combinations_with_replacement, islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from tests.wire.mutation_documents import FORMS, full_document
from tests.wire.mutation_edits import (
    Change,
    Mutant,
    changed,
    empty,
    exactly,
    has_children,
    insert,
    insert_copy,
    move_to,
    only_child,
    parent_of,
    path_of,
    places_of,
    rename,
    repeat,
    set_attribute,
    set_tail,
    set_text,
    strip,
    with_footnotes,
    without_value,
)
from tests.wire.mutation_values import (
    AMOUNTS,
    CODES,
    DATES,
    FEW_AMOUNTS,
    FEW_DATES,
    FLAGS,
    KEYS,
    KIND,
    LIMITS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["KINDS", "Mutant", "mutants"]

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"


def _removed(base: etree._Element) -> Iterator[Mutant]:
    for number, path in places_of(base):
        yield Mutant("removed", path, changed(base, number, lambda e: parent_of(e).remove(e)))


def _stretches(base: etree._Element) -> Iterator[Mutant]:
    """Neighbours left out together, all of their names; also all there is."""
    for number, path in [(0, "."), *places_of(base)]:
        names = list(dict.fromkeys(str(child.tag) for child in next(islice(base.iter(), number, None))))
        for first, last in combinations_with_replacement(range(len(names)), 2):
            gone = names[first : last + 1]
            change = strip(frozenset(gone))
            yield Mutant(
                "stretches", f"{path} without {'…'.join((gone[0], gone[-1]))}", changed(base, number, change)
            )


def _repeated(base: etree._Element) -> Iterator[Mutant]:
    for number, path in places_of(base):
        yield Mutant("repeated", f"{path} twice", changed(base, number, repeat(1)))


def _moved(base: etree._Element) -> Iterator[Mutant]:
    for number, path in places_of(base):
        for at, where in ((0, "first"), (1, "after the next"), (-1, "last")):
            yield Mutant("moved", f"{path} {where}", changed(base, number, move_to(at)))


def _emptied(base: etree._Element) -> Iterator[Mutant]:
    for number, path in places_of(base):
        yield Mutant("emptied", path, changed(base, number, empty))


_STRANGE: Final[tuple[tuple[str, Change], ...]] = (
    ("a comment in it", insert("<!-- c -->")),
    ("an unknown element in it", insert("<unknown/>")),
    ("an instruction in it", insert("<?pi data?>")),
    ("an unknown element last", insert("<unknown>x</unknown>", 99)),
    ("a comment last", insert("<!-- c -->", 99)),
    ("an unknown attribute", set_attribute("unknown", "x")),
    ("an id", set_attribute("id", "F98")),
    ("renamed", rename("unknown")),
    ("a schema location", set_attribute(f"{_XSI}noNamespaceSchemaLocation", "nowhere.xsd")),
    ("in capitals", lambda e: setattr(e, "tag", str(e.tag).upper())),
    ("in a namespace", lambda e: setattr(e, "tag", f"{{http://example.com/}}{etree.QName(e).localname}")),
    ("nil", set_attribute(f"{_XSI}nil", "true")),
    ("of another type", set_attribute(f"{_XSI}type", "Other")),
    ("an attribute in a namespace", set_attribute("{http://example.com/}id", "F1")),
    ("a language", set_attribute("{http://www.w3.org/XML/1998/namespace}lang", "en")),
)


def _strange(base: etree._Element) -> Iterator[Mutant]:
    """Elements, attributes, names that no schema knows: all of them on each path would be many, so they take turns."""
    for turn, (number, path) in enumerate(places_of(base)):
        for label, change in (_STRANGE[(3 * turn + i) % len(_STRANGE)] for i in range(3)):
            yield Mutant("strange", f"{path}: {label}", changed(base, number, change))
    for label, change in _STRANGE:
        yield Mutant("strange", f"root: {label}", changed(base, 0, change))
    for number, path in places_of(base)[::4]:
        yield Mutant("strange", f"{path} as root", copy.deepcopy(next(islice(base.iter(), number, None))))


def _mixed(base: etree._Element) -> Iterator[Mutant]:
    """Text among elements: blanks are nothing, letters are not."""
    texts = ("\n    ", "x", "\t", " 1 ")
    for turn, (number, path) in enumerate(places_of(base)):
        text, other = texts[turn % 4], texts[(turn + 1) % 4]
        yield Mutant("mixed", f"{path}: {text!r} behind it", changed(base, number, set_tail(text)))
        yield Mutant("mixed", f"{path}: {other!r} behind it", changed(base, number, set_tail(other)))
        if has_children(base, number):
            yield Mutant("mixed", f"{path}: {text!r} in it", changed(base, number, set_text(text)))
            yield Mutant("mixed", f"{path}: {other!r} in it", changed(base, number, set_text(other)))


def _leaves(base: etree._Element) -> list[tuple[int, str, str]]:
    """Number, path and name of each leaf with text; a `value` goes by the name of its cell."""
    found = []
    for number, path in places_of(base):
        *_, cell, name = ["", *path.split("/")]
        if not has_children(base, number) and name != "footnoteId":
            found.append((number, path, cell if name == "value" else name))
    return found


def _of_kind(base: etree._Element, kind: str) -> list[tuple[int, str, str]]:
    return [leaf for leaf in _leaves(base) if KIND[leaf[2]] == kind]


def _blanks(base: etree._Element) -> Iterator[Mutant]:
    for number, path, _ in _leaves(base):
        text = next(islice(base.iter(), number, None)).text
        for spelling in (f" {text}", f"{text} ", f"\n  {text}\n"):
            yield Mutant("blanks", f"{path} = {spelling!r}", changed(base, number, set_text(spelling)))


def _lengths(base: etree._Element) -> Iterator[Mutant]:
    for number, path, name in _of_kind(base, "text"):
        least, most = LIMITS[name]
        for length in sorted({0, 1, max(least - 1, 0), least, most - 1, most, most + 1, 2 * most}):
            for letter in "x ":
                label = f"{path}: {length} × {letter!r}"
                yield Mutant("lengths", label, changed(base, number, set_text(letter * length)))


def _codes(base: etree._Element) -> Iterator[Mutant]:
    for number, path, name in _of_kind(base, "code"):
        for code in CODES[name]:
            yield Mutant("codes", f"{path} = {code!r}", changed(base, number, set_text(code)))


def _amounts(base: etree._Element) -> Iterator[Mutant]:
    for turn, (number, path, _) in enumerate(_of_kind(base, "amount")):
        for amount in AMOUNTS if turn % 7 == 0 else FEW_AMOUNTS:
            yield Mutant("amounts", f"{path} = {amount!r}", changed(base, number, set_text(amount)))


def _dates(base: etree._Element) -> Iterator[Mutant]:
    for turn, (number, path, _) in enumerate(_of_kind(base, "date")):
        for date in DATES if turn % 5 == 0 else FEW_DATES:
            yield Mutant("dates", f"{path} = {date!r}", changed(base, number, set_text(date)))


def _flags(base: etree._Element) -> Iterator[Mutant]:
    for number, path, _ in _of_kind(base, "flag"):
        for flag in FLAGS:
            yield Mutant("flags", f"{path} = {flag!r}", changed(base, number, set_text(flag)))


def _keys(base: etree._Element) -> Iterator[Mutant]:
    """Footnote keys and references. A dangling reference is left to the rules: libxml2 does not look for one."""
    places = [(n, p) for n, p in places_of(base) if p.endswith(("/footnote", "/footnoteId"))]
    for turn, (number, path) in enumerate(places):
        whole = path.endswith("/footnote") or turn % 12 == 0
        for key in KEYS if whole else (KEYS[(turn + 5 * i) % len(KEYS)] for i in range(4)):
            yield Mutant("keys", f"{path}@id = {key!r}", changed(base, number, set_attribute("id", key)))
        yield Mutant("keys", f"{path} without id", changed(base, number, lambda e: e.attrib.clear()))
        yield Mutant("keys", f"{path} with text", changed(base, number, set_text("see below")))


_MANY: Final = {
    "reportingOwner": (1, 9, 10, 11),
    "ownerSignature": (1, 9, 10, 11),
    "nonDerivativeHolding": (1, 29, 30, 31),
    "nonDerivativeTransaction": (1, 29, 30, 31),
    "derivativeHolding": (1, 29, 30, 31),
    "derivativeTransaction": (1, 29, 30, 31),
    "notificationEmailAddress": (1, 29, 30, 31),
    "edgarDocument": (1, 2, 610, 611, 612),
    "footnoteId": (1, 97, 98, 99, 100),
}


def _counted(base: etree._Element) -> Iterator[Mutant]:
    for number, path in places_of(base):
        name = path.rpartition("/")[2]
        for times in _MANY.get(name, ()):
            yield Mutant("counted", f"{path} × {times}", changed(base, number, exactly(times)))
            if name == "footnoteId":
                change = without_value(exactly(times))
                yield Mutant("counted", f"{path} × {times}, no value", changed(base, number, change))
    for times in (0, 1, 98, 99, 100) if base.find("footnotes") is not None else ():
        notes = [f'<footnote id="F{n + 1}">x</footnote>' for n in range(times)]
        yield Mutant("counted", f"{times} footnotes", with_footnotes(base, notes))
        same = ["<footnote id='F1'>x</footnote>"] * times
        yield Mutant("counted", f"F1 {times} times", with_footnotes(base, same))


def _rows(base: etree._Element) -> Iterator[Mutant]:
    """Rows in other orders, up to the limit, and now and then in the wrong table."""
    draw = random.Random(34)  # noqa: S311  (reproducible, not secret)
    tables = [table for table in base if str(table.tag).endswith("Table")]
    every = [row for table in tables for row in table]
    for turn in range(60 if tables else 0):
        root = copy.deepcopy(base)
        for name in ("nonDerivativeTable", "derivativeTable"):
            rows = [row for row in every if parent_of(row).tag == name] if turn % 4 else every
            chosen = [copy.deepcopy(draw.choice(rows)) for _ in range(draw.choice((0, 1, 2, 5, 29, 30, 31)))]
            only_child(root, name)[:] = chosen
        yield Mutant("rows", f"draw {turn}", root)


def _several(base: etree._Element) -> Iterator[Mutant]:
    """Several elements left out at once."""
    draw = random.Random(16)  # noqa: S311  (reproducible, not secret)
    places = [number for number, path in places_of(base) if path.count("/") < 5]
    for turn in range(120):
        root = copy.deepcopy(base)
        elements = list(root.iter())
        for number in draw.sample(places, draw.randint(2, 5)):
            parent = elements[number].getparent()
            if parent is not None:
                parent.remove(elements[number])
        yield Mutant("several", f"draw {turn}", root)


def _samples() -> dict[str, dict[str, etree._Element]]:
    """Every element of any form, by the path of its parent and its own name."""
    samples: dict[str, dict[str, etree._Element]] = {}
    for generation, form in (("X0609", form) for form in FORMS):
        for element in full_document(generation, form).iter():
            parent = element.getparent()
            if parent is not None:
                samples.setdefault(path_of(parent), {}).setdefault(str(element.tag), element)
    return samples


def _inserted(base: etree._Element) -> Iterator[Mutant]:
    """Elements of all forms, in turn, at every place of their parent where they are missing."""
    samples = _samples()
    for number, path in [(0, "."), *places_of(base)]:
        parent = next(islice(base.iter(), number, None))
        for name, sample in samples.get(path, {}).items():
            if parent.find(name) is None:
                for at in range(len(parent) + 1):
                    change = insert_copy(sample, at)
                    yield Mutant("inserted", f"{path}: {name} at {at}", changed(base, number, change))


KINDS: Final[dict[str, Callable[[etree._Element], Iterator[Mutant]]]] = {
    "removed": _removed,
    "stretches": _stretches,
    "repeated": _repeated,
    "moved": _moved,
    "emptied": _emptied,
    "strange": _strange,
    "mixed": _mixed,
    "blanks": _blanks,
    "lengths": _lengths,
    "codes": _codes,
    "amounts": _amounts,
    "dates": _dates,
    "flags": _flags,
    "keys": _keys,
    "counted": _counted,
    "rows": _rows,
    "several": _several,
    "inserted": _inserted,
}


def mutants(kind: str, base: etree._Element) -> Iterator[Mutant]:
    """All mutants of one kind, bred from a valid document; none is the document itself."""
    same = etree.tostring(base)
    return (mutant for mutant in KINDS[kind](base) if etree.tostring(mutant.root) != same)
