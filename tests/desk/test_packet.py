"""`form4 render` and `form4 import`: what is left behind, what is withheld, what is told."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from form4_author.checks.example import draft, edited
from form4_author.cli import main
from form4_author.files.draft_file import load
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.packets import packets_in
from tests.signing.signatory import in_every_place

SIGNED = "2024-11-04"
FIXTURES = Path(__file__).parents[1] / "corpus"


def written(folder: Path, data: dict[str, Any], name: str = "d.form4.json") -> str:
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_whole_packet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = written(tmp_path, draft("seed")), tmp_path / "packet"
    assert main(["render", file, "-o", str(folder), "--as-of", SIGNED]) == 0
    assert names(folder) == {
        "form4.xml",
        "form4.html",
        "form4.pdf",
        "authentication.pdf",
        "next-steps.txt",
        "report.txt",
        "report.json",
        "manifest.json",
    }
    assert capsys.readouterr().out == (
        f"{file}: ready (Form 4, X0609): no findings\n"
        f"Written to {folder}: form4.xml, form4.html, form4.pdf, authentication.pdf, report.txt, report.json, "
        "next-steps.txt, manifest.json\n"
    )
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names(folder) - {"manifest.json"}
    }
    xml = (folder / "form4.xml").read_bytes()
    assert hashlib.sha256(xml).hexdigest() in (folder / "form4.html").read_text()
    assert (
        read_document(xml).filing.signatures[0].name
        == "/s/ Bruce Posey by power of attorney for Sumedh S. Thakar"
    )


def test_a_packet_is_named_after_its_filing_when_no_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = packets_in(tmp_path / "packets", monkeypatch)
    assert main(["render", written(tmp_path, draft("seed"), "seed.form4.json"), "--as-of", SIGNED]) == 0
    assert names(tmp_path) == {"seed.form4.json", "packets"}
    assert names(place) == {"2024-11-01 Thakar QLYS Form 4 (tax withholding)"}
    assert "form4.xml" in names(place / "2024-11-01 Thakar QLYS Form 4 (tax withholding)")


def test_findings_withhold_the_xml_and_an_older_one_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "packet"
    good, bad = (
        written(tmp_path, draft("seed")),
        written(tmp_path, edited("delete period_of_report"), "bad.json"),
    )
    main(["render", good, "-o", str(folder), "--only", "xml", "--as-of", SIGNED])
    capsys.readouterr()
    assert main(["render", bad, "-o", str(folder), "--only", "xml,html,report", "--as-of", SIGNED]) == 1
    assert names(folder) == {"form4.html", "report.txt", "report.json", "manifest.json"}
    assert 'class="draft-mark"' in (folder / "form4.html").read_text()
    out = capsys.readouterr().out
    assert "SUSPENSE DOC-032  box 3, Date of Earliest Transaction\n" in out
    assert "No XML was made: the findings above block. The page and the PDF are marked DRAFT.\n" in out


def test_a_signed_packet_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = written(tmp_path, draft("seed")), tmp_path / "packet"
    words = ["render", file, "-o", str(folder), "--only", "xml,papers", "--as-of", SIGNED]
    assert main(words) == 0
    paper = folder / "authentication.pdf"
    paper.write_bytes(in_every_place(paper.read_bytes(), datetime(2024, 11, 4, 21, tzinfo=UTC)))
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    capsys.readouterr()
    assert main(words) == 2
    assert capsys.readouterr().err == (
        f"form4: {paper} is signed, and a new packet would replace it. "
        "Write to a different folder, or move the signed packet first.\n"
    )
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_papers_of_an_earlier_run_go_with_its_signatories(tmp_path: Path) -> None:
    folder = tmp_path / "packet"
    folder.mkdir()
    (folder / "authentication-2.pdf").write_bytes(b"%PDF-1.7")
    file = written(tmp_path, draft("seed"))
    assert main(["render", file, "-o", str(folder), "--only", "papers", "--as-of", SIGNED]) == 0
    assert names(folder) == {"authentication.pdf", "manifest.json"}


def test_an_attachment_lies_in_the_packet_under_a_name_that_edgar_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    power = tmp_path / "POA of S. Thakar.TXT"
    power.write_bytes(
        b"Sumedh S. Thakar appoints Bruce Posey to sign Forms 3, 4 and 5; it holds until revoked."
        b"\n/s/ Sumedh S. Thakar\n"
    )
    data = edited("remarks = Exhibit List: EX-24 - Power of Attorney")
    file, folder = written(tmp_path, data), tmp_path / "packet"
    words = ["render", file, "-o", str(folder), "--only", "xml", "--as-of", SIGNED, "--attach", str(power)]
    assert main(words) == 0
    assert names(folder) == {"form4.xml", "ex24-poaofsthakar.txt", "manifest.json"}
    assert (folder / "ex24-poaofsthakar.txt").read_bytes() == power.read_bytes()
    assert "no findings" in capsys.readouterr().out


def test_a_view_of_an_older_edition_is_made_even_when_findings_block(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = (
        written(tmp_path, edited("aff10b5_one = true; footnotes = []; non_derivative[0].amount = 7007")),
        tmp_path / "v",
    )
    words = [
        "render",
        file,
        "-o",
        str(folder),
        "--only",
        "xml",
        "--profile",
        "public",
        "--edition",
        "X0306",
        "--as-of",
        SIGNED,
    ]
    assert main(words) == 1
    assert (folder / "form4.xml").read_bytes().count(b"<schemaVersion>X0306</schemaVersion>") == 1
    assert (
        "Left out because this edition has no field for it: Rule 10b5-1(c) box\n" in capsys.readouterr().out
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "size"),
    [([], (792, 612)), (["--paper", "letter"], (792, 612)), (["--paper", "a4"], (842, 595))],
)
def test_the_paper_is_the_filers_choice(tmp_path: Path, words: list[str], size: tuple[int, int]) -> None:
    file, folder = written(tmp_path, draft("seed")), tmp_path / "p"
    assert main(["render", file, "-o", str(folder), "--only", "pdf", "--as-of", SIGNED, *words]) == 0
    (page,) = PdfReader(folder / "form4.pdf").pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--only", "xml,jpg"],
            "form4 render: argument --only: jpg: choose from xml, html, pdf, papers, report. See form4 render --help.\n",
        ),
        (
            ["--edition", "X0508"],
            "form4 render: --edition goes with --profile public; what is sent carries no edition.\n",
        ),
    ],
)
def test_wrong_usage_of_render(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["render", written(tmp_path, draft("seed")), "-o", str(tmp_path / "p"), *words]) == 2
    assert capsys.readouterr().err == told


def test_an_unknown_edition_lists_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "render",
        written(tmp_path, draft("seed")),
        "-o",
        str(tmp_path / "p"),
        "--profile",
        "public",
        "--edition",
        "X0999",
    ]
    assert main(words) == 2
    assert capsys.readouterr().err.startswith(
        'form4: "X0999" is not an edition this version knows. Use one of X0101, '
    )


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.xml")
    assert main(["render", missing, "-o", str(tmp_path / "p")]) == 2
    assert (
        capsys.readouterr().err
        == f"form4: {missing}: There is no file of this name. Check the name and the folder.\n"
    )


def test_a_public_document_is_viewed_in_its_own_edition(tmp_path: Path) -> None:
    source = min(FIXTURES.glob("*.xml"))
    folder = tmp_path / "view"
    main(["render", str(source), "-o", str(folder), "--only", "xml", "--profile", "public"])
    (made,) = folder.glob("form*.xml")
    assert read_document(made.read_bytes()).filing == read_document(source.read_bytes()).filing


@pytest.mark.parametrize("source", sorted(FIXTURES.glob("*.xml")), ids=lambda p: p.stem)
def test_import_keeps_what_was_filed(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "d.form4.json"
    assert main(["import", str(source), "-o", str(target)]) == 0
    filed = read_document(source.read_bytes()).filing
    assert write_document(filing_from(load(target).data)[0]) == write_document(filed)
    assert capsys.readouterr().out.endswith(
        f"{target}: Form {filed.form} ({filed.edition}) as a draft. Next: form4 edit {target}\n"
    )


def test_import_tells_what_it_leaves_behind_and_never_the_ccc(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    xml = write_document(filing_from(draft("seed"))[0])
    source, target = tmp_path / "f.xml", tmp_path / "d.form4.json"
    source.write_bytes(
        xml.replace(b"</rptOwnerCik>", b"</rptOwnerCik>\n<rptOwnerCcc>ab1$cd2#</rptOwnerCcc>").replace(
            b"<remarks>", b"<x/><remarks>"
        )
    )
    assert main(["import", str(source), "-o", str(target)]) == 0
    out = capsys.readouterr().out
    assert "Not imported: line 16: This file contains a CCC; it is not saved or shown here\n" in out
    assert "ab1$cd2#" not in out + target.read_text()


def test_import_replaces_a_draft_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = min(FIXTURES.glob("*.xml"))
    target = Path(written(tmp_path, draft("seed")))
    assert main(["import", str(source), "-o", str(target)]) == 2
    assert (
        capsys.readouterr().err
        == f"form4: {target} is already there. Choose another name, or give --force to replace it.\n"
    )
    assert main(["import", str(source), "-o", str(target), "--force"]) == 0
