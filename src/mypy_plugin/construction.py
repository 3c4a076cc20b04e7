"""How a class is constructed: which of its functions decides about the parameters that takes, as at run time."""

from collections.abc import Iterator

from mypy.nodes import ArgKind, FuncDef, OverloadedFuncDef, TypeInfo
from mypy.typeops import type_object_type, type_object_type_from_function
from mypy.types import CallableType, FunctionLike, get_proper_type

from .lookup import without_first
from .models import is_model, with_field_types
from .parameters import ANYTHING

OBJECT = "builtins.object"
SELF = [ArgKind.ARG_POS]


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


def initialiser(info: TypeInfo) -> CallableType | None:
    """Return ``__init__`` if nothing but that decides about what a class takes, and as it is; None if there is more.

    That is so for most classes, and several times quicker to see than `signatures` is.
    """
    initialises, creates = info.get("__init__"), info.get("__new__")
    method = None if initialises is None else initialises.node
    if creates is None or not isinstance(creates.node, FuncDef) or creates.node.info.fullname != OBJECT:
        return None
    if not isinstance(method, FuncDef) or method.info.fullname == OBJECT or method.info.type_vars:
        return None
    typ, kinds = method.type, method.arg_kinds
    if not isinstance(typ, CallableType) or typ.variables or kinds[:1] != SELF or kinds[1:] == ANYTHING:
        return None
    if (info.metaclass_type is not None and _metaclass_call(info) is not None) or is_model(info):
        return None
    return typ


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
