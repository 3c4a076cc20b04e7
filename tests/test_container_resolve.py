"""Resolving: what a key gives, how often it is built, and how arguments are passed."""

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any, Generic, NewType, Protocol, TypeVar

import pytest

from tests.wiring import annotated, untyped, wire
from wireproof import Container, Lifetime, Provider, Scope, bind, provide

T = TypeVar("T")


class Config:
    pass


class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config


class Users(Protocol):
    def engine_of(self) -> Engine: ...


class SqlUsers:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def engine_of(self) -> Engine:
        return self.engine


class Box(Generic[T]):
    def __init__(self, inside: T) -> None:
        self.inside = inside


class Ticks:
    """An iterator that is to be provided as itself."""

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        return 1


Primary = NewType("Primary", Engine)
Count = NewType("Count", int)


def test_class_is_built_with_what_it_takes() -> None:
    """A class is built from its constructor's annotations, and what it takes is shared."""
    container = Container(provide(SqlUsers), provide(Engine), provide(Config))
    users = container.resolve(SqlUsers)
    assert users.engine is container.resolve(Engine)
    assert users.engine.config is container.resolve(Config)


def test_order_of_sources_does_not_matter() -> None:
    """A source may stand before or behind those that need it."""
    for sources in ([provide(Engine), provide(Config)], [provide(Config), provide(Engine)]):
        assert isinstance(wire(*sources).resolve(Engine), Engine)


def test_scoped_instance_is_built_once() -> None:
    """The same key gives the same object."""
    container = Container(provide(Config))
    assert container.resolve(Config) is container.resolve(Config)


def test_two_containers_share_nothing() -> None:
    """Two containers of the same sources have instances of their own."""
    config = provide(Config)
    assert Container(config).resolve(Config) is not Container(config).resolve(Config)


def test_nothing_is_built_before_it_is_needed() -> None:
    """Neither making a container nor entering a scope calls a factory."""
    calls: list[str] = []
    with Container(bind(Config).to(untyped(lambda: calls.append("built")))) as container, container.enter_scope():
        assert calls == []


@pytest.mark.parametrize("nothing", [None, 0, "", False, [], ()])
def test_falsy_instances_are_kept(nothing: object) -> None:
    """None and other falsy instances are kept like any other."""
    calls: list[int] = []

    def make() -> object:
        calls.append(1)
        return nothing

    container = Container(bind(object).to(make))
    assert container.resolve(object) is container.resolve(object) is nothing
    assert len(calls) == 1


async def test_falsy_instances_are_kept_when_awaited() -> None:
    """An asynchronous factory that gives None is called once as well."""
    calls: list[int] = []

    async def make() -> None:
        calls.append(1)

    container = Container(bind(object).to(make))
    assert await container.aresolve(object) is await container.aresolve(object) is None
    assert len(calls) == 1


def test_none_can_be_provided_for_a_union() -> None:
    """None is an instance like any other, also as a dependency."""

    class Site:
        def __init__(self, config: Config | None) -> None:
            self.config = config

    assert wire(bind(untyped(Config | None)).instance(None), provide(Site)).resolve(Site).config is None


def test_protocol_is_served_by_its_implementation() -> None:
    """A Protocol as the key gives what it is bound to, and only under that key."""
    container = Container(bind(Users).to(SqlUsers), provide(Engine), provide(Config))
    assert type(container.resolve(Users)) is SqlUsers
    assert SqlUsers not in container


def test_alias_is_the_same_instance() -> None:
    """Two keys of which one is an alias give one object, also through another alias."""
    sources = [provide(SqlUsers), bind(Users).alias(SqlUsers), provide(Engine), provide(Config)]
    container = wire(*sources, bind(object).alias(Users))
    assert container.resolve(Users) is container.resolve(SqlUsers) is container.resolve(object)


def test_instance_is_what_was_given() -> None:
    """An object that exists already is given as it is."""
    config = Config()
    container = Container(bind(Config).instance(config), provide(Engine))
    assert container.resolve(Config) is container.resolve(Engine).config is config


def test_new_types_are_keys_of_their_own() -> None:
    """Two objects of one class are told apart by a NewType."""
    main, spare = Engine(Config()), Engine(Config())
    container = Container(bind(Engine).instance(spare), bind(Primary).instance(Primary(main)))
    assert container.resolve(Primary) is main
    assert container.resolve(Engine) is spare


def test_generic_aliases_are_keys_of_their_own() -> None:
    """Box[int] and Box[str] are two keys."""

    def numbers() -> Box[int]:
        return Box(1)

    def words() -> Box[str]:
        return Box("one")

    container = Container(provide(numbers), provide(words))
    assert container.resolve(Box[int]).inside == 1
    assert container.resolve(Box[str]).inside == "one"


def test_class_provides_itself_also_when_it_is_an_iterator() -> None:
    """A class that is an iterator is not taken for what it yields."""
    assert isinstance(Container(provide(Ticks)).resolve(Ticks), Ticks)


def test_function_bound_to_an_iterator_gives_what_it_returns() -> None:
    """A function that is bound to the very iterator type that it declares gives its result."""

    def ticks() -> Iterator[int]:
        return iter([1, 2])

    assert list(wire(bind(untyped(Iterator[int])).to(untyped(ticks))).resolve(untyped(Iterator[int]))) == [1, 2]


def test_annotated_key_is_the_type_itself() -> None:
    """Annotated metadata never tells keys apart, whether it can be hashed or not."""
    container = wire(provide(Config))
    config = container.resolve(Config)
    assert container.resolve(untyped(Annotated[Config, "main"])) is config
    assert container.resolve(untyped(Annotated[Config, ["main"]])) is config


async def test_annotated_key_is_the_type_itself_when_awaited() -> None:
    """The same holds for aresolve."""
    container = wire(provide(Config))
    assert await container.aresolve(untyped(Annotated[Config, ["main"]])) is container.resolve(Config)


def test_lambda_needs_a_key() -> None:
    """A lambda is bound by its key."""
    assert Container(bind(Count).to(lambda: Count(3))).resolve(Count) == 3


def test_partial_passes_what_is_left() -> None:
    """A partial is a target like the function behind it, without the arguments it fixes."""

    def make(name: str, config: Config) -> Box[str]:
        return Box(f"{name} {type(config).__name__}")

    container = wire(provide(untyped(partial(make, "a"))), provide(Config))
    assert container.resolve(Box[str]).inside == "a Config"


def test_object_that_can_be_called_is_a_target() -> None:
    """The call method of an object is the target, with its annotations."""

    class Maker:
        def __call__(self, config: Config) -> Engine:
            return Engine(config)

    container = Container(provide(Maker()), provide(Config))
    assert container.resolve(Engine).config is container.resolve(Config)


def test_class_method_and_static_method_are_targets() -> None:
    """Alternative constructors can be provided."""

    class Token:
        def __init__(self, text: str) -> None:
            self.text = text

        @classmethod
        def read(cls, config: Config) -> "Token":
            return cls(type(config).__name__)

        @staticmethod
        def count(config: Config) -> Count:
            return Count(7)

    container = wire(bind(Token).to(Token.read), provide(Token.count), provide(Config))
    assert container.resolve(Token).text == "Config"
    assert container.resolve(Count) == 7


def take_all(first: Config, /, second: Count, *rest: Config, third: Engine, **more: Config) -> Box[tuple[object, ...]]:
    """Take parameters of every kind."""
    return Box((first, second, rest, third, more))


def test_arguments_of_every_kind() -> None:
    """Positional-only, plain and keyword-only parameters are filled; star parameters are left empty."""
    container = Container(provide(take_all), provide(Config), provide(Engine), bind(Count).instance(Count(2)))
    first, second, rest, third, more = container.resolve(Box[tuple[object, ...]]).inside
    assert (first, third) == (container.resolve(Config), container.resolve(Engine))
    assert (second, rest, more) == (2, (), {})


def test_default_stands_without_a_provider() -> None:
    """A parameter with a default is filled if its key has a provider, and else left to the default."""
    standard = Config()

    def make(config: Config = standard) -> Engine:
        return Engine(config)

    assert Container(provide(make)).resolve(Engine).config is standard
    with_provider = Container(provide(make), provide(Config))
    assert with_provider.resolve(Engine).config is with_provider.resolve(Config) is not standard


def test_defaults_between_filled_parameters() -> None:
    """Defaults stand in the middle of parameters that are filled, also positional-only ones."""

    def make(a: Engine | None = None, /, b: Config = Config(), c: Count = Count(0)) -> Box[tuple[object, ...]]:  # noqa: B008
        return Box((a, b, c))

    container = Container(provide(make), bind(Count).instance(Count(5)))
    a, b, c = container.resolve(Box[tuple[object, ...]]).inside
    assert (a, type(b), c) == (None, Config, 5)


def test_builtin_defaults_are_never_filled() -> None:
    """A parameter of a builtin type with a default keeps it, even if that type has a provider."""

    def make(size: int = 3, name: str | None = None, flags: list[int] = [1]) -> Box[object]:  # noqa: B006
        return Box((size, name, flags))

    builtins = [bind(int).instance(9), bind(str).instance("x"), bind(list[int]).instance([])]
    assert wire(provide(make), *builtins).resolve(Box[object]).inside == (3, None, [1])


def test_new_type_of_a_builtin_with_default_is_filled() -> None:
    """A NewType of a builtin type is a dependency like any other."""

    def make(count: Count = Count(0)) -> Box[int]:
        return Box(count)

    assert Container(provide(make), bind(Count).instance(Count(4))).resolve(Box[int]).inside == 4


def test_builtin_without_default_is_filled() -> None:
    """A required parameter of a builtin type is filled by its key."""

    def make(size: int) -> Box[int]:
        return Box(size)

    assert Container(provide(make), bind(int).instance(9)).resolve(Box[int]).inside == 9


def test_transient_is_new_each_time() -> None:
    """A transient is built at each request for it, and for each parameter that takes it."""

    class Pair:
        def __init__(self, first: Config, second: Config) -> None:
            self.both = (first, second)

    container = Container(provide(Config, lifetime=Lifetime.TRANSIENT), provide(Pair))
    first, second = container.resolve(Pair).both
    assert len({first, second, container.resolve(Config), container.resolve(Config)}) == 4


def test_transient_takes_the_kept_instances() -> None:
    """What a transient takes is kept as its own source says."""
    container = Container(provide(Engine, lifetime=Lifetime.TRANSIENT), provide(Config))
    assert container.resolve(Engine) is not container.resolve(Engine)
    assert container.resolve(Engine).config is container.resolve(Engine).config


def test_holder_keeps_its_transient() -> None:
    """A kept object that took a transient has the same one ever after."""
    container = Container(provide(Engine), provide(Config, lifetime=Lifetime.TRANSIENT))
    assert container.resolve(Engine).config is container.resolve(Engine).config


def test_configured_providers_are_apart() -> None:
    """A provider's methods see the instance's own configuration."""

    class Numbers(Provider):
        def __init__(self, number: int) -> None:
            self.number = number

        @provide()
        def count(self) -> Count:
            return Count(self.number)

    assert [Container(Numbers(number)).resolve(Count) for number in (1, 2)] == [1, 2]


@pytest.mark.parametrize("key", [Config, Primary, Box[int], untyped(Annotated[Config, 1])])
def test_contains_asks_for_a_provider(key: object) -> None:
    """Whether a key is in a container is whether it has a provider, at whatever scope."""
    source = untyped(bind)(key).to(lambda: None, scope=Scope.STEP)
    assert key in wire(source)
    assert key not in wire()


def test_empty_container() -> None:
    """A container without sources is one."""
    with Container() as container:
        assert Config not in container


def test_many_keys_of_one_name() -> None:
    """Classes of the same name do not get in each other's way."""

    def new() -> Callable[[], object]:
        class Same:
            pass

        return Same

    classes = [new() for _ in range(5)]
    container = wire(*(provide(one) for one in classes))
    assert [type(container.resolve(untyped(one))) for one in classes] == classes


@pytest.mark.parametrize("name", ["class", "scope", "instance", "Ünïcode", "None", "it's"])
def test_names_that_need_care_in_generated_code(name: str) -> None:
    """A class may have any name at all, a keyword or one that is no identifier."""
    strange: Any = type(name, (), {})
    container = wire(provide(strange))
    assert type(container.resolve(strange)) is strange


def test_parameter_names_that_generated_code_uses() -> None:
    """Keyword parameters may be called as generated code calls its own variables."""

    def make(*, scope: Config, instance: Engine, error: Config, generator: Config) -> Box[object]:
        return Box((scope, instance, error, generator))

    container = Container(provide(make), provide(Config), provide(Engine))
    config, engine = container.resolve(Config), container.resolve(Engine)
    assert container.resolve(Box[object]).inside == (config, engine, config, config)


@pytest.mark.parametrize("registered", ["first", "last"])
def test_long_chain_of_dependencies(registered: str) -> None:
    """A chain of a hundred dependencies is built, however it is registered."""
    types: list[Any] = [type("C0", (), {})]
    sources: list[object] = [provide(types[0])]
    for number in range(1, 100):

        def make(below: object) -> object:
            return below

        types.append(type(f"C{number}", (), {}))
        make.__annotations__ = {"below": types[-2], "return": types[-1]}
        sources.append(provide(make))
    container = wire(*(sources if registered == "first" else reversed(sources)))
    assert container.resolve(types[-1]) is container.resolve(types[0])


@pytest.mark.parametrize(
    ("lifetimes", "scope"),
    [
        ((Lifetime.SCOPED,), Scope.APP),
        ((Lifetime.SCOPED, Lifetime.TRANSIENT), Scope.REQUEST),
        ((Lifetime.TRANSIENT,), Scope.REQUEST),
    ],
)
async def test_very_deep_graph(lifetimes: tuple[Lifetime, ...], scope: type[Scope.APP]) -> None:
    """A chain may be longer than calls can be nested, asked for with and without await."""

    def init(before: type) -> Any:
        def __init__(self: Any, before: object) -> None:  # noqa: N807  # what it will be
            self.before = before

        return annotated(__init__, before=before)

    classes: list[Any] = [type("C0", (), {})]
    for number in range(2200):
        classes.append(type(f"C{number}", (), {"__init__": init(classes[-1])}))
    kinds = itertools.cycle(lifetimes)
    sources: list[Any] = [provide(cls, scope=scope, lifetime=kind) for cls, kind in zip(classes, kinds, strict=False)]
    with wire(*sources).enter_scope(Scope.REQUEST) as request:
        assert isinstance(request.resolve(classes[-1]).before, classes[-2])
        assert isinstance((await request.aresolve(classes[-1])).before, classes[-2])
    async with wire(*sources).enter_scope(Scope.REQUEST) as request:
        assert isinstance((await request.aresolve(classes[-1])).before, classes[-2])
