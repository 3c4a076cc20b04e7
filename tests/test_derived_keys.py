"""Keys that mean something by their form: functions, optionals, the container."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, NewType, Optional

import pytest

from tests.racing import in_threads
from tests.wiring import headlines, untyped, wire
from wireproof import (
    AsyncResolutionError,
    Container,
    GraphError,
    Has,
    Lifetime,
    NoProviderError,
    OutOfScopeError,
    ResolutionCycleError,
    Scope,
    ScopeClosedError,
    bind,
    provide,
    require,
)


class Engine:
    pass


class Session:
    pass


class Later:
    def __init__(self, engine: Callable[[], Engine]) -> None:
        self.engine = engine


class Awaiting:
    def __init__(self, engine: Callable[[], Awaitable[Engine]]) -> None:
        self.engine = engine


class Perhaps:
    def __init__(self, engine: Engine | None) -> None:
        self.engine = engine


class Knows:
    def __init__(self, container: Container) -> None:
        self.container = container


class Egg:
    def __init__(self, hen: "Callable[[], Hen]") -> None:
        self.hen = hen


class Hen:
    def __init__(self, egg: Egg) -> None:
        self.egg = egg


Name = NewType("Name", str)


async def make_engine() -> Engine:
    """Build one, awaiting."""
    await asyncio.sleep(0)
    return Engine()


def test_function_resolves_when_it_is_called() -> None:
    """``Callable[[], T]`` builds nothing until it is called, and then gives the kept instance."""
    container = wire(provide(Engine), provide(Later), stats=True)
    later = container.resolve(Later)
    assert container.stats().resolutions_by_key == {Later: 1}
    assert later.engine() is later.engine() is container.resolve(Engine)


def test_function_of_a_transient_builds_each_time() -> None:
    """For a TRANSIENT each call is a request of its own."""
    later = wire(provide(Engine, lifetime=Lifetime.TRANSIENT), provide(Later)).resolve(Later)
    assert later.engine() is not later.engine()


def test_function_resolves_in_the_scope_of_its_holder() -> None:
    """It resolves where it was injected, and refuses when that scope is closed."""
    container = wire(provide(Engine, scope=Scope.REQUEST), provide(Later, scope=Scope.REQUEST))
    request = container.enter_scope(Scope.REQUEST)
    later = request.resolve(Later)
    container.enter_scope(Scope.REQUEST)
    assert later.engine() is request.resolve(Engine)
    request.close()
    with pytest.raises(ScopeClosedError):
        later.engine()


def test_function_breaks_a_cycle() -> None:
    """Two classes may need each other if one of them asks later."""
    container = wire(provide(Egg), provide(Hen))
    assert container.resolve(Egg).hen().egg is container.resolve(Egg)
    assert container.resolve(Hen).egg.hen() is container.resolve(Hen)


def test_function_called_too_early() -> None:
    """Called while it is being built, what it resolves needs itself; that is an error with the path, no dead end."""
    with pytest.raises(ResolutionCycleError, match="Hen -> Hen"):
        wire(bind(Hen).to(eager)).resolve(Hen)


def eager(itself: Callable[[], Hen]) -> Hen:
    """Ask for what is being built."""
    return itself()


def test_function_asked_of_the_container() -> None:
    """``resolve(Callable[[], T])`` gives such a function as well."""
    container = wire(provide(Engine))
    assert container.resolve(Callable[[], Engine])() is container.resolve(Engine)


async def test_asynchronous_function() -> None:
    """``Callable[[], Awaitable[T]]`` resolves awaiting; what needs ``await`` cannot be had by a plain one."""
    container = wire(bind(Engine).to(make_engine), provide(Awaiting))
    awaiting = container.resolve(Awaiting)
    assert await awaiting.engine() is await container.aresolve(Engine)
    with pytest.raises(GraphError) as caught:
        wire(bind(Engine).to(make_engine), provide(Later))
    assert caught.value.codes == ("wire-async",)


async def test_asynchronous_function_of_what_is_not() -> None:
    """It works for what needs no ``await`` too."""
    container = wire(provide(Engine), provide(Awaiting))
    assert await container.resolve(Awaiting).engine() is container.resolve(Engine)


async def test_asynchronous_function_after_an_awaited_holder() -> None:
    """A holder that was awaited has functions that work like those of any other."""

    async def make(engine: Callable[[], Awaitable[Engine]]) -> Awaiting:
        await engine()
        return Awaiting(engine)

    container = wire(bind(Engine).to(make_engine), bind(Awaiting).to(make))
    awaiting = await container.aresolve(Awaiting)
    assert await awaiting.engine() is await container.aresolve(Engine)


def test_captive_function() -> None:
    """A function cannot resolve what lives shorter than its holder."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Engine, scope=Scope.REQUEST), provide(Later))
    assert caught.value.codes == ("wire-captive",)


def test_function_of_what_is_missing() -> None:
    """What it will resolve has to be there."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Later))
    assert headlines(caught.value) == ['No provider for "Engine", required by "Later" (parameter "engine")']


def test_function_with_a_default() -> None:
    """With a default it is injected if there is something to resolve; else the default stands."""

    class Tolerant:
        def __init__(self, engine: Callable[[], Engine] = Engine) -> None:
            self.engine = engine

    assert wire(provide(Tolerant)).resolve(Tolerant).engine is Engine
    container = wire(provide(Tolerant), provide(Engine))
    assert container.resolve(Tolerant).engine() is container.resolve(Engine)


def test_explicit_provider_of_a_function_wins() -> None:
    """Whoever binds ``Callable[[], T]`` itself decides what it is; functions with parameters mean nothing by form."""
    container = wire(bind(Callable[[], Engine]).instance(Engine), provide(Later))
    assert container.resolve(Later).engine is Engine
    with pytest.raises(NoProviderError):
        container.resolve(Callable[[int], Engine])
    with pytest.raises(NoProviderError):
        container.resolve(Callable[..., Engine])


def test_functions_in_threads() -> None:
    """Threads that call it at once get one instance."""
    later = wire(provide(Engine), provide(Later)).resolve(Later)
    assert len({id(one) for one in in_threads([later.engine] * 5)}) == 1


def test_optional() -> None:
    """``T | None`` is the instance if there is a provider, else None."""
    assert wire(provide(Perhaps)).resolve(Perhaps).engine is None
    container = wire(provide(Perhaps), provide(Engine))
    assert container.resolve(Perhaps).engine is container.resolve(Engine)


def test_optional_asked_of_the_container() -> None:
    """It can be asked for, in each of its spellings."""
    for key in (Engine | None, Optional[Engine], None | Engine):  # noqa: UP045
        assert wire().resolve(untyped(key)) is None
        assert type(wire(provide(Engine)).resolve(untyped(key))) is Engine


def test_captive_optional() -> None:
    """If the provider lives shorter, that is a mistake and no reason for None."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Perhaps), provide(Engine, scope=Scope.REQUEST))
    assert caught.value.codes == ("wire-captive",)
    with pytest.raises(OutOfScopeError):
        wire(provide(Engine, scope=Scope.REQUEST)).resolve(untyped(Engine | None))


async def test_asynchronous_optional() -> None:
    """One whose provider needs ``await`` needs it too."""
    container = wire(provide(Perhaps), bind(Engine).to(make_engine))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Perhaps)
    assert (await container.aresolve(Perhaps)).engine is await container.aresolve(Engine)


def test_explicit_provider_of_an_optional_wins() -> None:
    """Whoever binds the union itself decides what it is."""
    engine = Engine()
    container = wire(bind(untyped(Engine | None)).instance(engine), provide(Engine), provide(Perhaps))
    assert container.resolve(Perhaps).engine is engine


def test_union_of_several() -> None:
    """A union is a key of its own; with None it may be missing."""
    container = wire(bind(untyped(Engine | Session)).to(Session))
    assert type(container.resolve(untyped(Engine | Session | None))) is Session
    assert wire().resolve(untyped(Engine | Session | None)) is None


def test_derived_keys_nest() -> None:
    """A function may give an optional, a collection or a function."""
    container = wire(provide(Engine), bind(Engine).contribute(Engine))
    assert container.resolve(Callable[[], Callable[[], Engine]])()() is container.resolve(Engine)
    assert container.resolve(untyped(Callable[[], Session | None]))() is None
    assert len(container.resolve(Callable[[], Sequence[Engine]])()) == 1
    assert container.resolve(untyped(Callable[[], Engine] | None))() is container.resolve(Engine)


def test_container_itself() -> None:
    """``Container`` is the scope at which the holder lives, with or without type arguments."""
    container = wire(provide(Knows), provide(Later), provide(Engine))
    assert container.resolve(Knows).container is container
    assert container.resolve(Container) is container
    assert container.resolve(Container[Has[Any], Scope.APP]) is container
    request = container.enter_scope(Scope.REQUEST)
    assert request.resolve(Container) is request
    assert request.resolve(Knows).container is container


def test_container_of_a_transient() -> None:
    """A transient gets the scope that it was asked of."""
    request = wire(provide(Knows, lifetime=Lifetime.TRANSIENT)).enter_scope(Scope.REQUEST)
    assert request.resolve(Knows).container is request


def test_container_of_a_class_of_ones_own() -> None:
    """In a container of a subclass, that and `Container` are the container; in a plain one the subclass is missing."""

    class Mine(Container[Any, Any]):
        pass

    mine = Mine(provide(Knows))
    assert mine.resolve(Knows).container is mine
    assert mine.resolve(Mine) is mine
    assert isinstance(mine.enter_scope(Scope.REQUEST).resolve(Container), Mine)
    with pytest.raises(NoProviderError):
        wire().resolve(Mine)


def test_resolving_while_being_built() -> None:
    """A factory that takes the container may resolve something else from it."""

    def make(container: Container) -> Later:
        return Later(untyped(container.resolve)(Callable[[], Engine]))

    container = wire(provide(Engine), bind(Later).to(make))
    assert container.resolve(Later).engine() is container.resolve(Engine)


def test_alias_of_a_derived_key() -> None:
    """A key may be an alias of a function, a collection or an optional."""
    make: Any = bind
    container = wire(
        provide(Engine),
        bind(Engine).contribute(Engine),
        make(Session).alias(Callable[[], Engine]),
        make(Name).alias(Engine | None),
        make(Collection[Engine]).alias(Sequence[Engine]),
        make(object).alias(Container),
    )
    assert untyped(container.resolve(Session))() is container.resolve(Engine)
    assert untyped(container.resolve(Name)) is container.resolve(Engine)
    assert len(container.resolve(Collection[Engine])) == 1
    assert untyped(container.resolve(object)) is container


async def test_alias_of_an_asynchronous_derived_key() -> None:
    """The alias needs ``await`` if what is behind it does."""
    make: Any = bind
    container = wire(bind(Engine).to(make_engine), make(Name).alias(Engine | None))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Name)
    assert untyped(await container.aresolve(Name)) is await container.aresolve(Engine)


def test_requirements_of_derived_keys() -> None:
    """What is required may be a derived key, and is checked by what is behind it."""
    container = wire(provide(Engine), require(Callable[[], Engine]), require(untyped(Session | None)))
    assert len(container.graph.nodes) == len([Engine, Callable[[], Engine], Session | None])
    with pytest.raises(GraphError) as caught:
        wire(require(Callable[[], Engine]))
    assert caught.value.codes == ("wire-missing",)
    with pytest.raises(GraphError) as caught:
        wire(bind(Engine).to(make_engine), require(Callable[[], Engine]))
    assert caught.value.codes == ("wire-async",)


def test_membership() -> None:
    """``in`` says whether a derived key could be resolved."""
    container = wire(provide(Engine))
    assert Callable[[], Engine] in container
    assert Callable[[], Session] not in container
    assert (Session | None) in container
    assert Sequence[Engine] not in container
    assert Container in container
