"""How a class is constructed: which of its functions decides about the parameters that takes, as at run time."""

from collections.abc import Iterator

from mypy.nodes import OverloadedFuncDef, TypeInfo
from mypy.typeops import type_object_type, type_object_type_from_function
from mypy.types import CallableType, FunctionLike, get_proper_type

from .lookup import without_first
from .models import is_model, with_field_types
from .parameters import ANYTHING


def signatures(info: TypeInfo) -> list[CallableType]:
    """Return what calling a class takes, once for each overload; nothing if nobody knows.

    It is the ``__call__`` of a metaclass, else ``__init__`` or ``__new__`` as mypy chooses, else the next in the MRO.
    One that takes anything, to pass it on, leaves the decision to the next. Of overloads in a stub nobody knows
    whether they exist at run time as well.
    """
    for signature in _candidates(info):
        if isinstance(signature, CallableType) and is_model(info):
            return [with_field_types(signature, info)]
        if not passes_on(signature):
            return list(signature.items) if isinstance(signature, CallableType) or _is_implemented(info) else []
    return []


def passes_on(signature: FunctionLike) -> bool:
    """Whether it takes anything: ``(*args, **kwargs)``."""
    return all(item.arg_kinds == ANYTHING for item in signature.items)


def _candidates(info: TypeInfo) -> Iterator[FunctionLike]:
    called, chosen = _metaclass_call(info), type_object_type(info)
    if called is not None:
        yield called
    if isinstance(chosen, FunctionLike):
        yield chosen
        for base in info.mro[:-1]:
            for name in ("__init__", "__new__"):
                yield from _constructed(info, base, name, chosen)


def _metaclass_call(info: TypeInfo) -> CallableType | None:
    metaclass = info.metaclass_type
    method = None if metaclass is None else metaclass.type.get_method("__call__")
    if method is None or method.info.fullname == "builtins.type":
        return None
    typ = get_proper_type(method.type)
    return without_first(typ) if isinstance(typ, CallableType) else None


def _constructed(info: TypeInfo, base: TypeInfo, name: str, chosen: FunctionLike) -> Iterator[FunctionLike]:
    """Yield what a class takes if the method of this name in one of its bases decides about it."""
    method = base.get_method(name) if name in base.names else None
    typ = None if method is None else get_proper_type(method.type)
    if isinstance(typ, FunctionLike):
        yield type_object_type_from_function(typ, info, base, chosen.fallback, name == "__new__")


def _is_implemented(info: TypeInfo) -> bool:
    """Whether the overloads of a constructor are not just those of a stub."""
    methods = [info.get_method(name) for name in ("__init__", "__new__")]
    return any(isinstance(method, OverloadedFuncDef) and method.impl is not None for method in methods)
