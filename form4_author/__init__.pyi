# The names of the library for type checkers and editors; `__init__.py` loads each when it is first used.
# A stub, not imports under TYPE_CHECKING: modules of the package import `__version__`, which would close a circle.

from form4_author.api import amend, check, compare, divide, due, read, render, rules, write
from form4_author.errors import Form4Error
from form4_author.findings import Finding, Report, Severity, Verdict
from form4_author.model.draft import Draft
from form4_author.model.facts import Facts
from form4_author.model.filing import Filing
from form4_author.wire.read import Document

__all__ = [
    "Document",
    "Draft",
    "Facts",
    "Filing",
    "Finding",
    "Form4Error",
    "Report",
    "Severity",
    "Verdict",
    "__version__",
    "amend",
    "check",
    "compare",
    "divide",
    "due",
    "read",
    "render",
    "rules",
    "write",
]

__version__: str
