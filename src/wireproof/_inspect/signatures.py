"""What a target takes and what it gives, read from its signature and annotations."""

import inspect
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import InitVar
from types import SimpleNamespace
from typing import Any, NamedTuple, Union, get_args, get_type_hints

from wireproof._inspect.generics import NOTHING, Substitution, has_type_variables, substitute
from wireproof._inspect.keys import Key, NotAKeyError, RuntimeKeys, canonical, origin_of
from wireproof._inspect.targets import TargetKind, entered_kind, target_kind, underlying
from wireproof._model.binding import Parameter

NO_ANNOTATION = "it has no annotation"

_YIELDING = {Iterator, Generator, AsyncIterator, AsyncGenerator}
_AWAITED = {Coroutine, Awaitable}


class CallParameter(NamedTuple):
    """A parameter as the run time needs it: the model's record and how the argument is passed."""

    name: str
    parameter: Parameter[Key] | None
    """None if nothing is asked for it: it is then given ``default``."""

    keyword_only: bool
    positional_only: bool
    default: object


class Reading(NamedTuple):
    """What an annotation turned out to be."""

    key: Key | None
    untyped: str = ""


class Product(NamedTuple):
    """What a target gives."""

    kind: TargetKind
    reading: Reading
    """What is built; for a generator, what it yields."""

    declared: str = ""
    """The return annotation of a function, as text."""

    declares_yield: bool = False


def read_parameters(target: Callable[..., Any], substitution: Substitution = NOTHING) -> tuple[CallParameter, ...]:
    """Read the parameters that a call of ``target`` takes, without ``self``, ``*args`` and ``**kwargs``.

    Parameters of builtin types with a default are left out: a ``timeout: float = 3.0`` is not a dependency.

    Args:
        target: what will be called.
        substitution: what type variables stand for, in a generic class with arguments; a parameter annotated with
            ``type[T]`` is given the class that ``T`` stands for.
    """
    try:
        signature = inspect.signature(target)
    except ValueError:  # some callables of extension modules have none; they are called without arguments
        return ()
    found: list[CallParameter] = []
    for position, parameter in enumerate(signature.parameters.values(), start=1):
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            continue
        optional = parameter.default is not parameter.empty
        reading = _read(parameter.annotation, target, substitution)
        if optional and (reading.key is None or is_builtin(reading.key)):
            continue
        given = _class_given(parameter, reading, target) if substitution else None
        found.append(
            CallParameter(
                parameter.name,
                Parameter(_shown(parameter, position), reading.key, optional, reading.untyped)
                if given is None
                else None,
                keyword_only=parameter.kind is parameter.KEYWORD_ONLY,
                positional_only=parameter.kind is parameter.POSITIONAL_ONLY,
                default=parameter.default if given is None else given,
            )
        )
    return tuple(found)


def _class_given(parameter: inspect.Parameter, reading: Reading, target: Callable[..., Any]) -> object:
    """Return the class that is passed for a ``type[T]``; None if that is not what the parameter says."""
    if origin_of(reading.key) is not type or not has_type_variables(evaluated(parameter.annotation, target)):
        return None
    argument: object = get_args(reading.key)[0]
    return argument


def _shown(parameter: inspect.Parameter, position: int) -> str:
    """Return what messages call a parameter: mypy's cache has no names for positional-only ones, so neither have we."""
    return f"#{position}" if parameter.kind is parameter.POSITIONAL_ONLY else parameter.name


def read_entered(target: Callable[..., Any]) -> Product:
    """Read what entering what ``target`` returns gives.

    That is what ``__enter__`` or ``__aenter__`` says that it returns, for a ``@contextmanager`` function what the
    generator yields. ``Self`` is the context manager itself.
    """
    kind = entered_kind("provide", target)
    if isinstance(target, type):
        return Product(kind, _entered(kind, target, canonical(target)))
    whole = _read(_return_annotation(target), target)
    origin = origin_of(whole.key) or whole.key
    if origin in _YIELDING or origin in {AbstractContextManager, AbstractAsyncContextManager}:
        return Product(kind, _argument_of(whole.key, 0))
    return Product(kind, _entered(kind, origin, whole.key) if isinstance(origin, type) else whole)


def _entered(kind: TargetKind, manager: type, itself: Key) -> Reading:
    enter: Any = getattr(manager, "__enter__" if kind is TargetKind.CONTEXT_MANAGER else "__aenter__")
    given = _read(_return_annotation(enter), enter)
    return Reading(itself) if given.key is None else given


def read_product(target: Callable[..., Any], stated: Key | None, substitution: Substitution = NOTHING) -> Product:
    """Read what ``target`` builds.

    Args:
        target: a class, which builds itself, or a function of any kind.
        stated: the key that it is bound to, if one was stated. A function that is bound to the very type it is
            annotated with gives what it returns, also if that is an iterator.
        substitution: what type variables stand for, in a method of a generic provider.
    """
    if isinstance(origin_of(target) or target, type):
        return Product(TargetKind.CALL, Reading(target if isinstance(target, type) else canonical(target)))
    whole = _read(_return_annotation(target), target, substitution)
    kind = target_kind(target)
    if stated is not None and whole.key == stated:
        return Product(TargetKind.COROUTINE if kind is TargetKind.COROUTINE else TargetKind.CALL, whole)
    declared = "" if whole.key is None else RuntimeKeys().short(whole.key)
    origin = origin_of(whole.key) or whole.key
    if origin in _YIELDING:
        return Product(kind, _argument_of(whole.key, 0), declared, declares_yield=True)
    if kind is TargetKind.CALL and origin in _AWAITED:
        return Product(TargetKind.COROUTINE, _argument_of(whole.key, -1), declared)
    return Product(kind, whole, declared)


def is_builtin(key: Key) -> bool:
    """Whether a key is of a builtin type, alone, in a union or parametrised: ``str``, ``list[...]``, ``str | None``."""
    origin = origin_of(key)
    if origin is Union:
        return all(is_builtin(argument) for argument in get_args(key))
    subject: object = origin or key
    return isinstance(subject, type) and subject.__module__ == "builtins"


def _argument_of(key: Key, position: int) -> Reading:
    arguments = get_args(key)
    return _key_of(arguments[position]) if arguments else Reading(None, NO_ANNOTATION)


def _return_annotation(target: Callable[..., Any]) -> object:
    annotations: dict[str, object] = getattr(underlying(target), "__annotations__", None) or {}
    return annotations.get("return", inspect.Parameter.empty)


def _read(annotation: object, target: Callable[..., Any], substitution: Substitution = NOTHING) -> Reading:
    if annotation is inspect.Parameter.empty:
        return Reading(None, NO_ANNOTATION)
    try:
        return _key_of(substitute(evaluated(annotation, target), substitution))
    except NameError as error:
        return Reading(
            None,
            f'the name "{error.name}" in its annotation does not exist at run time; '
            'import it outside of "if TYPE_CHECKING:"',
        )
    except (TypeError, SyntaxError, AttributeError) as error:
        return Reading(None, f"its annotation {annotation!r} cannot be evaluated: {error}")


def _key_of(annotation: object) -> Reading:
    try:
        return Reading(canonical(_without_init_var(annotation)))
    except NotAKeyError as error:
        return Reading(None, str(error))


def _without_init_var(annotation: Any) -> Any:
    """Return the type inside of an `InitVar`: what the constructor of a dataclass takes and does not keep."""
    return annotation.type if annotation.__class__ is InitVar else annotation


def evaluated(annotation: object, target: Callable[..., Any]) -> object:
    """Evaluate the strings within an annotation, in the first namespace that knows all their names.

    Raises:
        NameError: if there is none.
    """
    if isinstance(annotation, type) and origin_of(annotation) is None:
        return annotation
    holder = SimpleNamespace(__annotations__={"it": annotation})
    *others, last = _namespaces(target)
    for namespace in others:
        try:
            return get_type_hints(holder, namespace, include_extras=True)["it"]
        except NameError:
            continue
    return get_type_hints(holder, last, include_extras=True)["it"]


def _namespaces(target: Callable[..., Any]) -> list[dict[str, Any]]:
    """Return where the names in a target's annotations may be defined.

    For a class not only its constructor's module: a dataclass inherits fields, and with them string annotations,
    from classes of other modules.
    """
    function = underlying(target)
    if not isinstance(function, type):
        return [_globals(function)]
    constructors = [getattr(function, name) for name in ("__init__", "__new__")]
    modules = [sys.modules[base.__module__] for base in function.__mro__ if base.__module__ in sys.modules]
    return [*map(_globals, constructors), *(vars(module) for module in modules)]


def _globals(function: Any) -> dict[str, Any]:
    names: dict[str, Any] = getattr(inspect.unwrap(function), "__globals__", {})
    type_parameters = getattr(function, "__type_params__", ())
    return names | {parameter.__name__: parameter for parameter in type_parameters} if type_parameters else names
