"""The hooks of ``resolve`` and ``aresolve``."""

from collections.abc import Callable, Iterator
from itertools import chain

from mypy.nodes import TypeInfo
from mypy.plugin import MethodContext
from mypy.types import Type

from wireproof._model.checks import asynchronous, context, missing, on_demand, scope
from wireproof._model.problems import Problem

from .codes import UNCHECKED
from .keys import TypeKey, read_key
from .known import known_of, read
from .lookup import checker
from .memo import Reading
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


def _on_aresolve(reading: Reading, key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    graph = reading.graph
    yield from missing.at_resolve(graph, key)
    path = scope_path(here)
    if path is not None:
        yield from scope.at_resolve(graph, key, path)
    yield from on_demand.at_resolve(graph, key)


def _on_resolve(reading: Reading, key: TypeKey, here: TypeInfo | None) -> Iterator[Problem[TypeKey]]:
    yield from _on_aresolve(reading, key, here)
    yield from asynchronous.at_resolve(reading.graph, key)


def _given(reading: Reading, key: TypeKey) -> Iterator[Problem[TypeKey]]:
    yield from context.at_resolve(reading.graph, key, reading.walk.values())


ON_RESOLVE: Checks = _on_resolve
ON_ARESOLVE: Checks = _on_aresolve


def problem_of(reading: Reading, key: TypeKey, here: TypeInfo | None, checks: Checks) -> Problem[TypeKey] | None:
    """Return what is wrong with asking for a key; the first finding, because others may follow from it."""
    return next(chain(checks(reading, key, here), _given(reading, key)), None)


def _check(ctx: MethodContext, method: str, checks: Checks) -> None:
    api = checker(ctx.api)
    known = known_of(api, ctx.type)
    if known is None or not ctx.args or not ctx.args[0]:
        return
    expression = ctx.args[0][0]
    if refused(api, method, expression):
        return
    if known.is_nothing():
        fail(api, UNCHECKED_HEADLINE, [UNCHECKED_FIX], expression, UNCHECKED)
        return
    spelled = spelled_type(ctx.arg_types[0][0], expression)
    key = None if spelled is None else read_key(spelled).key
    if key is None:
        return
    problem = problem_of(read(api, known, ctx.context), key, known.scope, checks)
    if problem is not None:
        report(api, problem, KEYS, expression)
