"""Registration statement by statement."""

# mypy: disable-error-code="wire-opaque"
# That nothing is known about these containers is the point of `wire`.

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from functools import partial
from typing import Any, Self

import pytest

from tests.racing import in_threads
from tests.wiring import untyped, wire
from wireproof import (
    Container,
    ContainerFrozenError,
    GraphError,
    Lifetime,
    NoProviderError,
    Provider,
    Scope,
    bind,
    provide,
)


class Config:
    pass


class Users:
    pass


class SqlUsers(Users):
    def __init__(self, config: Config) -> None:
        self.config = config


class Client:
    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def make_config() -> Config:
    """Build one."""
    return Config()


async def make_config_awaiting() -> Config:
    """Build one, awaiting."""
    return Config()


def lend_config() -> Iterator[Config]:
    """Lend one."""
    yield Config()


async def lend_config_awaiting() -> AsyncIterator[Config]:
    """Lend one, awaiting."""
    yield Config()


def test_add() -> None:
    """`add` takes what `Container` does, several at once."""

    class Database(Provider):
        users = bind(Users).to(SqlUsers)

    container = wire()
    container.add(Database(), provide(Config))
    assert type(container.resolve(Users)) is SqlUsers


def test_add_concrete() -> None:
    """A class is registered under itself or another key, with the keywords of `provide`, and the source returned."""
    closed: list[Users] = []
    container = wire(provide(Config))
    container.add_concrete(SqlUsers)
    source = container.add_concrete(SqlUsers, provides=Users, scope=Scope.REQUEST, on_close=closed.append)
    with container.enter_scope(Scope.REQUEST) as request:
        users = request.resolve(Users)
        assert users is not request.resolve(SqlUsers)
    assert closed == [users]
    assert repr(source) == "bind(Users).to(SqlUsers)"


def test_returned_source_is_one() -> None:
    """What is returned can be given to another container."""
    container = wire()
    source = container.add_concrete(Config, lifetime=Lifetime.TRANSIENT)
    other = wire(source)
    assert other.resolve(Config) is not other.resolve(Config)


def test_add_factory() -> None:
    """A function is called; a coroutine function is awaited."""
    container = wire()
    container.add_factory(make_config)
    container.add_factory(lambda: 3, provides=int)
    assert type(container.resolve(Config)) is Config
    assert container.resolve(int) == 3
    other = wire()
    other.add_factory(make_config_awaiting, scope=Scope.REQUEST)
    assert type(asyncio.run(untyped(other.enter_scope(Scope.REQUEST).aresolve(Config)))) is Config


async def test_add_generator() -> None:
    """A generator function, sync or async, is resumed at scope end."""
    closed: list[str] = []

    def lend(name: str) -> Callable[[], Iterator[Users]]:
        def make() -> Iterator[Users]:
            yield Users()
            closed.append(name)

        return make

    async def lend_awaiting() -> AsyncIterator[Config]:
        yield Config()
        closed.append("async")

    container = wire()
    container.add_generator(lend("sync"))
    container.add_generator(lend_awaiting, provides=Config)
    async with container:
        container.resolve(Users)
        await container.aresolve(Config)
    assert closed == ["async", "sync"]


def test_add_context_manager() -> None:
    """A class or function that returns a context manager is entered."""
    left: list[str] = []

    @contextlib.contextmanager
    def lend(config: Config) -> Generator[Users]:
        yield SqlUsers(config)
        left.append("left")

    container = wire(provide(Config))
    container.add_context_manager(Client)
    container.add_context_manager(lend, provides=Users)
    with container:
        assert type(container.resolve(Client)) is Client
        assert type(container.resolve(Users)) is SqlUsers
    assert left == ["left"]


def test_add_instance() -> None:
    """An object is registered under its class or another key; ``on_close`` is called with it."""
    closed: list[Users] = []
    config, users = Config(), SqlUsers(Config())
    with Container() as empty:
        container: Container[Any, Any] = empty
        container.add_instance(config)
        container.add_instance(users, provides=Users, on_close=closed.append)
        assert container.resolve(Config) is config
        assert container.resolve(Users) is users
    assert closed == [users]


@pytest.mark.parametrize(
    ("call", "target", "message"),
    [
        ("add_concrete", make_config, "use add_factory"),
        ("add_concrete", 3, "must be a class"),
        ("add_factory", Config, "use add_concrete"),
        ("add_factory", lend_config, "that is a generator function; use add_generator"),
        ("add_factory", lend_config_awaiting, "that is an async generator function; use add_generator"),
        ("add_factory", untyped(contextlib.contextmanager)(lend_config), "enter=True|add_context_manager"),
        ("add_factory", 3, "a target is"),
        ("add_generator", make_config, "that is a plain function; use add_factory"),
        ("add_generator", make_config_awaiting, "that is a coroutine function; use add_factory"),
        ("add_generator", Config, "use add_concrete"),
        ("add_context_manager", make_config, "does not return a context manager"),
        ("add_context_manager", Config, "does not return a context manager"),
        ("add", Config, r"provide\(Config\)"),
    ],
)
def test_wrong_kind(call: str, target: Any, message: str) -> None:
    """Each call says what it takes, and which one takes what was given; nothing is added."""
    container = wire()
    with pytest.raises(TypeError, match=rf"^{call}.*({message})"):
        getattr(container, call)(target)
    assert Config not in container


@pytest.mark.parametrize(
    ("call", "options", "message"),
    [
        ("add_concrete", {"provides": "Users"}, "not a string"),
        ("add_concrete", {"scope": "REQUEST"}, "scope"),
        ("add_concrete", {"lifetime": "forever"}, "lifetime"),
        ("add_concrete", {"on_close": 3}, "on_close"),
        ("add_concrete", {"lock_mode": "some"}, "lock_mode"),
        ("add_instance", {"provides": 3}, "a key is a type"),
        ("add_instance", {"on_close": 3}, "on_close"),
    ],
)
def test_wrong_options(call: str, options: dict[str, Any], message: str) -> None:
    """Options are checked where they are given."""
    with pytest.raises(TypeError, match=rf"^{call}.*{message}"):
        getattr(wire(), call)(Config, **options)


USES: dict[str, Callable[[Any], Any]] = {
    "resolve": lambda container: container.resolve(Config),
    "enter_scope": lambda container: container.enter_scope(),
    "extend": lambda container: container.extend(),
    "close": lambda container: container.close(),
    "aresolve": lambda container: asyncio.run(container.aresolve(Config)),
    "override": lambda container: container.override(),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_used_container_is_frozen(use: Callable[[Any], Any]) -> None:
    """Once it has been used, every call is refused, and nothing is changed."""
    container = wire(provide(Config))
    use(container)
    calls: list[Callable[[], object]] = [
        lambda: container.add(provide(Users)),
        lambda: container.add_concrete(Users),
        lambda: container.add_factory(make_config),
        lambda: container.add_generator(lend_config),
        lambda: container.add_context_manager(Client),
        lambda: container.add_instance(Users()),
    ]
    for call in calls:
        with pytest.raises(ContainerFrozenError, match="extend"):
            call()
    assert Users not in container


LOOKS: dict[str, Callable[[Any], Any]] = {
    "in": lambda container: Config in container,
    "graph": lambda container: container.graph,
    "id": lambda container: container.id,
    "repr": repr,
    "scope": lambda container: container.scope,
    "current": lambda container: container.current(Scope.APP),
    "inject": lambda container: container.inject(make_config),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_looking_does_not_freeze(look: Callable[[Any], Any]) -> None:
    """Looking at a container is not using it."""
    container = wire(provide(Config))
    look(container)
    container.add_concrete(Users)
    assert Users in container
    assert type(container.resolve(Users)) is Users


def test_entered_scope_is_frozen() -> None:
    """A scope of a container takes no sources."""
    with pytest.raises(ContainerFrozenError):
        wire().enter_scope(Scope.REQUEST).add(provide(Config))


def test_problems_are_reported_at_first_use() -> None:
    """What is added is checked as a whole when the container is used; it can be mended and used then."""
    container = wire()
    container.add_concrete(SqlUsers, provides=Users)
    for _ in range(2):
        with pytest.raises(GraphError) as caught:
            container.resolve(Users)
        assert caught.value.codes == ("wire-missing",)
    container.add_concrete(Config)
    assert type(container.resolve(Users)) is SqlUsers


def test_frozen_after_a_failed_question() -> None:
    """A question that has no answer is a use as well."""
    container = wire()
    with pytest.raises(NoProviderError):
        container.resolve(Config)
    with pytest.raises(ContainerFrozenError):
        container.add_concrete(Config)


def test_duplicates() -> None:
    """The same key twice is a problem here as well."""
    container = wire(provide(Config))
    container.add_factory(make_config)
    with pytest.raises(GraphError) as caught:
        container.resolve(Config)
    assert caught.value.codes == ("wire-duplicate",)


def test_threads_that_use_it_first() -> None:
    """Threads that are the first to use a container, all at once, get one instance of it, current and resolvable."""

    def ask(container: Container[Any, Any]) -> list[Any]:
        asked = [lambda: container.resolve(Config), lambda: container.enter_scope().resolve(Config)]
        return in_threads(asked * 3)

    for _ in range(20):
        with wire(provide(Config), bind(Users).instance(Users(), on_close=lambda _: None)) as container:
            assert len({id(one) for one in ask(container)}) == 1


def test_threads_that_add() -> None:
    """Threads that add at once all add."""
    keys = [type(f"Key{number}", (), {}) for number in range(8)]
    container = wire()
    in_threads([partial(container.add_concrete, key) for key in keys])
    assert all(type(container.resolve(key)) is key for key in keys)
