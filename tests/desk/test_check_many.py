"""Many files in batches: folders, archives, resuming, and what goes wrong with one file or with the results."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk import check_batch, check_run, intake
from form4_author.desk.check_batch import CheckTerms, checked_batch
from form4_author.desk.check_listing import listed_files
from form4_author.desk.check_run import CheckTally, Workers, check_all
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import archive
from form4_author.files.results import Results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.check_run import Batch
    from tests.corpus.sample import Filings

TERMS = CheckTerms(date(2026, 11, 27), date(2026, 11, 27))
RUN: dict[str, Any] = {"tool": "form4-author", "version": __version__, "as_of": None, "closed_days": []}


class Ended(Exception):
    """What a cluster raises for a batch that ends its workers."""


def here(killer: str = "\0") -> Workers:
    """Workers that check at once; one that reads a file with this in its name ends."""

    def submit(batch: Batch, terms: CheckTerms) -> Future[list[dict[str, Any]]]:
        future: Future[list[dict[str, Any]]] = Future()
        if any(killer in file.name for file in batch):
            future.set_exception(Ended())
            return future
        future.set_result(checked_batch(batch, terms))
        return future

    return Workers(submit, room=lambda: 2, lost=(Ended,))


def run(folder: Path, names: Sequence[object], size: int = 3, workers: Workers | None = None) -> CheckTally:
    results = Results(folder, RUN)
    tallies = list(check_all(listed_files([str(n) for n in names]), TERMS, results, workers or here(), size))
    return tallies[-1]


def records(folder: Path) -> list[dict[str, Any]]:
    """Every record there is, in whatever order."""
    if folder.suffix == ".parquet":
        return [row for part in folder.glob("part-*") for row in pq.ParquetFile(part).read().to_pylist()]
    return [json.loads(line) for part in folder.glob("part-*") for line in part.read_bytes().splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(f"{Path(r['file']).name}!{r['member'] or ''}" for r in records(folder))


def one(folder: Path, name: str) -> dict[str, Any]:
    """The record of a file or member."""
    (found,) = (r for r in records(folder) if (r["member"] or Path(r["file"]).name) == name)
    return found


def messages(record: dict[str, Any]) -> list[str]:
    return [f"{finding['id']} {finding['message']}" for finding in record["findings"]]


@pytest.fixture(scope="module")
def eight(sample: Filings) -> Filings:
    return sample[:8]


@pytest.fixture
def filings(tmp_path: Path, eight: Filings) -> Path:
    folder = tmp_path / "filings"
    folder.mkdir()
    for name, content in eight:
        (folder / f"{name}.xml").write_bytes(content)
    return folder


def tar(file: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    with tarfile.open(
        file, "w:xz" if file.suffix == ".xz" else "w:gz" if file.suffix == ".gz" else "w"
    ) as out:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    return file


def zipped(file: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            out.writestr(name, content)
    return file


# ---- what is checked


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_record_is_what_check_reports_of_the_file(
    tmp_path: Path, filings: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / f"results{suffix}"
    code = main(["check", str(filings), "--batch", "3", "--output", str(folder)])
    assert capsys.readouterr().out == f"{folder}: 8 files: 8 ready; 8 checked in this run\n"
    files = sorted(map(str, filings.iterdir()))
    assert main(["check", "--json", *files]) == code == 0
    reported = {entry["file"]: entry for entry in json.loads(capsys.readouterr().out)["files"]}
    found = {r["file"]: r for r in records(folder)}

    assert len(list(folder.glob("part-*"))) == 3
    assert sum(len(entry["findings"]) for entry in reported.values()) > 0
    for file, entry in reported.items():
        for finding in found[file]["findings"]:
            if suffix == ".parquet":  # which has every column in every row
                finding["fix"] = json.loads(finding["fix"]) if finding["fix"] else None
                for empty in [name for name in ("column", "fix") if finding[name] is None]:
                    del finding[empty]
        assert {name: found[file][name] for name in entry} == entry


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz", "a.zip"])
def test_members_of_an_archive_are_read_where_they_are(tmp_path: Path, eight: Filings, name: str) -> None:
    make = zipped if name.endswith(".zip") else tar
    file = make(tmp_path / name, [(f"2023/{a}.xml", c) for a, c in eight] + [("readme.md", b"no filing")])
    tally = run(tmp_path / "r.jsonl", [tmp_path])

    assert (tally.checked, dict(tally.verdicts)) == (8, {"ready": 8})
    assert names(tmp_path / "r.jsonl") == sorted(f"{name}!2023/{a}.xml" for a, _ in eight)
    assert [r["file"] for r in records(tmp_path / "r.jsonl")] == [str(file)] * 8


def test_a_draft_in_a_folder_is_checked_as_of_today(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "seed.form4.json").write_text(json.dumps(draft("seed")), encoding="utf-8")
    run(tmp_path / "r.jsonl", [tmp_path / "in"])

    assert [r["as_of"] for r in records(tmp_path / "r.jsonl")] == ["2026-11-27"]


def test_of_two_members_of_one_name_the_last_is_the_file(tmp_path: Path, eight: Filings) -> None:
    file = tar(tmp_path / "a.tar", [("a.xml", b"<broken"), ("a.xml", eight[0][1])])
    tally = run(tmp_path / "r.jsonl", [file, file])

    assert (tally.checked, dict(tally.verdicts)) == (1, {"ready": 1})


# ---- one bad file


def test_a_bad_file_is_a_record_and_never_stops_the_rest(
    tmp_path: Path, filings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filings / "bad.xml").write_bytes(b"<ownershipDocument>")
    (filings / "bug.xml").write_bytes((next(filings.glob("0*.xml"))).read_bytes())
    real = intake.report_of_intake

    def fail(opened: intake.Intake, *rest: Any) -> Any:
        if opened.file.endswith("bug.xml"):
            raise ZeroDivisionError
        return real(opened, *rest)

    monkeypatch.setattr(check_batch, "report_of_intake", fail)
    tally = run(tmp_path / "r.jsonl", [filings, tmp_path / "gone.xml"])
    folder = tmp_path / "r.jsonl"

    assert (tally.checked, tally.bugs, dict(tally.verdicts)) == (11, 1, {"ready": 8, "unreadable": 3})
    assert [m.split()[0] for m in messages(one(folder, "bad.xml"))] == ["DOC-023"]
    assert messages(one(folder, "gone.xml")) == [
        "DOC-022 There is no file of this name. Check the name and the folder."
    ]
    assert one(folder, "bug.xml")["bug"].startswith("ZeroDivisionError at test_check_many.py:")


def test_a_file_that_ends_its_workers_is_found_and_recorded(tmp_path: Path, filings: Path) -> None:
    killer = sorted(filings.iterdir())[4]
    tally = run(tmp_path / "r.jsonl", [filings], 8, here(killer.name))

    assert dict(tally.verdicts) == {"ready": 7, "unreadable": 1}
    assert messages(one(tmp_path / "r.jsonl", killer.name)) == [
        "DOC-022 Every worker that read this file ended before it was checked. Check the file by itself: form4 check FILE."
    ]
    tally = run(tmp_path / "r.jsonl", [filings])
    assert (tally.checked, dict(tally.verdicts)) == (1, {"ready": 8})


def test_workers_that_are_gone_are_not_waited_for(
    tmp_path: Path, filings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_run, "_PATIENCE", 0)

    def gone() -> None:
        raise Form4Error("Gone", remedy="Start them")

    nothing = Workers(lambda _batch, _terms: Future(), room=lambda: 1, look_after=gone)
    with pytest.raises(Form4Error, match="Gone"):
        run(tmp_path / "r.jsonl", [filings], 8, nothing)


def broken_tar(folder: Path, eight: Filings) -> Path:
    """A damaged header after the second member: the library takes it for the end."""
    file = tar(folder / "broken.tar", [(f"{a}.xml", c) for a, c in eight[:4]])
    with tarfile.open(file) as made:
        third = made.getmembers()[2].offset
    content = bytearray(file.read_bytes())
    content[third : third + 100] = b"\xff" * 100
    file.write_bytes(content)
    return file


def test_an_archive_with_a_damaged_header_is_read_up_to_it_and_says_so(
    tmp_path: Path, eight: Filings
) -> None:
    file = broken_tar(tmp_path, eight)
    tally = run(tmp_path / "r.jsonl", [file])

    assert dict(tally.verdicts) == {"ready": 2, "unreadable": 1}
    assert messages(one(tmp_path / "r.jsonl", "broken.tar"))[0].startswith(
        "DOC-022 This archive cannot be read: it is damaged at byte "
    )


def test_a_truncated_and_a_foreign_archive_are_records(tmp_path: Path, eight: Filings) -> None:
    whole = tar(tmp_path / "a.tar", [(f"{a}.xml", c) for a, c in eight])
    (tmp_path / "cut.tar").write_bytes(whole.read_bytes()[:9000])
    (tmp_path / "text.zip").write_bytes(b"not an archive")
    (tmp_path / "text.tar").write_bytes(b"not an archive")
    (tmp_path / "cut.tar.gz").write_bytes(gzip.compress(whole.read_bytes())[:4000])
    whole.unlink()
    run(tmp_path / "r.jsonl", [tmp_path])

    assert {
        f"{Path(r['file']).name}: {messages(r)[0]}"
        for r in records(tmp_path / "r.jsonl")
        if r["member"] is None
    } == {
        "cut.tar: DOC-022 This archive cannot be read: unexpected end of data. Copy or download it again.",
        (
            "cut.tar.gz: DOC-022 This archive cannot be read: Compressed file ended before the end-of-stream marker"
            " was reached. Copy or download it again."
        ),
        "text.tar: DOC-022 This archive cannot be read: truncated header. Copy or download it again.",
        "text.zip: DOC-022 This archive cannot be read: File is not a zip file. Copy or download it again.",
    }


def test_links_names_that_lead_elsewhere_and_encrypted_members_reach_nothing(
    tmp_path: Path, eight: Filings
) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_bytes(eight[0][1])
    with tarfile.open(tmp_path / "a.tar", "w") as out:
        link = tarfile.TarInfo("link.xml")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside)
        out.addfile(link)
        above = tarfile.TarInfo("../../above.xml")
        above.size = len(eight[0][1])
        out.addfile(above, io.BytesIO(eight[0][1]))
    locked = zipped(tmp_path / "b.zip", [("a.xml", eight[0][1])])
    content = bytearray(locked.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(content)
    run(tmp_path / "r.jsonl", [tmp_path / "a.tar", locked])

    assert messages(one(tmp_path / "r.jsonl", "link.xml")) == [
        "DOC-022 This member is a link or a file with holes. Put the file itself into the archive."
    ]
    assert one(tmp_path / "r.jsonl", "../../above.xml")["verdict"] == "ready"
    assert not (tmp_path.parent / "above.xml").exists()
    assert messages(one(tmp_path / "r.jsonl", "a.xml")) == [
        "DOC-022 This member is encrypted. Put the file into the archive without a password."
    ]


def test_a_member_is_read_up_to_the_bound_of_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    files = [
        tar(tmp_path / "a.tar.gz", [("a.xml", b" " * 10**6)]),
        zipped(tmp_path / "a.zip", [("a.xml", b" " * 10**6)]),
    ]
    for file in files:
        with archive.open_archive(file) as opened:
            (member,) = opened.members()
            assert (member.size, len(opened.content(member))) == (10**6, 1001)


def test_an_archive_has_a_bound_of_members_and_of_headers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    many = tar(tmp_path / "a.tar", [(f"{n}.xml", b"") for n in range(3)])
    long = tar(tmp_path / "b.tar.gz", [("x" * 2 * 1024 * 1024 + ".xml", b"")])
    found = list(listed_files([str(many), str(long)]))

    assert [str(f.problem) for f in found if f.problem] == [
        "This archive has more than 2 filings. Divide it into several archives.",
        "This archive cannot be read: a header is too long. Copy or download it again.",
    ]


# ---- resuming


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_run_resumes_with_what_is_new_changed_or_could_not_be_read(
    tmp_path: Path, filings: Path, eight: Filings, suffix: str
) -> None:
    folder = tmp_path / f"r{suffix}"
    missing, packed = tmp_path / "later.xml", tar(tmp_path / "a.tar", [("m.xml", eight[0][1])])
    assert run(folder, [filings, missing, packed]).checked == 10
    before = {part: part.read_bytes() for part in folder.glob("part-*")}
    again = run(folder, [filings, packed])
    assert (again.checked, again.verdicts["ready"]) == (0, 9)
    assert {part: part.read_bytes() for part in folder.glob("part-*")} == before

    missing.write_bytes(eight[0][1])
    changed = sorted(filings.iterdir())[1]
    changed.write_bytes(b"<broken")
    (filings / "new.xml").write_bytes(eight[0][1])
    tally = run(folder, [filings, missing, packed])

    assert (tally.checked, dict(tally.verdicts)) == (3, {"ready": 10, "unreadable": 1})
    assert len(names(folder)) == len(set(names(folder))) == 11
    assert one(folder, changed.name)["verdict"] == "unreadable"
    assert one(folder, "later.xml")["verdict"] == "ready"


def test_a_run_that_ends_between_two_batches_loses_and_doubles_nothing(tmp_path: Path, filings: Path) -> None:
    folder = tmp_path / "r.jsonl"
    steps = check_all(listed_files([str(filings)]), TERMS, Results(folder, RUN), here(), 3)
    assert [next(steps).checked, next(steps).checked] == [0, 3]
    del steps
    (folder / ".part-x.jsonl.abcdefgh.tmp").write_bytes(b'{"file":')

    assert run(folder, [filings]).checked == 5
    assert names(folder) == sorted(f"{file.name}!" for file in filings.iterdir())


def test_a_name_that_is_not_unicode_has_one_record_in_both_shapes(tmp_path: Path, eight: Filings) -> None:
    file = tar(tmp_path / "a.tar", [(os.fsdecode(b"caf\xe9.xml"), eight[0][1])])
    for folder in (tmp_path / "r.jsonl", tmp_path / "r.parquet"):
        assert [run(folder, [file]).checked, run(folder, [file]).checked] == [1, 0]


# ---- the folder and the command


def test_results_are_their_owners_only(tmp_path: Path, filings: Path) -> None:
    folder = tmp_path / "r.jsonl"
    run(folder, [filings])

    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert {oct(file.stat().st_mode)[-3:] for file in folder.iterdir()} == {"600"}


def test_results_of_another_run_and_other_files_are_not_added_to(tmp_path: Path) -> None:
    folder = tmp_path / "r.jsonl"
    Results(folder, RUN)
    with pytest.raises(UnreadableInput) as other:
        Results(folder, {**RUN, "as_of": "2026-01-02"})
    assert str(other.value) == (
        f"{folder} has the results of a different run: its _run.json is not that of form4 {__version__} as of 2026-01-02 with"
        " the same closed days. Name another folder."
    )
    foreign = tmp_path / "x.jsonl"
    foreign.mkdir()
    (foreign / "mine.txt").touch()
    with pytest.raises(UnreadableInput, match="has files that are not results of form4 check"):
        Results(foreign, RUN)


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_damaged_file_of_results_is_named(tmp_path: Path, filings: Path, suffix: str) -> None:
    folder = tmp_path / f"r{suffix}"
    run(folder, [filings])
    part = min(folder.glob("part-*"))
    part.write_bytes(part.read_bytes()[:-20])
    with pytest.raises(UnreadableInput) as error:
        run(folder, [filings])

    assert str(error.value) == (
        f"{part} is damaged. Remove this file and run the command again: only what it held is checked again."
    )


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(Form4Error, match=f"has form4 {__version__}; this is form4 0.0.1"):
        checked_batch((), TERMS._replace(version="0.0.1"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--dask", "tcp://h:1"], "--dask and --batch need --output FOLDER.jsonl or FOLDER.parquet"),
        (["--output", "r.csv"], "--output must end in .jsonl or .parquet, which says what is written into the folder"),
        (["--output", "r.jsonl", "--json"], "--output does not go with --json"),
        (["--output", "r.jsonl", "--register"], "--output does not go with --register"),
        (["--output", "r.jsonl", "--batch", "0"], "--batch must be 1 or more"),
        (["--output", "r.jsonl", "--dask", "h:1", "--jobs", "2"], "--jobs goes with processes on this computer; a cluster has its own workers"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "a.xml", *arguments]) == 2
    assert capsys.readouterr().err == f"form4 check: {said}. See form4 check --help.\n"


def test_nothing_to_check_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert main(["check", str(tmp_path / "in"), "--output", str(tmp_path / "r.jsonl")]) == 2
    assert capsys.readouterr().err == (
        "form4: There is no filing in what was named. Name files, folders or archives with .xml, .txt, .form4.json or"
        " .form4.yaml in them.\n"
    )
