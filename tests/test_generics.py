"""Open generics: one source for every parametrisation of a class."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

import pytest

from tests.racing import in_threads
from tests.wiring import broken, untyped, wire
from wireproof import (
    GraphError,
    Lifetime,
    NoProviderError,
    OutOfScopeError,
    Provider,
    Scope,
    ScopeClosedError,
    bind,
    provide,
)


class Model:
    pass


class User(Model):
    pass


class Order(Model):
    pass


class Engine:
    pass


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
M = TypeVar("M", bound=Model)
Number = TypeVar("Number", int, float)


class Repo(Protocol[T_co]):
    def get(self) -> T_co: ...


class SqlRepo(Generic[T]):
    """Fits Repo without deriving from it."""

    def __init__(self, model: type[T], engine: Engine) -> None:
        self.model, self.engine = model, engine

    def get(self) -> T:
        return self.model()


class Inherited(SqlRepo[T]):
    pass


class OrderRepo(SqlRepo[Order]):
    pass


class Bounded(Generic[M]):
    def __init__(self, model: type[M]) -> None:
        self.model = model


class Counter(Generic[Number]):
    pass


class Pair(Generic[T, U]):
    def __init__(self, first: type[T], second: type[U]) -> None:
        self.types = (first, second)


class Swapped(Pair[U, T], Generic[T, U]):
    """Its parameters stand the other way around in its base."""


class Service:
    def __init__(self, users: Repo[User], orders: Repo[Order]) -> None:
        self.users, self.orders = users, orders


class Cache(Generic[T]):
    def __init__(self, repo: SqlRepo[T]) -> None:
        self.repo = repo


ENGINE = provide(Engine)


def test_every_parametrisation() -> None:
    """A generic class that is provided serves each parametrisation as its own instance, with ``type[T]`` filled in."""
    container = wire(ENGINE, provide(untyped(SqlRepo)))
    users = container.resolve(SqlRepo[User])
    assert users is container.resolve(SqlRepo[User])
    assert users is not untyped(container.resolve(SqlRepo[Order]))
    assert type(users.get()) is User
    assert users.engine is container.resolve(Engine)


def test_instances_know_their_arguments() -> None:
    """What is built is ``SqlRepo[User]``, as `typing` notes it."""
    assert untyped(wire(ENGINE, provide(untyped(SqlRepo))).resolve(SqlRepo[User])).__orig_class__ == SqlRepo[User]


@pytest.mark.parametrize("key", [Repo, Repo[Any]], ids=["bare", "any"])
def test_interface_with_an_implementation(key: Any) -> None:
    """An interface is served by an implementation with the same argument, also if it does not derive from it."""
    container = wire(ENGINE, bind(key).to(untyped(SqlRepo)), provide(Service))
    service = container.resolve(Service)
    assert (type(service.users.get()), type(service.orders.get())) == (User, Order)
    assert service.users is container.resolve(Repo[User])


def test_exact_provider_wins() -> None:
    """A provider of one parametrisation is used for that one, wherever it stands."""
    for sources in ([provide(untyped(SqlRepo)), bind(Repo[Order]).to(OrderRepo)], [bind(Repo[Order]).to(OrderRepo)]):
        container = wire(ENGINE, *sources, bind(untyped(Repo)).to(untyped(SqlRepo)))
        assert type(container.resolve(Repo[Order])) is OrderRepo
        assert isinstance(container.resolve(Repo[User]), untyped(SqlRepo))


def test_asked_without_an_argument() -> None:
    """The class alone cannot be resolved; the error asks for the argument."""
    container = wire(ENGINE, provide(untyped(SqlRepo)))
    with pytest.raises(NoProviderError, match=r"SqlRepo\["):
        container.resolve(untyped(SqlRepo))


def test_inherited_constructor() -> None:
    """The constructor may be that of a generic base."""
    container = wire(ENGINE, provide(untyped(Inherited)))
    assert type(container.resolve(Inherited[User]).get()) is User


def test_parameters_in_another_order() -> None:
    """Arguments are passed on through the bases."""
    assert wire(provide(untyped(Swapped))).resolve(Swapped[int, str]).types == (str, int)
    found = wire(bind(untyped(Pair)).to(untyped(Swapped))).resolve(Pair[int, str])
    assert (type(found), found.types) == (Swapped, (int, str))


def test_bound() -> None:
    """What the bound of the type variable forbids is not served."""
    container = wire(provide(untyped(Bounded)))
    assert container.resolve(Bounded[User]).model is User
    with pytest.raises(NoProviderError):
        container.resolve(untyped(Bounded)[int])


def test_bound_of_a_class_that_does_not_derive_from_its_key() -> None:
    """A class that only fits a Protocol keeps within its bound as well."""
    container = wire(bind(untyped(Repo)).to(untyped(Bounded)))
    assert isinstance(container.resolve(Repo[User]), Bounded)
    with pytest.raises(NoProviderError):
        container.resolve(untyped(Repo)[int])


def test_constraints() -> None:
    """Neither is what is none of its constraints."""
    container = wire(provide(untyped(Counter)))
    assert type(container.resolve(Counter[int])) is Counter
    with pytest.raises(NoProviderError):
        container.resolve(untyped(Counter)[str])


def test_parameters_that_depend_on_the_argument() -> None:
    """A parameter of a parametrised type is that of the argument."""
    container = wire(ENGINE, provide(untyped(SqlRepo)), provide(untyped(Cache)))
    assert container.resolve(Cache[User]).repo is container.resolve(SqlRepo[User])


def test_missing_need_of_a_parametrisation() -> None:
    """What only a parametrisation needs is reported where that is needed."""

    class Uses:
        def __init__(self, cache: Any) -> None:
            self.cache = cache

    Uses.__init__.__annotations__["cache"] = Cache[User]
    with pytest.raises(GraphError) as caught:
        wire(provide(untyped(Cache)), provide(Uses))
    assert caught.value.codes == ("wire-missing",)
    assert "SqlRepo[User]" in str(caught.value)


def test_need_that_does_not_depend_on_the_argument() -> None:
    """What every parametrisation needs is checked at construction."""
    with pytest.raises(GraphError) as caught:
        wire(provide(untyped(SqlRepo)))
    assert caught.value.codes == ("wire-missing",)


def test_scope_and_lifetime() -> None:
    """Each parametrisation has the scope and the lifetime of the source, and its cleanup."""
    closed: list[Any] = []
    container = wire(ENGINE, provide(untyped(SqlRepo), scope=Scope.REQUEST, on_close=closed.append))
    with pytest.raises(OutOfScopeError):
        container.resolve(SqlRepo[User])
    with container.enter_scope(Scope.REQUEST) as request:
        found = [request.resolve(SqlRepo[User]), request.resolve(untyped(SqlRepo[Order]))]
        assert request.enter_scope(Scope.ACTION).resolve(SqlRepo[User]) is found[0]
    assert closed == found[::-1]
    transient = wire(ENGINE, provide(untyped(SqlRepo), lifetime=Lifetime.TRANSIENT))
    assert transient.resolve(SqlRepo[User]) is not transient.resolve(SqlRepo[User])


def test_inner_scope_of_a_closed_container() -> None:
    """An instance that nobody registered by itself goes with its scope like all others."""
    container = wire(ENGINE, provide(untyped(SqlRepo)))
    container.resolve(SqlRepo[User])
    request = container.enter_scope(Scope.REQUEST)
    container.close()
    with pytest.raises(ScopeClosedError):
        request.resolve(SqlRepo[User])


def test_inner_scope_of_a_closed_request() -> None:
    """The same holds for a scope that was entered."""
    container = wire(ENGINE, provide(untyped(SqlRepo), scope=Scope.REQUEST))
    request = container.enter_scope(Scope.REQUEST)
    request.resolve(SqlRepo[User])
    action = request.enter_scope(Scope.ACTION)
    request.close()
    with pytest.raises(ScopeClosedError):
        action.resolve(SqlRepo[User])


async def test_awaited() -> None:
    """A parametrisation can be awaited, and needs ``await`` if what it is built from does."""

    async def engine() -> Engine:
        return Engine()

    container = wire(bind(Engine).to(engine), provide(untyped(SqlRepo)))
    assert (await container.aresolve(SqlRepo[User])).engine is await container.aresolve(Engine)


def test_threads_get_one() -> None:
    """Threads that ask at once for a parametrisation that nobody has asked for get one instance."""
    container = wire(ENGINE, provide(untyped(SqlRepo), scope=Scope.REQUEST))
    request = container.enter_scope(Scope.REQUEST)
    action = request.enter_scope(Scope.ACTION)
    asked = [lambda: request.resolve(SqlRepo[User]), lambda: action.resolve(SqlRepo[User])] * 3
    assert len({id(one) for one in in_threads(asked)}) == 1


def test_membership() -> None:
    """``in`` knows of parametrisations."""
    container = wire(ENGINE, provide(untyped(SqlRepo)))
    assert SqlRepo[User] in container
    assert SqlRepo not in container


def test_in_a_provider() -> None:
    """A provider can hold such a source, with its default scope."""

    class Data(Provider[Scope.REQUEST]):
        engine = provide(Engine)
        repos = bind(untyped(Repo)).to(untyped(SqlRepo))

    assert type(wire(Data()).enter_scope(Scope.REQUEST).resolve(Repo[User]).get()) is User


def test_parametrised_target() -> None:
    """A generic class with its arguments provides just that."""
    container = wire(ENGINE, provide(SqlRepo[User]))
    assert type(container.resolve(SqlRepo[User]).get()) is User
    assert SqlRepo[Order] not in container
    bound = wire(ENGINE, bind(Repo[User]).to(SqlRepo[User]))
    assert type(bound.resolve(Repo[User]).get()) is User


def test_function_for_one_parametrisation() -> None:
    """A function provides the parametrisation in its annotation."""

    def make() -> SqlRepo[User]:
        return SqlRepo(User, Engine())

    container = wire(provide(make))
    assert type(container.resolve(SqlRepo[User])) is SqlRepo
    assert SqlRepo[Order] not in container


def test_same_class_twice() -> None:
    """Two sources for every parametrisation are a duplicate, spelled in any way."""
    with pytest.raises(GraphError) as caught:
        wire(ENGINE, bind(untyped(Repo)).to(untyped(SqlRepo)), bind(untyped(Repo[Any])).to(untyped(Inherited)))
    assert caught.value.codes == ("wire-duplicate",)


class Plain:
    pass


class Mixed(Generic[T]):
    def __init__(self, model: type[T], plain: type[Plain]) -> None:
        self.given = (model, plain)


def test_only_a_type_variable_is_given_its_class() -> None:
    """A parameter for another class object is a need like any other, in a generic class as well."""
    refused = broken(bind(Mixed[User]).to(Mixed[User]))
    assert refused.codes == ("wire-missing",)
    container = wire(bind(Mixed[User]).to(Mixed[User]), bind(type[Plain]).instance(Plain))
    assert container.resolve(Mixed[User]).given == (User, Plain)
