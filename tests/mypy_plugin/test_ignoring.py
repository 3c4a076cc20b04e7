"""Errors of the plugin are ignored and switched off like mypy's own, together with their notes."""

import pytest

from tests.mypy_plugin.modes import Project

CONFIGURATION = "[mypy]\nplugins = wireproof.mypy_plugin\nshow_error_end = True\n"

PROGRAM = """\
# a comment
from wireproof import Container, provide
class Config: ...
class Engine:
    def __init__(self, config: Config) -> None: ...
Container(provide(Engine))  # at the line
container = Container(
    provide(Config),
    provide(Engine),
    provide(Engine),  # in the call
)
"""
FIRST, SECOND = "main.py:6:11:6:25: error: No provider", 'main.py:10:5:10:19: error: "Engine" is provided twice'


def said(project: Project, *replacements: tuple[str, str], more: str = "") -> list[str]:
    """Return the beginnings of the errors in a changed program, and everything else that is printed."""
    program = PROGRAM
    for old, new in replacements:
        program = program.replace(old, new)
    project.write({"main.py": program, "mypy.ini": CONFIGURATION + more})
    lines = project.warm("--no-error-summary", "main.py").output.splitlines()
    return [line for line in lines if ": note: " not in line]


@pytest.mark.parametrize("code", ["wire-missing", "wire", "wire-missing, wire"])
def test_at_the_line(code: str, project: Project) -> None:
    """The code or its parent in a comment."""
    (left,) = said(project, ("# at the line", f"# type: ignore[{code}]"))
    assert left.startswith(SECOND)


def test_in_a_call_of_several_lines(project: Project) -> None:
    """The comment stands at the line of the argument that is to be changed."""
    (left,) = said(project, ("# in the call", "# type: ignore[wire-duplicate]"))
    assert left.startswith(FIRST)


def test_another_code_ignores_nothing(project: Project) -> None:
    """Mypy can then say that the comment is not used."""
    ignoring = ("# at the line", "# type: ignore[wire-scope]")
    unused, first, second = said(project, ignoring, more="warn_unused_ignores = True\n")
    assert "Unused" in unused
    assert first.startswith(FIRST)
    assert second.startswith(SECOND)


@pytest.mark.parametrize("code", ["wire-missing", "wire"])
@pytest.mark.parametrize("place", ["disable_error_code = {}\n", "[mypy-main]\ndisable_error_code = {}\n", "# mypy: "])
def test_switched_off(place: str, code: str, project: Project) -> None:
    """For all modules, for one of them, and in the module itself."""
    inline = f'# mypy: disable-error-code="{code}"'
    replacement = ("# a comment", inline if place.startswith("#") else "# the same")
    left = said(project, replacement, more="" if place.startswith("#") else place.format(code))
    assert [line[: len(SECOND)] for line in left] == ([] if code == "wire" else [SECOND])


def test_switched_on_again_in_a_module(project: Project) -> None:
    """A code that is off for all may be on for one."""
    more = "disable_error_code = wire-missing, wire-duplicate\n[mypy-main]\nenable_error_code = wire-missing\n"
    (left,) = said(project, more=more)
    assert left.startswith(FIRST)


def test_notes_go_with_their_error(project: Project) -> None:
    """Nothing is printed for what is ignored."""
    project.write({"main.py": PROGRAM.replace("# a comment", '# mypy: disable-error-code="wire"')})
    assert project.warm("--no-error-summary", "main.py").output == ""
