"""Calling functions with what is injected."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from tests.wiring import annotated, untyped, wire
from wireproof import INJECTED, AsyncResolutionError, Injected, NoProviderError, OutOfScopeError, Scope, bind, provide


class Users:
    pass


class Mailer:
    pass


SOURCES = (provide(Users), provide(Mailer))


def handle(order: int, users: Injected[Users] = INJECTED, *, mailer: Injected[Mailer] = INJECTED) -> tuple[Any, ...]:
    """Return what it was given."""
    return order, users, mailer


async def ahandle(order: int, users: Injected[Users] = INJECTED) -> tuple[Any, ...]:
    """Return what it was given."""
    await asyncio.sleep(0)
    return order, users


def test_filled_in() -> None:
    """Injected parameters are resolved, the others passed on."""
    container = wire(*SOURCES)
    expected = (3, container.resolve(Users), container.resolve(Mailer))
    assert container.call(handle, 3) == container.call(handle, order=3) == expected


def test_explicit_arguments_win() -> None:
    """What the caller passes is used, by position or by name, and then nothing is resolved for it."""
    users, mailer = Users(), Mailer()
    container = wire(*SOURCES, stats=True)
    assert container.call(handle, 3, users, mailer=mailer) == (3, users, mailer)
    assert container.call(handle, 3, mailer=mailer, users=users) == (3, users, mailer)
    assert container.stats().resolutions == 0


def test_placeholder_is_no_argument() -> None:
    """Passing `INJECTED` is the same as passing nothing, by position or by name."""
    container = wire(*SOURCES)
    users = container.resolve(Users)
    assert container.call(handle, 3, users=INJECTED)[1] is users
    assert container.call(handle, 3, INJECTED)[1] is users


def test_none_is_an_argument() -> None:
    """None and other falsy arguments are passed on."""
    assert wire(*SOURCES).call(handle, 0, None, mailer=0) == (0, None, 0)


def test_variadic_parameters() -> None:
    """Surplus arguments are passed on and fill nothing else."""

    def variadic(*args: int, users: Injected[Users] = INJECTED, **kwargs: int) -> tuple[Any, ...]:
        return args, users, kwargs

    container = wire(*SOURCES)
    users = container.resolve(Users)
    assert container.call(variadic, 1, 2, 3, key=4) == ((1, 2, 3), users, {"key": 4})


def test_resolves_from_the_scope_it_is_called_on() -> None:
    """`call` resolves from this very scope, also if another one is current."""
    container = wire(provide(Users, scope=Scope.REQUEST), provide(Mailer))
    request = container.enter_scope(Scope.REQUEST)
    container.enter_scope(Scope.REQUEST)
    assert request.call(handle, 3)[1] is request.resolve(Users)
    with pytest.raises(OutOfScopeError):
        container.call(handle, 3)


def test_missing_arguments_are_the_callers_matter() -> None:
    """What is not injected has to be passed."""
    with pytest.raises(TypeError, match="order"):
        wire(*SOURCES).call(handle)


def test_what_is_missing() -> None:
    """What has no provider cannot be injected, unless it is passed."""
    container = wire(provide(Users))
    with pytest.raises(NoProviderError):
        container.call(handle, 3)
    assert container.call(handle, 3, mailer=None)[2] is None


def test_any_callable() -> None:
    """Methods, classes, partials, generator functions and objects that can be called can be called."""

    class Handler:
        def __init__(self, users: Injected[Users] = INJECTED) -> None:
            self.users = users

        def method(self, mailer: Injected[Mailer] = INJECTED) -> Mailer:
            return mailer

        def __call__(self, mailer: Injected[Mailer] = INJECTED) -> Mailer:
            return mailer

    def generate(users: Injected[Users] = INJECTED) -> Iterator[Users]:
        yield users

    container = wire(*SOURCES)
    users, mailer = container.resolve(Users), container.resolve(Mailer)
    handler = container.call(Handler)
    assert handler.users is users
    assert container.call(handler.method) is container.call(handler) is mailer
    assert container.call(partial(handle, 3)) == (3, users, mailer)
    assert list(container.call(generate)) == [users]


def test_what_a_partial_gives_wins() -> None:
    """It is not resolved, by position or by name; `INJECTED` is nothing given."""
    container, mailer = wire(*SOURCES), Mailer()
    users = container.resolve(Users)
    assert container.call(partial(handle, 3, users)) == (3, users, container.resolve(Mailer))
    assert container.call(partial(handle, 3, mailer=mailer)) == (3, users, mailer)
    assert container.call(partial(handle, 3, mailer=INJECTED)) == (3, users, container.resolve(Mailer))


def test_derived_keys() -> None:
    """Whatever is a key can be injected."""

    def derived(
        later: Injected[Callable[[], Users]] = INJECTED,
        many: Injected[Sequence[Mailer]] = INJECTED,
        perhaps: Injected[str | None] = INJECTED,
    ) -> tuple[Any, ...]:
        return later(), len(many), perhaps

    container = wire(provide(Users), bind(Mailer).contribute(Mailer))
    assert container.call(derived) == (container.resolve(Users), 1, None)


async def test_acall() -> None:
    """`acall` awaits what is injected and then the function."""

    async def make() -> Users:
        await asyncio.sleep(0)
        return Users()

    container = wire(bind(Users).to(make))
    assert await container.acall(ahandle, 3) == (3, await container.aresolve(Users))
    with pytest.raises(AsyncResolutionError):
        container.call(handle, 3)


def test_call_refuses_coroutine_functions() -> None:
    """`call` of a coroutine function would give something to await; it names `acall`."""
    with pytest.raises(TypeError, match=r"call\(ahandle\).*use acall"):
        wire(*SOURCES).call(untyped(ahandle), 3)


async def test_acall_refuses_what_is_not_awaited() -> None:
    """`acall` of a function that gives nothing to await says so; it names `call`."""

    def plain() -> None: ...

    with pytest.raises(TypeError, match=r"acall\(.*plain\).*use call"):
        await wire().acall(untyped(plain))


async def test_acall_of_a_function_that_returns_something_to_await() -> None:
    """A function that says that it returns something to await is called and awaited."""

    def indirect(users: Injected[Users] = INJECTED) -> Any:
        return ahandle(3, users)

    container = wire(*SOURCES)
    assert await container.acall(indirect) == (3, container.resolve(Users))


@pytest.mark.parametrize("function", [3, None, "handle"])
def test_what_is_no_function(function: object) -> None:
    """What cannot be called is refused."""
    with pytest.raises(TypeError, match="only a function"):
        wire().call(untyped(function))


def test_string_annotations() -> None:
    """An annotation may be a string; a name in it that does not exist at run time is named."""
    container = wire(*SOURCES)

    def fine(users: "Injected[Users]" = INJECTED) -> Users:
        return users

    assert container.call(fine) is container.resolve(Users)

    def same(users: Any) -> Any:
        return users

    unknown = annotated(same, users="Injected[Unknown]")
    with pytest.raises(TypeError, match='"Unknown", which does not exist at run time'):
        container.call(unknown)


def test_other_annotations_are_not_looked_into() -> None:
    """Names that only a type checker knows do no harm where nothing is injected."""

    def pair(order: Any, users: Any) -> Any:
        return order, users

    function = annotated(pair, order="Unknown", users="Injected[Users]")
    untyped(function).__globals__.setdefault("Users", Users)
    container = wire(*SOURCES)
    assert container.call(function, 3) == (3, container.resolve(Users))


def test_positional_only_parameter() -> None:
    """An injected parameter has to be one that can be passed by name."""

    def positional(users: Injected[Users], /) -> Users:
        return users

    with pytest.raises(TypeError, match="must not be positional-only"):
        wire(*SOURCES).call(untyped(positional))


def test_parameter_without_a_key() -> None:
    """``Injected[Any]`` says nothing."""

    def anything(users: Injected[Any]) -> None: ...

    with pytest.raises(TypeError, match="has no key"):
        wire().call(untyped(anything))


async def test_async_generator_functions() -> None:
    """An async generator function can be called; what it gives is iterated by the caller."""

    async def generate(users: Injected[Users] = INJECTED) -> AsyncIterator[Users]:
        yield users

    container = wire(*SOURCES)
    assert [one async for one in container.call(generate)] == [container.resolve(Users)]


def test_builtin_without_a_signature() -> None:
    """Nobody can have marked its parameters."""
    assert wire().call(dict, number=3) == {"number": 3}


def test_placeholder_has_a_name() -> None:
    """It shows as itself in the signature of a function."""
    assert repr(INJECTED) == "Injected"
