"""The documentation site, built as `make docs` builds it, and what its pages refer to."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CHECKOUT", "DOCS", "Page", "Site", "built"]

CHECKOUT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = CHECKOUT / "docs"
_LOADED: Final = (
    "script/@src",
    "link[not(@rel='canonical')]/@href",
    "img/@src",
    "iframe/@src",
    "source/@src",
    "video/@src",
)


@dataclass(frozen=True)
class Page:
    """A page of the built site."""

    path: str
    content: bytes

    @cached_property
    def _tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.content)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id that a link can name."""
        return frozenset(str(each) for each in self._tree.xpath("//@id | //a/@name"))

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead, as written."""
        return tuple(str(each) for each in self._tree.xpath("//a/@href"))

    @property
    def loaded(self) -> tuple[str, ...]:
        """What a browser loads with it, as written."""
        return tuple(str(each) for kind in _LOADED for each in self._tree.xpath(f"//{kind}"))

    @property
    def text(self) -> str:
        """The words of the article."""
        (article,) = self._tree.xpath("//article")
        return " ".join(article.text_content().split())


@dataclass(frozen=True)
class Site:
    """The built site."""

    folder: Path
    said: str
    """What the build printed."""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Each page by its path in the site."""
        found = (path for path in sorted(self.folder.rglob("*.html")) if path.name != "404.html")
        return {
            path.relative_to(self.folder).as_posix(): Page(
                path.relative_to(self.folder).as_posix(), path.read_bytes()
            )
            for path in found
        }

    def broken(self) -> Iterator[str]:
        """Every link and resource that leads nowhere within the site."""
        for page in self.pages.values():
            for address in {*page.links, *page.loaded}:
                if not urlsplit(address).scheme and not self._leads(page, address):
                    yield f"{page.path}: {address}"

    def _leads(self, page: Page, address: str) -> bool:
        parts = urlsplit(address)
        target = os.path.normpath(Path(page.path).parent / unquote(parts.path)) if parts.path else page.path
        if (self.folder / target).is_dir():
            target = (Path(target) / "index.html").as_posix()
        if not (self.folder / target).is_file():
            return False
        return not parts.fragment or unquote(parts.fragment) in self.pages[target].anchors


def built(folder: Path) -> Site:
    """The site, built into a folder that does not exist yet; raises AssertionError where the build fails."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=CHECKOUT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(folder, done.stdout + done.stderr)
