"""Generated functions: statements that get what is needed, then the calls that build.

A function is written from a value: it gets what the value is made of, and returns it. Each instance that is kept is
looked for first, and where it is missing it is built right there, or got from the function of its own plan. Arguments
come first; only then is the right to build claimed, and held for nothing but the call of the target itself. So nobody
who waits for a claim holds another, but a factory that asks its container by hand.

Synchronous and awaiting functions are written by the same code. What needs no ``await`` to build is written into an
awaiting function as well, so that a claim on it is never held across an ``await``, and whoever finds it taken awaits.
"""

from collections.abc import Sequence
from typing import NamedTuple

from wireproof._collect.recipe import Make
from wireproof._emit.expressions import (
    Expressions,
    claim_name,
    instance_name,
    kept_at,
    key_constant,
    read_instance,
    scope_out,
    target_name,
)
from wireproof._emit.steps import making, taking
from wireproof._plan.plans import Below, Claim, Closing, Collected, Plan, Reference, Storage, Value

DEPTH = 8
"""How deep one thing is built inside another in the same function."""


class Origin(NamedTuple):
    """What a line of a generated function is about."""

    path: tuple[Plan, ...]
    """The plans that are being followed, outermost first."""

    holds: Plan | None = None
    """The plan whose claim is held there."""


class Call(NamedTuple):
    """An expression that calls something; each on a line of its own, so that a traceback tells them apart."""

    function: str
    """Empty for a tuple."""

    arguments: tuple[tuple[str, "str | Call"], ...]
    """With their keywords, which are empty for what is passed by position."""

    path: tuple[Plan, ...]


class Function:
    """A generated function while it is being written.

    Args:
        expressions: writes its expressions, awaiting if the function does.
        budget: how many plans may be built in it, at most; the others are left to functions of their own.
        depth: how deep one may be built inside another.
    """

    def __init__(self, expressions: Expressions, budget: int, depth: int = DEPTH) -> None:
        """Start empty."""
        self.lines: list[str] = []
        self.origins: dict[int, Origin] = {}
        self._expressions = expressions
        self._budget = budget
        self._depth = depth
        self._indent = 0
        self._path: tuple[Plan, ...] = ()
        self._locals: dict[tuple[Plan, int], str] = {}
        self._used: set[str] = set()
        self._is_open = False
        self._built: set[Plan] = set()
        self._root: Plan | None = None

    def write(self, name: str, value: Value, *, root: Plan | None = None, noting: bool = False) -> None:
        """Write the function.

        Args:
            name: what it is called.
            value: what it returns.
            root: the plan whose own function it is, if it is one; that is built here in any case.
            noting: whether it notes in errors what was being built.
        """
        self._root = root
        self._line(f"{'async ' if self._expressions.awaiting else ''}def {name}(scope):")
        with self._block():
            if root is not None and root.storage is Storage.GLOBAL:
                self._line(
                    f"global {instance_name(root)}{f', {claim_name(root)}' if root.claim is Claim.GLOBAL else ''}"
                )
            if not noting:
                self._statement("return ", self._value(value))
                return
            self._line("try:")
            with self._block():
                self._statement("return ", self._value(value))
            self._line("except BaseException as error:")
            self._line("    note_path(error)")
            self._line("    raise")

    def _value(self, value: Value) -> str | Call:
        if isinstance(value, Reference):
            return self._transient(value.plan) if value.plan.storage is Storage.NOWHERE else self._kept(value)
        if isinstance(value, Collected):
            return Call("", tuple(("", self._value(one)) for one in value.values), self._path)
        if isinstance(value, Below):
            it = self._new_local("below")
            self._line(f"{it} = {self._expressions.simple(value)}")
            return it
        return self._expressions.simple(value)

    def _kept(self, reference: Reference) -> str:
        """Get a kept instance into a local variable, unless it is in one already."""
        plan, hops = reference
        known = self._locals.get((plan, hops))
        if known is not None and not plan.counted:
            return known
        it = known or self._local(plan)
        self._line(f"if ({it} := {read_instance(plan, scope_out(hops))}) is MISSING:")
        with self._block():
            if self._builds_here(reference):
                with self._following(plan):
                    self._build_kept(plan, it)
            else:
                self._line(f"{it} = {self._expressions.get(plan, scope_out(hops))}")
        if plan.counted:
            self._line("else:")
            self._line(f"    counters.hit({key_constant(plan)})")
        self._locals[plan, hops] = it
        return it

    def _builds_here(self, reference: Reference) -> bool:
        """Whether a kept instance is built in this function: what it is for, and parts of the same scope object."""
        plan, hops = reference
        if plan is self._root:
            return True
        return plan.storage is Storage.SLOT and hops == 0 and self._affords(plan)

    def _affords(self, plan: Plan) -> bool:
        """Whether there is room for a plan; each is built in one place, so that the code grows with the graph."""
        if self._budget <= 0 or len(self._path) >= self._depth or plan in self._built:
            return False
        if plan.storage is not Storage.NOWHERE:
            self._built.add(plan)
        self._budget -= 1
        return True

    def _build_kept(self, plan: Plan, it: str) -> None:
        if not self._is_open:
            self._line("if scope._state is not OPEN:")
            self._line("    refuse_building(scope)")
            self._is_open = True
        if plan.make is Make.VALUE:
            return
        if plan.make is Make.CONTEXT:
            self._line(f"refuse_context({plan.symbol!r})")
            return
        call = self._call(plan)
        taken = taking(plan)
        if taken is None:
            self._make(plan, it, call)
            self._publish_unclaimed(plan, it)
            return
        self._line("try:")
        self._line(f"    {taken.take}")
        self._line(f"except {taken.taken}:")
        waiting = f"{self._expressions.await_}{'await_for' if self._expressions.awaiting else 'wait_for'}"
        self._line(f"    {it} = {waiting}(scope, {self._expressions.getter(plan)})")
        self._line("else:")
        with self._block():
            self._line("try:")
            with self._block():
                self._make(plan, it, call)
                self._line(f"{kept_at(plan)} = {it}")
            self._line("except BaseException:")
            self._line(f"    {taken.give_back}")
            self._line("    raise")
            self._line("finally:")
            self._line("    if waiting:")
            self._line("        wake()")

    def _publish_unclaimed(self, plan: Plan, it: str) -> None:
        """Another build may have been faster: the first one published wins."""
        self._line(f"if (kept := {read_instance(plan, 'scope')}) is MISSING:")
        self._line(f"    {kept_at(plan)} = {it}")
        self._line("else:")
        self._line(f"    {it} = kept")

    def _transient(self, plan: Plan) -> str | Call:
        if plan is not self._root and not self._affords(plan):
            return self._first(plan, self._expressions.get(plan, "scope"))
        with self._following(plan):
            call = self._call(plan)
            is_call = plan.make in {Make.CALL, Make.COROUTINE} and plan.closing is Closing.NOTHING and not plan.counted
            if is_call and len(self._path) % DEPTH:  # Python parses calls inside calls only so deep
                return call._replace(function=f"{'await ' if plan.make is Make.COROUTINE else ''}{call.function}")
            it = self._local(plan)
            self._make(plan, it, call)
            return it

    def _first(self, plan: Plan, expression: str) -> str:
        """Evaluate an expression before any claim is taken, as it may have to wait."""
        it = self._local(plan)
        self._line(f"{it} = {expression}")
        return it

    def _make(self, plan: Plan, it: str, call: Call) -> None:
        made = making(plan, it, self._expressions.await_)
        self._statement(made.prefix, call)
        for line in made.after:
            self._line(line, holds=plan)
        if plan.counted:
            self._line(f"counters.built({key_constant(plan)})")

    def _call(self, plan: Plan) -> Call:
        """Get the arguments of a plan, and return the call of its target with them."""
        arguments = tuple((argument.keyword, self._value(argument.value)) for argument in plan.arguments)
        return Call(target_name(plan), arguments, self._path)

    def _statement(self, prefix: str, expression: str | Call) -> None:
        """Write a statement, whose calls come to stand on lines of their own."""
        if isinstance(expression, str):
            self._line(f"{prefix}{expression}")
            return
        holds = expression.path[-1] if expression.path and not prefix.startswith("return") else None
        self._expression(prefix, expression, "", holds)

    def _expression(self, prefix: str, call: Call, suffix: str, holds: Plan | None) -> None:
        texts = [_text(keyword, value) for keyword, value in call.arguments if isinstance(value, str)]
        if len(texts) == len(call.arguments):
            comma = "," if not call.function and texts else ""
            self._line(f"{prefix}{call.function}({', '.join(texts)}{comma}){suffix}", call.path, holds)
            return
        self._line(f"{prefix}{call.function}(", call.path, holds)
        self._indent += 1
        for keyword, value in call.arguments:
            if isinstance(value, str):
                self._line(f"{_text(keyword, value)},", call.path, holds)
            else:
                self._expression(_text(keyword, ""), value, ",", holds)
        self._indent -= 1
        self._line(f"){suffix}", call.path, holds)

    def _line(self, text: str, path: Sequence[Plan] | None = None, holds: Plan | None = None) -> None:
        self.lines.append(f"{'    ' * self._indent}{text}")
        self.origins[len(self.lines)] = Origin(self._path if path is None else tuple(path), holds)

    def _local(self, plan: Plan) -> str:
        """Return a local variable for an instance."""
        return self._new_local(plan.symbol)

    def _new_local(self, stem: str) -> str:
        name, number = stem, 2
        while name in self._used:
            name, number = f"{stem}_{number}", number + 1
        self._used.add(name)
        return name

    def _block(self) -> "_Part":
        """Indent; what is known only in there is forgotten behind it."""
        part = _Part(self, ("_indent", "_locals", "_is_open"))
        self._indent += 1
        self._locals = dict(self._locals)
        return part

    def _following(self, plan: Plan) -> "_Part":
        part = _Part(self, ("_path",))
        self._path = (*self._path, plan)
        return part


class _Part:
    """A part of a function that is being written: at its end some attributes are again what they were."""

    __slots__ = ("_before", "_function", "_names")

    def __init__(self, function: Function, names: tuple[str, ...]) -> None:
        self._function = function
        self._names = names
        self._before = [getattr(function, name) for name in names]

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        for name, value in zip(self._names, self._before, strict=True):
            setattr(self._function, name, value)


def _text(keyword: str, value: str) -> str:
    return f"{keyword}={value}" if keyword else value
