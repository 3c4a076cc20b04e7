"""Wirings that cannot work, keys that cannot be resolved, and what is no key or scope at all."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar

import pytest

from tests.wiring import annotated, broken, headlines, untyped, wire
from wireproof import (
    AsyncResolutionError,
    BaseScope,
    Container,
    NoProviderError,
    OutOfScopeError,
    Provider,
    ResolutionError,
    Scope,
    ScopeError,
    WireproofError,
    bind,
    provide,
    replacing,
    require,
)

T = TypeVar("T")


class Config:
    pass


class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config


class Users(Protocol):
    def find(self) -> str: ...


class Store(ABC):
    @abstractmethod
    def save(self) -> None: ...

    @abstractmethod
    def load(self) -> None: ...


class Session:
    pass


class Cache:
    def __init__(self, session: Session) -> None:
        self.session = session


class Egg:
    def __init__(self, hen: "Hen") -> None:
        self.hen = hen


class Hen:
    def __init__(self, egg: Egg) -> None:
        self.egg = egg


class SubConfig(Config):
    pass


def test_every_problem_is_reported() -> None:
    """A wiring with many mistakes is one error with all of them, in the order of the sources."""
    hen = [provide(Egg), provide(Hen)]
    error = broken(provide(Engine), provide(Cache), provide(Session, scope=Scope.REQUEST), *hen, provide(Store))
    assert error.codes == ("wire-missing", "wire-captive", "wire-cycle", "wire-abstract")
    assert str(error).startswith("4 problems in the wiring\n")
    assert all(f"[{code}]" in str(error) for code in error.codes)


def test_one_problem_is_singular() -> None:
    """One problem is not called problems, and is shown with its notes."""
    text = str(broken(provide(Engine)))
    assert text.splitlines() == [
        "1 problem in the wiring",
        'No provider for "Config", required by "Engine" (parameter "config")',
        "    path: Engine (APP) -> Config",
        f"    defined at: {__name__}.Engine",
        "    add a source for it, for example: bind(Config).instance(config)  [wire-missing]",
    ]


def test_near_miss_is_shown() -> None:
    """A subclass that is provided is shown where its base is missing."""
    assert 'provided are, however: "SubConfig" (by "SubConfig")' in str(broken(provide(Engine), provide(SubConfig)))


def test_cycle() -> None:
    """A cycle is found when the container is made, from the smallest name on."""
    error = broken(provide(Hen), provide(Egg))
    assert headlines(error) == ['Dependency cycle: "Egg" needs itself']
    assert "Egg (APP) -> Egg.hen -> Hen (APP) -> Hen.egg -> Egg (APP)" in str(error)


def test_captive() -> None:
    """An application's object that takes a request's is refused."""
    error = broken(provide(Cache), provide(Session, scope=Scope.REQUEST))
    assert headlines(error) == [
        '"Cache" (APP) would hold the shorter-lived "Session" (REQUEST) (parameter "session" of "Cache")'
    ]


def test_captive_across_branches() -> None:
    """Scopes beside each other cannot hold each other's objects."""

    class Tenant(Scope.APP):
        pass

    assert broken(provide(Cache, scope=Tenant), provide(Session, scope=Scope.REQUEST)).codes == ("wire-captive",)


def test_captive_transient_counts_as_well() -> None:
    """A transient of a deeper scope cannot be taken either: what it needs may not be there."""
    session = provide(Session, scope=Scope.REQUEST, lifetime=untyped("transient"))
    assert broken(provide(Cache), session).codes == ("wire-captive",)


def test_duplicate() -> None:
    """The same key twice is refused, and so is the same source twice."""
    twice = provide(Config)
    assert headlines(broken(twice, twice)) == ['"Config" is provided twice by "Config"']
    other = bind(Config).instance(Config())
    assert headlines(broken(twice, other)) == ['Two providers for "Config": "Config" and "bind(Config)"']


@pytest.mark.parametrize(
    ("target", "headline"),
    [
        (Users, '"Users" is a Protocol and cannot be built'),
        (Store, '"Store" is abstract and cannot be built: "load", "save" not implemented'),
    ],
)
def test_abstract(target: type[object], headline: str) -> None:
    """A Protocol or abstract class as a target is refused, under its own key or another, or in a partial."""
    assert headlines(broken(provide(target))) == [headline]
    assert headlines(broken(bind(object).to(target))) == [headline]
    assert headlines(broken(provide(partial(target)))) == [headline]


def test_wrong_class() -> None:
    """A class that is not what it is bound to is refused, also behind an alias or as an instance."""
    sources: list[object] = [
        untyped(bind(Config)).to(Session),
        untyped(bind(Config)).instance(Session()),
        untyped(bind(Config)).alias(Session),
    ]
    for source in sources:
        assert broken(source, provide(Session)).codes == ("wire-type",)


def test_wrong_return_type() -> None:
    """A function that declares another class than it is bound to is refused."""

    def make() -> Session:
        return Session()

    assert headlines(broken(untyped(bind(Config)).to(make))) == [
        '"make" builds "Session", which is not the "Config" it is bound to'
    ]


def test_numbers_are_promoted_as_checkers_do() -> None:
    """An int may stand for a float, and a float for a complex number."""
    assert wire(bind(float).instance(3), bind(complex).instance(2.5)).resolve(float) == 3


def test_wrong_yield() -> None:
    """A generator that yields another class than it is bound to is refused."""

    def make() -> Iterator[Session]:
        yield Session()

    assert broken(untyped(bind(Config)).to(make)).codes == ("wire-yield",)


def test_generator_that_does_not_say_so() -> None:
    """A generator function that declares what it yields as its result is refused."""

    def make() -> Iterator[Config]:
        yield Config()

    error = broken(provide(annotated(make, **{"return": Config})))
    assert headlines(error) == ['"make" is a generator function but is declared to return "Config"']


def test_iterator_that_is_not_yielded() -> None:
    """A function that declares an iterator without being a generator function is refused."""

    def make() -> Iterator[Config]:
        return iter([Config()])

    assert headlines(broken(provide(make))) == [
        '"make" is declared to return "Iterator[Config]" but is not a generator function'
    ]


def test_async_generator_that_does_not_say_so() -> None:
    """An async generator function with a wrong return annotation is refused."""

    async def make() -> AsyncIterator[Config]:
        yield Config()

    assert broken(provide(annotated(make, **{"return": Config}))).codes == ("wire-yield",)


def test_parameter_without_annotation() -> None:
    """A required parameter without an annotation is refused."""

    def make(thing: object) -> Config:
        return Config()

    error = broken(bind(Config).to(annotated(make)))
    assert headlines(error) == ['Parameter "thing" of "make" cannot be filled: it has no annotation']


def test_function_without_return_annotation() -> None:
    """A function that does not say what it returns needs a key."""

    def make() -> Config:
        return Config()

    assert headlines(broken(provide(annotated(make)))) == ['What "make" provides cannot be read: it has no annotation']
    assert isinstance(wire(bind(Config).to(make)).resolve(Config), Config)


@pytest.mark.parametrize("annotation", [Any, T, 3])
def test_annotation_that_is_no_key(annotation: object) -> None:
    """A parameter that may be anything cannot be filled."""

    def make(thing: object) -> Config:
        return Config()

    make.__annotations__["thing"] = annotation
    assert broken(provide(make)).codes == ("wire-untyped",)


def test_bare_iterator_says_nothing() -> None:
    """A generator function that declares a bare Iterator does not say what it yields."""

    def make() -> Iterator[Config]:
        yield Config()

    assert broken(provide(annotated(make, **{"return": Iterator}))).codes == ("wire-untyped",)


def test_replacing_nothing() -> None:
    """A replacing source without anything to replace is refused."""
    assert headlines(broken(replacing(provide(Config)))) == [
        '"Config" is to replace a provider of "Config", but there is none'
    ]


def test_unfilled_requirement() -> None:
    """A requirement that is not filled says who requires it."""
    assert headlines(broken(require(Config))) == ['No provider for "Config", required by "require(Config)"']


def test_resolving_what_is_not_provided() -> None:
    """A key without provider is refused with data and words, and the container works on."""
    container = wire(provide(SubConfig))
    with pytest.raises(NoProviderError, match=r'No provider for "Config"') as caught:
        container.resolve(Config)
    assert caught.value.problem.key is Config
    assert 'provided are, however: "SubConfig"' in str(caught.value)
    assert isinstance(container.resolve(SubConfig), SubConfig)


async def test_awaiting_what_is_not_provided() -> None:
    """A key without provider is refused by aresolve as well."""
    with pytest.raises(NoProviderError):
        await wire().aresolve(Config)


def test_resolving_at_an_outer_scope() -> None:
    """A key of a deeper scope is refused with the scope to enter."""
    container = wire(provide(Config, scope=Scope.REQUEST))
    with pytest.raises(OutOfScopeError, match='"Config" lives in REQUEST and cannot be resolved at APP') as caught:
        container.resolve(Config)
    assert isinstance(caught.value, ScopeError)
    assert isinstance(caught.value, ResolutionError)
    assert "container.enter_scope(Scope.REQUEST)" in str(caught.value)


def test_resolving_an_alias_at_an_outer_scope() -> None:
    """An alias lives where what it stands for lives."""
    container = wire(bind(Config).alias(SubConfig), provide(SubConfig, scope=Scope.REQUEST))
    with pytest.raises(OutOfScopeError, match='"Config" lives in REQUEST and cannot be resolved at APP'):
        container.resolve(Config)


async def test_resolving_what_awaits() -> None:
    """What awaits, itself or below, is refused without await, also when it has been built already."""

    async def make() -> Config:
        return Config()

    container = wire(provide(make), provide(Engine))
    for _ in range(2):
        for key in (Config, Engine):
            with pytest.raises(AsyncResolutionError, match=r'awaits "make" and cannot be done without await'):
                container.resolve(key)
        await container.aresolve(Engine)


async def test_resolving_what_yields_asynchronously() -> None:
    """An async generator awaits as well."""

    async def make() -> AsyncIterator[Config]:
        yield Config()

    async with wire(provide(make)) as container:
        with pytest.raises(AsyncResolutionError, match=r"await container.aresolve\(Config\)"):
            container.resolve(Config)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Config", "a key is a type, not a string; tell two objects of one class apart by typing.NewType"),
        (3, "a key is a type, not an instance of int"),
        ([1], "a key is a type, not an instance of list"),
        ({}, "a key is a type, not an instance of dict"),
        (Any, "Any says nothing about what is wanted"),
        (T, "a type variable stands for no type yet"),
    ],
)
async def test_what_is_no_key(key: object, words: str) -> None:
    """Each call that takes a key refuses what is none with its own name, and the container works on."""
    container = wire(provide(Config))
    with pytest.raises(TypeError, match=rf"^resolve\(.*\): {words}"):
        container.resolve(untyped(key))
    with pytest.raises(TypeError, match=rf"^aresolve\(.*\): {words}"):
        await container.aresolve(untyped(key))
    with pytest.raises(TypeError, match=rf"^in\(.*\): {words}"):
        _ = key in container
    assert isinstance(container.resolve(Config), Config)


@pytest.mark.parametrize("scope", [Scope, BaseScope, "REQUEST", 3, Config, [1], Provider])
def test_what_is_no_scope(scope: object) -> None:
    """Entering what is no scope is refused with the call named, and the container works on."""
    container = wire(provide(Config, scope=Scope.REQUEST))
    with pytest.raises(TypeError, match=r"enter_scope\(scope=.*\): .*, for example Scope.REQUEST"):
        container.enter_scope(untyped(scope))
    assert isinstance(container.enter_scope().resolve(Config), Config)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"start_scope": Scope}, r"Container\(start_scope=.*\): Scope is the namespace"),
        ({"start_scope": "APP"}, r"Container\(start_scope='APP'\): a scope is a class"),
        ({"start_scope": None}, r"Container\(start_scope=None\): a scope is a class"),
        ({"lock_mode": "threads"}, r"Container\(lock_mode='threads'\): must be a LockMode or one of 'auto'"),
        ({"lock_mode": None}, r"Container\(lock_mode=None\): must be a LockMode"),
        ({"strict": True}, r"unexpected keyword argument 'strict'"),
    ],
)
def test_options_of_the_container(option: dict[str, object], words: str) -> None:
    """Options of the container that are not what they should be are refused."""
    with pytest.raises(TypeError, match=words):
        wire(provide(Config), **option)


@pytest.mark.parametrize(("name", "count"), [("resolve", 0), ("resolve", 2), ("enter_scope", 2), ("close", 1)])
def test_wrong_number_of_arguments(name: str, count: int) -> None:
    """A wrong number of arguments is refused by Python with the call named, and the container works on."""
    container = wire(provide(Config))
    with pytest.raises(TypeError, match=rf"{name}\(\)"):
        getattr(container, name)(*[Config] * count)
    assert isinstance(container.resolve(Config), Config)


def test_errors_have_one_base() -> None:
    """All errors about a wiring or its use can be caught as one; bad arguments are TypeErrors instead."""
    error = broken(provide(Engine))
    assert isinstance(error, WireproofError)
    assert not issubclass(TypeError, WireproofError)
    with suppress(WireproofError):
        wire().resolve(Config)


def test_errors_of_factories_pass_unchanged() -> None:
    """What a factory raises is what the caller gets, with a note that shows the path to it."""
    error = OSError("no disk")

    def make() -> Config:
        raise error

    container = Container(provide(Engine), provide(make))
    with pytest.raises(OSError, match="no disk") as caught:
        container.resolve(Engine)
    assert caught.value is error
    assert caught.value.__notes__ == ["resolution path: Engine -> Config"]


async def test_errors_of_awaited_factories_pass_unchanged() -> None:
    """The same holds where building awaits."""
    error = OSError("no disk")

    async def make() -> Config:
        raise error

    with pytest.raises(OSError, match="no disk") as caught:
        await Container(provide(Engine), provide(make)).aresolve(Engine)
    assert caught.value is error
    assert caught.value.__notes__ == ["resolution path: Engine -> Config"]


def test_notes_of_the_factory_itself_stay() -> None:
    """A note that the error had before is left alone."""

    def make() -> Config:
        error = ValueError("odd")
        error.add_note("look at the settings")
        raise error

    with pytest.raises(ValueError, match="odd") as caught:
        wire(provide(make)).resolve(Config)
    assert caught.value.__notes__ == ["look at the settings", "resolution path: Config"]


def test_error_within_a_long_path() -> None:
    """Keys of generic types are shown in the path as they are typed."""

    def make() -> list[Config]:
        raise LookupError

    class Site:
        def __init__(self, configs: list[Config]) -> None:
            self.configs = configs

    with pytest.raises(LookupError) as caught:
        wire(provide(make), provide(Site)).resolve(Site)
    assert caught.value.__notes__ == ["resolution path: Site -> list[Config]"]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit, StopIteration, StopAsyncIteration])
def test_unusual_exceptions_of_factories(kind: type[BaseException]) -> None:
    """Exceptions that mean something to Python itself pass as well."""

    def make() -> Config:
        raise kind

    container = wire(provide(make))
    with pytest.raises(kind):
        container.resolve(Config)
    with pytest.raises(kind):
        container.resolve(Config)
