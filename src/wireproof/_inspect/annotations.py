"""Annotations: what they mean in the place where they are written."""

import sys
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any, NamedTuple, Self, get_args, get_type_hints

from wireproof._inspect.constructors import CONSTRUCTORS, constructor
from wireproof._inspect.generics import NOTHING, Substitution, substitute
from wireproof._inspect.keys import Key, NotAKeyError, canonical, is_plain_class, origin_of
from wireproof._inspect.targets import behind, class_of_method, underlying, unwrapped
from wireproof._inspect.written import Empty

NO_ANNOTATION = "it has no annotation"


class Reading(NamedTuple):
    """What an annotation turned out to be."""

    key: Key | None
    untyped: str = ""


def read_annotation(annotation: object, target: Callable[..., Any], substitution: Substitution = NOTHING) -> Reading:
    """Return the key that an annotation of a target's is, or why it is none."""
    if annotation is Empty:
        return Reading(None, NO_ANNOTATION)
    if is_plain_class(annotation):
        return Reading(annotation)
    try:
        itself = substitution.get(Self) or _owner(target)
        return key_of(_with_self(substitute(evaluated(annotation, target), substitution), itself))
    except NameError as error:
        return Reading(
            None,
            f'the name "{error.name}" in its annotation does not exist at run time; '
            'import it outside of "if TYPE_CHECKING:", or define it outside of the function',
        )
    except (TypeError, SyntaxError, AttributeError) as error:
        return Reading(None, f"its annotation {annotation!r} cannot be evaluated: {error}")


def key_of(annotation: object) -> Reading:
    """Return the key that a type is, or why it is none."""
    try:
        return Reading(canonical(_without_init_var(annotation)))
    except NotAKeyError as error:
        return Reading(None, str(error))


def _with_self(annotation: Any, itself: Any) -> Any:
    """Return a type with ``Self`` replaced by the class that a method is called on, or that is constructed."""
    if annotation is Self:
        return annotation if itself is None else itself
    arguments: tuple[Any, ...] = () if isinstance(annotation, type) else get_args(annotation)
    if not _mentions_self(arguments):
        return annotation
    return origin_of(annotation)[tuple(_with_self(argument, itself) for argument in arguments)]


def _owner(target: Callable[..., Any]) -> Any:
    """Return the class that ``Self`` is in the annotations of a target; None if there is none."""
    called = unwrapped(target)
    owner: object = getattr(called, "__self__", called)
    if isinstance(owner, FunctionType):
        return class_of_method(owner)
    return owner if isinstance(owner, type) else type(owner)


def _mentions_self(arguments: tuple[Any, ...]) -> bool:
    return any(argument is Self or _mentions_self(get_args(argument)) for argument in arguments)


def _without_init_var(annotation: Any) -> Any:
    """Return the type inside of an ``InitVar``: what the constructor of a dataclass takes and does not keep."""
    dataclasses: Any = sys.modules.get("dataclasses")  # slow to load; whoever has an `InitVar` has done so
    is_one = dataclasses is not None and annotation.__class__ is dataclasses.InitVar
    return annotation.type if is_one else annotation


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
    made = constructor(function)
    constructors = [*([] if made is None else [made.function]), *(getattr(function, name) for name in CONSTRUCTORS)]
    modules = [sys.modules[base.__module__] for base in function.__mro__ if base.__module__ in sys.modules]
    return [*map(_globals, constructors), *(vars(module) for module in modules)]


def _globals(function: Any) -> dict[str, Any]:
    names: dict[str, Any] = getattr(behind(function), "__globals__", {})
    type_parameters = getattr(function, "__type_params__", ())
    return names | {parameter.__name__: parameter for parameter in type_parameters} if type_parameters else names
