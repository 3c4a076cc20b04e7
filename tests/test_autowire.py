"""Classes that nobody registered."""

import abc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, NewType, Protocol, TypeVar

import pytest

from tests.racing import in_threads
from tests.wiring import untyped, wire
from wireproof import (
    AsyncResolutionError,
    GraphError,
    Lifetime,
    NoProviderError,
    OutOfScopeError,
    Provider,
    Scope,
    ScopeClosedError,
    autowire,
    bind,
    provide,
    require,
)

T = TypeVar("T")


class Config:
    pass


class Mailer:
    def __init__(self, config: Config) -> None:
        self.config = config


class FakeMailer(Mailer):
    pass


@dataclass
class Signup:
    mailer: Mailer
    config: Config


class Abstract(abc.ABC):
    @abc.abstractmethod
    def do(self) -> None: ...


class Interface(Protocol):
    pass


class Repo(Generic[T]):
    def __init__(self, model: type[T], mailer: Mailer) -> None:
        self.model, self.mailer = model, mailer


Name = NewType("Name", str)


def test_built_from_the_constructor() -> None:
    """A class without a provider is built, with all that it needs; by default anew each time."""
    container = wire(autowire())
    signup = container.resolve(Signup)
    assert type(signup.mailer.config) is Config
    assert signup.config is not signup.mailer.config
    assert container.resolve(Signup) is not signup


def test_kept_if_it_is_scoped() -> None:
    """With ``Lifetime.SCOPED`` there is one for each scope."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    signup = container.resolve(Signup)
    assert container.resolve(Signup) is signup
    assert signup.mailer.config is signup.config
    assert container.enter_scope(Scope.REQUEST).resolve(Signup) is signup


def test_lives_in_the_deepest_scope_that_it_needs() -> None:
    """What needs something of REQUEST is of REQUEST."""
    container = wire(provide(Config, scope=Scope.REQUEST), autowire(lifetime=Lifetime.SCOPED))
    request = container.enter_scope(Scope.REQUEST)
    assert request.resolve(Signup) is request.enter_scope(Scope.ACTION).resolve(Signup)
    assert request.resolve(Signup) is not container.enter_scope(Scope.REQUEST).resolve(Signup)
    with pytest.raises(OutOfScopeError):
        container.resolve(Signup)


def test_provider_wins() -> None:
    """What is registered is used, as a dependency as well."""
    container = wire(provide(Config), bind(Mailer).to(FakeMailer), autowire())
    assert type(container.resolve(Signup).mailer) is FakeMailer
    assert container.resolve(Signup).config is container.resolve(Config)


def test_need_of_a_registered_class() -> None:
    """What a registered class needs is built as well; a captive one is a problem."""
    assert type(wire(provide(Signup), autowire()).resolve(Signup).mailer) is Mailer
    with pytest.raises(GraphError) as caught:
        wire(provide(Config, scope=Scope.REQUEST), provide(Signup), autowire())
    assert set(caught.value.codes) == {"wire-captive"}


def test_default_stands() -> None:
    """A parameter with a default is not built, unless it is registered."""

    class Tolerant:
        def __init__(self, mailer: Mailer | None = None, config: Config = Config(), size: int = 3) -> None:  # noqa: B008
            self.found = (mailer, config, size)

    default = wire(autowire()).resolve(Tolerant).found
    assert default == wire(autowire()).resolve(Tolerant).found
    assert default[0] is None
    container = wire(provide(Config), autowire())
    assert container.resolve(Tolerant).found[1] is container.resolve(Config)


def test_optional_is_none() -> None:
    """``T | None`` of a class that nobody registered is None, and not built."""

    class Perhaps:
        def __init__(self, mailer: Mailer | None) -> None:
            self.mailer = mailer

    container = wire(autowire())
    assert container.resolve(Perhaps).mailer is None
    assert container.resolve(untyped(Mailer | None)) is None


@pytest.mark.parametrize("key", [int, str, dict, list[int], Abstract, Interface, Name, int | str, None])
def test_never_built(key: Any) -> None:
    """Builtins, abstract classes, Protocols, NewTypes and unions are not built."""
    with pytest.raises(NoProviderError):
        wire(autowire()).resolve(key)


def test_need_that_cannot_be_built() -> None:
    """What cannot be built is missing, at construction or when it is asked for."""

    class Needs:
        def __init__(self, interface: Interface) -> None:
            self.interface = interface

    with pytest.raises(GraphError) as caught:
        wire(provide(Needs), autowire())
    assert caught.value.codes == ("wire-missing",)
    with pytest.raises(NoProviderError, match="Interface"):
        wire(autowire()).resolve(Needs)


def test_need_without_an_annotation() -> None:
    """A parameter that says nothing is reported, and is no reason to call the class without it."""

    class Silent:
        def __init__(self, something) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
            self.something = something

    with pytest.raises(GraphError) as caught:
        wire(require(Silent), autowire())
    assert caught.value.codes == ("wire-untyped",)


def test_silent_class_asked_for() -> None:
    """The same holds if it is only asked for."""

    class Silent:
        def __init__(self, something) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
            self.something = something

    with pytest.raises(GraphError) as caught:
        wire(autowire()).resolve(Silent)
    assert caught.value.codes == ("wire-untyped",)


def test_cycle() -> None:
    """A cycle among such classes is a problem where something registered needs it."""
    with pytest.raises(GraphError) as caught:
        wire(require(Ping), autowire())
    assert caught.value.codes == ("wire-cycle",)


class Ping:
    def __init__(self, pong: "Pong") -> None:
        self.pong = pong


class Pong:
    def __init__(self, ping: Ping) -> None:
        self.ping = ping


def test_cycle_asked_for() -> None:
    """One that is only asked for is reported there, and not built for ever."""
    with pytest.raises(GraphError) as caught:
        wire(autowire()).resolve(Ping)
    assert caught.value.codes == ("wire-cycle",)


def test_functions() -> None:
    """Functions that resolve later may give classes that nobody registered."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    assert container.resolve(Callable[[], Mailer])() is container.resolve(Mailer)


async def test_awaited() -> None:
    """One that needs something asynchronous needs ``await``."""

    async def make() -> Config:
        return Config()

    container = wire(bind(Config).to(make), autowire())
    with pytest.raises(AsyncResolutionError):
        container.resolve(Signup)
    assert (await container.aresolve(Signup)).config is await container.aresolve(Config)
    later = container.resolve(Callable[[], Awaitable[Mailer]])
    assert type(await later()) is Mailer


def test_generic_class() -> None:
    """A generic class is built with its arguments."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    assert container.resolve(Repo[Config]).model is Config
    assert container.resolve(Repo[Config]) is container.resolve(Repo[Config])


def test_threads_get_one() -> None:
    """Threads that ask at once for a scoped one get one."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    assert len({id(one) for one in in_threads([lambda: container.resolve(Signup)] * 5)}) == 1


def test_closed_container_keeps_none() -> None:
    """An inner scope gets nothing any more from a container that is closed."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    container.resolve(Config)
    request = container.enter_scope(Scope.REQUEST)
    container.close()
    with pytest.raises(ScopeClosedError):
        request.resolve(Config)


def test_in_a_provider() -> None:
    """A provider can hold it; what it gives holds for the whole container."""

    class Domain(Provider):
        classes = autowire()

    assert type(wire(Domain()).resolve(Signup)) is Signup


def test_membership() -> None:
    """``in`` knows what would be built."""
    container = wire(autowire())
    assert Signup in container
    assert Interface not in container


def test_what_is_no_lifetime() -> None:
    """The option is checked where it is given."""
    with pytest.raises(TypeError, match="lifetime"):
        autowire(lifetime=untyped("forever"))
