"""Author SEC Forms 3, 4 and 5: the interview, the checks, the XML, the page.

``import form4_author as f4`` is the library; ``docs/api.md`` shows it. A name is loaded when it is first used; its type
is in ``__init__.pyi``.
"""

from __future__ import annotations

__version__ = "0.2.0"

_HOMES = {
    "read": "api",
    "check": "api",
    "render": "api",
    "write": "api",
    "amend": "api",
    "divide": "api",
    "compare": "api",
    "due": "api",
    "rules": "api",
    "Document": "wire.read",
    "Draft": "model.draft",
    "Facts": "model.facts",
    "Filing": "model.filing",
    "Finding": "findings",
    "Form4Error": "errors",
    "Report": "findings",
    "Severity": "findings",
    "Verdict": "findings",
}
"""The module of the package that defines each name."""

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
]  # see _HOMES


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
