"""The drawing of the layers in CONTRIBUTING.md, made from the contract in ``pyproject.toml``.

``python -m tests.layers`` writes it anew; a house test holds the file against it.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from pathlib import Path
from typing import Final

__all__ = ["GUIDE", "drawing", "redrawn"]

CHECKOUT: Final = Path(__file__).resolve().parents[1]
GUIDE: Final = CHECKOUT / "CONTRIBUTING.md"
_BEGIN: Final = "<!-- layers: made by `make generated` -->\n```\n"
_END: Final = "```\n<!-- end of layers -->"
_WIDEST: Final = 105


def _layers() -> list[list[str]]:
    """The names in each layer, the upper ones first."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    contract = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    return [layer.split(" : ") for layer in contract["layers"]]


def _summary(name: str) -> str:
    """The first sentence of the docstring of a package or module, shortened."""
    place = CHECKOUT / "form4_author" / name
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    sentence = text.partition("\n")[0].partition(". ")[0].rstrip(".").replace("``", "")
    return textwrap.shorten(sentence, _WIDEST, placeholder=" …")


def drawing() -> str:
    """A line for each package or module of each layer; those of one layer may import each other."""
    lines = []
    for layer in _layers():
        for place, name in enumerate(layer):
            sign = "┌" if place == 0 and len(layer) > 1 else "└" if place == len(layer) - 1 > 0 else "│"
            lines.append(f"{sign if len(layer) > 1 else ' '} {name:10} {_summary(name)}")
    return "".join(f"{line}\n" for line in lines)


def redrawn(guide: str) -> str:
    """The guide with the present drawing."""
    before, _, rest = guide.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{drawing()}{_END}{after}"


if __name__ == "__main__":
    GUIDE.write_text(redrawn(GUIDE.read_text("utf-8")), "utf-8")
