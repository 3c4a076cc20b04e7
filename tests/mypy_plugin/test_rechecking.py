"""Which modules a warm run looks at again: those whose answer may be another one, and no others."""

import re

import pytest

from tests.mypy_plugin.modes import Project

WRITTEN = re.compile(r"^LOG: +Writing (\w+) ", re.MULTILINE)
BYSTANDER = """
    from wireproof import Container, provide
    class Own: ...
    Container(provide(Own)).resolve(Own)
"""
CONSTRUCTOR = {
    "leaf.py": """
        class Clock: ...
        class Leaf:
            def __init__(self, clock: Clock) -> None:
                self.clock: Clock = clock
            def same(self, clock: Clock) -> Clock:
                return clock
    """,
    "branch.py": """
        from leaf import Clock, Leaf
        from wireproof import Provider, provide
        class Branch(Provider):
            clock = provide(Clock)
            leaf = provide(Leaf)
    """,
    "trunk.py": """
        from branch import Branch
        from wireproof import Provider
        class Trunk(Provider):
            def __init__(self) -> None:
                self.branch = Branch()
    """,
    "main.py": """
        from trunk import Trunk
        from wireproof import Container
        def build() -> None:
            Container(Trunk())
    """,
    "bystander.py": BYSTANDER,
}
SCOPE = {
    "scopes.py": """
        from wireproof import Scope
        class Tenant(Scope.APP): ...
        class Visit(Tenant): ...
    """,
    "database.py": """
        from scopes import Visit
        from wireproof import Provider, provide
        class Cart: ...
        class Database(Provider[Visit]):
            cart = provide(Cart)
    """,
    "main.py": """
        from database import Cart, Database
        from wireproof import Container
        container = Container(Database())
    """,
    "handlers.py": """
        import main
        from database import Cart
        def handle() -> None:
            main.container.resolve(Cart)
    """,
    "bystander.py": BYSTANDER,
}
EDITS = {
    "a constructor": (
        CONSTRUCTOR,
        "leaf.py",
        "(self, clock: Clock) -> None",
        "(self, clock: Clock, size: int = 3) -> None",
        {"leaf", "branch", "main"},
    ),
    "a constructor's body": (CONSTRUCTOR, "leaf.py", "= clock", "= self.same(clock)", {"leaf"}),
    "a scope's parent": (SCOPE, "scopes.py", "(Tenant)", "(Scope.APP)", {"scopes", "database", "main", "handlers"}),
    "a handler": (SCOPE, "handlers.py", "handle()", "handle_it()", {"handlers"}),
    "a comment": (SCOPE, "scopes.py", "(Tenant): ...", "(Tenant): ...  # of a customer", {"scopes"}),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_reaches_what_reads_it_and_nothing_else(edit: str, project: Project) -> None:
    """However far away it is read; and a second run has nothing left to do."""
    files, name, before, after, expected = EDITS[edit]
    project.write(files)
    project.warm(".")
    project.write({name: files[name].replace(before, after)})
    assert set(WRITTEN.findall(project.warm(".", "--verbose").output)) == expected
    assert WRITTEN.findall(project.warm(".", "--verbose").output) == []
