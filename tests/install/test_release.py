"""The container file and the workflows, checked by their parts: no engine and no GitHub is asked."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from form4_author.cli import COMMANDS
from form4_author.wire.draft_format import SCHEMA_URL
from form4_author.wire.draft_schema import draft_schema

CHECKOUT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
CONTAINER = (CHECKOUT / "Containerfile").read_text(encoding="utf-8")
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def workflow(file: Path) -> dict[str, Any]:
    """The workflow, every value as text: ``on`` stays a word."""
    made: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return made


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(file)["jobs"].values() for step in job["steps"]]


def test_the_container_has_the_system_packages_of_the_setup() -> None:
    setup = (CHECKOUT / ".ci" / "setup").read_text(encoding="utf-8").partition("if [[ $goal != run ]]")[0]
    needed = set(re.findall(r"wanted\+=\((lib\S+)\)", setup))
    (installed,) = re.findall(r"--no-install-recommends (.+?) \\\n", CONTAINER)
    assert set(installed.split()) == needed
    assert len(needed) == 3


def test_the_container_is_pinned_and_runs_as_a_user() -> None:
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert bases == ["docker.io/library/python:3.13-slim-trixie"] * 2
    lines = CONTAINER.splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER filer"]
    assert lines.index("USER filer") > max(n for n, line in enumerate(lines) if line.startswith("RUN"))
    assert lines[-1] == 'ENTRYPOINT ["form4"]'
    assert "--require-hashes --requirement .ci/requirements/run-3.13.txt" in CONTAINER


def test_what_the_container_copies_exists_and_is_all_that_a_build_needs() -> None:
    taken = [
        line[1:] for line in (CHECKOUT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    ]
    assert [name for name in taken if not (CHECKOUT / name).exists()] == []
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "form4_author",
        "templates",
        "schemas",
        "docs/form4.1",
    } <= set(taken)
    assert 'path = ".ci/bill_of_materials.py"' in project
    assert ".ci/bill_of_materials.py" in taken


def test_there_are_workflows_to_test_and_to_publish() -> None:
    assert {file.name for file in WORKFLOWS} >= {"audit.yml", "publish.yml", "test.yml"}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_asks_for_little_and_names_what_exists(file: Path) -> None:
    made = workflow(file)
    assert made["permissions"] in ({"contents": "read"}, {})
    assert [job for job, what in made["jobs"].items() if "timeout-minutes" not in what] == []
    for step in steps(file):
        if "uses" in step:
            assert PINNED.fullmatch(step["uses"]), step["uses"]
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] == "false"
        command = step.get("run", "").replace("${{ matrix.python }}", "3.13")
        for name in re.findall(r"(?<![\w/])(?:/src/)?(\.ci/[\w./-]+|tests/[\w./-]+)", command):
            assert (CHECKOUT / name).exists(), name
        for target in re.findall(r"\bmake ([a-z-]+)", command):
            assert re.search(rf"^{target}:", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)


def test_every_python_and_three_systems_are_tested() -> None:
    jobs = workflow(CHECKOUT / ".github" / "workflows" / "test.yml")["jobs"]
    declared = re.findall(
        r'"Programming Language :: Python :: (3\.\d+)"', (CHECKOUT / "pyproject.toml").read_text()
    )
    assert (
        declared
        == jobs["suite"]["strategy"]["matrix"]["python"]
        == jobs["systems"]["strategy"]["matrix"]["python"]
    )
    systems = [jobs["suite"]["runs-on"], *jobs["systems"]["strategy"]["matrix"]["system"]]
    assert [name.partition("-")[0] for name in systems] == ["ubuntu", "macos", "windows"]
    assert jobs["empty"]["strategy"]["matrix"]["debian"] == ["bookworm", "trixie"]


def test_only_a_tag_publishes_without_a_stored_token() -> None:
    made = workflow(CHECKOUT / ".github" / "workflows" / "publish.yml")
    assert made["on"] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    assert made["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert made["jobs"]["publish"]["environment"] == "pypi"
    assert made["jobs"]["publish"]["needs"] == "build"
    assert "secrets." not in (CHECKOUT / ".github" / "workflows" / "publish.yml").read_text()


def test_a_tag_of_another_version_is_not_built(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(CHECKOUT / ".ci" / "build"), str(tmp_path / "dist"), "9.9.9"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("form4 build: the tag is 9.9.9 and the version ")
    assert not (tmp_path / "dist").exists()


def test_the_editor_settings_name_the_schema_of_the_drafts() -> None:
    page = (CHECKOUT / "docs" / "editor.md").read_text(encoding="utf-8")
    settings = [
        json.loads(code) for code in re.findall(r"^```json\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    ]
    (json_schema,) = settings[0]["json.schemas"]
    assert json_schema["url"] == SCHEMA_URL == draft_schema()["$id"]
    assert settings[1]["mcpServers"]["form4"]["args"][0] in COMMANDS
