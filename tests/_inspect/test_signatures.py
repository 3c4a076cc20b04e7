"""Signatures: what a target takes and what it gives."""

import collections
import functools
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from dataclasses import InitVar, dataclass, field
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, Generic, NamedTuple, NewType, Self, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict

from tests._inspect.elsewhere import Timed, TimedOnce
from tests.wiring import annotated, untyped
from wireproof._inspect.annotations import Reading
from wireproof._inspect.constructors import constructor
from wireproof._inspect.keys import canonical
from wireproof._inspect.signatures import CallParameter, Product, is_builtin, read_parameters, read_product
from wireproof._inspect.targets import TargetKind, check_target, is_asynchronous, target_kind
from wireproof._model.binding import Parameter

if TYPE_CHECKING:
    from decimal import Decimal

T = TypeVar("T")
Count = NewType("Count", int)


class Config:
    pass


class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config


@dataclass
class Plain:
    config: Config
    engine: Engine = field(kw_only=True)
    size: int = 3
    extra: Config | None = None
    made: list[int] = field(default_factory=list[int])
    computed: str = field(init=False, default="")


@dataclass
class Late(Timed):
    config: Config


@dataclass
class Waiting:
    config: InitVar[Config]


class Tuple(NamedTuple):
    config: Config
    size: int = 3


class Model(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)

    config: Config
    name: str = ""


class Newly:
    def __new__(cls, config: Config) -> Self:
        return super().__new__(cls)


class Inheriting(Engine):
    pass


class Quoted:
    def __init__(self, config: "Config", late: "Later") -> None: ...


class Later:
    pass


class Bare:
    pass


class Holder(Generic[T]):
    def __init__(self, config: Config) -> None: ...


def asked(one: CallParameter) -> Parameter[Any]:
    """Return what is asked for a parameter."""
    assert one.parameter is not None
    return one.parameter


def taken(target: Callable[..., Any]) -> dict[str, object]:
    """Return the names of what a target takes, with their keys."""
    return {asked(one).name: asked(one).key for one in read_parameters(target)}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Engine, {"config": Config}),
        (Inheriting, {"config": Config}),
        (Newly, {"config": Config}),
        (Plain, {"config": Config, "extra": Config | None, "engine": Engine}),
        (Tuple, {"config": Config}),
        (Model, {"config": Config}),
        (Quoted, {"config": Config, "late": Later}),
        (Holder, {"config": Config}),
        (Bare, {}),
        (object, {}),
        (Exception, {}),
        (int, {}),
        (partial(Engine), {"config": Config}),
        (partial(Engine, Config()), {}),
    ],
)
def test_constructors(target: Callable[..., Any], expected: dict[str, object]) -> None:
    """Classes of all kinds are read as they are called; builtin types with a default are left out."""
    assert taken(target) == expected


def test_generated_constructor() -> None:
    """A constructor that a library made, with annotations that it put there, is read like one that was written."""

    def init(self: object, config: object, *, engine: object) -> None: ...

    made = type("Made", (), {"__init__": annotated(init, config=Config, engine="Engine")})
    assert taken(made) == {"config": Config, "engine": Engine}


def test_inherited_fields_of_another_module() -> None:
    """String annotations of an inherited field are evaluated where they were written."""
    assert [getattr(key, "__name__", "") for key in taken(Late).values()] == ["Clock", "Config"]


def test_init_only_field() -> None:
    """A field that only the constructor of a dataclass takes is of the type inside of InitVar."""
    assert taken(Waiting) == {"config": Config}
    assert [getattr(key, "__name__", "") for key in taken(TimedOnce).values()] == ["Clock"]


def test_kinds_of_parameters() -> None:
    """Each parameter is known by how it is passed, and star parameters are not there."""

    def target(a: Config, /, b: Config, *rest: Config, c: Config, d: Count = Count(1), **more: Config) -> None: ...

    read = {one.name: one for one in read_parameters(target)}
    assert list(read) == ["a", "b", "c", "d"]
    assert [one.positional_only for one in read.values()] == [True, False, False, False]
    assert [one.keyword_only for one in read.values()] == [False, False, True, True]
    assert [asked(one).optional for one in read.values()] == [False, False, False, True]
    assert read["d"].default == 1


def test_bound_method_takes_no_self() -> None:
    """A bound method is read without its first parameter."""

    class Provider:
        def engine(self, config: Config) -> Engine:
            return Engine(config)

    assert taken(Provider().engine) == {"config": Config}


def test_decorated_function_is_read_as_what_it_wraps() -> None:
    """A decorator that uses functools.wraps does not hide what its function takes."""

    def target(config: "Config") -> "Engine":
        return Engine(config)

    @wraps(target)
    def decorated(*args: Any, **kwargs: Any) -> Engine:
        return target(*args, **kwargs)

    assert taken(decorated) == {"config": Config}
    assert read_product(decorated, None).reading == Reading(Engine)


def test_name_that_exists_for_checkers_only() -> None:
    """A name imported under TYPE_CHECKING is the reason why a parameter, or a return, cannot be read."""

    def target(price: "Decimal") -> "Decimal":
        return price

    (parameter,) = read_parameters(target)
    assert asked(parameter).key is None
    for reason in (asked(parameter).untyped, read_product(target, None).reading.untyped):
        assert reason.startswith('the name "Decimal" in its annotation does not exist at run time')


def test_such_a_name_with_a_default() -> None:
    """A parameter that cannot be read is no matter if it has a default."""

    def target(price: "Decimal | None" = None) -> None: ...

    assert read_parameters(target) == ()


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        ("not valid (", "cannot be evaluated"),
        ("Config.nothing", "cannot be evaluated"),
        ("Config[int]", "cannot be evaluated"),
        (Any, "Any says nothing"),
        (T, "a type variable"),
        (3, ""),
    ],
)
def test_annotations_that_cannot_be_read(annotation: object, reason: str) -> None:
    """An annotation that is no type is given as the reason."""

    def target(thing: object) -> None: ...

    (parameter,) = read_parameters(annotated(target, thing=annotation))
    assert asked(parameter).key is None
    assert asked(parameter).untyped
    assert reason in asked(parameter).untyped


def test_no_annotation() -> None:
    """A missing annotation is said to be missing."""
    (parameter,) = read_parameters(untyped(lambda thing: thing))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert (asked(parameter).key, asked(parameter).untyped) == (None, "it has no annotation")


def test_annotated_parameter_is_the_type_itself() -> None:
    """Metadata of an annotation is no part of the key, in a string or not."""

    def target(a: Annotated[Config, "x"], b: 'Annotated["Config", "x"]', c: Annotated[int, 1] = 3) -> None: ...

    assert taken(target) == {"a": Config, "b": Config}


def test_old_style_tuple_has_no_annotations() -> None:
    """A namedtuple without annotations cannot be filled."""
    make: Any = collections.namedtuple  # noqa: PYI024  # the old one is meant
    assert [asked(one).untyped for one in read_parameters(make("old", "config"))] == ["it has no annotation"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (str, True),
        (str | None, True),
        (list[Config], True),
        (dict[str, int] | int, True),
        (object, True),
        (Count, False),
        (Config, False),
        (Config | None, False),
        (str | Config, False),
    ],
    ids=str,
)
def test_builtin_types(key: object, expected: bool) -> None:  # noqa: FBT001
    """Builtin types are those of the module builtins, also parametrised, and unions of such only."""
    assert is_builtin(canonical(key)) is expected


def _plain() -> Config:
    return Config()


def _iterator() -> Iterator[Config]:
    yield Config()


def _generator() -> Generator[Config, None, None]:
    yield Config()


async def _coroutine() -> Config:
    return Config()


async def _async_iterator() -> AsyncIterator[Config]:
    yield Config()


async def _async_generator() -> AsyncGenerator[Config, None]:
    yield Config()


def _awaitable() -> Awaitable[Config]:
    return _coroutine()


def _returned_coroutine() -> Coroutine[Any, Any, Config]:
    return _coroutine()


class _Caller:
    async def __call__(self) -> Config:
        return Config()


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (_plain, TargetKind.CALL),
        (Config, TargetKind.CALL),
        (_iterator, TargetKind.GENERATOR),
        (_generator, TargetKind.GENERATOR),
        (_coroutine, TargetKind.COROUTINE),
        (_async_iterator, TargetKind.ASYNC_GENERATOR),
        (_async_generator, TargetKind.ASYNC_GENERATOR),
        (_Caller(), TargetKind.COROUTINE),
        (partial(_iterator), TargetKind.GENERATOR),
        (partial(partial(_coroutine)), TargetKind.COROUTINE),
        (_awaitable, TargetKind.COROUTINE),
        (_returned_coroutine, TargetKind.COROUTINE),
    ],
)
def test_products(target: Callable[..., Any], kind: TargetKind) -> None:
    """All kinds of targets that give a Config are read as such, and as the kind they are."""
    product = read_product(target, None)
    assert (product.kind, product.reading.key) == (kind, Config)


def test_class_builds_itself() -> None:
    """A class builds itself, whatever it can do besides."""

    class Ticks:
        def __iter__(self) -> Iterator[int]:
            return iter([])

        def __call__(self) -> Config:
            return Config()

    assert read_product(Ticks, None) == Product(TargetKind.CALL, Reading(Ticks))


def test_what_is_bound_to_its_own_annotation_is_returned() -> None:
    """A function that is bound to exactly what it declares gives its result as it is."""

    def ticks() -> Iterator[int]:
        return iter([])

    assert read_product(ticks, Iterator[int]).declares_yield is False
    assert read_product(ticks, int).declares_yield is True


def test_asynchronous_targets() -> None:
    """Coroutine functions and async generator functions need await, classes with an async call do not."""
    assert [is_asynchronous(one) for one in (_coroutine, _async_iterator, _Caller())] == [True] * 3
    assert [is_asynchronous(one) for one in (_plain, _iterator, _Caller)] == [False] * 3
    assert target_kind(_Caller) is TargetKind.CALL


def test_targets_can_be_called() -> None:
    """A target is returned as it is, or refused with the call named."""
    assert check_target("provide", _plain) is _plain
    with pytest.raises(TypeError, match=r"to\(3\): a target is a class or a function"):
        check_target("to", 3)


def test_wrapped_constructor_has_the_parameters_of_what_it_wraps() -> None:
    """A decorated ``__init__`` that takes anything is read through to the one it stands for."""

    def logged(init: Any) -> Any:
        @functools.wraps(init)
        def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807  # what it will be
            init(self, *args, **kwargs)

        return __init__

    class Logged:
        @logged
        def __init__(self, one: int) -> None: ...

    made = constructor(Logged)
    assert made is not None
    assert made.definer is Logged


def test_constructor_that_claims_a_signature() -> None:
    """An ``__init__`` that takes anything but says what it takes does not leave that to the base class."""

    class Base:
        def __init__(self, one: int) -> None: ...

    class Claiming(Base):
        def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def claimed(self: Claiming, config: Config) -> None: ...

    untyped(Claiming.__init__).__signature__ = inspect.signature(claimed)
    assert [parameter.name for parameter in read_parameters(Claiming)] == ["config"]
