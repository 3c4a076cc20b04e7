"""The compiler of a container: plans to functions and classes, each when it is first needed."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial, update_wrapper
from threading import get_ident
from typing import Any, TypeAlias

from wireproof._collect.recipe import Make
from wireproof._emit import classes
from wireproof._emit.expressions import (
    Expressions,
    aget_name,
    claim_name,
    closing_name,
    exit_name,
    get_name,
    instance_name,
    key_constant,
    symbol_of,
    target_name,
)
from wireproof._emit.forms import Defined, Forms
from wireproof._emit.functions import DEPTH, Function
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._plan.frames import Frame
from wireproof._plan.planner import Planner
from wireproof._plan.plans import Below, Claim, Closing, Ending, Plan, Reference, Storage, Value, needed, references
from wireproof._runtime import ambient, claims, cleanup, tasks
from wireproof._runtime import scope as scopes
from wireproof._runtime.refusals import refuse_opening
from wireproof._runtime.stack import note_path

HELPERS: dict[str, object] = {
    "CLOSED": scopes.State.CLOSED,
    "CLOSING": scopes.State.CLOSING,
    "FREE": claims.FREE,
    "MISSING": scopes.MISSING,
    "NO_ANSWERS": scopes.NO_ANSWERS,
    "OPEN": scopes.State.OPEN,
    "arefuse_second_yield": cleanup.arefuse_second_yield,
    "awithdraw": scopes.awithdraw,
    "get_current": ambient.get_current,
    "get_here": ambient.get_here,
    "get_ident": get_ident,
    "new_here": ambient.new_here,
    "note_path": note_path,
    "partial": partial,
    "refuse_building": scopes.refuse_building,
    "refuse_opening": refuse_opening,
    "refuse_generator": scopes.refuse_generator,
    "refuse_second_yield": cleanup.refuse_second_yield,
    "set_current": ambient.set_current,
    "settle": ambient.settle,
    "take_entry": claims.take_entry,
    "waiting": claims.waiting,
    "wake": claims.wake,
    "warn_unclosed": scopes.warn_unclosed,
    "withdraw": scopes.withdraw,
}

_FINISH: dict[Make, Callable[..., Any]] = {
    Make.GENERATOR: cleanup.finish_generator,
    Make.ASYNC_GENERATOR: cleanup.finish_async_generator,
    Make.CONTEXT_MANAGER: cleanup.leave,
    Make.ASYNC_CONTEXT_MANAGER: cleanup.aleave,
}
_ASYNCHRONOUS = {Make.ASYNC_GENERATOR, Make.ASYNC_CONTEXT_MANAGER}

STEP = 100
"""How many calls may be nested before instances further in are built first."""

PIECE = 50
"""How many functions are compiled together: the time it takes grows faster than their number."""

INLINE = 60
"""How many plans may be built within the function of a key that is asked for."""

Resolver: TypeAlias = Callable[[Any], Any]


class Compiler:
    """Writes the code for what a planner plans, into one generated module.

    Args:
        planner: makes the plans.
        helpers: more names that the generated code may use.
        open_ended: whether more can be asked for than is registered.
        gil: whether a global interpreter lock makes single operations on scope objects atomic.
        from_below: for an override: gives the function for what is taken from below.
    """

    def __init__(
        self,
        planner: Planner,
        helpers: dict[str, object],
        *,
        open_ended: bool,
        gil: bool,
        from_below: Callable[[Below, bool], object] | None = None,
    ) -> None:
        """Write nothing yet."""
        own = {"wait_for": self._wait_for, "await_for": self._await_for}
        self.module = GeneratedModule({**HELPERS, **own, **helpers})
        self.module.namespace["running_loop"] = self._running_loop
        self.planner = planner
        self._forms = Forms()
        self._gil = gil
        self._has_extra = open_ended or not gil
        self._from_below = from_below
        self._named: set[Plan] = set()
        self._deep: set[Plan] = set()
        self._written: dict[bool, set[Plan]] = {False: set(), True: set()}

    def function(self, binding: Binding[Key], frame: Frame, *, awaiting: bool) -> Resolver:
        """Return a function that takes a scope object of ``frame`` and gives what the binding provides."""
        return self.function_of(self.planner.value(binding, frame), awaiting=awaiting)

    def function_of(self, value: Value, *, awaiting: bool) -> Resolver:
        """Return a function that takes a scope object and gives a value."""
        stones = self._stepping_stones(value)
        self._write_needed(value, awaiting=awaiting)
        if stones:
            return self._stepping(stones, self._written_function(value, awaiting=awaiting), awaiting=awaiting)
        return self._written_function(value, awaiting=awaiting)

    def _written_function(self, value: Value, *, awaiting: bool) -> Resolver:
        if isinstance(value, Reference) and value.plan.storage is Storage.GLOBAL and not (value.hops or awaiting):
            name = get_name(value.plan)
        else:
            name = self.module.new_name("aresolve" if awaiting else "resolve")
            function = Function(self._expressions(awaiting=awaiting), INLINE)
            function.write(name, value, noting=awaiting)
            self.module.define([Defined(lambda: function)])
        resolver: Resolver = self.module.namespace[name]
        return resolver

    def _stepping_stones(self, value: Value) -> list[Plan]:
        """Return kept instances to build first, the innermost first, so that no call goes too deep; mostly none.

        What is built by functions that call each other would in a very long chain exceed Python's limit of calls.
        Transients cannot be built first. Of those, every so many levels, one is marked to have all that is in between
        built in its own function.
        """
        stones: list[Plan] = []
        depths: dict[Plan, int] = {}
        following = [one.plan for one in references(value)]
        while following:
            plan = following[-1]
            parts = [one.plan for one in needed(plan)]
            if missing := [part for part in parts if part not in depths]:
                following += missing
                continue
            depths[plan] = 1 + max((depths[part] for part in parts), default=0)
            following.pop()
            if depths[plan] >= STEP:
                depths[plan] = 0
                if plan.storage is Storage.NOWHERE:
                    self._deep.add(plan)
                else:
                    stones.append(plan)
        return stones

    def _stepping(self, stones: list[Plan], resolver: Resolver, *, awaiting: bool) -> Resolver:
        """Return a resolver that builds some instances first, unless all is there already."""
        steps = [(plan.frame, self.module.namespace[(aget_name if awaiting else get_name)(plan)]) for plan in stones]

        def unbuilt(scope: Any) -> Iterator[tuple[Any, Resolver]]:
            around = {}
            outer = scope
            while outer is not None:
                around[outer._frame] = outer
                outer = outer._parent
            if self.kept(around[stones[-1].frame], stones[-1]) is scopes.MISSING:
                yield from ((around[frame], get) for frame, get in steps)

        def resolve(scope: Any) -> Any:
            for outer, get in unbuilt(scope):
                get(outer)
            return resolver(scope)

        async def aresolve(scope: Any) -> Any:
            for outer, get in unbuilt(scope):
                await get(outer)
            return await resolver(scope)

        return aresolve if awaiting else resolve

    def root_class(self, frame: Frame) -> type[Any]:
        """Return the class that a container becomes."""
        overlay = self._from_below is not None
        source = classes.root_class(frame, cleanup=self._ending(frame) is not Ending.NOTHING, overlay=overlay)
        return self._class(frame, "\n".join(source))

    def scope_class(self, frame: Frame) -> type[Any]:
        """Return the class of an inner frame's scope objects."""
        kept, ending = self.planner.kept_in(frame), self._ending(frame)
        overlay = self._from_below is not None
        source = classes.scope_class(frame, kept, extra=self._has_extra, ending=ending, overlay=overlay)
        return self._class(frame, "\n".join(source))

    def _ending(self, frame: Frame) -> Ending:
        """Return what the end of a scope is written for; it is claimed by deleting a slot, as `claims` explains."""
        ending = self.planner.ending(frame)
        return ending if self._gil or ending is Ending.NOTHING else Ending.ANYTHING

    def _class(self, frame: Frame, source: str) -> type[Any]:
        self.module.run(source)
        cls: type[Any] = self.module.namespace[classes.class_name(frame)]
        values = (plan for plan in self.planner.kept_in(frame) if plan.make is Make.CONTEXT)
        cls._frame, cls._values = frame, {plan.target: plan for plan in values}
        return cls

    def opener(self, hops: int, opened: Frame) -> Callable[[Any], Any]:
        """Return the function that opens a scope of a frame, so many frames out from the scope object it is given."""
        return self._opening(classes.opener, f"open_{opened.symbol}", hops, opened)

    def entering(self, hops: int, opened: Frame, target: object, otherwise: Callable[..., Any]) -> Callable[..., Any]:
        """Return an ``enter_scope`` that does so itself for one target.

        Args:
            hops: as for `opener`.
            opened: as for `opener`.
            target: the target.
            otherwise: the general ``enter_scope``.
        """
        function = self._opening(classes.entering, f"enter_{opened.symbol}", hops, opened)
        name = function.__name__
        self.module.namespace |= {f"{name}_target": target, f"{name}_otherwise": otherwise}
        return update_wrapper(function, otherwise)

    def _opening(self, write: Callable[..., Iterator[str]], stem: str, hops: int, opened: Frame) -> Callable[..., Any]:
        name = self.module.new_name(stem)
        kept, ending = self.planner.kept_in(opened), self._ending(opened)
        source = write(name, hops, opened, kept, extra=self._has_extra, ending=ending)
        self.module.run("\n".join(source))
        function: Callable[..., Any] = self.module.namespace[name]
        return function

    def _running_loop(self) -> object:
        """Return the running event loop; from the time on when there may be one, generated code asks asyncio itself."""
        find = tasks.loop_finder()
        if find is None:
            return None
        self.module.namespace["running_loop"] = find
        return find()

    def keep(self, scope_object: scopes.ScopeObject, plan: Plan, instance: object) -> None:
        """Put an instance where the generated code will look for it."""
        if plan.storage is Storage.GLOBAL:
            self._name(plan)
            self.module.namespace[instance_name(plan)] = instance
        else:
            setattr(scope_object, instance_name(plan), instance)

    def kept(self, scope_object: Any, plan: Plan) -> object:
        """Return the instance that is kept for a plan, `MISSING` if there is none."""
        name = instance_name(plan)
        if plan.storage is Storage.GLOBAL:
            return self.module.namespace.get(name, scopes.MISSING)
        if plan.storage is Storage.EXTRA:
            return scope_object._extra.get(name, scopes.MISSING)
        return getattr(scope_object, name)

    def exits_of_values(self, frame: Frame) -> Iterator[cleanup.Exit]:
        """Yield the finalizers of ready-made instances that live in a frame."""
        for plan in self.planner.values(frame):
            yield _closing(plan), plan.target

    def forget(self, scope_object: Any) -> None:
        """Drop the instances that a closed scope object keeps, so that scopes inside of it find them gone."""
        if scope_object._parent is not None:
            scope_object._forget()
            return
        for plan in self._named:  # those that nobody registered are there as well
            if plan.storage is Storage.GLOBAL:
                self.module.namespace[instance_name(plan)] = scopes.MISSING

    def _wait_for(self, scope: Any, get: Callable[[Any], Any]) -> Any:
        """Wait for an instance that somebody else builds, or build it if that comes to nothing."""
        plan = self.planner.plan(symbol_of(get.__name__))
        claims.wait((scope, plan), partial(self._is_built, scope, plan))
        return get(scope)

    async def _await_for(self, scope: Any, get: Callable[[Any], Any]) -> Any:
        """Do the same without blocking the event loop."""
        plan = self.planner.plan(symbol_of(get.__name__))
        await claims.await_((scope, plan), partial(self._is_built, scope, plan))
        return await get(scope)

    def _is_built(self, scope: Any, plan: Plan) -> bool:
        """Whether an instance is being built: it is not there, and neither is the claim."""
        return self.kept(scope, plan) is scopes.MISSING and self._is_claimed(scope, plan)

    def _is_claimed(self, scope: Any, plan: Plan) -> bool:
        if plan.claim is Claim.GLOBAL:
            return claim_name(plan) not in self.module.namespace
        if plan.claim is Claim.SLOT:
            return not hasattr(scope, claim_name(plan))
        return claim_name(plan) in scope._extra

    def _expressions(self, *, awaiting: bool) -> Expressions:
        return Expressions(self.module.namespace, awaiting=awaiting, from_below=self._from_below)

    def _write_needed(self, value: Value, *, awaiting: bool) -> None:
        """Write the functions of all plans that a value needs, in pieces that are not too large to compile."""
        plans = self._not_yet_written(value, awaiting=awaiting)
        for first in range(0, len(plans), PIECE):
            self._write(plans[first : first + PIECE], awaiting=awaiting)

    def _write(self, plans: Iterable[Plan], *, awaiting: bool) -> None:
        functions: list[Defined] = []
        for plan in plans:
            self._name(plan)
            write = partial(self._function_of_plan, plan, awaiting=awaiting)
            is_deep = plan in self._deep
            functions.append(Defined(write) if is_deep else self._forms.defined(plan, write, awaiting=awaiting))
        self.module.define(functions)

    def _function_of_plan(self, plan: Plan, *, awaiting: bool) -> Function:
        is_deep = plan in self._deep
        function = Function(self._expressions(awaiting=awaiting), STEP if is_deep else 0, STEP if is_deep else DEPTH)
        function.write(aget_name(plan) if awaiting else get_name(plan), Reference(plan, 0), root=plan)
        return function

    def _not_yet_written(self, value: Value, *, awaiting: bool) -> list[Plan]:
        """Return the plans that a value needs, as far as they are not written yet, and count them as written."""
        written = self._written[awaiting]
        found: list[Plan] = []
        following = references(value)
        while following:
            plan = following.pop().plan
            if plan not in written:
                written.add(plan)
                found.append(plan)
                following += needed(plan)
        return found

    def _name(self, plan: Plan) -> None:
        """Make the globals that belong to a plan."""
        if plan in self._named:
            return
        self._named.add(plan)
        namespace = self.module.namespace
        namespace[target_name(plan)] = plan.target
        if plan.make in _FINISH:
            finish = _FINISH[plan.make]
            namespace[exit_name(plan)] = cleanup.Finalizer(plan.depth, plan.name, finish, plan.make in _ASYNCHRONOUS)
        if plan.closing is not Closing.NOTHING:
            namespace[closing_name(plan)] = _closing(plan)
        if plan.counted:
            namespace[key_constant(plan)] = plan.binding.key
        if plan.storage is Storage.GLOBAL:
            namespace[instance_name(plan)] = plan.target if plan.make is Make.VALUE else scopes.MISSING
        if plan.claim is Claim.GLOBAL:
            namespace[claim_name(plan)] = claims.FREE


def _closing(plan: Plan) -> cleanup.Finalizer:
    asynchronous = plan.closing is Closing.ASYNC
    finishes: dict[bool, Callable[..., Any]] = {False: cleanup.finish_on_close, True: cleanup.afinish_on_close}
    return cleanup.Finalizer(plan.depth, plan.name, partial(finishes[asynchronous], plan.on_close), asynchronous)
