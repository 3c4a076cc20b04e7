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
