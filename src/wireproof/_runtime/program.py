"""The program of a container: its graph, plans and generated code, made as they are needed."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock, get_ident
from typing import Any, NoReturn

from wireproof._collect.recipe import Make, Recipe, scope_path
from wireproof._emit.classes import class_name, scope_class
from wireproof._emit.expressions import async_value, default_name, instance_name, on_close_name, sync_value, target_name
from wireproof._emit.functions import functions
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key, RuntimeKeys, check_key
from wireproof._model.checks import asynchronous, missing, scope
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame, hops_to_opener, next_scopes, open_frame, root_frame
from wireproof._plan.plans import Closing, Constant, Plan, Planner, Reference, Storage
from wireproof._runtime import claims, cleanup
from wireproof._runtime import scope as scopes
from wireproof._runtime.tables import ClosedTable, Table
from wireproof.errors import AsyncResolutionError, NoProviderError, OutOfScopeError, ScopeError
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope, check_scope

KEYS = RuntimeKeys()

HELPERS: dict[str, object] = {
    "MISSING": scopes.MISSING,
    "OPEN": scopes.State.OPEN,
    "Exit": cleanup.Exit,
    "afinish_on_close": cleanup.afinish_on_close,
    "aregister": scopes.aregister,
    "atake": claims.atake,
    "current_task": asyncio.current_task,
    "finish_async_generator": cleanup.finish_async_generator,
    "finish_generator": cleanup.finish_generator,
    "finish_on_close": cleanup.finish_on_close,
    "get_ident": get_ident,
    "note_path": scopes.note_path,
    "refuse_building": scopes.refuse_building,
    "register": scopes.register,
    "release": claims.release,
    "start_async_generator": scopes.start_async_generator,
    "start_generator": scopes.start_generator,
    "take": claims.take,
}

Resolver = Callable[[Any], Any]
Opener = tuple[int, type[Any]]
"""How many frames out a new scope object hangs, and its class."""


class Program:
    """Compiles the graph of one container, a class for each frame and functions for each key, on first use.

    Args:
        graph: a graph without problems.
        start_scope: where the container starts.
        lock_mode: what sources that do not say otherwise are protected against.
        base: the class of containers, from which the generated ones derive.
    """

    def __init__(
        self, graph: Graph[Key], start_scope: type[BaseScope], lock_mode: LockMode, base: type[scopes.ScopeObject]
    ) -> None:
        """Compile nothing yet."""
        self.graph = graph
        self.root = root_frame(start_scope)
        self.module = GeneratedModule({**HELPERS, "Container": base})
        self._planner = Planner(graph, lock_mode)
        self._classes: dict[Frame, type[Any]] = {}
        self._written: set[Plan] = set()
        # Compiling runs no code of the user's, so nothing can come back here while the lock is held.
        self._lock = Lock()

    def scope_class(self, frame: Frame) -> type[Any]:
        """Return the class of a frame's scope objects; it is equipped with its own tables."""
        with self._lock:
            if frame not in self._classes:
                self._classes[frame] = self._new_class(frame)
            return self._classes[frame]

    def opener(self, frame: Frame, target: object) -> Opener:
        """Return how to open ``target``, or for None the next scope, from a scope object of ``frame``.

        Raises:
            TypeError: if the target is not a scope.
            ScopeError: if no scope around is a proper ancestor of it, or there is not exactly one next scope.
        """
        scope_type = _next_scope(frame) if target is None else check_scope(target, "enter_scope")
        hops = hops_to_opener(frame, scope_type)
        if hops is None:
            message = (
                f"{scope_type.__name__} cannot be entered from {frame.scope.__name__}: "
                f"no scope that has been entered here is around {scope_type.__name__}"
            )
            raise ScopeError(message)
        return hops, self.scope_class(open_frame(frame.out(hops), scope_type))

    def resolver(self, frame: Frame, key: object) -> Resolver:
        """Return the function that resolves a key from a scope object of ``frame``.

        Raises:
            TypeError: if the key is not a type.
            NoProviderError: if nothing provides it.
            OutOfScopeError: if it lives in a scope that is not open there.
        """
        with self._lock:
            reference = self._reference("resolve", frame, key)
            if reference.plan.awaits:
                return partial(self._refuse_sync, check_key("resolve", key))
            return self._function("def", "resolve", reference, sync_value(reference))

    def async_resolver(self, frame: Frame, key: object) -> Resolver:
        """Return the coroutine function that does so awaiting; raises the same."""
        with self._lock:
            reference = self._reference("aresolve", frame, key)
            return self._function("async def", "aresolve", reference, async_value(reference))

    def exits_of_values(self) -> Iterator[cleanup.Exit]:
        """Yield the finalizers of ready-made instances, which run also if nobody has asked for the instance."""
        for binding in self.graph.live():
            recipe = binding.handle
            if not isinstance(recipe, Recipe) or recipe.make is not Make.VALUE or recipe.on_close is None:
                continue
            plan = self._planner.reference(binding, self.root).plan
            asynchronous_close = plan.closing is Closing.ASYNC
            finish = cleanup.afinish_on_close if asynchronous_close else cleanup.finish_on_close
            yield cleanup.Exit(plan.depth, plan.name, finish, (recipe.on_close, recipe.target), asynchronous_close)

    def forget(self, scope_object: scopes.ScopeObject, kept: tuple[Plan, ...]) -> None:
        """Drop the instances that a closed scope object keeps, so that scopes inside of it find them gone."""
        for plan in kept:
            if plan.storage is Storage.GLOBAL:
                self.module.namespace[instance_name(plan)] = scopes.MISSING
            else:
                setattr(scope_object, instance_name(plan), scopes.MISSING)

    def _reference(self, where: str, frame: Frame, key: object) -> Reference:
        known = check_key(where, key)
        for problem in missing.at_resolve(self.graph, known):
            raise NoProviderError(problem, KEYS)
        for problem in scope.at_resolve(self.graph, known, scope_path(frame.scope)):
            raise OutOfScopeError(problem, KEYS)
        binding = self.graph.provider(known)
        if binding is None:
            raise AssertionError(known)
        reference = self._planner.reference(binding, frame)
        self._write(reference.plan)
        return reference

    def _refuse_sync(self, key: Key, _: scopes.ScopeObject) -> NoReturn:
        raise AsyncResolutionError(next(asynchronous.at_resolve(self.graph, key)), KEYS)

    def _function(self, definition: str, verb: str, reference: Reference, value: str) -> Resolver:
        name = f"{verb}_{reference.plan.symbol}_{reference.hops}"
        if name not in self.module.namespace:
            self.module.run(f"{definition} {name}(scope):\n    return {value}\n")
        resolver: Resolver = self.module.namespace[name]
        return resolver

    def _write(self, plan: Plan) -> None:
        """Write the functions of a plan and of all that it needs, in one piece of source."""
        plans = _not_yet_written(plan, self._written)
        lines: list[str] = []
        for needed in plans:
            self.module.namespace |= _globals_of(needed)
            lines += functions(needed)
        if lines:
            self.module.run("\n".join(lines))

    def _new_class(self, frame: Frame) -> type[Any]:
        kept = tuple(self._planner.kept_in(frame))
        self.module.run("\n".join(scope_class(frame, kept)))
        cls: type[Any] = self.module.namespace[class_name(frame)]
        closed: type[Any] = self.module.namespace[f"closed_{class_name(frame)}"]
        cls._program, cls._frame, cls._kept, cls._closed_class = self, frame, kept, closed
        cls._resolvers = Table(partial(self.resolver, frame))
        cls._async_resolvers = Table(partial(self.async_resolver, frame))
        cls._openers = Table(partial(self.opener, frame))
        closed._resolvers = closed._async_resolvers = closed._openers = ClosedTable(frame.scope.__name__)
        return cls


def _next_scope(frame: Frame) -> type[BaseScope]:
    following = next_scopes(frame.scope)
    if len(following) == 1:
        return following[0]
    name = frame.scope.__name__
    if not following:
        message = f"there is no scope after {name}; name the one to enter"
    else:
        message = f"{name} is followed by {', '.join(scope.__name__ for scope in following)}; name the one to enter"
    raise ScopeError(message)


def _not_yet_written(plan: Plan, written: set[Plan]) -> list[Plan]:
    """Return a plan with all that it needs, as far as they are not written yet, and count them as written."""
    found: list[Plan] = []
    waiting = [plan]
    while waiting:
        current = waiting.pop()
        if current not in written:
            written.add(current)
            found.append(current)
            waiting += [given.value.plan for given in current.arguments if isinstance(given.value, Reference)]
    return found


def _globals_of(plan: Plan) -> dict[str, object]:
    named: dict[str, object] = {target_name(plan): plan.target, on_close_name(plan): plan.on_close}
    for number, argument in enumerate(plan.arguments):
        if isinstance(argument.value, Constant):
            named[default_name(plan, number)] = argument.value.value
    return named
