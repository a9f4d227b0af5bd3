"""The documentation site: it builds without a warning, every link leads somewhere, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from form4_author import cli, codes
from form4_author.checks.registry import rules
from form4_author.wizard.recipes import RECIPES
from tests.browser import browser
from tests.docs.site import Page, Site, built

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(tmp_path_factory.mktemp("docs") / "site")


def test_the_build_warns_of_nothing(site: Site) -> None:
    lines = [line for line in site.said.splitlines() if line.strip() and not line.startswith("INFO ")]

    assert lines == []


def test_every_link_leads_to_a_page_and_an_anchor(site: Site) -> None:
    assert len(site.pages) > 80
    assert sorted(site.broken()) == []


def test_a_link_that_leads_nowhere_is_found(site: Site) -> None:
    page = Page(
        "events/extra.html", b"<article id='x'><a href='#x'></a><a href='#y'></a><a href='../api.html#z'></a>"
    )
    held = Site(site.folder, "")
    held.pages.clear()
    held.pages.update({"events/extra.html": page, "api.html": site.pages["api.html"]})
    (site.folder / "events" / "extra.html").write_bytes(page.content)
    try:
        assert sorted(each for each in held.broken() if each.startswith("events/")) == [
            "events/extra.html: #y",
            "events/extra.html: ../api.html#z",
        ]
    finally:
        (site.folder / "events" / "extra.html").unlink()


def test_nothing_is_loaded_from_another_host(site: Site) -> None:
    loaded = {(page.path, each) for page in site.pages.values() for each in page.loaded}

    assert {each for _, each in loaded if urlsplit(each).netloc or urlsplit(each).scheme} == set()
    for sheet in site.folder.rglob("*.css"):
        assert (
            re.findall(r"@import|url\((?!data:|\"data:|'data:)[^)]*//[^)]*\)", sheet.read_text("utf-8")) == []
        ), sheet


def test_a_browser_asks_for_files_of_the_site_only(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "events/sold.html", "rules/TXN.html"):
        page.goto((site.folder / name).as_uri())
    page.close()

    assert len(asked) > 6
    assert [url for url in asked if not url.startswith((site.folder.as_uri(), "data:", "blob:"))] == []


def test_each_event_has_a_page(site: Site) -> None:
    for recipe in RECIPES:
        text = site.pages[f"events/{recipe.id}.html"].text
        assert recipe.label in text
        assert recipe.rule in text


def test_each_rule_has_its_place(site: Site) -> None:
    for rule in rules():
        group = rule.id.rpartition("-")[0]
        page = site.pages[f"rules/{group}.html"]
        assert rule.id.lower() in page.anchors
        assert f"{rule.id} {rule.title}" in page.text


def test_each_command_and_each_code_is_listed(site: Site) -> None:
    commands, listed = site.pages["commands.html"].text, site.pages["codes.html"].text

    assert [word for word in cli.COMMANDS if f"usage: form4 {word} " not in commands] == []
    assert [code for code in codes.transaction_codes() if f"Code {code} " not in listed] == []
