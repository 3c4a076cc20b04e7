"""Many sources for one key, given together."""

import asyncio
import typing
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager

import pytest

from tests.wiring import headlines, untyped, wire
from wireproof import (
    AsyncResolutionError,
    GraphError,
    Lifetime,
    NoProviderError,
    OutOfScopeError,
    Provider,
    Scope,
    bind,
    provide,
    provide_all,
    require,
)


class Plugin:
    pass


class First(Plugin):
    pass


class Second(Plugin):
    pass


class App:
    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self.plugins = plugins


class Tenant(Scope.APP):
    pass


FIRST, SECOND = bind(Plugin).contribute(First), bind(Plugin).contribute(Second)


def types(instances: Sequence[object]) -> list[type]:
    """Return what the instances are of."""
    return [type(one) for one in instances]


def test_all_in_registration_order() -> None:
    """Members come in the order of registration, resolved and injected, in a sequence that nobody can change."""
    container = wire(SECOND, FIRST, provide(App))
    assert types(container.resolve(Sequence[Plugin])) == [Second, First]
    assert types(container.resolve(App).plugins) == [Second, First]
    assert not hasattr(container.resolve(App).plugins, "append")


def test_members_are_kept() -> None:
    """A member is an instance like any other: kept in its scope, or with TRANSIENT built anew."""
    transient = bind(Plugin).contribute(Second, lifetime=Lifetime.TRANSIENT)
    container = wire(FIRST, transient)
    one, other = container.resolve(Sequence[Plugin]), container.resolve(Sequence[Plugin])
    assert one[0] is other[0]
    assert one[1] is not other[1]


def test_same_class_twice() -> None:
    """One class may be contributed twice, and is built twice."""
    first, second = wire(FIRST, FIRST).resolve(Sequence[Plugin])
    assert first is not second


def test_plain_provider_does_not_join() -> None:
    """A provider of the key is beside the collection, and the collection is no provider of the key."""
    assert types(wire(provide(Plugin), FIRST).resolve(Sequence[Plugin])) == [First]
    with pytest.raises(NoProviderError):
        wire(FIRST).resolve(Plugin)


def test_without_contributions_it_is_missing() -> None:
    """Where nothing is contributed and no collection declared, nothing provides one."""
    with pytest.raises(NoProviderError):
        wire(provide(Plugin)).resolve(Sequence[Plugin])
    with pytest.raises(GraphError) as caught:
        wire(provide(App))
    assert caught.value.codes == ("wire-missing",)


def test_declared_collection_may_be_empty() -> None:
    """`contributions` declares it; it is empty then, or has what is contributed elsewhere."""
    declared = bind(Plugin).contributions()
    assert wire(declared, provide(App)).resolve(App).plugins == ()
    assert types(wire(declared, FIRST).resolve(Sequence[Plugin])) == [First]


def test_default_stands_without_contributions() -> None:
    """A parameter with a default keeps it where there is no collection."""

    class Tolerant:
        def __init__(self, plugins: Sequence[Plugin] = (), perhaps: Sequence[Plugin] | None = None) -> None:
            self.plugins, self.perhaps = plugins, perhaps

    assert wire(provide(Tolerant)).resolve(Tolerant).plugins == ()
    found = wire(provide(Tolerant), FIRST).resolve(Tolerant)
    assert types(found.plugins) == types(found.perhaps or ()) == [First]


def test_explicit_provider_of_the_sequence_wins() -> None:
    """Whoever binds the sequence itself decides what it is."""
    plugins: Sequence[Plugin] = [Plugin()]
    assert wire(FIRST, bind(Sequence[Plugin]).instance(plugins)).resolve(Sequence[Plugin]) is plugins


def test_collection_lives_in_the_deepest_scope_of_its_members() -> None:
    """With a member of REQUEST, the collection cannot be had at APP; at REQUEST the others are shared."""
    container = wire(FIRST, bind(Plugin).contribute(Second, scope=Scope.REQUEST))
    with pytest.raises(OutOfScopeError):
        container.resolve(Sequence[Plugin])
    one, other = (container.enter_scope(Scope.REQUEST).resolve(Sequence[Plugin]) for _ in range(2))
    assert one[0] is other[0]
    assert one[1] is not other[1]


def test_captive_collection() -> None:
    """What lives longer than a member cannot need the collection."""
    with pytest.raises(GraphError) as caught:
        wire(FIRST, bind(Plugin).contribute(Second, scope=Scope.REQUEST), provide(App))
    assert caught.value.codes == ("wire-captive",)


def test_members_on_two_branches() -> None:
    """No scope could give members of two branches together; that is a problem at construction."""
    with pytest.raises(GraphError) as caught:
        wire(bind(Plugin).contribute(First, scope=Tenant), bind(Plugin).contribute(Second, scope=Scope.REQUEST))
    assert caught.value.codes == ("wire-scope",)
    assert "Plugin" in headlines(caught.value)[0]


def test_member_with_needs() -> None:
    """A member's parameters are injected, and missing ones reported."""

    class Needs(Plugin):
        def __init__(self, app: First) -> None:
            self.app = app

    member = bind(Plugin).contribute(Needs)
    [found] = wire(provide(First), member).resolve(Sequence[Plugin])
    assert isinstance(untyped(found).app, First)
    with pytest.raises(GraphError) as caught:
        wire(member)
    assert caught.value.codes == ("wire-missing",)


def test_member_of_another_type() -> None:
    """What is contributed has to fit the key."""
    with pytest.raises(GraphError) as caught:
        wire(bind(Plugin).contribute(untyped(App)), bind(Plugin).contributions())
    assert "wire-type" in caught.value.codes


def test_cycle_through_a_collection() -> None:
    """A member that needs the collection is a cycle."""

    class Round(Plugin):
        def __init__(self, all_of_them: Sequence[Plugin]) -> None:
            self.all = all_of_them

    with pytest.raises(GraphError) as caught:
        wire(bind(Plugin).contribute(Round))
    assert caught.value.codes == ("wire-cycle",)


async def test_asynchronous_members() -> None:
    """One member that needs ``await`` makes the collection need it."""

    async def make() -> Second:
        await asyncio.sleep(0)
        return Second()

    container = wire(FIRST, bind(Plugin).contribute(make), provide(App))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Sequence[Plugin])
    assert types((await container.aresolve(App)).plugins) == [First, Second]
    assert types(await container.aresolve(Sequence[Plugin])) == [First, Second]


async def test_generators_and_context_managers() -> None:
    """Members may be generators, and context managers with ``enter=True``; they are closed newest first."""
    closed: list[str] = []

    def generator() -> Iterator[First]:
        yield First()
        closed.append("generator")

    async def agenerator() -> AsyncIterator[First]:
        yield First()
        closed.append("async generator")

    @contextmanager
    def manager() -> Generator[Second]:
        yield Second()
        closed.append("manager")

    container = wire(
        bind(Plugin).contribute(generator),
        bind(Plugin).contribute(agenerator),
        bind(Plugin).contribute(manager, enter=True),
    )
    assert types(await container.aresolve(Sequence[Plugin])) == [First, First, Second]
    await container.aclose()
    assert closed == ["manager", "async generator", "generator"]


def test_in_providers() -> None:
    """Providers contribute; a scope that is left out is the provider's."""

    class One(Provider[Scope.REQUEST]):
        plugin = bind(Plugin).contribute(First)

    class Two(Provider):
        plugin = bind(Plugin).contribute(Second)

    container = wire(Two(), One())
    assert types(container.enter_scope(Scope.REQUEST).resolve(Sequence[Plugin])) == [Second, First]


def test_later_and_required() -> None:
    """A collection can be asked for later by a function, and be required."""

    class Later:
        def __init__(self, plugins: Callable[[], Sequence[Plugin]]) -> None:
            self.plugins = plugins

    container = wire(FIRST, provide(Later), require(Sequence[Plugin]))
    assert types(container.resolve(Later).plugins()) == [First]


def test_both_spellings() -> None:
    """`typing.Sequence` and `collections.abc.Sequence` are one."""
    assert types(wire(FIRST).resolve(untyped(typing.Sequence[Plugin]))) == [First]


def test_provide_all() -> None:
    """`provide_all` registers each target under its own key with the same options."""
    closed: list[object] = []
    container = wire(
        provide_all(First, Second, scope=Scope.REQUEST, lifetime=Lifetime.TRANSIENT, on_close=closed.append)
    )
    with container.enter_scope(Scope.REQUEST) as request:
        found = [request.resolve(Second), request.resolve(First), request.resolve(First)]
    assert types(found) == [Second, First, First]
    assert closed == found[::-1]


def test_provide_all_in_a_provider() -> None:
    """In a provider, its scope is the default, and any kind of function is a target."""

    async def make() -> First:
        return First()

    class All(Provider[Scope.REQUEST]):
        them = provide_all(make, Second)

    request = wire(All()).enter_scope(Scope.REQUEST)
    assert type(asyncio.run(untyped(request.aresolve(First)))) is First
    assert type(request.resolve(Second)) is Second


def test_provide_all_refuses_what_is_no_target() -> None:
    """Each target is checked where it is given, and so are the options."""
    with pytest.raises(TypeError, match="provide_all"):
        provide_all(First, untyped(3))
    with pytest.raises(TypeError, match="lifetime"):
        provide_all(First, lifetime=untyped("forever"))
