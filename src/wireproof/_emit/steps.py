"""The steps of building an instance, one small function for each kind; sync and async code share them."""

from collections.abc import Callable, Iterator

from wireproof._collect.recipe import Make
from wireproof._emit.expressions import Expressions, kept_at, key_constant, on_close_name, read_instance
from wireproof._plan.plans import Closing, Plan, Storage


def building(plan: Plan, expressions: Expressions) -> Iterator[str]:
    """Yield the lines that build the instance, register its cleanup, and keep and return it."""
    yield from return_if_kept(plan)
    yield "if scope._state is not OPEN:"
    yield "    refuse_building(scope)"
    yield from _MAKE[plan.make](plan, expressions.call(plan))
    yield from _closing(plan)
    if plan.counted:
        yield f"counters.built({key_constant(plan)})"
    if plan.storage is not Storage.NOWHERE:
        if not plan.locked:  # another build may have been faster: the first one published wins
            yield f"if {kept_at(plan)} is not MISSING:"
            yield f"    return {kept_at(plan)}"
        yield f"{kept_at(plan)} = instance"
    yield "return instance"


def return_if_kept(plan: Plan) -> Iterator[str]:
    """Yield the lines that return the instance if it is there."""
    if plan.storage is not Storage.NOWHERE:
        yield f"instance = {read_instance(plan)}"
        yield "if instance is not MISSING:"
        if plan.counted:
            yield f"    counters.hit({key_constant(plan)})"
        yield "    return instance"


def _call(_: Plan, call: str) -> Iterator[str]:
    yield f"instance = {call}"


def _coroutine(_: Plan, call: str) -> Iterator[str]:
    yield f"instance = await {call}"


def _generator(plan: Plan, call: str) -> Iterator[str]:
    yield f"generator = {call}"
    yield "instance = start_generator(generator)"
    yield _register(plan, "finish_generator", "generator", asynchronous=False)


def _async_generator(plan: Plan, call: str) -> Iterator[str]:
    yield f"generator = {call}"
    yield "instance = await start_async_generator(generator)"
    yield _register(plan, "finish_async_generator", "generator", asynchronous=True)


def _context_manager(plan: Plan, call: str) -> Iterator[str]:
    yield f"manager = {call}"
    yield "instance = manager.__enter__()"
    yield _register(plan, "leave", "manager", asynchronous=False)


def _async_context_manager(plan: Plan, call: str) -> Iterator[str]:
    yield f"manager = {call}"
    yield "instance = await manager.__aenter__()"
    yield _register(plan, "aleave", "manager", asynchronous=True)


def _context(plan: Plan, _: str) -> Iterator[str]:
    yield f"refuse_context({plan.symbol!r})"


def _closing(plan: Plan) -> Iterator[str]:
    subject = f"({on_close_name(plan)}, instance)"
    if plan.closing is Closing.SYNC:
        yield _register(plan, "finish_on_close", subject, asynchronous=False)
    elif plan.closing is Closing.ASYNC:
        yield _register(plan, "afinish_on_close", subject, asynchronous=True)


def _register(plan: Plan, finish: str, subject: str, *, asynchronous: bool) -> str:
    register = "await aregister" if plan.awaits else "register"
    return f"{register}(scope, Exit({plan.depth}, {plan.name!r}, {finish}, {subject}, {asynchronous}))"


_MAKE: dict[Make, Callable[[Plan, str], Iterator[str]]] = {
    Make.CALL: _call,
    Make.COROUTINE: _coroutine,
    Make.GENERATOR: _generator,
    Make.ASYNC_GENERATOR: _async_generator,
    Make.CONTEXT_MANAGER: _context_manager,
    Make.ASYNC_CONTEXT_MANAGER: _async_context_manager,
    Make.CONTEXT: _context,
}
