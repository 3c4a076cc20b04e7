"""A failure inside the plugin is one error about itself, and mypy goes on."""

from pathlib import Path
from textwrap import dedent

from tests.mypy_plugin.modes import CONFIGURATION, Project

FAILING = """
    from wireproof.mypy_plugin import WireproofPlugin, asking, hooks, seal
    from wireproof.mypy_plugin.guard import guarded, guarded_signature

    def fail(ctx):
        raise ValueError("something\\nunexpected")

    hooks.FUNCTION_SIGNATURES["wireproof.factories.provide"] = guarded_signature(fail)
    hooks.METHODS["resolve"] = guarded(fail)

    class Failing(WireproofPlugin):
        def __init__(self, options):
            super().__init__(options)
            self._functions["wireproof.container.Container"] = guarded(fail)

    def plugin(version):
        return Failing
"""
NOT_FINDING = """
    from wireproof.mypy_plugin import WireproofPlugin

    class Failing(WireproofPlugin):
        def lookup_fully_qualified(self, fullname):
            if "main." in fullname:
                raise LookupError("unexpected")

    def plugin(version):
        return Failing
"""
PROGRAM = """
    from wireproof import Container, provide
    class Clock: ...
    clock = provide(Clock)
    def build() -> None:
        Container(clock)
    def use(container: Container) -> None:
        reveal_type(container.resolve(Clock))
"""


def test_a_failure_is_reported_where_it_happened(tmp_path: Path, template: Path) -> None:
    """Each failing hook is named with its place; what mypy itself infers stays."""
    project = Project(tmp_path, template, CONFIGURATION.replace("wireproof.mypy_plugin", "failing.py"))
    (project.folder / "failing.py").write_text(dedent(FAILING), encoding="utf-8")
    project.write({"program/main.py": PROGRAM})
    answer = project.warm("program").output
    assert answer.count("[wire-internal]") == 3
    assert "The wireproof plugin failed: ValueError: something unexpected (fail, line 6); please file a bug" in answer
    assert answer.count(" error: ") == 3
    assert 'Revealed type is "main.Clock"' in answer


def test_so_is_a_failure_to_find_a_hook(tmp_path: Path, template: Path) -> None:
    """It is reported at the calls that the hook was looked for, of functions and of methods."""
    project = Project(tmp_path, template, CONFIGURATION.replace("wireproof.mypy_plugin", "failing.py"))
    (project.folder / "failing.py").write_text(dedent(NOT_FINDING), encoding="utf-8")
    project.write(
        {
            "main.py": """
        class Clock:
            def resolve(self) -> int:
                return 3
        clock = Clock()
        reveal_type(clock.resolve())
    """
        }
    )
    answer = project.warm("main.py").output.splitlines()
    failure = "LookupError: unexpected (lookup_fully_qualified, line 7)"
    expected = f"The wireproof plugin failed: {failure}; please file a bug"
    assert [line.partition(" error: ")[2] for line in answer[:2]] == [f"{expected}  [wire-internal]"] * 2
    assert 'Revealed type is "int"' in answer[2]
