"""`Injected` parameters in the types of functions: which they are, and how callers may leave them out."""

from typing import NamedTuple

from mypy.nodes import ARG_NAMED_OPT, ArgKind, Decorator, FuncDef
from mypy.subtypes import find_member
from mypy.types import CallableType, Instance, ProperType, Type, TypeAliasType, get_proper_type

from .lookup import expanded_once, with_kinds, with_types
from .names import INJECTED
from .outcome import outcome
from .parameters import partial_signature

LEFT_OUT = {ArgKind.ARG_POS: ArgKind.ARG_OPT, ArgKind.ARG_NAMED: ArgKind.ARG_NAMED_OPT}
"""By the kind of a parameter: its kind if callers may leave it out."""


class Injection(NamedTuple):
    """A parameter that a container fills in."""

    position: int
    name: str | None
    type: Type
    starred: bool


def called_signature(function: ProperType) -> CallableType | None:
    """Return how a function, a `functools.partial` or another object is called; None if that is not known."""
    if isinstance(function, Instance):
        method = partial_signature(function) or find_member("__call__", function, function, is_operator=True)
        function = get_proper_type(method) if method is not None else function
    return function if isinstance(function, CallableType) else None


def injections(function: CallableType) -> list[Injection]:
    """Return the parameters that are marked with `Injected`."""
    formals = enumerate(zip(function.arg_names, function.arg_types, function.arg_kinds, strict=True))
    found = ((position, name, _injected_type(typ), kind) for position, (name, typ, kind) in formals)
    return [Injection(position, name, typ, kind.is_star()) for position, name, typ, kind in found if typ is not None]


def injections_left(function: ProperType) -> list[Injection]:
    """Return those of whatever is called; of a `functools.partial` those that it has not given, as far as is known."""
    signature = called_signature(function)
    found = [] if signature is None else injections(signature)
    if not isinstance(function, Instance) or partial_signature(function) is None:
        return found
    return [one for one in found if signature is not None and signature.arg_kinds[one.position] is not ARG_NAMED_OPT]


def for_callers(function: CallableType, injected: list[Injection]) -> CallableType:
    """Return a function as callers see it, who may leave out what is injected: it is nobody else's to inject."""
    kinds, types = list(function.arg_kinds), list(function.arg_types)
    for one in injected:
        kinds[one.position] = LEFT_OUT.get(kinds[one.position], kinds[one.position])
        types[one.position] = one.type
    return with_types(with_kinds(function, kinds), types)


def awaits(function: CallableType) -> bool:
    """Whether what is injected into a function is awaited, because calling it gives something to await."""
    definition = function.definition.func if isinstance(function.definition, Decorator) else function.definition
    return definition.is_coroutine if isinstance(definition, FuncDef) else outcome(function).asynchronous


def _injected_type(typ: Type) -> Type | None:
    """Return ``T`` for ``Injected[T]``, which stays an alias that is not expanded, also behind other aliases."""
    while isinstance(typ, TypeAliasType) and typ.alias is not None:
        if typ.alias.fullname == INJECTED:
            return typ.args[0]
        if typ.is_recursive:
            return None
        typ = expanded_once(typ)
    return None
