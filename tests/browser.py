"""A real browser for tests: the system's Chromium, headless, which can reach this machine only."""

from __future__ import annotations

import shutil
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Page

__all__ = ["browser", "faults"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # Whatever a page asks for, no other machine is found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a profile of its own. Of a module, and no longer: its event loop would be in other tests' way."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip(f"needs a browser: none of {', '.join(_NAMES)} is here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield chromium
        chromium.close()


def faults(page: Page | Frame) -> list[str]:
    """What axe-core finds wrong with a page: rule, help and the elements; every rule it has, best practice too."""
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    told: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert told["passes"], "axe has looked at nothing"
    return [
        f"{fault['id']}: {fault['help']}: {', '.join(' '.join(node['target']) for node in fault['nodes'])}"
        for fault in told["violations"]
    ]
