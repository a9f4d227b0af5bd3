"""The readers of the program, each with seeds; whatever the bytes, one returns or raises what the program says to the user."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import sqlite3
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks.example import draft, names
from form4_author.checks.run import check_document, check_draft
from form4_author.desk.intake import facts_in
from form4_author.errors import Form4Error
from form4_author.files import draft_file, sec_schema, spreadsheet
from form4_author.model.power_of_attorney import power_reading
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_from
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from form4_author.wizard import entry, fill, pasted_address
from form4_author.wizard.answers_file import load_answers
from tests.files.test_sec_schema import STANDING_IN, zipped
from tests.register.old import OLD
from tests.signing.authority import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from form4_author.findings import Finding

__all__ = ["TARGETS", "Target", "once"]

DAY: Final = dt.date(2024, 11, 5)
NAMES: Final = ("seed", "gift")


@dataclass(frozen=True)
class Target:
    """A reader: its seeds and one reading."""

    seeds: Callable[[Path], tuple[bytes, ...]]
    read: Callable[[bytes, Path], object]
    few: int
    """Executions in ``make test``."""
    many: int
    """Executions in ``make test-all``."""


def once(target: Target, data: bytes, folder: Path) -> None:
    """Read the bytes; what the program would say to the user is no crash."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it describes each damage
    with suppress(Form4Error):
        target.read(data, folder)


class RuleFailed(Exception):  # as the program's own
    """A rule that did not end (DOC-031), which the program reports and outlives."""


def _judged(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.id == "DOC-031":
            raise RuleFailed(finding.message)


# ---- filings


@cache
def _xml(_folder: Path | None = None) -> tuple[bytes, ...]:
    return tuple(write_document(filing_from(draft(name))[0]) for name in names())


def _text(folder: Path) -> tuple[bytes, ...]:
    head = b"<SEC-DOCUMENT>0001107843-24-000001.txt : 20241105\n<SEC-HEADER>\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>4\n<FILENAME>a.xml\n<TEXT>\n<XML>\n"
    end = b"\n</XML>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-24\n<FILENAME>b.txt\n<TEXT>\nI appoint Jane Doe.\n</TEXT>\n</DOCUMENT>\n"
    return tuple(head + xml + end for xml in _xml(None)[:3])


def _envelope(folder: Path) -> tuple[bytes, ...]:
    import base64

    def part(name: str, kind: str, content: bytes) -> str:
        return (f"<edgarDocument><documentName>{name}</documentName><documentType>{kind}</documentType>"
                f"<documentMimeBlock>{base64.b64encode(content).decode()}</documentMimeBlock></edgarDocument>")  # fmt: skip

    return tuple(
        (
            '<?xml version="1.0"?><edgarSubmission><submissionType>4</submissionType><testOrLive>TEST</testOrLive>'
            f"{part('a.xml', '4', xml)}{part('b.txt', 'EX-24', b'I appoint Jane Doe.')}</edgarSubmission>"
        ).encode()
        for xml in _xml(None)[:2]
    )


def _document(data: bytes, _folder: Path) -> None:
    document = read_document(data)
    _judged(check_document(document, DAY, sec_calendar()))
    draft_from(document.filing)


# ---- drafts and files of values


def _json(_folder: Path) -> tuple[bytes, ...]:
    return tuple(json.dumps(draft(name), indent=1).encode() for name in names())


def _yaml(_folder: Path) -> tuple[bytes, ...]:
    import yaml

    return tuple(yaml.safe_dump(draft(name), allow_unicode=True).encode() for name in NAMES)


def _file(data: bytes, folder: Path, name: str) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def _draft_reader(suffix: str) -> Callable[[bytes, Path], object]:
    def read(data: bytes, folder: Path) -> None:
        loaded = draft_file.load(_file(data, folder, f"a.form4.{suffix}"))
        _judged(check_draft(loaded.draft, DAY, sec_calendar()))

    return read


def _facts(_folder: Path) -> tuple[bytes, ...]:
    return (
        b'{"filing_at": "2024-11-05T21:40-05:00", "persons": [{"cik": "1626115", "insider_since": "2020-01-02"}], "event_issuers": ["1107843"]}',
        (
            b'{"issuer": {"cik": "1107843", "foreign_private": true, "fiscal_year_end": "12-31", "shares_outstanding": "1000"},'
            b' "powers": [{"principal": "Jane Doe", "agents": ["Bruce Posey"], "signed": "2024-01-02"}],'
            b' "prices": [{"security_title": "Common Stock", "day": "2024-11-01", "price": "120.34"}],'
            b' "adjustments": [{"security_title": "Common Stock", "change": "+12.5", "day": "2024-11-01", "reason": "dividend"}],'
            b' "authentications": [{"signatory": "Jane Doe", "signed_at": "2024-11-04T09:00-05:00", "electronic": false}]}'
        ),
    )


def _answers(_folder: Path) -> tuple[bytes, ...]:
    return (
        b"- owner: 1626115\n- happened: sale\n- event.date: 2024-11-01\n- events[0].quantity: |\n    100, 12.34\n    200, 12.5\n- more: no\n",
        b'- "owners[0].cik": ["a", "b"]\n- review: q\n',
    )


def _csv(_folder: Path) -> tuple[bytes, ...]:
    return (
        b'person,issuer,happened,date,quantity,price\nDoe Jane,QLYS,grant,2024-11-01,1200,0\nRoe,1107843,sale,11/01/2024,"1,000",$12.50\n',
        b"Trade Date;Side;Shares;Price\n2024-11-01;S;100;12,34\n",
        "person\tissuer\nJos\u00e9\tQLYS\n".encode("utf-16"),
    )


def _lines(data: bytes, folder: Path, name: str) -> None:
    file = str(_file(data, folder, name))
    with suppress(Form4Error):
        spreadsheet.sheet_in(file)
    spreadsheet.lines_in(file)


def _xlsx(folder: Path) -> tuple[bytes, ...]:
    """A workbook, and the same with its parts not compressed, so that a change is one of its text."""
    columns = [
        spreadsheet.TemplateColumn(name, "what it is", choices=("a", "b"))
        for name in ("person", "date", "price")
    ]
    file = folder / "seed.xlsx"
    spreadsheet.write_template(file, columns, [{"person": "Doe", "date": "2024-11-01", "price": "12.5"}])
    plain = io.BytesIO()
    with zipfile.ZipFile(file) as book, zipfile.ZipFile(plain, "w") as other:
        for name in book.namelist():
            other.writestr(name, book.read(name))
    return file.read_bytes(), plain.getvalue()


def _fills(_folder: Path) -> tuple[bytes, ...]:
    return (
        b"100 @ 12.34\n200 @ 12.5\n",
        b"Date\tSide\tShares\tPrice\n11/01/2024\tS\t100\t12.34\n11/01/2024\tS\t1,200\t$12.50\n",
    )


def _pasted(data: bytes, _folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    for kind in entry.EntryKind:
        with suppress(Form4Error):
            entry.read(kind, text, DAY)
    if fill.is_fills(text):
        named = fill.columns(text, DAY)
        listed = fill.fills_text(text, named, DAY)
        fill.summary(listed, DAY.isoformat())
        fill.total(listed)
        for group in fill.groups(listed, DAY.isoformat()):
            fill.as_answers(group)


def _address(data: bytes, _folder: Path) -> None:
    pasted_address.address_parts(data.decode("utf-8", "replace"))


def _exhibit(_folder: Path) -> tuple[bytes, ...]:
    said = b"Know all by these presents that I, Jane Doe, hereby appoint Bruce Posey and Ann Roe, signing singly, my attorney-in-fact. Dated January 2, 2024. /s/ Jane Doe"
    return said, b"<html><body><p>" + said.replace(
        b", ", b",</p><p>"
    ) + b"<img src=a><!-- b --></body></html>"


def _power(data: bytes, _folder: Path) -> None:
    power_reading(data, "a.txt")
    power_reading(data, "a.htm")


# ---- signatures and archives


def _pdf(folder: Path) -> tuple[bytes, ...]:
    """The smallest PDF with a form and a signature's place, as text."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> /AF [5 0 R] >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [4 0 R] /Contents 6 0 R >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (signature-1) /Rect [10 10 100 40] /P 3 0 R /V 7 0 R >>",
        b"<< /Type /Filespec /F (form4.xml) /UF (form4.xml) /AFRelationship /Source /EF << /F 6 0 R >> >>",
        b"<< /Length 20 >>\nstream\nBT (7,007) Tj ET    \nendstream",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 100 200 300] /Contents <3000> /M (D:20241105120000Z) >>",
    )
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return (made,)


def _read_pdf(data: bytes, _folder: Path) -> None:
    from form4_author.signing.proof import signatures
    from form4_author.signing.reading import reading_of
    from form4_author.signing.seal import places

    for read in (lambda: signatures(data, ()), lambda: reading_of(data), lambda: places(data)):
        with suppress(Form4Error):
            read()


@cache
def _keys(_folder: Path | None = None) -> tuple[bytes, ...]:
    authority = Authority()
    holder = authority.holder("Jane Doe")
    return holder.p12(""), *holder.pem(), authority.root_pem, authority.root_der


def _read_key(data: bytes, _folder: Path) -> None:
    from form4_author.signing.identity import certificates_in, is_locked, of_pem, of_pkcs12

    key, chain = _keys(None)[1:3]
    for read in (
        lambda: is_locked(data),
        lambda: certificates_in(data),
        lambda: of_pkcs12(data, ""),
        lambda: of_pem(data, chain, ""),
        lambda: of_pem(key, data, ""),
    ):
        with suppress(Form4Error):
            read()


def _archive(folder: Path) -> tuple[bytes, ...]:
    return (zipped(folder / "spec.zip", STANDING_IN).read_bytes(),)


def _backup(folder: Path) -> tuple[bytes, ...]:
    file = folder / "seed.sqlite3"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database:
        database.executescript(OLD.read_text(encoding="utf-8"))
        database.commit()
    return (file.read_bytes(),)


def _restore(data: bytes, folder: Path) -> None:
    from form4_author.register.backup import restored
    from form4_author.register.database import opened
    from form4_author.register.place import place_of

    register = opened(place_of(str(folder / "register.sqlite3")), create=True)
    try:
        restored(register, _file(data, folder, "backup.sqlite3"), replace=True)
    finally:
        register.close()


TARGETS: Final = {
    "xml": Target(_xml, _document, 80, 2500),
    "submission-text": Target(_text, _document, 60, 2000),
    "envelope": Target(_envelope, _document, 60, 2000),
    "json-draft": Target(_json, _draft_reader("json"), 60, 2500),
    "yaml-draft": Target(_yaml, _draft_reader("yaml"), 20, 1000),
    "facts": Target(_facts, lambda data, folder: facts_in(str(_file(data, folder, "f.json")), ()), 200, 20000),
    "answers": Target(_answers, lambda data, folder: load_answers(_file(data, folder, "a.yaml")), 60, 4000),
    "csv": Target(_csv, lambda data, folder: _lines(data, folder, "a.csv"), 100, 15000),
    "xlsx": Target(_xlsx, lambda data, folder: _lines(data, folder, "a.xlsx"), 20, 1000),
    "pasted-fills": Target(_fills, _pasted, 100, 8000),
    "pasted-address": Target(_exhibit, _address, 200, 30000),
    "exhibit": Target(_exhibit, _power, 100, 15000),
    "pdf": Target(_pdf, _read_pdf, 60, 4000),
    "keys": Target(_keys, _read_key, 150, 20000),
    "schema-archive": Target(_archive, lambda data, folder: sec_schema.add(_file(data, folder, "a.zip"), folder / "kept"), 60, 10000),
    "backup": Target(_backup, _restore, 5, 250),
}  # fmt: skip
