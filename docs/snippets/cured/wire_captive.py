from wireproof import Container, Scope, provide


class Session:
    """A conversation with the database, one for each request."""


class Reports:
    def __init__(self, session: Session) -> None:
        self.session = session


container = Container(
    provide(Session, scope=Scope.REQUEST),
    provide(Reports, scope=Scope.REQUEST),
)
