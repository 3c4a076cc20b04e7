"""The hooks of ``resolve`` and ``aresolve``."""

from collections.abc import Callable, Iterator

from mypy.checker import TypeChecker
from mypy.nodes import Context, TypeInfo
from mypy.plugin import MethodContext
from mypy.types import Type

from wireproof._model.checks import asynchronous, context, missing, on_demand, scope
from wireproof._model.problems import Problem

from .codes import UNCHECKED
from .contents import Reading
from .keys import TypeKey, read_key
from .known import Known, read, read_for
from .lookup import checker
from .overriding import known_here
from .read import KEYS
from .report import fail, report
from .scopes import scope_path
from .spelled import spelled_type
from .strings import refused

UNCHECKED_HEADLINE = "Nothing is known about what this container holds, so that this is not checked"
UNCHECKED_FIX = "say in its type what it must hold, for example: Container[Has[Database] | Has[Web]]"


def resolved(ctx: MethodContext) -> Type:
    """Check ``resolve(Key)``."""
    _check(ctx, "resolve", ON_RESOLVE)
    return ctx.default_return_type


def awaited(ctx: MethodContext) -> Type:
    """Check ``aresolve(Key)``."""
    _check(ctx, "aresolve", ON_ARESOLVE)
    return ctx.default_return_type


Checks = Callable[[Reading, TypeKey, TypeInfo | None], Iterator[Problem[TypeKey]]]


def _before_building(reading: Reading, key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    graph = reading.graph
    yield from missing.at_resolve(graph, key)
    path = scope_path(here)
    if path is not None:
        yield from scope.at_resolve(graph, key, path)
    yield from on_demand.at_resolve(graph, key)


def _on_resolve(reading: Reading, key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    yield from _before_building(reading, key, here)
    yield from asynchronous.at_resolve(reading.graph, key)
    yield from context.at_resolve(reading.graph, key, reading.walk.given_keys())


def _on_aresolve(reading: Reading, key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    yield from _before_building(reading, key, here)
    yield from context.at_resolve(reading.graph, key, reading.walk.given_keys())


ON_RESOLVE: Checks = _on_resolve
ON_ARESOLVE: Checks = _on_aresolve


def _check(ctx: MethodContext, method: str, checks: Checks) -> None:
    api = checker(ctx.api)
    known = known_here(ctx)
    if known is None or not ctx.args or not ctx.args[0]:
        return
    expression = ctx.args[0][0]
    if refused(api, method, expression):
        return
    spelled = spelled_type(ctx.arg_types[0][0], expression)
    check_key(api, known, spelled, checks, expression)


def check_key(api: TypeChecker, known: Known, typ: Type | None, checks: Checks, place: Context) -> None:
    """Report at a place what is wrong with asking a container for a type; the first finding, for others may follow.

    Args:
        api: the checker.
        known: what is known of the container.
        typ: the type; None if it is not known.
        checks: what could be wrong.
        place: the expression that is to be changed.
    """
    if known.is_nothing():
        fail(api, UNCHECKED_HEADLINE, [UNCHECKED_FIX], place, UNCHECKED)
        return
    key = None if typ is None else read_key(typ).key
    if key is None:
        return
    if next(checks(read_for(api, known, key, place), key, known.scope), None) is None:
        return
    problem = next(checks(read(api, known, place), key, known.scope), None)
    if problem is not None:
        report(api, problem, KEYS, place)
