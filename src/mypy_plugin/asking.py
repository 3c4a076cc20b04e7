"""The hooks of asking a container: ``resolve``, ``aresolve`` and ``enter_scope``."""

from collections.abc import Callable, Iterator

from mypy.checker import TypeChecker
from mypy.nodes import Context, TypeInfo
from mypy.plugin import MethodContext
from mypy.types import AnyType, FunctionLike, Type, get_proper_type

from wireproof._model.checks import asynchronous, missing, on_demand, scope
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

from . import dependencies
from .codes import OF_PROBLEM, UNCHECKED
from .keys import TypeKey, read_key
from .known import Known, known_of
from .lookup import checker, try_again
from .memo import MEMO
from .names import LAST_SCOPE
from .read import KEYS, read_container
from .report import fail, report
from .scopes import name_of, scope_class, scope_line, scope_path
from .spelled import spelled_type

UNCHECKED_HEADLINE = "Nothing is known about what this container holds, so that this is not checked"
UNCHECKED_FIX = "say in its type what it must hold, for example: Container[Has[Database] | Has[Web]]"


def resolved(ctx: MethodContext) -> Type:
    """Check ``resolve(Key)``."""
    _check(ctx, ON_RESOLVE)
    return ctx.default_return_type


def awaited(ctx: MethodContext) -> Type:
    """Check ``aresolve(Key)``."""
    _check(ctx, ON_ARESOLVE)
    return ctx.default_return_type


def entered(ctx: MethodContext) -> Type:
    """Check ``enter_scope(...)``.

    The method is overloaded, but whether there is a finding depends on the receiver and the argument alone: either no
    overload is reported, or all those that are plausible are, of which mypy shows one.
    """
    known = known_of(checker(ctx.api), ctx.type)
    here = None if known is None else known.scope
    if here is None:
        return ctx.default_return_type
    given = next((position for position, types in enumerate(ctx.arg_types) if types), None)
    if given is None:
        headline, context = _next_scope_problem(here), ctx.context
    else:
        headline, context = _target_problem(here, _scope_of_class(ctx.arg_types[given][0])), ctx.args[given][0]
    if headline:
        fail(checker(ctx.api), headline, [], context, OF_PROBLEM[Code.SCOPE])
    return ctx.default_return_type


Checks = Callable[[Graph[TypeKey], TypeKey, TypeInfo | None], Iterator[Problem[TypeKey]]]


def _on_aresolve(graph: Graph[TypeKey], key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    yield from missing.at_resolve(graph, key)
    path = scope_path(here)
    if path is not None:
        yield from scope.at_resolve(graph, key, path)
    yield from on_demand.at_resolve(graph, key)


def _on_resolve(graph: Graph[TypeKey], key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    yield from _on_aresolve(graph, key, here)
    yield from asynchronous.at_resolve(graph, key)


ON_RESOLVE: Checks = _on_resolve
ON_ARESOLVE: Checks = _on_aresolve


def _check(ctx: MethodContext, checks: Checks) -> None:
    known = known_of(checker(ctx.api), ctx.type)
    if known is None or not ctx.args or not ctx.args[0]:
        return
    api, expression = checker(ctx.api), ctx.args[0][0]
    if isinstance(get_proper_type(known.held), AnyType):
        fail(api, UNCHECKED_HEADLINE, [UNCHECKED_FIX], expression, UNCHECKED)
        return
    spelled = spelled_type(ctx.arg_types[0][0], expression)
    key = None if spelled is None else read_key(spelled).key
    if key is None:
        return
    graph = _graph(api, known, ctx.context)
    problem = next(checks(graph, key, known.scope), None)
    if problem is not None:
        report(api, problem, KEYS, expression)


def _graph(api: TypeChecker, known: Known, context: Context) -> Graph[TypeKey]:
    graph, walk = MEMO.read(api, known.held, known.scope, read_container)
    dependencies.record_for_daemon(api, walk.classes)
    if walk.unready:
        try_again(api, context)
    return graph


def _scope_of_class(typ: Type) -> TypeInfo | None:
    """Return the scope whose class is passed; None for a variable that may hold a deeper one."""
    proper = get_proper_type(typ)
    if isinstance(proper, FunctionLike) and proper.is_type_obj():
        return scope_class(proper.items[0].ret_type)
    return None


def _next_scope_problem(here: TypeInfo) -> str:
    """Return what is wrong with entering the next scope: below the last built-in scope there is none."""
    if any(base.fullname == LAST_SCOPE for base in here.mro):
        return f"there is no scope after {name_of(here)}; name the one to enter"
    return ""


def _target_problem(here: TypeInfo, target: TypeInfo | None) -> str:
    """Return what is wrong with entering a scope: it must lie within the tree that the container is in."""
    if target is None:
        return ""
    around = scope_line(target)[:-1]
    if around and around[0] == scope_line(here)[0]:
        return ""
    there = name_of(target)
    return f"{there} cannot be entered from {name_of(here)}: no scope that has been entered here is around {there}"
