from wireproof import Container, Provider, Scope, provide


class Engine:
    """One for the application."""


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Database(Provider):
    engine = provide(Engine)
    session = provide(Session, scope=Scope.REQUEST)


container = Container(Database(), stats=True)
for _ in range(3):
    with container.enter_scope() as request:
        request.resolve(Session)

stats = container.stats()
print(stats.resolutions, stats.cache_hits)
print(stats.resolutions_by_key[Session], stats.cache_hits_by_key[Engine])
