"""Exit codes and standard streams: closed, full, interrupted, out of memory, names and numbers without bound."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form4_author import __version__
from form4_author.checks.example import draft
from form4_author.cli import COMMANDS, main
from form4_author.cli.boundary import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and signals as on Linux")

DRAFT: Final = "a.form4.json"
FULL: Final = "/dev/full"


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of its own with a draft and an empty register."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    monkeypatch.setenv("FORM4_TODAY", "2024-11-04")
    Path(DRAFT).write_text(json.dumps(draft("seed")), encoding="utf-8")
    return DRAFT


_BATCH: Final = """
import io, os, sys
from form4_author.cli import main

kept = os.dup(2)
for words in {words!r}:
    for stream in ("stdout", "stderr"):
        for kind in ("closed", "full"):
            number = 1 if stream == "stdout" else 2
            sys.stdout = open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
            sys.stderr = open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
            if kind == "closed":
                setattr(sys, stream, None)
            else:
                os.dup2(os.open("/dev/full", os.O_WRONLY), number)
                setattr(sys, stream, open(number, "w", encoding="utf-8", closefd=False))
            try:
                code = main(list(words))
                getattr(sys, stream).flush()
            except BaseException as error:
                code = type(error).__name__
            os.write(kept, f"{{' '.join(words)}} {{stream}} {{kind}}: {{code}}\\n".encode())
os._exit(0)
"""


def outcomes(words: list[tuple[str, ...]]) -> dict[str, str]:
    """What ``main`` came to for each command, stream and state of it, all in one process."""
    said = subprocess.run(
        [sys.executable, "-c", _BATCH.format(words=words)], capture_output=True, text=True, check=True
    )
    return dict(line.rsplit(": ", 1) for line in said.stderr.splitlines())


@pytest.mark.long
def test_help_of_every_command_on_a_closed_or_full_stream(ready: str) -> None:
    found = outcomes([("--help",), ("--version",), *((word, "--help") for word in COMMANDS)])
    assert len(found) == 4 * (len(COMMANDS) + 2)
    assert {
        name: code for name, code in found.items() if code != ("2" if "stdout full" in name else "0")
    } == {}


@pytest.mark.long
def test_every_command_on_a_closed_or_full_stream(ready: str) -> None:
    """Wrong words, a file that is not there, and work that is done: never the code of findings or of a bug."""
    wrong = [(word, "--no-such-option") for word in COMMANDS] + [("bogus",)]
    done = [("check", ready), ("rules",), ("explain", "TXN-007"), ("due", "."), ("deadline", ready),
            ("diff", ready, ready), ("person", "list"), ("register", "show"), ("settings",)]  # fmt: skip
    found = outcomes([*wrong, *done])
    assert {
        n: code for n, code in found.items() if "--no-such-option" in n or "bogus" in n if code != "2"
    } == {}
    assert {n: code for n, code in found.items() if "stdout full" in n and code != "2"} == {}
    assert {n: code for n, code in found.items() if code not in ("0", "2")} == {}


@pytest.mark.parametrize(
    "closed", [">&-", "2>&-", ">&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"]
)
def test_the_program_itself_on_closed_and_full_streams(ready: str, closed: str) -> None:
    command = f"{sys.executable} -m form4_author bogus {closed}"
    assert subprocess.run(["/bin/sh", "-c", command], check=False).returncode == 2


# ---- interrupted


def test_an_interrupt_within_the_answer_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    held = []

    class Again:
        """A standard error on which Ctrl-C is pressed while it is written to."""

        def write(self, text: str) -> int:
            os.kill(os.getpid(), signal.SIGINT)
            held.append(text)
            return len(text)

        def flush(self) -> None:
            return

    def stopped() -> int:
        sys.stderr = Again()
        raise KeyboardInterrupt

    before, kept = signal.getsignal(signal.SIGINT), sys.stderr
    try:
        assert bounded(stopped) == 2
    finally:
        sys.stderr = kept
    assert held == ["form4: stopped; every answer so far is saved.\n"]
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_while_a_module_is_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_name: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("importlib.import_module", interrupted)
    assert main(["check", "x"]) == 2
    assert capsys.readouterr().err == "form4: stopped; every answer so far is saved.\n"


def test_an_interrupt_before_the_boundary_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopping(dict[str, object]):
        """The loaded modules, of which one is being asked for when Ctrl-C is pressed."""

    def interrupted(*_arguments: object, **_named: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("form4_author.cli.boundary.bounded", interrupted)
    assert main(["--version"]) == 2


@pytest.mark.long
@pytest.mark.parametrize("part", range(12))
def test_an_interrupt_at_any_moment(ready: str, part: int) -> None:
    """Ctrl-C at the n-th line that Python runs, from the first of ours to the last."""
    code = (
        "import os, signal, sys\n"
        f"left = [{50 + part * 4000}]\n"
        "def line(frame, event, _):\n"
        "    left[0] -= 1\n"
        "    if left[0] == 0: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return line\n"
        "from form4_author.cli import main\n"
        "sys.settrace(line)\n"
        f"sys.exit(main(['check', {ready!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


# ---- memory


def test_memory_at_its_end_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    def greedy() -> int:
        raise MemoryError

    assert bounded(greedy) == 2
    said = "form4: there is not enough memory for this file. Close other programs and try again.\n"
    assert capsys.readouterr().err == said


def test_memory_at_its_end_while_a_library_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    def loading() -> int:
        raise ImportError("libxml2.so.16: failed to map segment from shared object")

    assert bounded(loading) == 2
    said = "form4: there is not enough memory for this file. Close other programs and try again.\n"
    assert capsys.readouterr().err == said


def test_memory_at_its_end_before_the_boundary_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_arguments: object) -> int:
        raise MemoryError

    monkeypatch.setattr("form4_author.cli.boundary.bounded", greedy)
    assert main(["--version"]) == 2


@pytest.mark.long
@pytest.mark.parametrize("step", range(10))
def test_memory_by_a_limit_in_ten_steps(ready: str, step: int) -> None:
    """From a limit at which Python hardly starts to one that is enough: 0 or 2, or Python's own refusal to start."""
    Path("big.xml").write_text(
        "<ownershipDocument>" + "<b/>" * 300_000 + "</ownershipDocument>", encoding="ascii"
    )
    limit = (60 + step * 45) << 20
    code = (
        "import resource, sys\n"
        "from form4_author.cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))\n"
        "sys.exit(main(['check', '--quiet', 'big.xml']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "this is a bug" not in done.stderr
    assert done.returncode in (1, 2), done.stderr
    assert done.returncode == 2 or "big.xml: " in done.stdout


CCCS: Final = "1626115 abcdef1$\n1107843 abcdef1$\n"
OTHERS: Final = {
    "pack": ["pack", DRAFT, "--test", "-o", "e.xml", "--ccc-fd", "0"],
    "verify": ["verify", "packet"],
    "edit": ["edit", DRAFT, "--answers", "q.yaml"],
    "import": ["import", "a.xml"],
    "render": ["render", DRAFT, "-o", "out", "--only", "xml,html,report"],
}
"""Commands beside ``check``, each with a draft, a packet, a filing and answers in its folder."""


def ended(command: str, before: str) -> int:
    """How a command ends in a process that runs these lines first; its draft stays whole and nothing is a bug."""
    from form4_author.wire.filing import filing_from
    from form4_author.wire.write import write_document

    if not Path("packet").exists():
        assert main(["render", DRAFT, "-o", "packet", "--only", "xml,report"]) == 0
    Path("a.xml").write_bytes(write_document(filing_from(draft("seed"))[0]))
    Path("q.yaml").write_text("- review: q\n", encoding="utf-8")
    Path(DRAFT).write_text(json.dumps(draft("seed")), encoding="utf-8")
    code = f"import sys\nfrom form4_author.cli import main\n{before}\nsys.exit(main({OTHERS[command]!r}))\n"
    done = subprocess.run(
        [sys.executable, "-c", code], input=CCCS, capture_output=True, text=True, check=False
    )
    assert "this is a bug" not in done.stderr
    # What Python calls back between two lines can't be interrupted: it says "Exception ignored in" and goes on.
    assert "Traceback" not in done.stderr or done.stderr.startswith("Exception ignored in")
    assert json.loads(Path(DRAFT).read_text(encoding="utf-8"))["owners"] == draft("seed")["owners"]
    return done.returncode


@pytest.mark.long
@pytest.mark.parametrize("command", OTHERS)
def test_memory_of_other_commands_by_a_limit_in_ten_steps(ready: str, command: str) -> None:
    """From two megabytes more than a command begins with to more than any of these needs."""
    codes = [
        ended(
            command,
            "import re, resource\n"
            "size = int(re.search(r'VmSize:\\s+([0-9]+)', open('/proc/self/status').read())[1]) << 10\n"
            f"resource.setrlimit(resource.RLIMIT_AS, (size + ({2 + step * 40} << 20),) * 2)",
        )
        for step in range(10)
    ]
    assert set(codes) <= {0, 1, 2}
    assert codes[0] == 2


@pytest.mark.long
@pytest.mark.parametrize("command", OTHERS)
def test_an_interrupt_of_other_commands(ready: str, command: str) -> None:
    """Ctrl-C at the n-th line that Python runs."""
    for number in range(50, 90_000, 9_000):
        code = ended(
            command,
            f"import os, signal\nleft = [{number}]\n"
            "def line(frame, event, _):\n"
            "    left[0] -= 1\n"
            "    if left[0] == 0: os.kill(os.getpid(), signal.SIGINT)\n"
            "    return line\n"
            "sys.settrace(line)",
        )
        assert code in (0, 1, 2), number


# ---- names that are no text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check"], 0), (["check", "--json"], 0), (["check", "--sarif"], 0),
        (["render", "--only", "xml,html,report", "-o", "out"], 0), (["diff", DRAFT], 0),
        (["deadline"], 0), (["due"], 0), (["due", "--ics", "due.ics"], 0), (["import", "-o", "n.form4.json"], 2),
        (["amend", "-o", "am.form4.json"], 2)
    ],
)  # fmt: skip
def test_a_name_that_is_no_utf_8(
    ready: str, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode(b"bad\xff.form4.json")
    shutil.copy(ready, name)
    main([*words, *([] if words[0] == "due" else [name])])
    said = capsys.readouterr()
    assert "this is a bug" not in said.err
    assert "Traceback" not in said.err
    assert main([*words, *([] if words[0] == "due" else [name])]) == code
    (said.out + said.err).encode("utf-8")


# ---- dates and digits


@pytest.mark.long
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "words",
    [
        ["check", DRAFT, "--as-of"], ["due", ".", "--as-of"], ["deadline", DRAFT, "--as-of"], ["deadline", "--event"],
        ["deadline", "--form", "5", "--event"], ["deadline", "--form", "3", "--event"],
        ["filed", DRAFT, "--accession", "0001107843-26-000001", "--on"], ["shortswing", DRAFT, "--as-of"],
        ["holdings", "1626115", "1107843", "--as-of"], ["render", DRAFT, "-o", "o", "--only", "report", "--as-of"],
    ],
)  # fmt: skip
def test_the_first_and_last_day_that_dates_hold(
    ready: str, words: list[str], day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, day]) in (0, 1, 2)
    assert "this is a bug" not in capsys.readouterr().err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_every_date_of_a_form_is_the_last_that_there_is(
    ready: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(draft("seed")).replace("2024-11-01", day).replace("2024-11-04", day)
    Path(ready).write_text(text, encoding="utf-8")
    for words in (["check"], ["deadline"], ["render", "-o", "o", "--only", "xml,html,report"], ["import", "-o", "i.form4.json"],
                  ["shortswing"], ["diff", ready]):  # fmt: skip
        assert main([*words, ready]) in (0, 1, 2)
    assert main(["due", "."]) == 0
    said = capsys.readouterr()
    assert "this is a bug" not in said.err
    assert "failed inside form4" not in said.out


DIGITS: Final = "1" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ["check", DRAFT, "--as-of", DIGITS], ["person", "show", DIGITS], ["person", "add", "--cik", DIGITS], ["issuer", "show", DIGITS],
        ["poa", "show", DIGITS], ["poa", "remove", DIGITS], ["holdings", DIGITS, DIGITS], ["holdings", "1626115", "1107843", "--line", DIGITS],
        ["holdings", "1626115", "1107843", "--why", DIGITS], ["filed", DRAFT, "--accession", DIGITS],
        ["filed", DRAFT, "--accession", f"{DIGITS}-26-{DIGITS}"], ["explain", DIGITS], ["explain", f"TXN-{DIGITS}"],
        ["amend", DRAFT, "--only", DIGITS], ["preview", DRAFT, "--port", DIGITS], ["settings", "packets.folder", DIGITS],
        ["shortswing", DRAFT, "--buy", f"P {DIGITS} @ {DIGITS}"], ["pack", DRAFT, "--test", "--ccc-fd", DIGITS, "-o", "x"],
        ["new", "--form", DIGITS], ["batch", DIGITS], [DIGITS], ["footnote", "show", DIGITS], ["issuer", "add", "--cik", DIGITS],
        ["holdings", "split", "--ratio", f"{DIGITS}:{DIGITS}"],
    ],
)  # fmt: skip
def test_thousands_of_digits_in_an_option(
    ready: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) in (0, 1, 2)
    assert "this is a bug" not in capsys.readouterr().err


def test_thousands_of_digits_in_each_value_of_a_draft(ready: str, capsys: pytest.CaptureFixture[str]) -> None:
    def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
        inner = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, each in inner:
            yield from places(each, (*path, key))
        if not isinstance(value, (dict, list)):
            yield path

    whole = draft("seed")
    for place in places(whole):
        data = json.loads(json.dumps(whole))
        at = data
        for step in place[:-1]:
            at = at[step]
        at[place[-1]] = DIGITS
        Path(ready).write_text(json.dumps(data), encoding="utf-8")
        assert main(["check", ready]) in (0, 1, 2), place
        said = capsys.readouterr()
        assert "failed inside form4" not in said.out, place
        assert "this is a bug" not in said.err, place


# ---- a bug of ours


def test_a_bug_is_described_in_a_file_without_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("FORM4_TRACEBACK", raising=False)

    def broken() -> int:
        try:
            return int("Secret Person")
        except ValueError as error:
            raise ZeroDivisionError("zq7x@k9w") from error

    assert bounded(broken) == 3
    (file,) = (tmp_path / "cache" / "form4-author" / "bugs").iterdir()
    assert capsys.readouterr().err == (
        f"form4: this is a bug in form4 {__version__} (ZeroDivisionError); nothing was filed or lost. Where it happened is in {file},"
        " without any value of a form: report that file.\n"
    )
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0].startswith(f"form4 {__version__}, Python 3.")
    assert [line for line in lines if line and not line.startswith(" ")][1:] == [
        "ValueError",
        "ZeroDivisionError",
    ]
    assert any(
        line.startswith("  form4_author/cli/boundary.py:") and line.endswith(" in bounded") for line in lines
    )
    assert [word for word in ("Secret", "zq7x", str(tmp_path), str(Path.home())) if word in text] == []
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_bug_without_a_folder_for_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def broken() -> int:
        raise ZeroDivisionError

    assert bounded(broken) == 3
    assert capsys.readouterr().err.endswith(
        "Run the command again with FORM4_TRACEBACK=1 set and report what it prints.\n"
    )


def test_the_last_reports_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from form4_author.cli import bug

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(bug, "MOST_REPORTS", 3)
    folder = bug.reports_folder()
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"bug-2024010{number}-000000-1.txt").write_text("old")
    saved = bug.saved_report(ZeroDivisionError())
    assert [file.name for file in bug.reports()[:-1]] == [
        "bug-20240103-000000-1.txt",
        "bug-20240104-000000-1.txt",
    ]
    assert bug.reports()[-1] == saved
