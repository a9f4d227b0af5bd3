"""Peak memory of a cold `form4 check`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.sample import documents
from tests.bench.timing import peak_mebibytes


def main() -> None:
    form4 = str(Path(sys.executable).with_name("form4"))
    with tempfile.TemporaryDirectory() as folder:
        by_size = sorted(documents(200), key=len)
        for name, data in (("median", by_size[len(by_size) // 2]), ("largest", by_size[-1])):
            file = Path(folder) / f"{name}.xml"
            file.write_bytes(data)
            peak = peak_mebibytes([form4, "check", str(file)])
            print(f"form4 check of the {name} document ({len(data):,} bytes): {peak:.0f} MiB")
