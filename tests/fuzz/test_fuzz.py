"""No reader crashes, whatever the bytes: a few inputs made by chance in each run, many more with the long tests."""

from __future__ import annotations

import json
import warnings
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import sec_schema
from form4_author.register.backup import restored
from form4_author.register.database import opened
from form4_author.register.place import place_of
from form4_author.signing.identity import of_pem, of_pkcs12
from form4_author.wire.facts import facts_from
from form4_author.wizard.fill import columns
from tests.files.test_sec_schema import STANDING_IN
from tests.fuzz.mutator import mutated
from tests.fuzz.targets import DAY, TARGETS, once


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("often", ["few", pytest.param("many", marks=pytest.mark.long)])
def test_no_reader_crashes(name: str, often: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    target = TARGETS[name]
    seeds = target.seeds(tmp_path)
    crashed = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, about what they read
        for number in range(getattr(target, often)):
            data = mutated(seeds, number)
            try:
                once(target, data, tmp_path)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
                crashed.append((number, type(error).__name__, str(error), data[:2000]))
    assert crashed == []


def test_each_seed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed that is refused would reach nothing behind the refusal."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    refused = []
    for name, target in TARGETS.items():
        for number, seed in enumerate(target.seeds(tmp_path)):
            try:
                target.read(seed, tmp_path)
            except Exception as error:  # noqa: BLE001  # as above
                refused.append((name, number, f"{type(error).__name__}: {error}"))
    assert refused == []


def test_an_input_is_made_again_from_its_number() -> None:
    seeds = (b"abc", b"<a>1</a>")
    assert [mutated(seeds, n) for n in range(50)] == [mutated(seeds, n) for n in range(50)]
    assert len({mutated(seeds, n) for n in range(50)}) > 30


# ---- what crashed


def test_a_certificate_with_a_key_of_no_known_kind() -> None:
    """Its key's algorithm, or its curve, is one that no library knows; its point is on no curve."""
    key, chain = (TARGETS["keys"].seeds(Path())[n] for n in (1, 2))
    der = b64decode(b"".join(chain.splitlines()[1:-1]))
    curve = bytes.fromhex("06082a8648ce3d030107")
    kind = bytes.fromhex("06072a8648ce3d0201")
    point = der.index(bytes.fromhex("03420004")) + 4
    broken = (
        der.replace(curve, curve[:-1] + b"\x63"),
        der.replace(kind, kind[:-1] + b"\x63"),
        der[:point] + b"\1" * 64 + der[point + 64 :],
    )
    for each in broken:
        assert each != der
        with pytest.raises(UnreadableInput) as said:
            of_pem(key, _pem("CERTIFICATE", each), "")
        assert said.value.problem == "No certificate in this file belongs to the key"


def test_a_key_of_no_known_kind() -> None:
    p12, key, chain = (TARGETS["keys"].seeds(Path())[n] for n in (0, 1, 2))
    der = b64decode(b"".join(key.splitlines()[1:-1]))
    curve = bytes.fromhex("06082a8648ce3d030107")
    broken = curve[:-1] + b"\x63"
    with pytest.raises(UnreadableInput, match="This kind of key cannot sign a PDF"):
        of_pem(_pem("PRIVATE KEY", der.replace(curve, broken)), chain, "")
    with pytest.raises(UnreadableInput):
        of_pkcs12(p12.replace(curve, broken), "")


def _pem(kind: str, der: bytes) -> bytes:
    return f"-----BEGIN {kind}-----\n{b64encode(der).decode()}\n-----END {kind}-----\n".encode()


def test_a_schema_archive_whose_content_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in STANDING_IN.items():
            made.writestr(name, content * 20)
    data = bytearray(file.read_bytes())
    start = data.index(b".xsd.xml") + 8
    data[start : start + 12] = b"\xff" * 12
    file.write_bytes(bytes(data))
    with pytest.raises(UnreadableInput) as said:
        sec_schema.add(file, tmp_path / "kept")
    assert said.value.problem == "a.zip is not a zip archive that can be read"


def test_a_schema_archive_with_a_file_without_a_name(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with ZipFile(file, "w") as made:
        made.writestr("x", b"")
    file.write_bytes(file.read_bytes().replace(b"x", b"\0"))  # the name ends at its first NUL
    with pytest.raises(UnreadableInput) as said:
        sec_schema.add(file, tmp_path / "kept")
    assert said.value.problem.startswith("a.zip lacks ")


def test_a_backup_with_a_damaged_value(tmp_path: Path) -> None:
    """A column of JSON that is none: of an old shape, which is upgraded, and of the present one."""
    data = TARGETS["backup"].seeds(tmp_path)[0]
    at = data.index(b'{"')
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(data[:at] + b"[" + data[at + 1 :])
    register = opened(place_of(str(tmp_path / "r.sqlite3")), create=True)
    try:
        with pytest.raises(Form4Error) as said:
            restored(register, damaged, replace=True)
    finally:
        register.close()
    assert said.value.problem == f"The backup {damaged} can't be used: a value in it is malformed"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_a_moment_that_another_zone_does_not_have(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    closed = {**draft("seed"), "interview": {"filed": {"at": moment}}}
    Path("a.form4.json").write_text(json.dumps(closed), encoding="utf-8")
    with pytest.raises(UnreadableInput, match="filing_at"):
        facts_from({"filing_at": moment})
    for words in (["render", "a.form4.json", "--filed", moment], ["filed", "a.form4.json", "--at", moment],
                  ["amend", "a.form4.json", "-o", "b.form4.json"]):  # fmt: skip
        with suppress(SystemExit):
            assert main(words) in (0, 2)
        assert "this is a bug" not in capsys.readouterr().err


def test_fills_of_hundreds_of_columns() -> None:
    """Whether a column is the product of two others was asked of each three of them."""
    line = "\t".join(["100", "12.34", *["7"] * 398])
    with pytest.raises(MalformedValue) as said:
        columns(f"{line}\n{line}", DAY)
    assert said.value.problem == (
        "A line has 400 columns, and at most 40 are read; paste only the columns of the fills"
    )
    most = "\t".join(["100", "12.34", *["7"] * 38])
    assert columns(f"{most}\n{most}", DAY).startswith("shares, price, -")
