"""Keys that mean something by their form: ``Callable[[], T]``, ``Sequence[T]``, ``T | None``, ``Container``."""

from collections.abc import Sequence

from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    NoneType,
    ProperType,
    Type,
    TypeOfAny,
    UnionType,
    get_proper_type,
)

from wireproof._model.binding import Kind

from .names import CONTAINER
from .outcome import COROUTINES

SEQUENCE = "typing.Sequence"


def derived(proper: ProperType) -> tuple[Kind, Type | None] | None:
    """Return what a key means by its form, with the type behind it; None for a plain one."""
    if isinstance(proper, UnionType):
        return _nullable(proper)
    if isinstance(proper, CallableType):
        return _function(proper)
    return _instance(proper) if isinstance(proper, Instance) else None


def _nullable(union: UnionType) -> tuple[Kind, Type] | None:
    rest = [item for item in union.items if not isinstance(get_proper_type(item), NoneType)]
    return (Kind.NULLABLE, UnionType.make_union(rest)) if len(rest) < len(union.items) else None


def _function(function: CallableType) -> tuple[Kind, Type] | None:
    if function.arg_types or function.is_ellipsis_args or function.is_type_obj():
        return None
    returned = get_proper_type(function.ret_type)
    if isinstance(returned, Instance) and returned.type.fullname in COROUTINES and not _says_nothing(returned.args):
        return Kind.ASYNC_LAZY, returned.args[-1]
    return Kind.LAZY, returned


def _instance(instance: Instance) -> tuple[Kind, Type | None] | None:
    if instance.type.fullname == SEQUENCE and not _says_nothing(instance.args):
        return Kind.COLLECTION, instance.args[0]
    return (Kind.CONTAINER, None) if instance.type.has_base(CONTAINER) else None


def _says_nothing(arguments: Sequence[Type]) -> bool:
    """Whether a generic class is meant without arguments: ``Sequence[Any]`` is ``Sequence``."""
    return all(isinstance(get_proper_type(one), AnyType) for one in arguments)


def bare(key: Instance) -> Instance:
    """Return the key of a generic class for any arguments: ``Repo[Any]``, which is ``Repo``."""
    return Instance(key.type, [AnyType(TypeOfAny.explicit) for _ in key.args])
