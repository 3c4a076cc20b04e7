"""Print the code that a container has generated for resolving one key."""

from wireproof import Container, Scope, provide


class Engine:
    """One for the application."""


class Session:
    """One for each request."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine


container = Container(provide(Engine), provide(Session, scope=Scope.REQUEST))
with container.enter_scope(Scope.REQUEST) as request:
    request.resolve(Session)

_, _, resolver = container.graph.code.rpartition("def resolve_")
print(f"def resolve_{resolver}", end="")
