"""Scopes of the static head: the line of base classes of a scope class."""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Instance, Type, get_proper_type

from wireproof._model.scope_path import ScopePath

from .lookup import built_in_scope
from .names import BASE_SCOPE, INHERIT, SCOPE
from .text import Style, class_name

# By the nearest built-in scope around: the next one that is not skipped.
NEXT_SCOPES = {
    f"{SCOPE}.RUNTIME": "APP",
    f"{SCOPE}.APP": "REQUEST",
    f"{SCOPE}.SESSION": "REQUEST",
    f"{SCOPE}.REQUEST": "ACTION",
    f"{SCOPE}.ACTION": "STEP",
}


def scope_class(typ: Type | None) -> TypeInfo | None:
    """Return the class of a scope as it stands in the type of a source; None if the scope is not known."""
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or not proper.type.has_base(BASE_SCOPE):
        return None
    return None if proper.type.fullname in {BASE_SCOPE, INHERIT} else proper.type


def scope_line(info: TypeInfo) -> list[TypeInfo]:
    """Return the scopes around a scope and itself, root first."""
    return [base for base in reversed(info.mro) if base.has_base(BASE_SCOPE) and base.fullname != BASE_SCOPE]


def scope_path(info: TypeInfo | None) -> ScopePath | None:
    """Return a scope as the model sees it."""
    if info is None:
        return None
    line: Iterable[str] = (base.fullname for base in scope_line(info))
    return ScopePath(tuple(line), name_of(info), class_name(info, Style.SHORT))


def next_scope(api: TypeChecker, here: TypeInfo) -> TypeInfo | None:
    """Return where ``enter_scope()`` leads from a scope; None if that is nowhere, or not known."""
    nearest = next((base.fullname for base in here.mro if base.fullname in NEXT_SCOPES), None)
    return None if nearest is None else built_in_scope(api, NEXT_SCOPES[nearest])


def name_of(info: TypeInfo) -> str:
    """Return what messages call a scope: ``REQUEST``."""
    return class_name(info, Style.SHORT).rpartition(".")[2]


def is_inherit(typ: Type | None) -> bool:
    """Whether the scope was left out."""
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname == INHERIT
