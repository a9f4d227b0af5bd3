"""The picture of the form in the tutorial is what a browser shows of the form that the tutorial makes."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageStat

import form4_author as f4
from form4_author.checks.example import draft
from tests.browser import browser
from tests.docs.site import DOCS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

PICTURE: Final = DOCS / "screens" / "seed-form.png"
_SMALL: Final = (110, 85)
"""At this size the edges of letters, which browsers draw differently, make no difference."""
_ALIKE: Final = 2.0
"""Of 255: how far two pictures of one form may differ on average."""


def pictured(browser: Browser, proof: bytes) -> Image.Image:
    page = browser.new_page(viewport={"width": 1100, "height": 850})
    page.set_content(proof.decode("utf-8"))
    shot = page.screenshot(full_page=True)
    page.close()
    return Image.open(io.BytesIO(shot)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    small = [image.convert("L").resize(_SMALL, Image.Resampling.BOX) for image in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*small)).mean[0])


def proof_of(**changes: object) -> bytes:
    made = f4.read(json.dumps({**draft("seed"), **changes}))
    return f4.render(made, f4.check(made, as_of=date(2024, 11, 4)), "html").files["form4.html"]


def test_the_picture_is_of_the_form(browser: Browser) -> None:
    now = pictured(browser, proof_of())

    if os.environ.get("FORM4_UPDATE_GOLDEN") == "1":
        now.quantize(16).save(PICTURE, optimize=True)
    with Image.open(PICTURE) as kept:
        assert abs(kept.height - now.height) <= 8, "FORM4_UPDATE_GOLDEN=1 takes it again"
        assert difference(kept, now) < _ALIKE, "FORM4_UPDATE_GOLDEN=1 takes it again"


def test_a_different_form_is_noticed(browser: Browser) -> None:
    with Image.open(PICTURE) as kept:
        assert difference(kept, pictured(browser, proof_of(non_derivative=[], footnotes=[]))) > _ALIKE
