"""What a target takes and what it gives, read from its signature and annotations."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial
from types import FunctionType, MethodType
from typing import Any, NamedTuple, Self, Union, get_args, get_overloads

from wireproof._inspect.annotations import NO_ANNOTATION, Reading, evaluated, key_of, read_annotation
from wireproof._inspect.constructors import constructor, has_no_constructor
from wireproof._inspect.generics import NOTHING, Substitution, has_type_variables, parametrised, type_parameters
from wireproof._inspect.keys import Key, RuntimeKeys, canonical, origin_of
from wireproof._inspect.targets import (
    TargetKind,
    check_target,
    class_of_method,
    entered_kind,
    target_kind,
    underlying,
    unwrapped,
    without_arguments,
)
from wireproof._inspect.written import (
    KEYWORD_ONLY,
    POSITIONAL,
    POSITIONAL_ONLY,
    Empty,
    Written,
    annotations,
    parameters,
)
from wireproof._model.binding import Parameter

DIFFERENT_RESULTS = "its overloads return different types"

YIELDING = {Iterator, Generator, AsyncIterator, AsyncGenerator}
AWAITED = {Coroutine, Awaitable}


class CallParameter(NamedTuple):
    """A parameter as the run time needs it: the model's record and how the argument is passed."""

    name: str
    parameter: Parameter[Key] | None
    """None if nothing is asked for it: it is then given ``default``."""

    keyword_only: bool
    positional_only: bool
    default: object


class Product(NamedTuple):
    """What a target gives."""

    kind: TargetKind
    reading: Reading
    """What is built; for a generator, what it yields."""

    declared: str = ""
    """The return annotation of a function, as text."""

    declares_yield: bool = False


def read_parameters(
    target: Callable[..., Any], substitution: Substitution = NOTHING, *, decorates: bool = False
) -> tuple[CallParameter, ...]:
    """Read the parameters that a call of ``target`` takes, without ``self``, ``*args`` and ``**kwargs``.

    Parameters of builtin types with a default are left out: a ``timeout: float = 3.0`` is not a dependency.

    Args:
        target: what will be called.
        substitution: what type variables stand for, in a generic class with arguments; a parameter annotated with
            ``type[T]`` is given the class that ``T`` stands for.
        decorates: whether the first parameter receives what it decorates, whatever it is annotated with.
    """
    return tuple(_parameters(_written(target), target, substitution, decorates=decorates))


def read_overloads(
    target: Callable[..., Any], substitution: Substitution = NOTHING, *, decorates: bool = False
) -> tuple[tuple[CallParameter, ...], ...]:
    """Read the parameters of each overload of ``target``, in order; nothing if it has none.

    What an overload writes as ``...`` is the default that the implementation has.
    """
    overloads = _overloads(target)
    if not overloads:
        return ()
    defaults = {one.name: one.default for one in _written(target)}
    return tuple(
        tuple(
            one._replace(default=defaults.get(one.name, one.default)) if one.default is ... else one
            for one in _parameters(_without_first(overload, target), target, substitution, decorates=decorates)
        )
        for overload in overloads
    )


def read_first(function: Callable[..., Any]) -> Key | None:
    """Return what the first parameter of a function takes, as far as its annotation says."""
    first = next(iter(_written(function)), None)
    return read_annotation(first.annotation, function).key if first is not None and first.kind in POSITIONAL else None


def first_annotation(target: Callable[..., Any]) -> object:
    """Return the annotation of the first parameter that a call of ``target`` takes."""
    written = next((_without_first(one, target) for one in _overloads(target)), None) or _written(target)
    return written[0].annotation if written else Empty


def return_annotations(target: Callable[..., Any]) -> list[object]:
    """Return what a function is annotated to return, once for each overload."""
    return [_return_annotation(function) for function in _overloads(target) or [target]]


def check_decorator(where: str, decorator: object) -> Callable[..., Any]:
    """Return a target if it has a parameter for the instance that it is to go around.

    Raises:
        TypeError: (``wire-target``) if it cannot be called, or has none.
    """
    target = check_target(where, decorator)
    if not (_written(target) or _overloads(target)):
        name = getattr(target, "__name__", repr(target))
        message = f"{where}({name}): it has no parameter that could receive the undecorated instance"
        raise TypeError(message)
    return target


def _parameters(
    written: Iterable[Written], target: Callable[..., Any], substitution: Substitution, *, decorates: bool
) -> Iterator[CallParameter]:
    for position, parameter in enumerate(written, start=1):
        is_decorated = decorates and position == 1
        optional = parameter.default is not Empty and not is_decorated
        annotation = _of_self(target) if position == 1 and parameter.annotation is Empty else parameter.annotation
        reading = read_annotation(annotation, target, substitution)
        if optional and (reading.key is None or is_builtin(reading.key)):
            continue
        given = _class_given(parameter, reading, target) if substitution and not is_decorated else None
        asked = Parameter(_shown(parameter, position), reading.key, optional, reading.untyped)
        yield CallParameter(
            parameter.name,
            asked if given is None else None,
            keyword_only=parameter.kind == KEYWORD_ONLY,
            positional_only=parameter.kind == POSITIONAL_ONLY,
            default=parameter.default if given is None else given,
        )


def _of_self(target: Callable[..., Any]) -> object:
    """Return the type of a first parameter without annotation; of the method of a class it is that class."""
    owner = class_of_method(target)
    parameters = () if owner is None else type_parameters(owner)
    return Empty if owner is None else parametrised(owner, parameters) if parameters else owner


def _written(target: Callable[..., Any]) -> list[Written]:
    called = without_arguments(target)
    made = constructor(called) if isinstance(called, type) else None
    if made is None and isinstance(called, type) and has_no_constructor(called):
        return []
    try:
        return parameters(called) if made is None else _without_first(made.function, called)
    except ValueError:  # some callables of extension modules have none; they are called without arguments
        return []


def _overloads(target: Callable[..., Any]) -> list[Callable[..., Any]]:
    made = constructor(target) if isinstance(target, type) else None
    function: object = target if made is None else made.function
    if not isinstance(function, FunctionType | MethodType | partial):
        function = underlying(target)
    if not isinstance(function, FunctionType | MethodType):
        return []
    return [getattr(overload, "__func__", overload) for overload in get_overloads(function)]


def _without_first(function: Callable[..., Any], target: Callable[..., Any]) -> list[Written]:
    """Return the parameters of a function that is called for a target, without what is not passed by the caller."""
    written = parameters(function)
    is_passed = isinstance(target, FunctionType) or not written or written[0].kind not in POSITIONAL
    return written if is_passed else written[1:]


def _class_given(parameter: Written, reading: Reading, target: Callable[..., Any]) -> object:
    """Return the class that is passed for a ``type[T]``; None if that is not what the parameter says."""
    if origin_of(reading.key) is not type or not has_type_variables(evaluated(parameter.annotation, target)):
        return None
    argument: object = get_args(reading.key)[0]
    return None if has_type_variables(argument) else argument


def _shown(parameter: Written, position: int) -> str:
    """Return what messages call a parameter: mypy's cache has no names for positional-only ones, so neither have we."""
    return f"#{position}" if parameter.kind == POSITIONAL_ONLY else parameter.name


def read_entered(target: Callable[..., Any]) -> Product:
    """Read what entering what ``target`` returns gives.

    That is what ``__enter__`` or ``__aenter__`` says that it returns, for a ``@contextmanager`` function what the
    generator yields. ``Self`` is the context manager itself.
    """
    kind = entered_kind(target)
    called = unwrapped(target)
    if isinstance(called, type):
        return Product(kind, _entered(kind, called, canonical(called)))
    whole = read_annotation(_return_annotation(target), target)
    origin = origin_of(whole.key) or whole.key
    if origin in YIELDING or origin in {AbstractContextManager, AbstractAsyncContextManager}:
        return Product(kind, _argument_of(whole.key, 0))
    return Product(kind, _entered(kind, origin, whole.key) if isinstance(origin, type) else whole)


def _entered(kind: TargetKind, manager: type, itself: Key) -> Reading:
    enter: Any = getattr(manager, "__enter__" if kind is TargetKind.CONTEXT_MANAGER else "__aenter__")
    given = read_annotation(_return_annotation(enter), enter, {Self: itself})
    return Reading(itself) if given.key is None else given


def read_product(target: Callable[..., Any], stated: Key | None, substitution: Substitution = NOTHING) -> Product:
    """Read what ``target`` builds.

    Args:
        target: a class, which builds itself, or a function of any kind.
        stated: the key that it is bound to, if one was stated. A function that is bound to the very type it is
            annotated with gives what it returns, also if that is an iterator.
        substitution: what type variables stand for, in a method of a generic provider.
    """
    built: Any = unwrapped(target)
    if isinstance(origin_of(built) or built, type):
        return Product(TargetKind.CALL, Reading(built if isinstance(built, type) else canonical(built)))
    whole = _returned(target, substitution)
    kind = target_kind(target)
    if stated is not None and whole.key == stated:
        return Product(TargetKind.COROUTINE if kind is TargetKind.COROUTINE else TargetKind.CALL, whole)
    declared = "" if whole.key is None else RuntimeKeys().short(whole.key)
    origin = origin_of(whole.key) or whole.key
    if origin in YIELDING:
        return Product(kind, _argument_of(whole.key, 0), declared, declares_yield=True)
    if kind is TargetKind.CALL and origin in AWAITED:
        return Product(TargetKind.COROUTINE, _argument_of(whole.key, -1), declared)
    return Product(kind, whole, declared)


def _returned(target: Callable[..., Any], substitution: Substitution) -> Reading:
    """Read what a function returns; of one with overloads, what all of them return."""
    readings = {read_annotation(annotation, target, substitution) for annotation in return_annotations(target)}
    return Reading(None, DIFFERENT_RESULTS) if len(readings) > 1 else readings.pop()


def is_builtin(key: Key) -> bool:
    """Whether a key is of a builtin type, alone, in a union or parametrised: ``str``, ``list[...]``, ``str | None``."""
    origin = origin_of(key)
    if origin is Union:
        return all(is_builtin(argument) for argument in get_args(key))
    subject: object = origin or key
    return isinstance(subject, type) and subject.__module__ == "builtins"


def _argument_of(key: Key, position: int) -> Reading:
    arguments = get_args(key)
    return key_of(arguments[position]) if arguments else Reading(None, NO_ANNOTATION)


def _return_annotation(target: Callable[..., Any]) -> object:
    return annotations(underlying(target)).get("return", Empty)
