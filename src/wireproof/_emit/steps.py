"""The steps of building an instance, one small function for each kind; sync and async code share them.

Each yields the lines that come after the arguments have been evaluated. ``call`` is the call of the target, and ``it``
the local variable that receives the instance.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from wireproof._collect.recipe import Make
from wireproof._emit.expressions import claim_name, closing_name, exit_name
from wireproof._plan.plans import Claim, Closing, Plan


class Making(NamedTuple):
    """The lines that make an instance: those before the call of the target, its prefix, and those after it."""

    prefix: str
    after: tuple[str, ...] = ()


def _call(_: Plan, it: str, __: str) -> Making:
    return Making(f"{it} = ")


def _coroutine(_: Plan, it: str, __: str) -> Making:
    return Making(f"{it} = await ")


def _generator(plan: Plan, it: str, await_: str) -> Making:
    return _yielded(plan, it, await_, "for")


def _async_generator(plan: Plan, it: str, await_: str) -> Making:
    return _yielded(plan, it, await_, "async for")


def _yielded(plan: Plan, it: str, await_: str, for_: str) -> Making:
    """Resume a generator as a loop does, which is by far what Python is fastest at, and leave it in the first round."""
    return Making(
        "generator = ",
        (
            f"{for_} {it} in generator:",
            "    break",
            "else:",
            "    refuse_generator(generator)",
            *_register(exit_name(plan), "generator", await_),
        ),
    )


def _context_manager(plan: Plan, it: str, await_: str) -> Making:
    return Making("manager = ", (f"{it} = manager.__enter__()", *_register(exit_name(plan), "manager", await_)))


def _async_context_manager(plan: Plan, it: str, await_: str) -> Making:
    return Making("manager = ", (f"{it} = await manager.__aenter__()", *_register(exit_name(plan), "manager", await_)))


_MAKE: dict[Make, Callable[[Plan, str, str], Making]] = {
    Make.CALL: _call,
    Make.COROUTINE: _coroutine,
    Make.GENERATOR: _generator,
    Make.ASYNC_GENERATOR: _async_generator,
    Make.CONTEXT_MANAGER: _context_manager,
    Make.ASYNC_CONTEXT_MANAGER: _async_context_manager,
}


def making(plan: Plan, it: str, await_: str) -> Making:
    """Return the lines that make the instance of a plan and register its cleanup."""
    made = _MAKE[plan.make](plan, it, await_)
    return made._replace(after=(*made.after, *_closing(plan, it, await_)))


def _closing(plan: Plan, it: str, await_: str) -> Iterator[str]:
    if plan.closing is not Closing.NOTHING:
        yield from _register(closing_name(plan), it, await_)


def _register(finalizer: str, subject: str, await_: str) -> Iterator[str]:
    """Register first, then look whether the scope has been closed; see `wireproof._runtime.scope.withdraw`."""
    yield f"entry = ({finalizer}, {subject})"
    yield "scope._exits.append(entry)"
    yield "if scope._state is not OPEN:"
    yield f"    {await_}{'awithdraw' if await_ else 'withdraw'}(scope, entry)"


class Taking(NamedTuple):
    """How a claim is taken: the statement, what it raises if somebody else was faster, and how it is given back."""

    take: str
    taken: str
    give_back: str


def _by_global(plan: Plan) -> Taking:
    name = claim_name(plan)
    return Taking(f"del {name}", "NameError", f"{name} = FREE")


def _by_slot(plan: Plan) -> Taking:
    name = f"scope.{claim_name(plan)}"
    return Taking(f"del {name}", "AttributeError", f"{name} = FREE")


def _by_entry(plan: Plan) -> Taking:
    name = repr(claim_name(plan))
    return Taking(f"take_entry(scope._extra, {name})", "KeyError", f"del scope._extra[{name}]")


_CLAIM: dict[Claim, Callable[[Plan], Taking]] = {
    Claim.GLOBAL: _by_global,
    Claim.SLOT: _by_slot,
    Claim.ENTRY: _by_entry,
}


def taking(plan: Plan) -> Taking | None:
    """Return how the right to build is claimed, None if it is not."""
    claim = _CLAIM.get(plan.claim)
    return None if claim is None else claim(plan)
