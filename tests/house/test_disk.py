"""Every file is opened, written, renamed and removed through one module, so that each call can be let fail."""

from __future__ import annotations

import ast

from tests.house.source import Module, package
from tests.house.test_core import LOADERS, dotted

SEAM = "files/disk.py"
CALLS = {
    "os.chmod", "os.fchmod", "os.fdopen", "os.fsync", "os.link", "os.makedirs", "os.mkdir", "os.open", "os.remove", "os.removedirs",
    "os.rename", "os.replace", "os.rmdir", "os.symlink", "os.truncate", "os.unlink", "os.utime", "os.write", "open",
    "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree", "shutil.move", "shutil.rmtree", "tempfile.mkdtemp",
    "tempfile.mkstemp", "tempfile.NamedTemporaryFile", "tempfile.TemporaryFile",
}  # fmt: skip
METHODS = {
    "chmod", "hardlink_to", "mkdir", "read_bytes", "read_text", "rename", "rmdir", "symlink_to", "touch", "unlink", "write_bytes",
    "write_text",
}  # fmt: skip
ALLOWED = {
    ("cli/boundary.py", "os.open"): "the null device, when a stream is closed",
    ("cli/boundary.py", "open"): "the null device, when a stream is closed",
    ("desk/secret.py", "os.fdopen"): "a descriptor that the caller opened: no file of ours",
}


def touching(module: Module) -> list[tuple[str, str]]:
    """(module, call) of each call that opens or changes a file; ``path.replace(other)`` has one argument, a text's two."""
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        method = isinstance(node.func, ast.Attribute) and (
            node.func.attr in METHODS
            or (node.func.attr == "replace" and len(node.args) == 1 and not node.keywords)
        )
        plain = name in CALLS and (name != "open" or isinstance(node.func, ast.Name))
        opening = name.endswith(".open") and _is_path_open(node)
        if plain or opening or (method and not name.startswith("disk.")):
            found.append((module.name, name))
    return found


def _is_path_open(call: ast.Call) -> bool:
    """``path.open("rb")``: its first argument is a mode."""
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and first.value in ("r", "rb", "w", "wb", "a", "ab", "x", "xb")


def test_nothing_bypasses_the_seam() -> None:
    bypassing = {
        call for module in package() if module.name not in {SEAM, *LOADERS} for call in touching(module)
    }
    assert sorted(bypassing - set(ALLOWED)) == []
    assert set(ALLOWED) <= bypassing


def test_the_seam_itself_touches_files() -> None:
    (seam,) = (module for module in package() if module.name == SEAM)
    assert len(touching(seam)) > 10
