"""The first page tells the truth."""

import re
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def blocks(project_root: Path) -> list[tuple[str, str]]:
    """Return the code blocks of the README, each with its language."""
    text = (project_root / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_example_is_the_tested_one(blocks: list[tuple[str, str]], project_root: Path) -> None:
    """The program and the error shown are those of the page of codes, which are checked against mypy."""
    example = project_root / "docs/snippets/broken/wire_missing"
    program, error = example.with_suffix(".py"), example.with_suffix(".txt")
    assert blocks[0] == ("python", program.read_text(encoding="utf-8"))
    assert blocks[1] == ("text", error.read_text(encoding="utf-8").replace("wire_missing", "main"))


def test_the_commands_are_there(blocks: list[tuple[str, str]], project_root: Path) -> None:
    """Each make target that the page names exists."""
    targets = {name for language, text in blocks if language == "console" for name in re.findall(r"make (\w+)", text)}
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    assert targets == {"demo", "test"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_links_lead_somewhere(project_root: Path) -> None:
    """Each file that the page links to exists."""
    text = (project_root / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert [link for link in links if not (project_root / link).exists()] == []
