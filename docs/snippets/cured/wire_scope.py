from wireproof import Container, Scope, provide


class Session:
    """A conversation with the database, one for each request."""


container = Container(provide(Session, scope=Scope.REQUEST))
with container.enter_scope() as request:
    request.resolve(Session)
