"""`form4 check --dask` on a real cluster of two worker processes, one of which is killed in the middle of the run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from distributed import Client, LocalCluster

from form4_author.cli import main
from form4_author.files.results import Results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.corpus.sample import Filings

pytestmark = [
    # Dask's own: workers that are killed, ports in use, what it leaves to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed"),
    pytest.mark.filterwarnings("ignore::UserWarning:distributed"),
]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    yield cluster.scheduler_address
    cluster.close()


@pytest.fixture
def three_kinds(tmp_path: Path, sample: Filings) -> list[str]:
    """A folder, a tar and a ZIP archive of the same 40 filings, and a file that is not well-formed."""
    folder = tmp_path / "filings"
    folder.mkdir()
    for name, content in sample[:40]:
        (folder / f"{name}.xml").write_bytes(content)
    with tarfile.open(tmp_path / "a.tar", "w") as tar, zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for file in sorted(folder.iterdir()):
            tar.add(file, file.name)
            packed.write(file, file.name)
    (tmp_path / "bad.xml").write_bytes(b"<ownershipDocument>")
    return [str(folder), *(str(tmp_path / name) for name in ("a.tar", "a.zip", "bad.xml"))]


def stored(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for part in folder.glob("part-*") for line in part.read_bytes().splitlines()]


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    scheduler: str,
    three_kinds: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The folder has the records that a run without a cluster has."""
    killed: list[int] = []
    add = Results.add

    def add_and_kill(self: Results, batch: str, records: Sequence[Mapping[str, Any]]) -> None:
        add(self, batch, records)
        if not killed:
            with Client(scheduler, set_as_default=False) as client:
                killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Results, "add", add_and_kill)
    folder, alone = tmp_path / "r.jsonl", tmp_path / "alone.jsonl"
    code = main(["check", *three_kinds, "--dask", scheduler, "--batch", "5", "--output", str(folder)])
    out = capsys.readouterr()

    assert len(killed) == 1
    assert code == 2
    assert out.out.startswith(f"{folder}: 121 files: ")
    assert out.out.endswith("1 unreadable; 121 checked in this run\n")
    assert out.err == ""
    found = Counter(json.dumps(record) for record in stored(folder))
    assert (len(found), set(found.values())) == (121, {1})
    assert main(["check", *three_kinds, "--output", str(alone)]) == 2
    assert found == Counter(json.dumps(record) for record in stored(alone))

    capsys.readouterr()
    more = shutil.copy(three_kinds[1], tmp_path / "b.tar")
    assert main(["check", *three_kinds, str(more), "--dask", scheduler, "--output", str(folder)]) == 2
    assert capsys.readouterr().out.endswith("1 unreadable; 40 checked in this run\n")
    assert len({(r["file"], r["member"]) for r in stored(folder)}) == len(stored(folder)) == 161


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://", "missing port number in address ''"),
        ("foo://127.0.0.1:8786", '"foo" is not tcp or tls'),
        ("127.0.0.1:port", "invalid literal for int() with base 10: 'port'"),
    ],
)
def test_an_address_of_no_scheduler_is_refused(
    address: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "a.xml", "--dask", address, "--output", str(tmp_path / "r.jsonl")]) == 2
    assert capsys.readouterr().err == (
        f"form4: No Dask scheduler answers at {address}: {said}. Check the address, which the scheduler prints as it starts,"
        " such as tcp://host:8786, and that it runs a version of Dask near this one.\n"
    )


def test_a_tls_address_needs_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "a.xml", "--dask", "tls://127.0.0.1:8786", "--output", str(tmp_path / "r.jsonl")]
    assert main(arguments) == 2
    assert capsys.readouterr().err == (
        "form4: A tls address needs certificates, and Dask's configuration names none. Set distributed.comm.tls.ca-file,"
        " client.cert and client.key in it.\n"
    )


@pytest.mark.long
def test_a_scheduler_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "a.xml", "--dask", "tcp://127.0.0.1:1", "--output", str(tmp_path / "r.jsonl")]) == 2
    assert capsys.readouterr().err.startswith(
        "form4: No Dask scheduler answers at tcp://127.0.0.1:1: Timed out"
    )
