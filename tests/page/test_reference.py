"""The generated reference: every rule, the text of `form4 explain`, links that lead somewhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import html

from form4_author.checks.registry import GROUPS, rules
from form4_author.cli import main
from form4_author.page.reference import entry, reference_pages
from tests.offenders import offenders

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from form4_author.checks.base import Rule


@cache
def page(name: str) -> html.HtmlElement:
    return html.document_fromstring(reference_pages()[name])


def _differs(rule: Rule) -> str:
    """What of a rule's section is not what explain says."""
    explained = entry(rule)
    section = page(f"{rule.id.rsplit('-', 1)[0]}.html").get_element_by_id(rule.id)
    names = [item.text_content() for item in section.iter("dt")]
    texts = [item.text_content() for item in section.iter("dd")]
    if (what := section.findtext("p")) != explained.what:
        return f"opens with {what!r}, not {explained.what!r}"
    shown = list(zip(names, texts, strict=True))
    parts = [*explained.parts, *(("Source", text) for text, _url in explained.sources), *explained.terms]
    if shown != parts:
        return f"has {[part for part in shown if part not in parts]}, not {[part for part in parts if part not in shown]}"
    links = [a.get("href") for a in section.iter("a")]
    addresses = [url for _text, url in explained.sources if url]
    return "" if links == addresses else f"links to {links}, not {addresses}"


def test_a_rule_s_section_says_what_explain_says() -> None:
    found = offenders([(rule.id, rule) for rule in rules()], _differs)

    assert found == [], "\n".join(found)


def test_the_index_lists_every_rule_once_and_leads_to_it() -> None:
    links = [link for a in page("index.html").iter("a") if "#" in (link := a.get("href", ""))]

    assert sorted(links) == sorted(f"{rule.id.rsplit('-', 1)[0]}.html#{rule.id}" for rule in rules())
    for link in links:
        name, _, anchor = link.partition("#")
        assert page(name).get_element_by_id(anchor).tag == "section"


def test_there_is_a_page_for_each_group_and_all_are_linked_from_each() -> None:
    assert list(reference_pages()) == ["index.html", *(f"{group}.html" for group in GROUPS)]
    for name in reference_pages():
        links = set(page(name).xpath("//nav/a/@href"))
        assert links == set(reference_pages())


def test_the_command_writes_the_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "rules"
    assert main(["rules", "--pages", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder / 'index.html'}\n"
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == reference_pages()
