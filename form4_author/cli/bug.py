"""Reports of bugs: where in the program an exception arose, without a value of any form, name or path of the user."""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_REPORTS", "report_text", "reports", "reports_folder", "saved_report"]

MOST_REPORTS: Final = 20
"""Reports that are kept; the oldest goes first."""
_ROOTS: Final = (Path(__file__).resolve().parents[2], Path(traceback.__file__).resolve().parent)
"""Where our modules and those of Python are; paths in a report begin below them."""


def reports_folder() -> Path:
    """Where reports are kept: the user's folder for caches."""
    import platformdirs

    return Path(platformdirs.user_cache_path("form4-author", appauthor=False)) / "bugs"


def reports() -> tuple[Path, ...]:
    """The reports there are, oldest first."""
    folder = reports_folder()
    return tuple(sorted(folder.glob("bug-*.txt"))) if folder.is_dir() else ()


def saved_report(error: BaseException) -> Path | None:
    """The file that now says where the error arose; None where it can't be written."""
    from form4_author.desk.clock import moment
    from form4_author.files import disk
    from form4_author.files.output import make_folder, write_bytes

    try:
        folder = reports_folder()
        make_folder(folder)
        file = folder / f"bug-{moment():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        write_bytes(file, report_text(error).encode("utf-8", "backslashreplace"))
        for old in reports()[:-MOST_REPORTS]:
            disk.remove_file(old, missing_ok=True)
    except Exception:  # noqa: BLE001  # a report that fails must not hide the bug
        return None
    return file


def report_text(error: BaseException) -> str:
    """Versions, then each exception by its kind with the places it passed, the first cause first."""
    lines = [f"form4 {__version__}, Python {platform.python_version()}, {platform.system()}"]
    for each in reversed(list(_chain(error))):
        lines += ["", _kind(each)]
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__, limit=-200)
        ]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it or was being handled then, and so on."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _kind(error: BaseException) -> str:
    """``ValueError``, ``lxml.etree.XPathError``: never its words, which may quote a form."""
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _place(file: str) -> str:
    """A file below the program, a library or Python; the name alone of any other."""
    path = Path(file)
    parts = path.parts
    if "site-packages" in parts:
        return Path(*parts[parts.index("site-packages") + 1 :]).as_posix()
    root = next((root for root in _ROOTS if path.is_relative_to(root)), path.parent)
    return path.relative_to(root).as_posix()
