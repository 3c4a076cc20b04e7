"""The reference is complete."""

import re
from pathlib import Path

import wireproof


def test_every_public_name_has_an_entry(project_root: Path) -> None:
    """What can be imported from the package is described, and nothing else is called public."""
    pages = (project_root / "docs/reference").glob("*.md")
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    entries = re.findall(r"^\.\. (?:auto(?:class|function|exception)|data):: (\w+)$", text, re.MULTILINE)
    assert sorted(entries) == sorted(wireproof.__all__)
