"""mypy types as text: as one would type them, with modules, and as an identity that survives re-created classes."""

import collections.abc
import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from mypy.nodes import TypeInfo
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Parameters,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeType,
    TypeVarLikeType,
    UninhabitedType,
    UnionType,
    UnpackType,
    flatten_nested_unions,
    get_proper_type,
)

LINE_OF_LOCAL_CLASS = re.compile(r"@\d+")
ABSTRACT_COLLECTIONS: frozenset[str] = frozenset(name for name in vars(collections.abc) if not name.startswith("_"))


class Style(Enum):
    """How much of a type is written."""

    SHORT = "short"
    """As one would type it: ``Repo[User]``."""

    FULL = "full"
    """With modules: ``app.Repo[app.User]``."""

    IDENTITY = "identity"
    """Equal for equal types: the order of a union does not matter, classes local to functions are told apart."""


def text(typ: Type, style: Style) -> str:
    """Return a type as text; a recursive alias as its name, because its value has no end."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive and typ.alias is not None:
        name = typ.alias.name if style is Style.SHORT else typ.alias.fullname
        return f"{name}[{_list(typ.args, style)}]" if typ.args else name
    proper = get_proper_type(typ)
    for kind, write in WRITERS:
        if isinstance(proper, kind):
            return write(proper, style)
    return str(proper)


def class_name(info: TypeInfo, style: Style) -> str:
    """Return the name of a class, with the classes it is nested in."""
    if style is Style.IDENTITY:
        return info.fullname
    qualified = info.fullname.removeprefix(f"{info.module_name}.")
    name = LINE_OF_LOCAL_CLASS.sub("", qualified) if "@" in qualified else qualified
    if style is Style.SHORT:
        return name
    module = module_name(info)
    return name if module == "builtins" else f"{module}.{name}"


def module_name(info: TypeInfo) -> str:
    """Return the module of a class as it is at run time, where stubs have another one."""
    if info.module_name == "typing" and info.name in ABSTRACT_COLLECTIONS:
        return "collections.abc"
    return info.module_name


def _instance(typ: Instance, style: Style) -> str:
    name = class_name(typ.type, style)
    if all(isinstance(get_proper_type(argument), AnyType) for argument in typ.args):
        return name
    return f"{name}[{_list(typ.args, style)}]"


def _union(typ: UnionType, style: Style) -> str:
    items = [text(item, style) for item in flatten_nested_unions(typ.items)]
    return " | ".join(sorted(set(items)) if style is Style.IDENTITY else dict.fromkeys(items))


def _tuple(typ: TupleType, style: Style) -> str:
    if typ.partial_fallback.type.fullname != "builtins.tuple":
        return _instance(typ.partial_fallback, style)
    return f"tuple[{_list(typ.items, style)}]"


def _callable(typ: CallableType, style: Style) -> str:
    if typ.is_type_obj():
        return f"type[{text(typ.ret_type, style)}]"
    name = "Callable" if style is Style.SHORT else "collections.abc.Callable"
    return f"{name}[{_parameters(typ, style)}, {text(typ.ret_type, style)}]"


def _parameters(typ: CallableType | Parameters, style: Style) -> str:
    return "..." if typ.is_ellipsis_args else f"[{_list(typ.arg_types, style)}]"


def _list(types: Any, style: Style) -> str:
    return ", ".join(text(item, style) for item in types)


WRITERS: tuple[tuple[type[ProperType], Callable[[Any, Style], str]], ...] = (
    (Instance, _instance),
    (UnionType, _union),
    (NoneType, lambda _typ, _style: "None"),
    (AnyType, lambda _typ, _style: "Any"),
    (TupleType, _tuple),
    (CallableType, _callable),
    (Parameters, _parameters),
    (TypeType, lambda typ, style: f"type[{text(typ.item, style)}]"),
    (LiteralType, lambda typ, _style: f"Literal[{typ.value_repr()}]"),
    (TypedDictType, lambda typ, style: class_name(typ.fallback.type, style)),
    (TypeVarLikeType, lambda typ, style: typ.name if style is not Style.IDENTITY else str(typ)),
    (UnpackType, lambda typ, style: f"*{text(typ.type, style)}"),
    (UninhabitedType, lambda _typ, _style: "Never"),
)
