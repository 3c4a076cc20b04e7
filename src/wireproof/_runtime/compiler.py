"""The compiler of a container: plans to functions and classes, each when it is first needed."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from threading import get_ident
from typing import Any, TypeAlias

from wireproof._emit import classes
from wireproof._emit.expressions import Expressions, instance_name, key_constant, on_close_name, target_name
from wireproof._emit.functions import functions
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._plan.frames import Frame
from wireproof._plan.planner import Planner
from wireproof._plan.plans import Below, Closing, Plan, Storage, Value, needed, references
from wireproof._runtime import claims, cleanup
from wireproof._runtime import scope as scopes
from wireproof._runtime.stats import Counters

HELPERS: dict[str, object] = {
    "MISSING": scopes.MISSING,
    "CLOSED": scopes.State.CLOSED,
    "OPEN": scopes.State.OPEN,
    "Exit": cleanup.Exit,
    "afinish_on_close": cleanup.afinish_on_close,
    "aregister": scopes.aregister,
    "atake": claims.atake,
    "aleave": cleanup.aleave,
    "current_task": asyncio.current_task,
    "finish_async_generator": cleanup.finish_async_generator,
    "finish_generator": cleanup.finish_generator,
    "finish_on_close": cleanup.finish_on_close,
    "get_ident": get_ident,
    "leave": cleanup.leave,
    "note_path": scopes.note_path,
    "partial": partial,
    "refuse_building": scopes.refuse_building,
    "register": scopes.register,
    "release": claims.release,
    "start_async_generator": scopes.start_async_generator,
    "start_generator": scopes.start_generator,
    "take": claims.take,
    "warn_unclosed": scopes.warn_unclosed,
}

Resolver: TypeAlias = Callable[[Any], Any]


class Compiler:
    """Writes the code for what a planner plans, into one generated module.

    Args:
        planner: makes the plans.
        base: the class from which generated classes of scope objects derive.
        refuse_context: called with the name of a plan whose context value was not given.
        counters: what counts, if anything does.
        open_ended: whether more can be asked for than is registered.
        from_below: for an override: gives the function for what is taken from below.
    """

    def __init__(
        self,
        planner: Planner,
        base: type[scopes.ScopeObject],
        refuse_context: Callable[[str], object],
        *,
        counters: Counters | None,
        open_ended: bool,
        from_below: Callable[[Below, bool], object] | None = None,
    ) -> None:
        """Write nothing yet."""
        given = {"Container": base, "refuse_context": refuse_context, "counters": counters}
        self.module = GeneratedModule({**HELPERS, **given})
        self.planner = planner
        self._open_ended = open_ended
        self._from_below = from_below
        self._written: set[Plan] = set()

    def function(self, binding: Binding[Key], frame: Frame, *, awaiting: bool) -> Resolver:
        """Return a function that takes a scope object of ``frame`` and gives what the binding provides."""
        value = self.planner.value(binding, frame)
        self._write(value)
        name = f"{'aresolve' if awaiting else 'resolve'}_{len(self.module.sources)}"
        expression = self._expressions(awaiting=awaiting).value(value)
        self.module.run(f"{'async def' if awaiting else 'def'} {name}(scope):\n    return {expression}\n")
        resolver: Resolver = self.module.namespace[name]
        return resolver

    def scope_class(self, frame: Frame) -> tuple[type[Any], type[Any]]:
        """Return the class of a frame's scope objects, and what they become when they are closed."""
        kept = tuple(self.planner.kept_in(frame))
        cleanup = self.planner.has_cleanup()
        self.module.run("\n".join(classes.scope_class(frame, kept, extra=self._open_ended, cleanup=cleanup)))
        name = classes.class_name(frame)
        cls: type[Any] = self.module.namespace[name]
        closed: type[Any] = self.module.namespace[f"closed_{name}"]
        cls._frame, cls._kept, cls._closed_class = frame, kept, closed
        return cls, closed

    def keep(self, scope_object: scopes.ScopeObject, plan: Plan, instance: object) -> None:
        """Put an instance where the generated code will look for it."""
        if plan.storage is Storage.GLOBAL:
            self.module.namespace[instance_name(plan)] = instance
        else:
            setattr(scope_object, instance_name(plan), instance)

    def kept(self, scope_object: scopes.ScopeObject, plan: Plan) -> object:
        """Return the registered instance that is kept for a plan, `MISSING` if there is none."""
        if plan.storage is Storage.GLOBAL:
            return self.module.namespace[instance_name(plan)]
        return getattr(scope_object, instance_name(plan))

    def exits_of_values(self, frame: Frame) -> Iterator[cleanup.Exit]:
        """Yield the finalizers of ready-made instances that live in a frame."""
        for plan in self.planner.values(frame):
            asynchronous = plan.closing is Closing.ASYNC
            finish = cleanup.afinish_on_close if asynchronous else cleanup.finish_on_close
            yield cleanup.Exit(plan.depth, plan.name, finish, (plan.on_close, plan.target), asynchronous)

    def forget(self, scope_object: Any) -> None:
        """Drop the instances that a closed scope object keeps, so that scopes inside of it find them gone."""
        kept = list(scope_object._kept)
        if scope_object._parent is None:  # those that nobody registered are there as well
            kept += [plan for plan in self._written if plan.storage is Storage.GLOBAL]
        for plan in kept:
            self.keep(scope_object, plan, scopes.MISSING)
        if hasattr(scope_object, "_extra"):
            scope_object._extra.clear()

    def _expressions(self, *, awaiting: bool) -> Expressions:
        return Expressions(self.module.namespace, awaiting=awaiting, from_below=self._from_below)

    def _write(self, value: Value) -> None:
        """Write the functions of all plans that a value needs, in one piece of source."""
        lines: list[str] = []
        for plan in self._not_yet_written(value):
            named = {target_name(plan): plan.target, on_close_name(plan): plan.on_close}
            if plan.counted:
                named[key_constant(plan)] = self.planner.binding(plan.symbol).key
            if plan.storage is Storage.GLOBAL:
                named[instance_name(plan)] = self.module.namespace.get(instance_name(plan), scopes.MISSING)
            self.module.namespace |= named
            lines += functions(plan, self._expressions(awaiting=plan.awaits))
        if lines:
            self.module.run("\n".join(lines))

    def _not_yet_written(self, value: Value) -> list[Plan]:
        """Return the plans that a value needs, as far as they are not written yet, and count them as written."""
        found: list[Plan] = []
        waiting = references(value)
        while waiting:
            plan = waiting.pop().plan
            if plan not in self._written:
                self._written.add(plan)
                found.append(plan)
                waiting += needed(plan)
        return found
