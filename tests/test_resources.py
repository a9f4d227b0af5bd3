"""Templates and schemas are found in a checkout and in an installation, by one function."""

from __future__ import annotations

from pathlib import Path

import pytest

from form4_author import resources
from form4_author.errors import ResourceMissing

CHECKOUT = Path(__file__).resolve().parents[1]


def test_a_checkout_keeps_its_data_beside_the_package() -> None:
    assert resources.resource("templates") == CHECKOUT / "templates"
    assert resources.resource("schemas") == CHECKOUT / "schemas"


@pytest.mark.parametrize(
    "font",
    [
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "LiberationSans-Italic.ttf",
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
    ],
)
def test_the_fonts_we_name_are_ours_to_ship(font: str) -> None:
    path = resources.resource("templates", "fonts", font)

    assert path.read_bytes()[:4] == b"\x00\x01\x00\x00"  # TrueType
    licence = resources.resource("templates", "fonts", "LICENSE-Liberation.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_an_installation_carries_its_data_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "form4_author"
    (package / "_data" / "schemas").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)

    assert resources.resource("schemas") == package / "_data" / "schemas"


def test_an_installation_does_not_take_another_packages_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "form4_author"
    (package / "_data" / "schemas").mkdir(parents=True)
    (tmp_path / "site-packages" / "templates").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)

    with pytest.raises(ResourceMissing):
        resources.resource("templates")


def test_a_missing_file_says_which_and_what_to_do() -> None:
    with pytest.raises(ResourceMissing) as caught:
        resources.resource("templates", "proof", "no_such_page.html")

    assert str(caught.value) == (
        "templates/proof/no_such_page.html is missing from this installation of form4. "
        "Reinstall form4-author; in a checkout, restore the file with git."
    )
