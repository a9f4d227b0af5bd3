"""Where the templates and schemas are: the one place that knows.

They are beside the package in a checkout (`templates/`, `schemas/`) and inside it in an installation
(`_data/templates`, `_data/schemas`). `importlib.resources` would say the same and costs 50 ms to import.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from form4_author.errors import ResourceMissing

__all__ = ["Kind", "resource"]

Kind = Literal["templates", "schemas"]

_PACKAGE = Path(__file__).resolve().parent


def resource(kind: Kind, *parts: str) -> Path:
    """The folder of the templates or the schemas, or a file or folder in it: it exists.

    `resource("schemas", "draft.schema.json")` is a plain path that lxml, Jinja and WeasyPrint can open.

    Raises:
        ResourceMissing: The installation lacks it.
    """
    found = _root().joinpath(kind, *parts)
    if not found.exists():
        name = "/".join((kind, *parts))
        raise ResourceMissing(
            f"{name} is missing from this installation of form4",
            remedy="Reinstall form4-author; in a checkout, restore the file with git",
        )
    return found


def _root() -> Path:
    """An installation carries its data inside; looking beside it would find other packages' folders."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent
