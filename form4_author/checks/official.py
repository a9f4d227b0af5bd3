"""The SEC's own schema files as a second opinion, where the filer has them.

They are the SEC's and not part of this package: ``form4 schema add`` saves the files of the EDGAR Ownership XML
Technical Specification in the filer's data folder, and the checks then use both. A document on which they differ is a
defect of form4 and is reported as one.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from lxml import etree

from form4_author.checks.registry import rule_with
from form4_author.checks.schema import schema_edition, tree_verdict
from form4_author.errors import UnreadableInput
from form4_author.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.codes import Edition
    from form4_author.model.filing import Filing

__all__ = ["DRIVERS", "ENVELOPE", "FILES", "OfficialSchema", "second_opinion"]

DRIVERS: Final = {
    form: f"ownership{form.replace('/', '')}Document.xsd.xml" for form in ("3", "3/A", "4", "4/A", "5", "5/A")
}
"""Form → the file of the SEC that describes its primary document."""
ENVELOPE: Final = "edgarSubmission.xsd.xml"
_COMMON: Final = "ownershipDocumentCommon.xsd.xml"
FILES: Final = (*DRIVERS.values(), _COMMON, ENVELOPE)
"""What the SEC's package must hold; the rest of it (samples, style sheets, text) is not needed."""

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_ELSEWHERE: Final = (f"{_XS}import", f"{_XS}redefine", f"{_XS}override")
_MARKS: Final = (("rptOwnerCountry", "X0609"), ("aff10b5One", "X0508"), ("", "X0306"))
"""What only schemas from an edition on have, newest first."""


@dataclass(frozen=True)
class OfficialSchema:
    """The schema files of one package."""

    files: Mapping[str, bytes]
    """Content of each of ``FILES`` by name."""

    @cached_property
    def generation(self) -> str:
        """The schema generation (``X0609``) whose documents they describe; the headers in the files are out of date."""
        common = self.files[_COMMON].decode("utf-8", "replace")
        return next(edition for mark, edition in _MARKS if mark in common)

    def compiled(self, name: str) -> etree.XMLSchema:
        """The schema in a file, with the file that it includes inserted, so that nothing else is ever opened.

        Raises UnreadableInput for one that is not a schema, or needs something outside the package.
        """
        try:
            return etree.XMLSchema(self._whole(name))
        except (etree.XMLSyntaxError, etree.XMLSchemaParseError):
            raise UnreadableInput(f"{name} is not a schema that can be used", remedy=_REMEDY) from None

    def _whole(self, name: str) -> etree._Element:
        """The schema with the included one's declarations inside."""
        parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
        root = etree.fromstring(self.files[name], parser)
        for node in list(root):
            if node.tag in _ELSEWHERE:
                raise UnreadableInput(f"{name} asks for a schema outside the package", remedy=_REMEDY)
            if node.tag != f"{_XS}include":
                continue
            wanted = posixpath.basename(node.get("schemaLocation", ""))
            if wanted != _COMMON or name == _COMMON:
                raise UnreadableInput(f"{name} includes {wanted or 'a nameless file'}", remedy=_REMEDY)
            place = root.index(node)
            root.remove(node)
            for offset, child in enumerate(list(self._whole(_COMMON))):
                root.insert(place + offset, child)
        return root


_REMEDY: Final = "Use the package as the SEC publishes it, ownershipxmltechspec-v5-5.zip"


def second_opinion(
    root: etree._Element,
    filing: Filing,
    edition: Edition,
    held: Iterable[OfficialSchema],
    lines_above: int | None,
) -> tuple[Finding, ...]:
    """A finding where the SEC's schema and ours differ on a primary document; empty where there is no schema for it.

    ``lines_above``: of the file, above the document; None where it is not in a file.
    Never quotes the document: the rejected text may be a CCC.
    """
    judged = schema_edition(filing, edition)
    schema = next((s for s in held if s.generation == judged.schema), None)
    driver = DRIVERS.get(filing.form or "")
    if schema is None or driver is None:
        return ()
    official = schema.compiled(driver)
    accepted = official.validate(root)
    if accepted == tree_verdict(root, filing, edition).accepted:
        return ()
    if accepted:
        return (_finding("DOC-045", "The SEC's schema accepts this document, but form4's rejects it", None),)
    line = None if lines_above is None else official.error_log[0].line + lines_above
    message = "The SEC's schema rejects this document, but form4's accepts it; EDGAR would suspend it"
    return (_finding("DOC-044", message, line),)


def _finding(id: str, message: str, line: int | None) -> Finding:
    rule = rule_with(id)
    cites = tuple(cite.text for cite in rule.cites)
    reported = f"{message}. This is a defect of form4: please report it"
    return Finding(id, Severity(rule.severity), (), reported, cites, line=line)
