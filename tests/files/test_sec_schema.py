"""`form4 schema` and the second opinion: what an archive may hold, what is kept, what `form4 check` says with it."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft, edited
from form4_author.checks.official import DRIVERS, ENVELOPE, FILES
from form4_author.cli import main
from form4_author.files import sec_schema
from form4_author.wire.draft_schema import draft_schema
from form4_author.wire.filing import filing_from
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON = "ownershipDocumentCommon.xsd.xml"
SIGNED = "2024-11-04"
REMEDY = " Use the archive as the SEC publishes it, ownershipxmltechspec-v5-5.zip, from sec.gov.\n"
AS_PUBLISHED = "Use the package as the SEC publishes it, ownershipxmltechspec-v5-5.zip.\n"


def schema(body: str) -> bytes:
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><!-- rptOwnerCountry -->'
    return f"{head}{body}</xs:schema>".encode()


def document_with(*names: str) -> bytes:
    """A schema of primary documents that begin as Form 4 does, go on with these elements, and then as they like."""
    given = "".join(f'<xs:element name="{name}"/>' for name in names)
    inside = f'<xs:sequence><xs:group ref="head"/>{given}<xs:group ref="anything"/></xs:sequence>'
    element = f'<xs:element name="ownershipDocument"><xs:complexType>{inside}</xs:complexType></xs:element>'
    return schema(f'<xs:include schemaLocation=".//{COMMON}"/>{element}')


ANYTHING = schema(
    '<xs:group name="head"><xs:sequence><xs:element name="documentType"/><xs:element name="periodOfReport"/>'
    '<xs:element name="notSubjectToSection16" minOccurs="0"/></xs:sequence></xs:group>'
    '<xs:group name="anything"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>'
    "</xs:sequence></xs:group>"
)
STANDING_IN: dict[str, bytes] = {
    **dict.fromkeys(DRIVERS.values(), document_with("issuer")),
    COMMON: ANYTHING,
    ENVELOPE: schema('<xs:element name="edgarSubmission"/>'),
}
"""Files of our own that stand where the SEC's stand in its archive."""


def zipped(path: Path, files: Mapping[str, bytes], *, folder: str = "schema-files/") -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(folder + name, content)
        made.writestr("README.txt", b"About the package.")
        made.writestr("__MACOSX/" + ENVELOPE, b"")
    return path


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "form4-author" / "schemas"


def test_what_is_added_is_listed_and_removed(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zipped(Path("spec.zip"), STANDING_IN)

    assert main(["schema", "list"]) == 0
    assert main(["schema", "add", "spec.zip"]) == 0
    assert main(["schema", "list"]) == 0
    assert main(["schema", "remove", "x0609"]) == 0
    assert main(["schema", "list", "--json"]) == 0

    assert capsys.readouterr().out == (
        "None is stored. form4 checks with its own schemas; to use the SEC's as well:\n"
        "form4 schema add ownershipxmltechspec-v5-5.zip\n"
        f"The SEC's schema files of X0609 are kept in {kept / 'X0609'}.\n"
        "form4 check now uses them too, and reports where they differ from form4's own.\n"
        f"X0609  spec.zip  {kept / 'X0609'}\n"
        f"The SEC's schema files of X0609 are removed from {kept / 'X0609'}.\n"
        "[]\n"
    )
    assert list(kept.iterdir()) == []


def test_only_the_schema_files_are_kept(kept: Path) -> None:
    sec_schema.add(zipped(Path("spec.zip"), STANDING_IN))
    sec_schema.add(zipped(Path("again.zip"), STANDING_IN, folder=""))

    assert sorted(f.name for f in (kept / "X0609").iterdir()) == sorted((*FILES, "package.json"))
    assert [h.archive for h in sec_schema.stored_schemas()] == ["again.zip"]


@pytest.mark.parametrize(
    ("mark", "generation"), [("aff10b5One", "X0508"), ("isDirector", "X0306")], ids=["X0508", "X0306"]
)
def test_edition_is_read_off_the_elements(mark: str, generation: str) -> None:
    files = {n: c.replace(b"rptOwnerCountry", mark.encode()) for n, c in STANDING_IN.items()}

    assert sec_schema.add(zipped(Path("spec.zip"), files)).schema.generation == generation


def _linked(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as made:
        entry = zipfile.ZipInfo("link.xsd")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, "/etc/passwd")


def _appended(path: Path, name: str, content: bytes = b"") -> None:
    with zipfile.ZipFile(path, "a") as made:
        made.writestr(name, content)


def _locked(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))


HOSTILE = [
    (lambda p: p.write_bytes(b"PK no archive"), "spec.zip is not a zip archive that can be read."),
    (lambda p: _appended(p, "../evil.txt"), "spec.zip: evil.txt leads outside the archive."),
    (lambda p: _appended(p, "/etc/evil.txt"), "spec.zip: evil.txt leads outside the archive."),
    (lambda p: _appended(p, "C:/evil.txt"), "spec.zip: evil.txt leads outside the archive."),
    (_linked, "spec.zip: link.xsd leads outside the archive."),
    (lambda p: _appended(p, f"more/{ENVELOPE}"), f"spec.zip holds {ENVELOPE} twice."),
    (_locked, f"spec.zip: {ENVELOPE} is encrypted."),
]


@pytest.mark.parametrize(("change", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_archive_made_to_harm_is_refused(
    change: object, said: str, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = zipped(Path("spec.zip"), STANDING_IN)
    assert callable(change)
    change(path)

    assert main(["schema", "add", "spec.zip"]) == 2
    assert capsys.readouterr().err == f"form4: {said}{REMEDY}"
    assert not kept.exists()


def test_archive_with_too_much_in_it_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(501):
            made.writestr(f"{number}.txt", b"")
    Path("spec.zip").write_bytes(buffer.getvalue())
    large = {**STANDING_IN, ENVELOPE: b" " * (2 * 1024 * 1024 + 1)}
    zipped(Path("large.zip"), large)

    assert main(["schema", "add", "spec.zip"]) == 2
    assert main(["schema", "add", "large.zip"]) == 2
    assert capsys.readouterr().err == (
        f"form4: spec.zip holds 501 files; the SEC's holds about 30.{REMEDY}"
        f"form4: large.zip: {ENVELOPE} is too large for a schema.{REMEDY}"
    )


PACKAGES = [
    ({ENVELOPE: None}, f"form4: spec.zip lacks {ENVELOPE}.{REMEDY}"),
    ({ENVELOPE: b"<html/>"}, f"form4: {ENVELOPE} is not a schema that can be used. {AS_PUBLISHED}"),
    ({ENVELOPE: b"<xs:schema"}, f"form4: {ENVELOPE} is not a schema that can be used. {AS_PUBLISHED}"),
    (
        {ENVELOPE: schema('<xs:import schemaLocation="http://x.example/a.xsd"/>')},
        f"form4: {ENVELOPE} asks for a schema outside the package. {AS_PUBLISHED}",
    ),
    (
        {ENVELOPE: schema('<xs:include schemaLocation="file:///etc/passwd"/>')},
        f"form4: {ENVELOPE} includes passwd. {AS_PUBLISHED}",
    ),
    (
        {COMMON: schema(f'<xs:include schemaLocation="{COMMON}"/>')},
        f"form4: {COMMON} includes {COMMON}. {AS_PUBLISHED}",
    ),
    (
        {DRIVERS["4"]: document_with("nothing")},
        f"form4: spec.zip does not contain the SEC's ownership schemas: they give a wrong result for a known Form 4.{REMEDY}",
    ),
    (
        {
            DRIVERS["4"]: document_with("issuer", "reportingOwner").replace(
                b'"issuer"', b'"issuer" minOccurs="0"'
            )
        },
        f"form4: spec.zip does not contain the SEC's ownership schemas: they give a wrong result for a known Form 4.{REMEDY}",
    ),
]


@pytest.mark.parametrize(("changes", "said"), PACKAGES, ids=range(len(PACKAGES)))
def test_what_is_not_the_package_is_refused(
    changes: dict[str, bytes | None], said: str, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {n: c for n, c in {**STANDING_IN, **changes}.items() if c is not None}
    zipped(Path("spec.zip"), files)

    assert main(["schema", "add", "spec.zip"]) == 2
    assert capsys.readouterr().err == said
    assert not kept.exists()


def test_words_that_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["add"], ["list", "x"]):
        assert main(["schema", *words]) == 2
    assert main(["schema", "add", "nope.zip"]) == 2
    assert main(["schema", "remove", "X0609"]) == 2

    assert capsys.readouterr().err == (
        "form4 schema: add takes an archive or an edition. See form4 schema --help.\n"
        "form4 schema: list takes nothing more. See form4 schema --help.\n"
        "form4: nope.zip cannot be opened: No such file or directory. Check the name and the folder.\n"
        "form4: No schema files for X0609 are kept (kept: none). See form4 schema list.\n"
    )


# ---- what the checks say with it


def checked(name: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str, int | None]]:
    main(["check", "--json", "--as-of", SIGNED, name])
    found = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    return [(f["id"], f["severity"], f["message"], f.get("line")) for f in found]


def a_draft(*edits: str) -> str:
    Path("a.form4.json").write_text(json.dumps(edited("; ".join(edits)) if edits else draft("seed")))
    return "a.form4.json"


DIFFERS = "This is a defect of form4: please report it"


def test_where_both_agree_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    sec_schema.add(zipped(Path("spec.zip"), STANDING_IN))

    assert checked(a_draft(), capsys) == []


def test_refused_by_the_secs_alone_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    sec_schema.add(zipped(Path("spec.zip"), STANDING_IN))
    strict = {**STANDING_IN, DRIVERS["4"]: document_with("issuer", "seal")}
    archive_files_replaced(strict)
    Path("a.xml").write_bytes(write_document(filing_from(draft("seed"))[0]))
    told = (
        f"The SEC's schema rejects this document, but form4's accepts it; EDGAR would suspend it. {DIFFERS}"
    )

    assert checked(a_draft(), capsys) == [("DOC-044", "suspense", told, None)]
    assert checked("a.xml", capsys) == [("DOC-044", "suspense", told, 13)]


def test_refused_by_ours_alone_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    sec_schema.add(zipped(Path("spec.zip"), STANDING_IN))
    told = f"The SEC's schema accepts this document, but form4's rejects it. {DIFFERS}"

    assert checked(a_draft("delete non_derivative[0].acquired_disposed"), capsys) == [
        ("DOC-045", "note", told, None),
        ("TXN-045", "suspense", "(A) or (D) is required on Form 4", None),
    ]


def test_no_opinion_where_the_package_is_for_another_edition_or_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = {n: c.replace(b"rptOwnerCountry", b"aff10b5One") for n, c in STANDING_IN.items()}
    sec_schema.add(zipped(Path("spec.zip"), files))
    assert [f[0] for f in checked(a_draft("delete non_derivative[0].acquired_disposed"), capsys)] == [
        "TXN-045"
    ]
    sec_schema.add(zipped(Path("spec.zip"), STANDING_IN))
    assert [f[0] for f in checked(a_draft("form = 9"), capsys)] == ["DOC-001"]


def archive_files_replaced(files: Mapping[str, bytes]) -> None:
    """As if a package with these files had been added, which the proof would not let in."""
    import hashlib

    place = sec_schema.stored_schemas()[0].folder
    record = json.loads((place / "package.json").read_text())
    for name, content in files.items():
        (place / name).write_bytes(content)
        record["files"][name] = hashlib.sha256(content).hexdigest()
    (place / "package.json").write_text(json.dumps(record))


def test_damaged_package_is_told_and_nothing_is_judged_by_it(capsys: pytest.CaptureFixture[str]) -> None:
    folder = sec_schema.add(zipped(Path("spec.zip"), STANDING_IN)).folder
    (folder / ENVELOPE).write_bytes(b"")

    main(["check", "--as-of", SIGNED, a_draft()])

    assert "damaged" in capsys.readouterr().out


def test_the_secs_own_package_agrees_with_ours(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared / "reference" / "official" / "ownership-xml-v5.5" / "schema-files"
    zipped(Path("spec.zip"), {f.name: f.read_bytes() for f in folder.iterdir()})

    assert main(["schema", "add", "spec.zip"]) == 0
    capsys.readouterr()
    for edit, expected in (
        ("@seed:", []),
        ("@joint:", []),
        ("@form3:", []),
        ("@form5:", []),
        ("@amendment:", []),
        ("signatures = []", ["SIG-001"]),
        ("non_derivative[0].transaction_code = Q", ["TXN-001"]),
    ):
        Path("a.form4.json").write_text(json.dumps(edited(edit)))
        main(["check", "--json", "--as-of", SIGNED, "a.form4.json"])
        found = json.loads(capsys.readouterr().out)["files"][0]["findings"]
        assert [f["id"] for f in found if f["severity"] == "suspense" or f["id"] == "DOC-045"] == expected


def test_the_schema_of_a_draft_is_written_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "draft"]) == 0
    assert json.loads(capsys.readouterr().out) == draft_schema()
    assert main(["schema", "draft", "x"]) == 2
    assert capsys.readouterr().err == ("form4 schema: draft takes nothing more. See form4 schema --help.\n")
