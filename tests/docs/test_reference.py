"""The reference is complete."""

import re
from pathlib import Path

import pytest

import wireproof
from wireproof.binder import Binder


def test_every_public_name_has_an_entry(project_root: Path) -> None:
    """What can be imported from the package is described, and nothing else is called public."""
    pages = (project_root / "docs/reference").glob("*.md")
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    entries = re.findall(r"^\.\. (?:auto(?:class|function|exception)|data):: (\w+)$", text, re.MULTILINE)
    assert sorted(entries) == sorted(wireproof.__all__)


@pytest.mark.parametrize("documented", [wireproof.Container, Binder, wireproof.Injector])
def test_every_public_method_is_described(documented: type) -> None:
    """What the reference collects from the classes is all there: it leaves out what has no text."""
    members = {name: getattr(documented, name) for name in dir(documented) if not name.startswith("_")}
    assert members
    assert [name for name, member in members.items() if not member.__doc__] == []
