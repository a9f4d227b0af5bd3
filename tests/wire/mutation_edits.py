"""Single changes to a document, from which `mutation.py` makes its mutants."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from lxml import etree

__all__ = [
    "Change",
    "Mutant",
    "changed",
    "empty",
    "exactly",
    "has_children",
    "insert",
    "insert_copy",
    "move_to",
    "only_child",
    "parent_of",
    "path_of",
    "places_of",
    "rename",
    "repeat",
    "set_attribute",
    "set_tail",
    "set_text",
    "strip",
    "with_footnotes",
    "without_value",
]


class Mutant(NamedTuple):
    """A document and what was done to it."""

    kind: str
    label: str
    root: etree._Element


Change = Callable[[etree._Element], object]
"""What is done to one element of a copy."""


def path_of(element: etree._Element) -> str:
    """Names from below the root down; the root is a dot."""
    names = [str(element.tag), *(str(a.tag) for a in element.iterancestors())]
    return "/".join(reversed(names[:-1])) or "."


def places_of(base: etree._Element) -> list[tuple[int, str]]:
    """Where each distinct path first occurs, by its number in document order; the root is not among them."""
    first: dict[str, int] = {}
    for number, element in enumerate(base.iter()):
        first.setdefault(path_of(element), number)
    return [(number, path) for path, number in first.items() if path != "."]


def changed(base: etree._Element, number: int, change: Change) -> etree._Element:
    """A copy in which the element of that number, in document order, is changed."""
    root = copy.deepcopy(base)
    change(next(islice(root.iter(), number, None)))
    return root


def parent_of(element: etree._Element) -> etree._Element:
    """The parent, which every element but the root has."""
    parent = element.getparent()
    assert parent is not None
    return parent


def empty(element: etree._Element) -> None:
    """Nothing in it any more, attributes aside."""
    element[:] = []
    element.text = None


def set_text(text: str) -> Change:
    """Another text."""

    def change(element: etree._Element) -> None:
        element.text = text

    return change


def repeat(times: int) -> Change:
    """Copies of the element before itself."""

    def change(element: etree._Element) -> None:
        parent, at = parent_of(element), parent_of(element).index(element)
        for _ in range(times):
            parent.insert(at, copy.deepcopy(element))

    return change


def strip(names: frozenset[str]) -> Change:
    """No children of these names."""

    def change(parent: etree._Element) -> None:
        parent[:] = [child for child in parent if child.tag not in names]

    return change


def move_to(at: int) -> Change:
    """To the front (0), behind the next (1) or to the end (-1) of its parent."""

    def change(element: etree._Element) -> None:
        parent = parent_of(element)
        target = parent.index(element) + 1 if at == 1 else at
        parent.remove(element)
        parent.insert(len(parent) if at < 0 else target, element)

    return change


def insert(markup: str, at: int = 0) -> Change:
    """A new child."""

    def change(element: etree._Element) -> None:
        holder = etree.fromstring(f"<holder>{markup}</holder>")
        element.insert(at, holder[0])

    return change


def set_attribute(name: str, value: str) -> Change:
    """Another attribute, or another value of one."""
    return lambda e: e.set(name, value)


def rename(name: str) -> Change:
    """Another name."""

    def change(element: etree._Element) -> None:
        element.tag = name

    return change


def set_tail(text: str) -> Change:
    """Text behind the element."""

    def change(element: etree._Element) -> None:
        element.tail = text

    return change


def has_children(base: etree._Element, number: int) -> bool:
    """Whether the element of that number has children."""
    return len(next(islice(base.iter(), number, None))) > 0


def exactly(times: int) -> Change:
    """The element `times` times over and none of its kind besides."""

    def change(element: etree._Element) -> None:
        parent = parent_of(element)
        for other in parent.findall(str(element.tag)):
            if other is not element:
                parent.remove(other)
        repeat(times - 1)(element)

    return change


def without_value(change: Change) -> Change:
    """The cell without its value, then the change."""

    def changed(element: etree._Element) -> None:
        for value in parent_of(element).findall("value"):
            parent_of(element).remove(value)
        change(element)

    return changed


def with_footnotes(base: etree._Element, notes: list[str]) -> etree._Element:
    """A copy with these footnotes and no others."""
    root = copy.deepcopy(base)
    for holder in root.findall("footnotes"):
        holder[:] = [etree.fromstring(note) for note in notes]
    return root


def only_child(root: etree._Element, name: str) -> etree._Element:
    """The one child of that name."""
    found = root.find(name)
    assert found is not None
    return found


def insert_copy(sample: etree._Element, at: int) -> Change:
    """A new child, copied from elsewhere."""
    return lambda parent: parent.insert(at, copy.deepcopy(sample))
