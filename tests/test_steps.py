"""Twice the input, at most two and a half times the steps: counted, without a clock."""

from __future__ import annotations

import csv
import json
import re
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from form4_author import text as text_module
from form4_author.checks import run as checks_run
from form4_author.checks.base import ALWAYS
from form4_author.checks.bounded import LONGEST_TEXT, bounded_filing
from form4_author.checks.example import draft
from form4_author.checks.registry import rule_with
from form4_author.checks.rules import attachment, average, signature
from form4_author.checks.run import check_draft
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file, spreadsheet
from form4_author.model import power_of_attorney
from form4_author.model.field import DOCUMENT, Field, Group
from form4_author.model.submission import Attachment, Submission
from form4_author.timing.calendar import sec_calendar
from form4_author.wire import sgml
from form4_author.wire.draft import draft_of
from form4_author.wire.draft_format import in_current_format
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.steps import searching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from form4_author.text import Pattern

SEED: Final = write_document(filing_from(draft("seed"))[0])
MOST: Final = 2.5


def growth(steps: Callable[[int], int], n: int = 200) -> float:
    """How many times the steps of n are those of 2n."""
    return steps(2 * n) / steps(n)


class Looked(bytes):
    """Bytes that count how many of them a search passes."""

    passed = 0

    def find(self, sub: Any, start: Any = 0, end: Any = None, /) -> int:
        found = super().find(sub, start)
        Looked.passed += (found if found >= 0 else len(self)) - start + len(sub)
        return found


def passed(read: Callable[[bytes], object], data: bytes) -> int:
    Looked.passed = 0
    read(Looked(data))
    return Looked.passed


@pytest.mark.parametrize("read", [sgml.text_content, sgml.xml_content])
@pytest.mark.parametrize("piece", [b"<TEXT>\n", b"<XML>\n", b"<TEXT></TEXT>", b"<XML>x  "])
def test_tags_of_a_submission_text_are_found_in_one_walk(
    read: Callable[[bytes], object], piece: bytes
) -> None:
    assert growth(lambda n: passed(read, piece * n) or 1) <= MOST
    assert passed(read, piece * 100) <= 2 * len(piece * 100) + 20


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"<TEXT>\r\na\r\n</TEXT>", b"a"),
        (b"<TEXT>\na\n\n</TEXT>", b"a\n"),
        (b"<TEXT></TEXT>", b""),
        (b"a</TEXT><TEXT>b", b""),
        (b"<TEXT>a<TEXT>b</TEXT>c</TEXT>", b"a<TEXT>b"),
        (b"none", b""),
    ],
)
def test_the_text_between_tags(data: bytes, content: bytes) -> None:
    assert sgml.text_content(data) == content


def test_the_xml_between_tags_and_where_it_begins() -> None:
    assert sgml.xml_content(b"x<XML>\n\t<a/> \n</XML>") == (8, b"<a/>")
    assert sgml.xml_content(b"<XML><a/>") is None


@contextmanager
def calls_counted(counted: list[int]) -> Iterator[None]:
    """Counts each call of a function of Python or C while this lasts."""

    def called(_frame: object, event: str, _argument: object) -> None:
        counted[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        yield
    finally:
        sys.setprofile(before)


def calls(data: bytes) -> int:
    counted = [0]
    with calls_counted(counted):
        read_document(data)
    return counted[0]


@pytest.mark.parametrize("piece", [b"<!--x-->", b"<?x y?>", b"<!--x-->t", b"<b/>", b"<b/>t"])
def test_nodes_that_are_no_part_of_the_form_are_each_met_once(piece: bytes) -> None:
    read_document(SEED)
    assert growth(lambda n: calls(SEED.replace(b"<issuer>", piece * n + b"<issuer>", 1))) <= MOST


def test_no_path_makes_a_list_of_nodes() -> None:
    """libxml2 sorts the nodes that a path finds, in time by the square of their number, unless it only counts them."""
    modules = Path(sgml.__file__).parent.glob("*.py")
    paths = re.findall(r"XPath\((.*)\)", "\n".join(module.read_text("utf-8") for module in modules))
    assert paths
    assert [path for path in paths if not path.startswith('"count(')] == []


def test_comments_beside_the_form_are_reported_in_their_order() -> None:
    root = SEED[SEED.index(b"<ownershipDocument") :]
    found = read_document(b"<!--1--><?two?>" + root.rstrip() + b"<!--3--><?four?>").hits
    assert [hit.message.split(";")[0] for hit in found] == [
        'There is a comment in the document: "1"',
        "<?two?> is a processing instruction",
        'There is a comment in the document: "3"',
        "<?four?> is a processing instruction",
    ]


class Key(str):
    """A key that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Key.compared += 1
        return super().__eq__(other)

    __hash__ = str.__hash__


def test_each_key_of_a_draft_is_compared_with_those_of_its_hash() -> None:
    Key.compared = 0
    assert draft_file._named_twice([Key(f"k{n}") for n in range(1000)]) is None
    assert Key.compared <= 50
    assert draft_file._named_twice([*map(Key, "abcb")]) == "b"


PATTERNS: Final[list[tuple[re.Pattern[str] | Pattern, str, str, str]]] = [
    (power_of_attorney._BLOCK, "<", " ", ""),
    (power_of_attorney._BLOCK, "", "< ", ""),
    (text_module._TAG, "", "<!--", ">"),
    (average._RANGE[0], "prices from $", "1", ""),
    (average._RANGE[1], "", "1", ""),
    (average._RANGE[2], "high ", "1", ""),
    (average._RANGE[0], "", "rang", ""),
    (average._RANGE[1], "1", " ", ""),
    (average._RANGE[1], "1", ",111", ""),
    (signature._DIGITS, "", "a", ""),
    (signature._DIGITS, "ab1", "/", "x"),
    (signature._NUMBERED, "filed 1", ".", "x"),
]


@pytest.mark.parametrize(("pattern", "before", "piece", "behind"), PATTERNS)
def test_each_sign_is_looked_at_a_bounded_number_of_times(
    pattern: re.Pattern[str] | Pattern, before: str, piece: str, behind: str
) -> None:
    flags = int(pattern.flags) & re.IGNORECASE
    assert growth(lambda n: searching(pattern.pattern, before + piece * n + behind, flags)) <= MOST


def test_the_counter_of_steps_sees_a_square() -> None:
    assert growth(lambda n: searching(r"<\s*/?\s*(?:p|div)", "<" + " " * n), 50) > 3.5
    assert growth(lambda n: searching(r"[^\W\d_]{2,}\d", "a" * n), 50) > 3.5
    assert growth(lambda n: searching(r"<[^>]*>", "<!--" * n), 50) > 3.5


def test_tags_left_open_are_not_searched() -> None:
    assert text_module.without_tags("<!--" * 3) == "<!--" * 3
    assert text_module.without_tags("a<b>c<d") == "a c<d"
    assert text_module.without_tags("<p>a</p>b<i>", power_of_attorney._BLOCK, "\n") == "\na\nb "


@pytest.mark.parametrize(
    ("page", "remote"),
    [
        (b"<img " * 3, False),
        (b"<img <img src='//x'", True),
        (b'< IMG alt=">" src = "http://x">', False),
        (b"<img alt=a><img src=https://x>", True),
        (b"<img src=a.gif> src=//x", False),
    ],
)
def test_a_picture_from_another_place(page: bytes, remote: bool) -> None:
    assert attachment._has_remote_picture(page) is remote


# ---- bounds


def test_a_merged_block_costs_the_cells_of_the_sheet_only() -> None:
    assert len(spreadsheet._merged(["A1:XFD1048576"], 3, 4)) == 11
    assert spreadsheet._merged(["B2", "A1:B1"], 2, 2) == {
        (1, 2): "is merged with A1: unmerge the cells and fill in each"
    }
    with pytest.raises(UnreadableInput, match="overlap"):
        spreadsheet._merged(["A1:XFD1048576", "A1:B2"], 3, 4)


def test_a_sheet_is_read_to_its_last_row_and_one_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    usual = csv.reader

    def counted(*arguments: Any, **named: Any) -> Iterator[list[str]]:
        for line in usual(*arguments, **named):
            read.append(line)
            yield line

    monkeypatch.setattr(csv, "reader", counted)
    monkeypatch.setattr(spreadsheet, "_MOST_ROWS", 10)
    file = tmp_path / "a.csv"
    file.write_text("a,b\n" + "1,2\n" * 10)
    assert len(spreadsheet.sheet_in(str(file)).rows) == 10
    read.clear()
    file.write_text("a,b\n" + "1,2\n" * 1000)
    with pytest.raises(UnreadableInput) as refused:
        spreadsheet.sheet_in(str(file))
    assert str(refused.value) == f"{file}: The sheet has more than 10,000 rows. Divide it into several files."
    assert len(read) == 12


@pytest.mark.parametrize(
    ("bound", "most", "said"),
    [
        ("_LARGEST_LINES", 10, "{} is larger than 10 bytes. Divide it into several files."),
        (
            "_MOST_COLUMNS",
            2,
            f"{{}}: the sheet has more than 2 columns. {spreadsheet._REMEDY}.",
        ),
    ],
)
def test_a_large_csv_is_refused(
    bound: str, most: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, bound, most)
    file = tmp_path / "a.csv"
    file.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(UnreadableInput) as refused:
        spreadsheet.sheet_in(str(file))
    assert str(refused.value) == said.format(file)


def test_a_workbook_of_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.xlsx"
    spreadsheet.write_template(file, [spreadsheet.TemplateColumn("a", "A")], [{"a": "1"}])
    assert len(spreadsheet.sheet_in(str(file)).rows) == 1
    monkeypatch.setattr(spreadsheet, "_MOST_PARTS", 3)
    with pytest.raises(UnreadableInput, match=r"files; at most 3 are read\."):
        spreadsheet.sheet_in(str(file))


def test_a_yaml_file_of_many_values_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_file, "_MOST_YAML_VALUES", 5)
    file = tmp_path / "a.yaml"
    file.write_text("a: [1, 2]\n")  # the mapping, its key, the list and two items
    assert draft_file.read_data(file) == {"a": ["1", "2"]}
    file.write_text("a: [1, 2, 3]\n")
    with pytest.raises(UnreadableInput) as refused:
        draft_file.read_data(file)
    assert (refused.value.id, str(refused.value)) == (
        "DOC-027",
        f"{file} holds more than 5 values. Give a draft, or write it as JSON.",
    )


def _longest(group: Group) -> int:
    return max(
        (node.longest or 0) if isinstance(node, Field) else _longest(node)
        for node in group.nodes
        if isinstance(node, Field) or node.nodes
    )


def test_rules_see_no_text_longer_than_a_field_takes() -> None:
    assert _longest(DOCUMENT) == LONGEST_TEXT
    data = draft("seed")
    data["remarks"] = data["owners"][0]["name"] = "x" * (LONGEST_TEXT + 1)
    data["non_derivative"][0]["security_title"] = "y" * (LONGEST_TEXT + 1)
    filing = draft_of(data).filing
    bounded = bounded_filing(filing)
    assert bounded.remarks == bounded.owners[0].name == "x" * LONGEST_TEXT
    assert bounded.non_derivative[0].security_title.value == "y" * LONGEST_TEXT
    assert bounded.footnotes is filing.footnotes
    assert bounded_filing(bounded) is bounded


@pytest.mark.parametrize("digits", ["1" * 5000, "٣", "x"])
def test_numbers_of_any_length_are_a_finding_or_refused(digits: str) -> None:
    data = json.loads(json.dumps(draft("seed")).replace('"F1"', f'"F{digits}"'))
    found = check_draft(draft_of(data), date(2024, 11, 4), sec_calendar())
    assert "DOC-031" not in {finding.id for finding in found}
    data["format"] = digits
    with pytest.raises(UnreadableInput) as refused:
        in_current_format(data)
    shown = digits if len(digits) < 40 else f"{digits[:39]}…"
    assert refused.value.problem == f'The draft\'s format is "{shown}", which is not a version number'


def test_no_check_takes_the_end_of_memory_for_its_own_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no finding about the filing: the command says that memory is at its end."""

    def greedy(*_arguments: object) -> Any:
        raise MemoryError

    needs_more_memory = replace(rule_with("DOC-012"), check=greedy, when=ALWAYS)
    for name, value in (("draft_hits", greedy), ("running", lambda **_facts: (needs_more_memory,))):
        with monkeypatch.context() as patch:
            patch.setattr(checks_run, name, value)
            with pytest.raises(MemoryError):
                check_draft(draft_of(draft("seed")), date(2024, 11, 4), sec_calendar())


def test_an_exhibit_of_comment_openers_is_judged() -> None:
    """The openers cost no search: nothing closes them."""
    page = Attachment(name="ex24.htm", type="EX-24", content=b"Power of Attorney " + b"<!--" * 1000)
    found = check_draft(
        draft_of(draft("seed")), date(2024, 11, 4), sec_calendar(), submission=Submission(attachments=(page,))
    )
    assert "DOC-031" not in {finding.id for finding in found}
