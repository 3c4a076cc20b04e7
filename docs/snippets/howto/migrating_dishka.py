from collections.abc import Iterator, Sequence
from typing import NewType, Protocol

from wireproof import Container, Provider, Scope, bind, provide, provide_all, replacing


class Request:
    """What the framework hands over."""


class Engine:
    def __init__(self, name: str) -> None:
        self.name = name


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Users(Protocol):
    def session(self) -> Session: ...


class SqlUsers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def session(self) -> Session:
        return self._session


class Plugin(Protocol):
    def name(self) -> str: ...


class First:
    def name(self) -> str:
        return "first"


class Second:
    def name(self) -> str:
        return "second"


class CreateUser:
    def __init__(self, users: Users, request: Request) -> None:
        self.users = users
        self.request = request


class DeleteUser:
    def __init__(self, users: Users) -> None:
        self.users = users


ReplicaEngine = NewType("ReplicaEngine", Engine)  # a component


class Adapters(Provider[Scope.REQUEST]):  # scope = Scope.REQUEST
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn

    request = bind(Request).from_context()  # from_context(Request)
    users = bind(Users).to(SqlUsers)  # provide(SqlUsers, provides=Users)
    handlers = provide_all(CreateUser, DeleteUser)
    first = bind(Plugin).contribute(First, scope=Scope.APP)  # collect(Plugin)
    second = bind(Plugin).contribute(Second, scope=Scope.APP)

    @provide(scope=Scope.APP)
    def engine(self) -> Engine:
        return Engine(self.dsn)

    @provide(scope=Scope.APP)
    def replica(self, engine: Engine) -> ReplicaEngine:
        return ReplicaEngine(Engine(f"{engine.name}/replica"))

    @provide()
    def session(self, engine: Engine) -> Iterator[Session]:
        try:
            yield Session(engine)
        except Exception as error:  # exc = yield Session(engine)
            print("roll back:", error)
            raise


container = Container(Adapters("sqlite://"))  # make_container(Adapters("sqlite://"))
print([plugin.name() for plugin in container.resolve(Sequence[Plugin])])  # container.get(list[Plugin])
try:
    with container.enter_scope(context={Request: Request()}) as request:  # container(context={...})
        print(request.resolve(CreateUser).users.session().engine.name)
        message = "no such user"
        raise LookupError(message)
except LookupError as error:
    print("still:", error)
container.close()

fake = replacing(bind(Engine).instance(Engine("memory")))  # provide(..., override=True)
print(Container(Adapters("sqlite://"), fake).resolve(ReplicaEngine).name)
