"""`form4 --help`, `--version` beside `python -c pass`; a cold `form4 check` beside `import lxml.etree`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.sample import documents
from tests.bench.timing import paired


def main() -> None:
    form4 = str(Path(sys.executable).with_name("form4"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.xml"
        file.write_bytes(min(documents(200), key=len))
        plain = [sys.executable, "-c", "pass"]
        paired("form4 --help beside python -c pass", [form4, "--help"], plain)
        paired("form4 --version beside python -c pass", [form4, "--version"], plain)
        paired(
            "form4 check FILE.xml beside import lxml.etree",
            [form4, "check", str(file)],
            [sys.executable, "-c", "import lxml.etree"],
        )
