"""Generic classes: which arguments a base class has, once its subclass has some."""

from collections.abc import Mapping
from typing import Any, ParamSpec, TypeVar, get_args

from wireproof._inspect.keys import origin_of

Substitution = Mapping[Any, Any]
"""What type variables stand for."""


NOTHING: Substitution = {}


def type_parameters(cls: type) -> tuple[Any, ...]:
    """Return the type variables of a generic class, none for any other."""
    parameters: tuple[Any, ...] = getattr(cls, "__parameters__", ())
    return parameters


def is_variadic(cls: type) -> bool:
    """Whether a generic class takes any number of arguments: what its variables stand for is not looked at."""
    return not all(isinstance(parameter, TypeVar | ParamSpec) for parameter in type_parameters(cls))


def is_open_generic(key: object) -> bool:
    """Whether a key is a generic class without arguments."""
    return isinstance(key, type) and origin_of(key) is None and bool(type_parameters(key))


def has_generic_base(cls: type) -> bool:
    """Whether a class, or one that it is derived from, is derived from something with type arguments."""
    return hasattr(cls, "__orig_bases__")


def has_type_variables(key: object) -> bool:
    """Whether a parametrised key mentions type variables: ``type[T]``, ``Repo[T]``."""
    return isinstance(key, TypeVar) or (origin_of(key) is not None and bool(getattr(key, "__parameters__", ())))


def substitution_for(cls: type, arguments: tuple[Any, ...], ancestor: type) -> Substitution | None:
    """Return what the type variables of ``ancestor`` stand for in ``cls[arguments]``.

    Returns:
        None if ``ancestor`` is no base of ``cls``, or is one without arguments.
    """
    mapping = dict(zip(type_parameters(cls), arguments, strict=False))
    if cls is ancestor:
        return mapping or None
    for base in vars(cls).get("__orig_bases__", cls.__bases__):
        origin: object = origin_of(base) or base
        if isinstance(origin, type) and ancestor in origin.__mro__:
            inner = tuple(substitute(argument, mapping) for argument in get_args(base))
            return substitution_for(origin, inner, ancestor)
    return None


def arguments_from(cls: type, ancestor: type, arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return the arguments with which ``cls`` is an ``ancestor[arguments]``; None if there are none.

    A class that fits a generic Protocol without deriving from it is taken to have the same parameters.
    """
    own = type_parameters(cls)
    declared = substitution_for(cls, own, ancestor)
    if declared is None and len(own) != len(arguments):
        return None
    found: dict[Any, Any] = {}
    for given, argument in zip(own if declared is None else declared.values(), arguments, strict=False):
        if given in own and found.setdefault(given, argument) == argument:
            continue
        if given != argument:
            return None
    if set(found) != set(own) or not all(fits_bound(parameter, argument) for parameter, argument in found.items()):
        return None
    return tuple(found[parameter] for parameter in own)


def fits_bound(parameter: Any, argument: Any) -> bool:
    """Whether an argument keeps within the bound or the constraints of a type variable, as far as classes go."""
    bound: object = getattr(parameter, "__bound__", None)
    constraints: tuple[object, ...] = getattr(parameter, "__constraints__", ())
    if constraints:
        return argument in constraints
    if isinstance(bound, type) and isinstance(argument, type):
        return issubclass(argument, bound)
    return True


def parametrised(cls: Any, arguments: tuple[Any, ...]) -> Any:
    """Return ``cls[arguments]``, which builds instances that know their arguments."""
    return cls[arguments]


def substitute(annotation: Any, mapping: Substitution) -> Any:
    """Return a type with its type variables replaced by what they stand for."""
    if isinstance(annotation, TypeVar):
        return mapping.get(annotation, annotation)
    parameters: tuple[Any, ...] = getattr(annotation, "__parameters__", ())
    if not parameters or isinstance(annotation, type):
        return annotation
    return annotation[tuple(mapping.get(parameter, parameter) for parameter in parameters)]
