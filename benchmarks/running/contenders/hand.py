"""Hand-written wiring: what a careful person writes who does not want a container, and the yardstick for all others.

It builds the same objects, keeps them where they belong, and puts them away on every path out of a scope, in reverse
order and whatever one of the finalizers raises. It has neither locks nor an ambient scope.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Self

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import (
    ASYNC,
    CHAIN,
    EMPTY,
    GENERATORS,
    INJECTED,
    NESTED,
    REQUEST,
    SINGLETON,
    THREADS,
    TRANSIENT,
    WIDE,
)
from benchmarks.running.things import (
    Account,
    Branch,
    Clock,
    Connection,
    Engine,
    Handler,
    Leaf,
    Link1,
    Link2,
    Link3,
    Link4,
    Link5,
    Link6,
    Link7,
    Link8,
    Page,
    Plain,
    Session,
    Settings,
    Transaction,
    Tree,
    Users,
    aopen_connection,
    open_connection,
    open_transaction,
)
from benchmarks.running.threads import in_threads


class App:
    """The application."""

    __slots__ = ("_clock", "_engine", "_settings")

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._engine: Engine | None = None
        self._clock: Clock | None = None

    def settings(self) -> Settings:
        if self._settings is None:
            self._settings = Settings()
        return self._settings

    def engine(self) -> Engine:
        if self._engine is None:
            self._engine = Engine(self.settings())
        return self._engine

    def clock(self) -> Clock:
        if self._clock is None:
            self._clock = Clock()
        return self._clock

    def plain(self) -> Plain:
        return Plain()

    def link(self) -> Link8:
        return Link8(Link7(Link6(Link5(Link4(Link3(Link2(Link1())))))))

    def tree(self) -> Tree:
        settings, engine, clock = self.settings(), self.engine(), self.clock()
        return Tree(
            Branch(
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
            ),
            Branch(
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
            ),
            Branch(
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
            ),
            Branch(
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
                Leaf(settings, engine, clock),
            ),
        )


class Bare:
    """A scope that has nothing to put away."""

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class Request(Bare):
    """A request with nothing to put away."""

    __slots__ = ("_app", "_handler", "_session", "_users")

    def __init__(self, app: App) -> None:
        self._app = app
        self._session: Session | None = None
        self._users: Users | None = None
        self._handler: Handler | None = None

    def session(self) -> Session:
        if self._session is None:
            self._session = Session(self._app.engine())
        return self._session

    def users(self) -> Users:
        if self._users is None:
            self._users = Users(self.session())
        return self._users

    def handler(self) -> Handler:
        if self._handler is None:
            self._handler = Handler(self.users(), self.session(), self._app.settings())
        return self._handler


def finish(generator: Iterator[Any], error: BaseException | None) -> None:
    """Resume a generator behind its yield, or throw the error of the body in there."""
    if error is None:
        next(generator, None)
        return
    try:
        generator.throw(error)  # type: ignore[attr-defined]  # a generator
    except StopIteration:
        pass
    except BaseException as raised:
        if raised is not error:
            raise


async def afinish(generator: AsyncIterator[Any], error: BaseException | None) -> None:
    """Do the same for an async generator."""
    if error is None:
        await anext(generator, None)
        return
    try:
        await generator.athrow(error)  # type: ignore[attr-defined]  # a generator
    except StopAsyncIteration:
        pass
    except BaseException as raised:
        if raised is not error:
            raise


class Transactional:
    """A request that has a connection and a transaction to put away, if they were used."""

    __slots__ = ("_connection", "_lent_connection", "_lent_transaction", "_transaction")

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._transaction: Transaction | None = None
        self._lent_connection: Iterator[Connection] | None = None
        self._lent_transaction: Iterator[Transaction] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._lent_transaction is not None:
                finish(self._lent_transaction, error)
        finally:
            if self._lent_connection is not None:
                finish(self._lent_connection, error)

    def connection(self) -> Connection:
        if self._connection is None:
            lent = open_connection()
            self._connection = next(lent)
            self._lent_connection = lent
        return self._connection

    def transaction(self) -> Transaction:
        if self._transaction is None:
            lent = open_transaction(self.connection())
            self._transaction = next(lent)
            self._lent_transaction = lent
        return self._transaction


class AsyncTransactional:
    """A request whose connection is opened and closed awaiting."""

    __slots__ = ("_connection", "_lent", "_transaction")

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._transaction: Transaction | None = None
        self._lent: AsyncIterator[Connection] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lent is not None:
            await afinish(self._lent, error)

    async def connection(self) -> Connection:
        if self._connection is None:
            lent = aopen_connection()
            self._connection = await anext(lent)
            self._lent = lent
        return self._connection

    async def transaction(self) -> Transaction:
        if self._transaction is None:
            self._transaction = Transaction(await self.connection())
        return self._transaction


class UserSession(Bare):
    """A session, around several pages."""

    __slots__ = ("_account", "_app")

    def __init__(self, app: App) -> None:
        self._app = app
        self._account: Account | None = None

    def account(self) -> Account:
        if self._account is None:
            self._account = Account(self._app.engine())
        return self._account


class PageRequest(Bare):
    """A request inside a session."""

    __slots__ = ("_page", "_session")

    def __init__(self, session: UserSession) -> None:
        self._session = session
        self._page: Page | None = None

    def page(self) -> Page:
        if self._page is None:
            self._page = Page(self._session.account())
        return self._page


def _calling(operation: Callable[[], Any]) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = operation()
        return result

    return loop


def request() -> Loop:
    app = App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Request(app) as scope:
                result = scope.handler()
        return result

    return loop


def generators() -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Transactional() as scope:
                result = scope.transaction()
        return result

    return loop


def async_request() -> Loop:
    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with AsyncTransactional() as scope:
                result = await scope.transaction()
        return result

    return loop


def empty() -> Loop:
    app = App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Request(app) as scope:
                result = scope
        return result

    return loop


def nested() -> Loop:
    app = App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with UserSession(app) as session, PageRequest(session) as scope:
                result = scope.page()
        return result

    return loop


def injected() -> Loop:
    app = App()

    def handle(order: str, handler: Handler, session: Session, settings: Settings) -> tuple[Any, ...]:
        return order, handler, session, settings

    def wired(order: str) -> tuple[Any, ...]:
        with Request(app) as scope:
            return handle(order, scope.handler(), scope.session(), app.settings())

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = wired("order")
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _calling(App().settings),
    TRANSIENT.name: lambda: _calling(App().plain),
    CHAIN.name: lambda: _calling(App().link),
    WIDE.name: lambda: _calling(App().tree),
    REQUEST.name: request,
    GENERATORS.name: generators,
    ASYNC.name: async_request,
    EMPTY.name: empty,
    NESTED.name: nested,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
