"""Functions that cannot be called with what is injected, and parameters that nothing can be injected into."""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.nodes import Argument, Context, Decorator, Expression, FuncDef, MemberExpr
from mypy.sharedparse import argument_elide_name
from mypy.types import CallableType, Instance, TypeVarType, get_proper_type

from wireproof._model.problems import Code
from wireproof._model.refusals import (
    COROUTINE_FUNCTION,
    INSTEAD_OF_CALL,
    INSTEAD_OF_POSITIONAL_ONLY,
    INSTEAD_OF_STARRED,
    POSITIONAL_ONLY,
    STARRED,
)

from .codes import OF_PROBLEM
from .injected import Injection
from .keys import read_key
from .known import known_of
from .names import INJECT, INJECTOR
from .parameters import TYPE_VARIABLE
from .report import fail
from .text import Style, class_name


def is_coroutine_function(api: TypeChecker, function: CallableType, place: Context) -> bool:
    """Report a coroutine function that is given to ``call``, and return whether it is one."""
    node = function.definition
    if isinstance(node, Decorator) and node.decorators and all(_keeps_kind(api, one) for one in node.decorators):
        node = node.func
    if not isinstance(node, FuncDef) or not node.is_coroutine or node.is_async_generator:
        return False
    name = _name(function, node)
    note = INSTEAD_OF_CALL.format(name=name)
    fail(api, f"call({name}): {COROUTINE_FUNCTION}", [note], place, OF_PROBLEM[Code.TARGET])
    return True


def _keeps_kind(api: TypeChecker, decorator: Expression) -> bool:
    """Whether what a decorator makes of a coroutine function is one; of those in other modules nothing is known."""
    if isinstance(decorator, MemberExpr):
        receiver = api.lookup_type_or_none(decorator.expr)
        return decorator.name == "inject" and receiver is not None and known_of(api, receiver) is not None
    typ = get_proper_type(api.lookup_type_or_none(decorator))
    return isinstance(typ, Instance) and any(map(typ.type.has_base, (INJECT, INJECTOR)))


def refused(api: TypeChecker, function: CallableType, injected: Iterable[Injection], place: Context) -> bool:
    """Report the parameters that nothing can be injected into, and return whether there are any.

    Args:
        api: the checker.
        function: how it is called.
        injected: its parameters that are marked.
        place: the function where it is decorated, or else the argument that it is.
    """
    node = place.func if isinstance(place, Decorator) else function.definition
    node = node.func if isinstance(node, Decorator) else node
    found = False
    for one in injected:
        argument = _argument(api, function, node, one)
        reasons = _reasons(one, argument)
        if reasons:
            name = one.name if argument is None else argument.variable.name
            headline = f"{_name(function, node)}: the injected parameter {name!r} {reasons[0]}"
            at = argument if isinstance(place, Decorator) and argument is not None else place
            fail(api, headline, reasons[1:], at, OF_PROBLEM[Code.TARGET])
        found = found or bool(reasons)
    return found


def _reasons(one: Injection, argument: Argument | None) -> list[str]:
    """Return why nothing can be injected into a parameter, and if there is something, what to do instead."""
    if one.starred:
        return [STARRED, INSTEAD_OF_STARRED]
    if argument is not None and _is_positional_only(argument):
        return [POSITIONAL_ONLY, INSTEAD_OF_POSITIONAL_ONLY]
    is_variable = isinstance(get_proper_type(one.type), TypeVarType)
    untyped = TYPE_VARIABLE if is_variable else read_key(one.type).untyped
    return [f"has no key: {untyped}"] if untyped else []


def _argument(api: TypeChecker, function: CallableType, node: object, one: Injection) -> Argument | None:
    """Return how a parameter is written; mypy keeps that of the module that it looks at, and sometimes of others."""
    if not isinstance(node, FuncDef) or _module(node) not in {"", api.tree.fullname}:
        return None
    position = one.position + len(node.arguments) - len(function.arg_types)  # a method may be bound
    return node.arguments[position] if 0 <= position < len(node.arguments) else None


def _module(node: FuncDef) -> str:
    """Return the module of a function; empty for one in a function."""
    return node.info.module_name if node.info else node.fullname.rpartition(".")[0]


def _is_positional_only(argument: Argument) -> bool:
    """Whether it stands before a slash. For mypy one that begins with two underscores does so too."""
    return argument.pos_only and not argument_elide_name(argument.variable.name)


def _name(function: CallableType, node: object) -> str:
    if function.is_type_obj():
        return class_name(function.type_object(), Style.SHORT)
    if not isinstance(node, FuncDef):
        return function.name or "function"
    return f"{class_name(node.info, Style.SHORT)}.{node.name}" if node.info else node.name
