"""Putting something around the instance of another source."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.wiring import untyped, wire
from wireproof import (
    AsyncResolutionError,
    GraphError,
    Lifetime,
    Provider,
    Scope,
    bind,
    provide,
    replacing,
)


class Users:
    pass


class SqlUsers(Users):
    pass


class Metrics:
    pass


class Counted(Users):
    def __init__(self, inner: Users, metrics: Metrics) -> None:
        self.inner, self.metrics = inner, metrics


class Cached(Users):
    def __init__(self, inner: Users) -> None:
        self.inner = inner


class Page:
    def __init__(self, users: Users) -> None:
        self.users = users


def layers(instance: Any) -> list[type]:
    """Return the classes from the outermost decoration to the instance."""
    inner = getattr(instance, "inner", None)
    return [type(instance), *(layers(inner) if inner else [])]


def test_first_parameter_is_the_undecorated_instance() -> None:
    """A decoration receives the instance of the source, and the rest is injected."""
    container = wire(provide(Metrics), bind(Users).to(SqlUsers), bind(Users).decorate(Counted))
    found: Any = container.resolve(Users)
    assert layers(found) == [Counted, SqlUsers]
    assert found.metrics is container.resolve(Metrics)


def test_everybody_gets_the_decorated_one() -> None:
    """It is built once, and is what everybody gets who asks for the key."""
    container = wire(provide(Users), bind(Users).decorate(Cached), provide(Page))
    assert container.resolve(Page).users is container.resolve(Users)
    assert layers(container.resolve(Users)) == [Cached, Users]


def test_decorations_stack() -> None:
    """The first registered is the innermost."""
    sources = (provide(Users), provide(Metrics))
    first, second = bind(Users).decorate(Cached), bind(Users).decorate(Counted)
    assert layers(wire(*sources, first, second).resolve(Users)) == [Counted, Cached, Users]
    assert layers(wire(second, first, *sources).resolve(Users)) == [Cached, Counted, Users]
    assert layers(wire(first, first, *sources).resolve(Users)) == [Cached, Cached, Users]


def test_function_as_decoration() -> None:
    """A function may return what it was given, or something else."""

    def same(users: Users) -> Users:
        return users

    container = wire(provide(Users), bind(Users).decorate(same))
    assert type(container.resolve(Users)) is Users


def test_decorated_lives_where_the_undecorated_does() -> None:
    """A decorated instance has the scope and the lifetime of what it goes around."""
    container = wire(provide(Users, scope=Scope.REQUEST), bind(Users).decorate(Cached))
    one, other = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    assert one.resolve(Users) is one.resolve(Users)
    assert one.resolve(Users) is not other.resolve(Users)
    transient = wire(provide(Users, lifetime=Lifetime.TRANSIENT), bind(Users).decorate(Cached))
    assert untyped(transient.resolve(Users)).inner is not untyped(transient.resolve(Users)).inner


def test_captive_need_of_a_decoration() -> None:
    """A decoration cannot need what lives shorter than the instance it goes around."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Users), provide(Metrics, scope=Scope.REQUEST), bind(Users).decorate(Counted))
    assert caught.value.codes == ("wire-captive",)


def test_decorating_nothing() -> None:
    """There has to be something to go around."""
    with pytest.raises(GraphError) as caught:
        wire(bind(Users).decorate(Cached))
    assert "wire-missing" in caught.value.codes


async def test_asynchronous_decoration() -> None:
    """One that awaits makes the key need ``await``."""

    async def slow(users: Users, metrics: Metrics) -> Users:
        await asyncio.sleep(0)
        return Counted(users, metrics)

    container = wire(provide(Users), provide(Metrics), bind(Users).decorate(slow), provide(Page))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Page)
    assert layers((await container.aresolve(Page)).users) == [Counted, Users]


async def test_decorating_what_is_asynchronous() -> None:
    """A plain decoration goes around what was awaited."""

    async def make() -> Users:
        await asyncio.sleep(0)
        return SqlUsers()

    container = wire(bind(Users).to(make), bind(Users).decorate(Cached))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Users)
    assert layers(await container.aresolve(Users)) == [Cached, SqlUsers]


def test_generator_as_decoration() -> None:
    """A generator function cleans up before what it goes around does."""
    closed: list[str] = []

    def inner() -> Iterator[Users]:
        yield Users()
        closed.append("inner")

    def outer(users: Users) -> Iterator[Users]:
        yield Cached(users)
        closed.append("outer")

    with wire(bind(Users).to(inner), bind(Users).decorate(untyped(outer))) as container:
        assert layers(container.resolve(Users)) == [Cached, Users]
    assert closed == ["outer", "inner"]


def test_decorating_instances_aliases_and_values() -> None:
    """It does not matter what kind of source it is that is decorated."""
    users = SqlUsers()
    decoration = bind(Users).decorate(Cached)
    assert untyped(wire(bind(Users).instance(users), decoration).resolve(Users)).inner is users
    aliased = wire(provide(SqlUsers), bind(Users).alias(SqlUsers), decoration)
    assert untyped(aliased.resolve(Users)).inner is aliased.resolve(SqlUsers)


def test_alias_of_the_decorated() -> None:
    """An alias gives the decorated instance."""
    container = wire(bind(SqlUsers).to(SqlUsers), bind(SqlUsers).decorate(lambda it: it), bind(Users).alias(SqlUsers))
    assert container.resolve(Users) is container.resolve(SqlUsers)


def test_decorating_the_replacement() -> None:
    """A decoration goes around the source that counts in the end."""
    container = wire(provide(Users), replacing(bind(Users).to(SqlUsers)), bind(Users).decorate(Cached))
    assert layers(container.resolve(Users)) == [Cached, SqlUsers]


def test_decoration_in_a_provider() -> None:
    """A provider can decorate what another one provides."""

    class Watching(Provider):
        counted = bind(Users).decorate(Counted)
        metrics = provide(Metrics)

    class Data(Provider[Scope.REQUEST]):
        users = bind(Users).to(SqlUsers)

    request = wire(Watching(), Data()).enter_scope(Scope.REQUEST)
    assert layers(request.resolve(Users)) == [Counted, SqlUsers]


def test_decoration_of_another_type() -> None:
    """What a decoration gives has to fit the key."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Users), bind(Users).decorate(untyped(Page)))
    assert caught.value.codes == ("wire-type",)


def test_decoration_that_takes_nothing() -> None:
    """A function without parameters cannot receive the instance; that is refused."""

    def nothing() -> Users:
        return Users()

    with pytest.raises(TypeError, match=r"decorate\(nothing\)"):
        bind(Users).decorate(untyped(nothing))


def test_failing_decoration_keeps_what_is_inside() -> None:
    """If a decoration fails, the instance that it was to go around is there for the next attempt."""
    errors: list[Exception] = [ValueError("first")]
    built: list[Users] = []

    def fail(users: Users) -> Users:
        built.append(users)
        if errors:
            raise errors.pop()
        return users

    container = wire(provide(Users), bind(Users).decorate(fail))
    with pytest.raises(ValueError, match="first"):
        container.resolve(Users)
    assert container.resolve(Users) is built[0] is built[1]
