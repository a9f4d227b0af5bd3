"""Records of checks as Parquet. PyArrow is loaded by this module only."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import Form4Error
from form4_author.files.stored_record import StoredRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["ParquetShape"]

_TEXTS: Final = ("file", "member", "sha256", "form", "edition", "verdict", "as_of", "filing", "xml_sha256")
_FINDING_TEXTS: Final = ("id", "severity", "path", "message")
_COUNTS: Final = ("suspense", "error", "warning", "note")


class ParquetShape:
    """One row for each file; findings and overrides as lists. Raises Form4Error where PyArrow is not installed."""

    def __init__(self) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise Form4Error(
                "Results as Parquet need PyArrow, which is not installed",
                remedy='Name a folder that ends in .jsonl, or: pip install "form4-author[dask]"',
            ) from None
        self._pa, self._pq = pa, pq
        text, number = pa.string(), pa.int32()
        finding = [(name, text) for name in _FINDING_TEXTS]
        finding += [("line", number), ("column", number), ("cites", pa.list_(text))]
        finding += [("related", pa.list_(text)), ("fix", text)]
        override = [("id", text), ("path", text), ("reason", text), ("at", text), ("stale", pa.bool_())]
        self._schema = pa.schema(
            [
                *((name, text) for name in _TEXTS),
                ("rules", number),
                ("register", pa.bool_()),
                ("counts", pa.struct([(name, number) for name in _COUNTS])),
                ("findings", pa.list_(pa.struct(finding))),
                ("open", pa.list_(text)),
                ("overrides", pa.list_(pa.struct(override))),
                ("bug", text),
                ("stamp", text),
            ]
        )

    def encoded(self, records: Sequence[Mapping[str, Any]]) -> bytes:
        """The bytes of a file."""
        rows = [{**record, "findings": [_flat(f) for f in record["findings"]]} for record in records]
        try:
            table = self._pa.Table.from_pylist(rows, schema=self._schema)
        except UnicodeEncodeError:  # a file's name need not be Unicode
            table = self._pa.Table.from_pylist([_unicode(row) for row in rows], schema=self._schema)
        return self._written(table)

    def stored(self, content: bytes) -> Iterator[StoredRecord]:
        """What another run has to know of each record."""
        table = self._pq.read_table(io.BytesIO(content), columns=list(StoredRecord._fields))
        yield from (StoredRecord(**row) for row in table.to_pylist())

    def without(self, content: bytes, keys: Collection[str]) -> bytes:
        """The bytes of the file without these records; empty where there is no other."""
        kept = [record.key not in keys for record in self.stored(content)]
        table = self._pq.read_table(io.BytesIO(content)).filter(self._pa.array(kept, self._pa.bool_()))
        return self._written(table) if len(table) else b""

    def _written(self, table: Any) -> bytes:  # noqa: ANN401  # PyArrow has no types
        file = io.BytesIO()
        self._pq.write_table(table, file, compression="zstd")
        return file.getvalue()


def _flat(finding: Mapping[str, Any]) -> dict[str, Any]:
    """The finding; its fix, whose values are of several kinds, as JSON."""
    fix = finding.get("fix")
    return {**finding, "fix": json.dumps(fix, ensure_ascii=False) if fix is not None else None}


def _unicode(value: Any) -> Any:  # noqa: ANN401  # plain data
    """The value with escapes in place of what is not Unicode."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _unicode(part) for key, part in value.items()}
    return [_unicode(part) for part in value] if isinstance(value, list) else value
