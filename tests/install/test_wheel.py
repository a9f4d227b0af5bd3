"""The wheel does the whole work in an empty environment outside the checkout."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author import __version__
from form4_author.checks.registry import by_id

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[2]
ANSWERS = CHECKOUT / "tests" / "wizard" / "answers" / "seed.yaml"
DATA_FOLDERS = ("templates", "schemas")


@dataclass(frozen=True)
class Installation:
    """The wheel with its dependencies in an environment of its own, and an empty folder to work in."""

    python: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`form4 …` as a user types it, with no terminal."""
        command = self.python.with_name("form4")
        return self._run(str(command), *arguments)

    def module(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python -m …` in the same place."""
        return self._run(str(self.python), "-m", *arguments)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel that was built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation: set-up has installed the build backend, at the version pyproject.toml asks for.
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(
    scope="session", params=["these libraries", pytest.param("its own libraries", marks=pytest.mark.long)]
)
def installation(
    distributions: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Installation]:
    """The wheel alone beside the libraries of these tests; or as `pip install` does it, with them from the usual index."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "environment", with_pip=False)
    binaries = "Scripts" if sys.platform == "win32" else "bin"
    made = Installation(python=folder / "environment" / binaries / "python", folder=folder)
    (wheel,) = distributions.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", str(made.python), "install", "--quiet"]
    if request.param == "these libraries":
        pip += ["--no-deps", "--no-index"]
    done = made._run(*pip, "--disable-pip-version-check", str(wheel))
    assert done.returncode == 0, done.stdout + done.stderr
    if request.param == "these libraries":
        (here,) = (folder / "environment").rglob("site-packages")
        (here / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    yield made
    shutil.rmtree(folder)  # some 150 MB that pytest would keep for three runs


def data_files() -> set[str]:
    """Every template, schema and font of the checkout, relative to it."""
    found = {
        path.relative_to(CHECKOUT).as_posix()
        for folder in DATA_FOLDERS
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert all(any(name.startswith(f"{folder}/") for name in found) for folder in DATA_FOLDERS)
    return found


@pytest.mark.long
def test_the_wheel_holds_every_template_and_schema(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())

    assert {f"form4_author/_data/{name}" for name in data_files()} - held == set()
    assert "form4_author/py.typed" in held


def test_the_wheel_holds_nothing_else(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}

    data = f"form4_author-{__version__}.data"
    assert tops == {"form4_author", f"form4_author-{__version__}.dist-info", data}
    assert [name for name in names if name.startswith(data)] == [f"{data}/data/share/man/man1/form4.1"]


def test_the_wheel_holds_its_bill_of_materials(distributions: Path) -> None:
    """Each pinned library once, with the hashes by which it is installed; nothing of the moment or the machine."""
    (wheel,) = distributions.glob("*.whl")
    name = f"form4_author-{__version__}.dist-info/sboms/form4-author.cdx.json"
    text = zipfile.ZipFile(wheel).read(name).decode()
    bill = json.loads(text)

    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["metadata"]["component"]["purl"] == f"pkg:pypi/form4-author@{__version__}"
    assert set(bill) & {"serialNumber"} == set(bill["metadata"]) & {"timestamp"} == set()
    pinned: dict[str, set[str]] = {}
    for file in (CHECKOUT / ".ci" / "requirements").glob("run-*.txt"):
        for part in re.split(r"\n(?=[a-z0-9])", file.read_text(encoding="utf-8"), flags=re.IGNORECASE):
            if found := re.match(r"([a-z0-9._-]+==[^ ;]+)", part, re.IGNORECASE):
                pinned.setdefault(found[1], set()).update(re.findall(r"sha256:([0-9a-f]{64})", part))
    listed = {
        f"{each['name']}=={each['version']}": {h["content"] for h in each["externalReferences"][0]["hashes"]}
        for each in bill["components"]
    }
    assert len(listed) == len(bill["components"])
    assert listed == pinned
    assert all(listed.values())

    refs = [each["bom-ref"] for each in bill["components"]]
    used = {entry["ref"]: entry["dependsOn"] for entry in bill["dependencies"]}
    assert sorted(used) == sorted([*refs, bill["metadata"]["component"]["bom-ref"]])
    assert {each for needed in used.values() for each in needed} - set(refs) == set()
    asked = {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in tomllib.loads(
        (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]}  # fmt: skip
    own = used[bill["metadata"]["component"]["bom-ref"]]
    assert {each.removeprefix("pkg:pypi/").partition("@")[0] for each in own} == asked
    assert {each["name"] for each in bill["components"] if each["scope"] == "excluded"} >= {"hatchling"}
    assert "weasyprint" in {each["name"] for each in bill["components"] if each["scope"] == "required"}


def test_the_sdist_holds_every_template_schema_and_test(distributions: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as members:
        held = {name.partition("/")[2] for name in members.getnames()}

    assert data_files() - held == set()
    others = {
        "LICENSE",
        "Makefile",
        ".ci/setup",
        ".ci/run",
        "docs/adr/README.md",
        "tests/install/test_wheel.py",
    }
    assert others - held == set()


@pytest.mark.long
@pytest.mark.parametrize("kind", DATA_FOLDERS)
def test_the_installation_uses_its_own_data(installation: Installation, kind: str) -> None:
    question = f"from form4_author.resources import resource; print(resource({kind!r}))"
    done = installation._run(str(installation.python), "-I", "-c", question)

    assert done.stderr == ""
    assert Path(done.stdout.strip()).is_relative_to(installation.folder.resolve())


def test_both_entry_points_tell_the_version(installation: Installation) -> None:
    command, module = installation.run("--version"), installation.module("form4_author", "--version")

    assert (command.returncode, command.stdout, command.stderr) == (0, f"form4 {__version__}\n", "")
    assert (module.returncode, module.stdout, module.stderr) == (0, f"form4 {__version__}\n", "")


def test_every_rule_is_explained_with_its_example(installation: Installation) -> None:
    done = installation.run("explain", *by_id())

    assert (done.returncode, done.stderr) == (0, "")
    explained = [
        line for line in done.stdout.splitlines() if line.startswith(tuple(f"{id}  " for id in by_id()))
    ]
    assert [line.split()[0] for line in explained] == list(by_id())
    for part in ("Rejected:", "Accepted:"):
        assert done.stdout.count(f"\n{part}") == len(by_id())


@pytest.mark.long
def test_from_answers_to_packet(installation: Installation) -> None:
    """`new`, `check` and `render` outside the checkout: the same three steps a filer takes."""
    made = installation.run(
        "new", "--answers", str(ANSWERS), "--as-of", "2024-11-04", "-o", "seed.form4.json"
    )
    assert (made.returncode, made.stderr) == (0, "")

    checked = installation.run("check", "--json", "seed.form4.json")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert [file["verdict"] for file in json.loads(checked.stdout)["files"]] == ["ready"]

    rendered = installation.run("render", "seed.form4.json", "-o", "packet")
    assert (rendered.returncode, rendered.stderr) == (0, "")
    packet = installation.folder / "packet"
    expected = {
        "form4.xml",
        "form4.html",
        "form4.pdf",
        "authentication.pdf",
        "report.txt",
        "report.json",
        "manifest.json",
    }
    assert expected - {path.name for path in packet.iterdir()} == set()
    assert (packet / "form4.pdf").read_bytes().startswith(b"%PDF-")
