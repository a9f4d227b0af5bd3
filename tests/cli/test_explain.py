"""`form4 explain`, `form4 rules`, `form4 doctor`."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author import codes
from form4_author.checks.registry import rules
from form4_author.cli import doctor, library, main
from form4_author.errors import ResourceMissing
from form4_author.findings import Severity, Verdict
from tests.offenders import offenders

if TYPE_CHECKING:
    from form4_author.checks.base import Rule


_PARTS = ("Why:", "Fix:", "Silent:", "Rejected:", "Accepted:", "Source:", "Enforced:")


def test_every_rule_is_explained_with_all_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    def fault(rule: Rule) -> str:
        code = main(["explain", rule.id])
        out = capsys.readouterr().out
        faults = [
            f"ends with {code}" if code != 0 else "",
            f"begins with {out[:20]!r}" if not out.startswith(f"{rule.id}  ") else "",
            *(f"{part} is missing" for part in _PARTS if f"\n{part}" not in out),
            *(f"too wide: {line}" for line in out.splitlines() if len(line) > 80 and "http" not in line),
        ]
        return ", ".join(fault for fault in faults if fault)

    found = offenders([(rule.id, rule) for rule in rules()], fault)

    assert found == [], "\n".join(found)


@pytest.mark.parametrize("code", [*codes.transaction_codes(), *codes.printed_flags()])
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code.lower()]) == 0
    assert capsys.readouterr().out.startswith(f"Code {code}\n\n")


@pytest.mark.parametrize("word", [*Severity, *Verdict])
def test_every_word_of_a_report_is_explained(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word.upper()]) == 0
    assert capsys.readouterr().out.startswith(f"{word}\n\n")


def test_a_word_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "suspense"])
    assert capsys.readouterr().out == (
        "suspense\n\nEDGAR would suspend the filing. It must be corrected and cannot be overridden.\n"
    )
    main(["explain", "note", "--json"])
    assert json.loads(capsys.readouterr().out) == [
        {"name": "note", "meaning": "Worth a look. It does not block filing."}
    ]


def test_a_gift_is_due_by_its_direction(capsys: pytest.CaptureFixture[str]) -> None:
    """Release 33-11138: a gift disposed of is due in two business days, one received may wait."""
    assert main(["explain", "G"]) == 0
    assert (
        " ".join(capsys.readouterr().out.split())
        .partition("Due: ")[2]
        .startswith(
            "Disposed of: Form 4, by the end of the second business day. Acquired: Form 5; on a Form 4 earlier if the filer"
            " wishes (prints V) Source:"
        )
    )


def test_a_code_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "F"])
    assert capsys.readouterr().out == (
        "Code F\n\n"
        "Payment of exercise price or tax liability by delivering or withholding\n"
        "securities incident to the receipt, exercise or vesting of a security issued in\n"
        "accordance with Rule 16b-3.\n"
        "Group:    Rule 16b-3\n"
        "Table I:  (D)\n"
        "Table II: (D)\n"
        "Due:      Form 4, by the end of the second business day\n"
        "Who:      Based on Rule 16b-3, which covers dealings between the issuer and its\n"
        "          officers or directors.\n"
        "Source:   SEC, Ownership Form Codes; Form 4, Instr. 8\n"
    )


def test_a_rule_on_general_knowledge_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    knowing = next(r for r in rules() if any(c.general_knowledge for c in r.cites))
    main(["explain", knowing.id])
    assert "\nNote:     Based in part on general knowledge of practice" in capsys.readouterr().out


def test_an_unknown_name_is_a_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "TXN-700"]) == 2
    err = capsys.readouterr().err
    assert err.startswith('form4: "TXN-700" is not a rule or a transaction code. Close: TXN-0')
    assert main(["explain", "?"]) == 2
    assert "Codes: P S A D F I M C E H O X G L W Z J U" in capsys.readouterr().err


def test_explanations_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json", "TXN-007", "F", "V"]) == 0
    rule, code, flag = json.loads(capsys.readouterr().out)
    assert (rule["id"], rule["severity"], rule["enforced_by"]) == ("TXN-007", "error", "rule")
    assert rule["rejected"] == "non_derivative[0].acquired_disposed = A"
    assert (code["code"], code["table_1"]) == ("F", ["D"])
    assert flag == {
        "code": "V",
        "name": "Transaction voluntarily reported earlier than required",
        "sent_as": "transactionFormType 5 on a Form 4",
    }


def test_rules_are_listed_by_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == sorted(listed)
    assert listed == [r.id for r in rules()]
    assert main(["rules", "--json"]) == 0
    assert [r["id"] for r in json.loads(capsys.readouterr().out)] == listed


def test_the_doctor_finds_everything_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    found = dict(line.split(maxsplit=2)[1:] for line in capsys.readouterr().out.splitlines())
    assert (
        found["schemas"]
        == "X0306, X0508, X0609; current: X0607, X0609; the SEC's own: none, see form4 schema"
    )
    assert set(found) >= {"form4", "python", "lxml", "weasyprint", "fonts", "schemas", "drafts"}


def test_the_doctor_names_what_mends_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise ResourceMissing("The PDF needs the Pango library", remedy="apt-get install libpango-1.0-0")

    monkeypatch.setattr("form4_author.page.pdf.weasyprint_version", missing)
    monkeypatch.setattr(doctor, "LIBRARIES", {"no_such_library": "does nothing"})
    monkeypatch.setattr("sys.executable", "/usr/bin/python3")
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert (
        'MISSING  no_such_library does nothing; to install it: "/usr/bin/python3" -m pip install --force-reinstall '
        "form4-author\n"
    ) in out
    assert (
        "MISSING  weasyprint   The PDF needs the Pango library. To install it: brew install pango.\n" in out
    )
    assert main(["doctor", "--json"]) == 1
    assert {f["name"]: f["good"] for f in json.loads(capsys.readouterr().out)}["weasyprint"] is False


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "sudo apt-get install"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt-get install"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install pango"),
        ({"ID": "opensuse-leap"}, "sudo zypper install"),
        ({"ID": "arch"}, "sudo pacman -S pango"),
        ({"ID": "alpine"}, "sudo apk add pango"),
    ],
)
def test_pango_is_installed_as_the_distribution_does(
    release: dict[str, str], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    assert library.pango_words().startswith(command)


def test_an_unknown_distribution_is_given_the_packages_of_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.freedesktop_os_release", unknown)
    assert library.pango_words().endswith(" (the packages of Debian; other systems name them differently)")
    monkeypatch.setattr("platform.system", lambda: "Windows")
    assert "mingw-w64-x86_64-pango" in library.pango_words()


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/x/.local/share/pipx/venvs/form4-author", 'pipx install --force "form4-author[chart]"'),
        (
            r"C:\Users\x\AppData\Roaming\uv\tools\form4-author",
            'uv tool install --reinstall "form4-author[chart]"',
        ),
        ("/srv/form4/.venv", '"/bin/python" -m pip install "form4-author[chart]"'),
    ],
)
def test_an_extra_is_installed_as_form4_was(
    prefix: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.prefix", prefix)
    monkeypatch.setattr("sys.executable", "/bin/python")
    assert library.install_words("chart") == command


def test_a_missing_extra_is_named_with_what_needs_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "installed", lambda name: "" if name == "mcp" else "1.0")
    monkeypatch.setattr("sys.executable", "/bin/python")
    assert main(["doctor"]) == 0
    assert (
        'ok       agents       not installed; needed for form4 mcp: "/bin/python" -m pip install "form4-author[mcp]"\n'
    ) in capsys.readouterr().out


def test_every_dependency_is_examined() -> None:
    """Each of pyproject.toml, apart from what has an examination of its own or only Windows needs."""
    asked = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "dependencies"
    ]
    names = {re.split(r"[^A-Za-z0-9-]", each)[0].lower() for each in asked}
    assert names - {name.lower() for name in library.LIBRARIES} == {"weasyprint", "tzdata"}


def test_the_sources_of_every_rule_are_listed_with_what_is_not_confirmed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rules", "--sources"]) == 0
    out = capsys.readouterr().out
    listed, _, unconfirmed = out.partition("\nNot confirmed:\n")

    assert out.startswith("Prepared from SEC rules as of November 29, 2026; not legal advice.\n\n")
    assert (
        "\nF3-011   Shares of the purchase that crossed 10% not listed\n"
        "         17 CFR 240.16a-2: not read again: general knowledge;"
        " https://www.ecfr.gov/current/title-17/section-240.16a-2\n"
    ) in listed
    assert (
        "\n         SEC staff, Exchange Act Rules C&DI 120.31 (25 Aug 2023): last read by 2026-11-29\n"
        in listed
    )
    assert "  17 CFR 240.16a-2: the text was not read again\n" in unconfirmed
    assert (
        "  2024-12-24: federal offices closed by order; EDGAR closure not confirmed;"
        " Executive order closing federal offices; no SEC statement found\n"
    ) in unconfirmed
