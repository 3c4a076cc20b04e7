"""Functions whose parameters are filled in at each call."""

import asyncio
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from functools import partial, wraps
from typing import Any, get_type_hints

import pytest

from tests.racing import PATIENCE
from tests.wiring import untyped, wire
from wireproof import (
    INJECTED,
    AsyncCleanupError,
    Container,
    Injected,
    OutOfScopeError,
    Scope,
    ScopeClosedError,
    ScopeNotActiveError,
    bind,
    provide,
)


class Users:
    pass


class Session:
    pass


class Log(list[str]):
    """What happened to the sessions."""

    def lend(self) -> Iterator[Session]:
        """Log how the scope ended."""
        try:
            yield Session()
        except BaseException as error:
            self.append(f"{type(error).__name__}")
            raise
        self.append("closed")

    async def alend(self) -> AsyncIterator[Session]:
        """Log the same, asynchronously."""
        try:
            yield Session()
        except BaseException as error:
            self.append(f"{type(error).__name__}")
            raise
        await asyncio.sleep(0)
        self.append("closed")


@pytest.fixture
def log() -> Log:
    """Return an empty log."""
    return Log()


@pytest.fixture
def container(log: Log) -> Container[Any, Any]:
    """Return a container with sessions of REQUEST."""
    return wire(provide(Users), bind(Session).to(log.lend, scope=Scope.REQUEST))


@pytest.fixture
def awaiting(log: Log) -> Container[Any, Any]:
    """Return one whose sessions need ``await``."""
    return wire(provide(Users), bind(Session).to(log.alend, scope=Scope.REQUEST))


def test_filled_in_at_each_call(container: Container[Any, Any]) -> None:
    """A function is decorated with or without arguments, and resolves when it is called."""

    @container.inject
    def first(order: int, users: Injected[Users] = INJECTED) -> tuple[int, Users]:
        return order, users

    @container.inject()
    def second(order: int, users: Injected[Users] = INJECTED) -> tuple[int, Users]:
        return order, users

    assert first(3) == second(order=3) == (3, container.resolve(Users))


def test_explicit_arguments_win(container: Container[Any, Any]) -> None:
    """What the caller passes is used."""

    @container.inject
    def handle(users: Injected[Users] = INJECTED, *rest: int) -> Any:
        return users, rest

    own = Users()
    assert handle(own, 1) == (own, (1,))
    assert handle(users=own) == (own, ())
    assert handle(INJECTED, 1) == (container.resolve(Users), (1,))


def test_innermost_active_scope(container: Container[Any, Any]) -> None:
    """It resolves from the innermost active scope of the container, else from the container itself."""

    @container.inject
    def session(session: Injected[Session] = INJECTED) -> Session:
        return session

    with pytest.raises(OutOfScopeError):
        session()
    with container.enter_scope(Scope.REQUEST) as request, request.enter_scope(Scope.ACTION):
        assert session() is request.resolve(Session)


def test_scope_of_another_container_is_not_used(container: Container[Any, Any]) -> None:
    """Only scopes of this container count."""

    @container.inject
    def users(users: Injected[Users] = INJECTED) -> Users:
        return users

    with wire(provide(Users)).enter_scope(Scope.REQUEST):
        assert users() is container.resolve(Users)


def test_injected_by_a_scope(container: Container[Any, Any]) -> None:
    """A function injected by a scope resolves from it, or from an active scope inside it."""
    request, other = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)

    @request.inject
    def session(session: Injected[Session] = INJECTED) -> Session:
        return session

    assert session() is request.resolve(Session)
    other.close()
    request.close()
    with pytest.raises(ScopeClosedError):
        session()


def test_scope_for_each_call(container: Container[Any, Any], log: Log) -> None:
    """With ``scope=`` each call runs in a fresh scope, current while it runs and closed after it."""

    @container.inject(scope=Scope.REQUEST)
    def session(session: Injected[Session] = INJECTED) -> Session:
        assert container.current(Scope.REQUEST).resolve(Session) is session
        assert log.count("closed") < 2
        return session

    assert session() is not session()
    assert log == ["closed", "closed"]
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


def test_scope_inside_an_active_one(container: Container[Any, Any]) -> None:
    """The fresh scope is one of its own, also in an active one of the same kind."""

    @container.inject(scope=Scope.REQUEST)
    def session(session: Injected[Session] = INJECTED) -> Session:
        return session

    with container.enter_scope(Scope.REQUEST) as request:
        assert session() is not request.resolve(Session)
        assert container.current(Scope.REQUEST) is request


def test_scope_is_opened_without_anything_to_inject(container: Container[Any, Any]) -> None:
    """A function that injects nothing runs in a scope of its own as well."""

    @container.inject(scope=Scope.REQUEST)
    def current() -> type:
        return container.current(Scope.REQUEST).scope

    assert current() is Scope.REQUEST


def test_exception_reaches_the_generators(container: Container[Any, Any], log: Log) -> None:
    """An exception of the function is thrown into what was opened for the call, and propagates."""

    @container.inject(scope=Scope.REQUEST)
    def fail(session: Injected[Session] = INJECTED) -> None:
        message = "body"
        raise ValueError(message)

    with pytest.raises(ValueError, match="body"):
        fail()
    assert log == ["ValueError"]


async def test_coroutine_functions(awaiting: Container[Any, Any], log: Log) -> None:
    """A coroutine function stays one, and what it is given is awaited, and closed awaiting."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def session(session: Injected[Session] = INJECTED) -> Session:
        await asyncio.sleep(0)
        assert log == []
        return session

    assert inspect.iscoroutinefunction(session)
    assert type(await session()) is Session
    assert log == ["closed"]


async def test_coroutine_function_that_fails(awaiting: Container[Any, Any], log: Log) -> None:
    """Its exception reaches the async generators."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def fail(session: Injected[Session] = INJECTED) -> None:
        message = "body"
        raise ValueError(message)

    with pytest.raises(ValueError, match="body"):
        await fail()
    assert log == ["ValueError"]


async def test_cancelled_coroutine_function(awaiting: Container[Any, Any], log: Log) -> None:
    """A cancelled call closes its scope, and stays cancelled."""
    started = asyncio.Event()

    @awaiting.inject(scope=Scope.REQUEST)
    async def wait(session: Injected[Session] = INJECTED) -> None:
        started.set()
        await asyncio.wait_for(asyncio.Event().wait(), PATIENCE)

    task = asyncio.create_task(wait())
    await asyncio.wait_for(started.wait(), PATIENCE)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert log == ["CancelledError"]


async def test_calls_at_once_have_scopes_of_their_own(awaiting: Container[Any, Any]) -> None:
    """Tasks that call it at once do not share anything."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def session(session: Injected[Session] = INJECTED) -> Session:
        await asyncio.sleep(0)
        assert await awaiting.current(Scope.REQUEST).aresolve(Session) is session
        return session

    assert len(set(await asyncio.gather(*(session() for _ in range(5))))) == 5


def test_generators(container: Container[Any, Any], log: Log) -> None:
    """A generator function stays one: values go in and out, and the scope is open until it ends."""

    @container.inject(scope=Scope.REQUEST)
    def generate(session: Injected[Session] = INJECTED) -> Generator[object, str, str]:
        sent = yield session
        return sent + "!"

    assert inspect.isgeneratorfunction(generate)
    generator = generate()
    assert type(next(generator)) is Session
    assert log == []
    with pytest.raises(StopIteration) as caught:
        generator.send("sent")
    assert caught.value.value == "sent!"
    assert log == ["closed"]


def test_exception_thrown_into_a_generator(container: Container[Any, Any], log: Log) -> None:
    """It comes out of the ``yield`` in the function first; what that lets through reaches the scope."""

    @container.inject(scope=Scope.REQUEST)
    def generate(session: Injected[Session] = INJECTED) -> Iterator[str]:
        try:
            yield "first"
        except ValueError:
            yield "caught"

    generator: Any = generate()
    assert next(generator) == "first"
    assert generator.throw(ValueError()) == "caught"
    with pytest.raises(KeyError):
        generator.throw(KeyError())
    assert log == ["KeyError"]


def test_closed_generator(container: Container[Any, Any], log: Log) -> None:
    """One that is closed before its end closes its scope."""

    @container.inject(scope=Scope.REQUEST)
    def generate(session: Injected[Session] = INJECTED) -> Generator[Session]:
        yield session

    generator = generate()
    next(generator)
    generator.close()
    assert log == ["GeneratorExit"]
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


def test_generator_that_is_never_started(container: Container[Any, Any]) -> None:
    """Nothing is opened before the first value is asked for."""

    @container.inject(scope=Scope.REQUEST)
    def generate(session: Injected[Session] = INJECTED) -> Generator[Session]:
        yield session

    generate().close()
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


async def test_async_generators(awaiting: Container[Any, Any], log: Log) -> None:
    """An async generator function stays one."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def generate(session: Injected[Session] = INJECTED) -> AsyncGenerator[object, str]:
        sent = yield session
        yield sent + "!"

    assert inspect.isasyncgenfunction(generate)
    generator = generate()
    assert type(await anext(generator)) is Session
    assert await generator.asend("sent") == "sent!"
    assert log == []
    with pytest.raises(StopAsyncIteration):
        await anext(generator)
    assert log == ["closed"]


async def test_exception_thrown_into_an_async_generator(awaiting: Container[Any, Any], log: Log) -> None:
    """It comes out of the ``yield`` in the function first, and reaches the scope if that lets it."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def generate(session: Injected[Session] = INJECTED) -> AsyncGenerator[str]:
        try:
            yield "first"
        except ValueError:
            yield "caught"

    generator = generate()
    assert await anext(generator) == "first"
    assert await generator.athrow(ValueError()) == "caught"
    with pytest.raises(KeyError):
        await generator.athrow(KeyError())
    assert log == ["KeyError"]


async def test_closed_async_generator(awaiting: Container[Any, Any], log: Log) -> None:
    """One that is closed before its end runs the function's ``finally`` and then closes its scope."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def generate(session: Injected[Session] = INJECTED) -> AsyncGenerator[Session]:
        try:
            yield session
        finally:
            log.append("finally")

    generator = generate()
    await anext(generator)
    await generator.aclose()
    assert log == ["finally", "GeneratorExit"]


async def test_async_generator_without_values(awaiting: Container[Any, Any], log: Log) -> None:
    """One that gives nothing ends at once, and closes its scope; one that fails at once does that."""

    @awaiting.inject(scope=Scope.REQUEST)
    async def generate(*, fail: bool, session: Injected[Session] = INJECTED) -> AsyncIterator[Session]:
        if fail:
            raise KeyError
        nothing: tuple[Session, ...] = ()
        for one in nothing:
            yield one

    assert [one async for one in generate(fail=False)] == []
    with pytest.raises(KeyError):
        [one async for one in generate(fail=True)]
    assert log == ["closed", "KeyError"]


def test_methods(container: Container[Any, Any]) -> None:
    """Methods, class methods and static methods can be decorated."""

    class Handler:
        @container.inject
        def method(self, order: int, users: Injected[Users] = INJECTED) -> Any:
            return self, order, users

        @classmethod
        @container.inject
        def of_class(cls, users: Injected[Users] = INJECTED) -> Any:
            return cls, users

        @staticmethod
        @container.inject
        def static(users: Injected[Users] = INJECTED) -> Any:
            return users

    handler, users = Handler(), container.resolve(Users)
    assert handler.method(3) == (handler, 3, users)
    assert handler.of_class() == (Handler, users)
    assert handler.static() is users
    assert list(inspect.signature(handler.method).parameters) == ["order"]


def test_partials_and_objects_that_can_be_called(container: Container[Any, Any]) -> None:
    """What can be called can be injected into."""

    class Handler:
        def __call__(self, users: Injected[Users] = INJECTED) -> Users:
            return users

    def handle(order: int, users: Injected[Users] = INJECTED) -> Any:
        return order, users

    users = container.resolve(Users)
    assert container.inject(Handler())() is users
    assert container.inject(partial(handle, 3))() == (3, users)
    assert container.inject(Handler().__call__)() is users


def test_frameworks_do_not_see_what_is_injected(container: Container[Any, Any]) -> None:
    """Signature, annotations and hints are those of the function without what is injected; the rest is kept."""

    @container.inject
    def handle(order: "int", users: Injected[Users] = INJECTED, *, limit: int = 3) -> "list[int]":
        """Handle."""
        return [order, limit]

    assert str(inspect.signature(handle)) == "(order: 'int', *, limit: int = 3) -> 'list[int]'"
    assert get_type_hints(handle) == {"order": int, "limit": int, "return": list[int]}
    assert (untyped(handle).__name__, handle.__doc__) == ("handle", "Handle.")


def test_injected_parameter_without_a_default(container: Container[Any, Any]) -> None:
    """Under the plugin the placeholder may be left out; parameters may stand in any order."""

    @container.inject
    def handle(users: Injected[Users], order: int) -> Any:
        return users, order

    assert untyped(handle)(order=3) == (container.resolve(Users), 3)


def test_nothing_is_resolved_or_used_by_decorating() -> None:
    """Decorating does not use the container: sources may be added after, and found at the call."""
    container = wire()

    @container.inject
    def users(users: Injected[Users] = INJECTED) -> Users:
        return users

    untyped(container).add_concrete(Users)
    assert users() is container.resolve(Users)


@pytest.mark.parametrize("function", [3, "handle"])
def test_what_cannot_be_injected_into(container: Container[Any, Any], function: object) -> None:
    """What is no function is refused where it is decorated, and so is what is no scope."""
    with pytest.raises(TypeError, match="only a function"):
        container.inject(untyped(function))
    with pytest.raises(TypeError, match="inject"):
        container.inject(scope=untyped("REQUEST"))


def test_default_of_ones_own(container: Container[Any, Any]) -> None:
    """A parameter with a default of its own is filled in all the same; it is marked."""

    @container.inject
    def handle(users: Injected[Users] | None = None, own: Injected[Users] = INJECTED) -> Any:
        return users, own

    found: Callable[[], Any] = handle
    assert found() == (None, container.resolve(Users))


def test_scope_that_cannot_be_closed_does_not_stay_current() -> None:
    """A call whose scope needs to be closed awaiting says so, and leaves no scope behind that is current."""

    async def close(_: object) -> None: ...

    container = wire(provide(Session, scope=Scope.REQUEST, on_close=close))

    @container.inject(scope=Scope.REQUEST)
    def call(session: Injected[Session] = INJECTED) -> None:
        assert session is container.current(Scope.REQUEST).resolve(Session)

    with pytest.raises(AsyncCleanupError) as caught:
        call()
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)
    with pytest.warns(ResourceWarning, match="Session"):
        del caught


async def test_injected_parameter_before_one_that_has_to_be_passed() -> None:
    """Where no parameter list can leave the injected parameter out, the others are passed by name."""
    container = wire(provide(Users))

    @container.inject
    def plain(users: Injected[Users], number: int) -> tuple[object, int]:
        return users, number

    @container.inject
    async def awaited(users: Injected[Users], number: int) -> tuple[object, int]:
        return users, number

    calls: list[Any] = [plain, awaited]
    users = container.resolve(Users)
    assert calls[0](number=1) == (users, 1)
    assert await calls[1](number=2) == (users, 2)


def test_all_kinds_of_parameters_are_passed_on() -> None:
    """Positional-only, keyword-only and variadic parameters reach the function as they were passed."""
    container = wire(provide(Users))

    @container.inject
    def take(
        first: int, /, second: int = 2, *rest: int, third: int, users: Injected[Users] = INJECTED, **more: int
    ) -> tuple[object, ...]:
        return first, second, rest, third, users, more

    users = container.resolve(Users)
    assert take(1, third=3) == (1, 2, (), 3, users, {})
    assert take(1, 5, 6, third=3, fourth=4) == (1, 5, (6,), 3, users, {"fourth": 4})
    assert list(inspect.signature(take).parameters) == ["first", "second", "rest", "third", "more"]


def test_arguments_reach_a_decorated_function_as_they_are_passed(container: Container[Any, Any]) -> None:
    """A decorator may take arguments by name alone, whatever the function takes that it goes around."""

    def handle(number: int, users: Injected[Users] = INJECTED, session: Injected[Session] = INJECTED) -> object:
        return number, type(users), type(session)

    @wraps(handle)
    def by_name(**arguments: Any) -> object:
        return handle(**arguments)

    with container.enter_scope(Scope.REQUEST) as request:
        assert untyped(request.inject(by_name))(number=1) == (1, Users, Session)
        assert untyped(request.inject(partial(by_name, number=2)))() == (2, Users, Session)


def test_positional_only_parameters_at_the_end() -> None:
    """A function whose parameters are all positional-only is called as it is."""

    @wire(provide(Users)).inject
    def take(first: int, second: int, /) -> tuple[int, int]:
        return first, second

    assert take(1, 2) == (1, 2)


def test_around_the_decorators_of_methods() -> None:
    """Class and static methods stay what they are if these decorators come first."""
    container = wire(provide(Users))

    class Handlers:
        @container.inject
        @classmethod
        def of_class(cls, users: Injected[Users] = INJECTED) -> tuple[object, Users]:
            return cls, users

        @container.inject
        @staticmethod
        def static(number: int, users: Injected[Users] = INJECTED) -> tuple[int, Users]:
            return number, users

    users = container.resolve(Users)
    assert Handlers.of_class() == Handlers().of_class() == (Handlers, users)
    assert Handlers.static(3) == Handlers().static(3) == (3, users)


def test_starred_parameters() -> None:
    """Nothing is injected into ``*args`` and ``**kwargs``: what of, and how many times?"""

    def positional(*users: Injected[Users]) -> None: ...

    def named(**users: Injected[Users]) -> None: ...

    for function in (positional, named):
        with pytest.raises(TypeError, match=r"must not be starred; write one .*\[wire-target\]"):
            wire(provide(Users)).inject(untyped(function))
