"""An error and its notes belong together."""

import json

from tests.mypy_plugin.modes import Project

PROGRAM = """
    from wireproof import Container, provide
    class Config: ...
    class Engine:
        def __init__(self, config: Config) -> None: ...
    Container(
        provide(Engine),
    )
"""


def test_json_has_the_notes_as_a_hint(project: Project) -> None:
    """One object for one problem, at exactly the argument that has the need."""
    project.write({"main.py": PROGRAM})
    (line,) = project.warm(".", "--output=json").output.splitlines()
    found = json.loads(line)
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (6, 4, 6, 19)
    assert found["code"] == "wire-missing"
    assert found["hint"].splitlines()[0] == "path: Engine (APP) -> Config"
