from collections.abc import Callable, Iterator

from wireproof import Container, Has, Provider, Scope, bind, provide, require, reveal_graph


class Config: ...


class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Report:
    def __init__(self, session: Session, history: Callable[[], Session]) -> None:
        self.session = session
        self.history = history


class Database(Provider):
    engine = provide(Engine)

    @provide(scope=Scope.REQUEST)
    def session(self, engine: Engine) -> Iterator[Session]:
        yield Session(engine)


class Web(Provider[Scope.REQUEST]):
    report = require(Report)


def show(scope: Container[Has[Web] | Has[Database], Scope.REQUEST]) -> Report:
    return scope.resolve(Report)


container = reveal_graph(
    Container(Database(), Web(), provide(Report, scope=Scope.REQUEST), bind(Config).instance(Config()))
)
show(container.enter_scope(Scope.REQUEST))
