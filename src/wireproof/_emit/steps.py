"""The steps of building an instance, one small function for each kind; sync and async code share them."""

from collections.abc import Callable, Iterator

from wireproof._collect.recipe import Make
from wireproof._emit.expressions import async_value, default_name, kept_at, on_close_name, sync_value, target_name
from wireproof._plan.plans import Closing, Constant, Plan, Storage


def building(plan: Plan) -> Iterator[str]:
    """Yield the lines that build the instance, register its cleanup, and keep and return it."""
    if plan.storage is not Storage.NOWHERE:
        yield f"instance = {kept_at(plan)}"
        yield "if instance is not MISSING:"
        yield "    return instance"
    yield "if scope._state is not OPEN:"
    yield "    refuse_building(scope)"
    yield from _MAKE[plan.make](plan)
    yield from _CLOSING[plan.closing](plan)
    if plan.storage is not Storage.NOWHERE:
        if not plan.locked:  # another build may have been faster: the first one published wins
            yield f"if {kept_at(plan)} is not MISSING:"
            yield f"    return {kept_at(plan)}"
        yield f"{kept_at(plan)} = instance"
    yield "return instance"


def call(plan: Plan) -> str:
    """Return the expression that calls the target with its arguments."""
    value = async_value if plan.awaits else sync_value
    arguments: list[str] = []
    for number, argument in enumerate(plan.arguments):
        given = default_name(plan, number) if isinstance(argument.value, Constant) else value(argument.value)
        arguments.append(f"{argument.keyword}={given}" if argument.keyword else given)
    return f"{target_name(plan)}({', '.join(arguments)})"


def _call(plan: Plan) -> Iterator[str]:
    yield f"instance = {call(plan)}"


def _coroutine(plan: Plan) -> Iterator[str]:
    yield f"instance = await {call(plan)}"


def _generator(plan: Plan) -> Iterator[str]:
    yield f"generator = {call(plan)}"
    yield "instance = start_generator(generator)"
    yield f"register(scope, Exit({plan.depth}, {plan.name!r}, finish_generator, generator, False))"


def _async_generator(plan: Plan) -> Iterator[str]:
    yield f"generator = {call(plan)}"
    yield "instance = await start_async_generator(generator)"
    yield f"await aregister(scope, Exit({plan.depth}, {plan.name!r}, finish_async_generator, generator, True))"


def _no_closing(_: Plan) -> Iterator[str]:
    yield from ()


def _closing(plan: Plan) -> Iterator[str]:
    subject = f"({on_close_name(plan)}, instance)"
    if plan.closing is Closing.ASYNC and plan.awaits:
        yield f"await aregister(scope, Exit({plan.depth}, {plan.name!r}, afinish_on_close, {subject}, True))"
    elif plan.closing is Closing.ASYNC:
        yield f"register(scope, Exit({plan.depth}, {plan.name!r}, afinish_on_close, {subject}, True))"
    else:
        yield f"register(scope, Exit({plan.depth}, {plan.name!r}, finish_on_close, {subject}, False))"


_MAKE: dict[Make, Callable[[Plan], Iterator[str]]] = {
    Make.CALL: _call,
    Make.COROUTINE: _coroutine,
    Make.GENERATOR: _generator,
    Make.ASYNC_GENERATOR: _async_generator,
}

_CLOSING: dict[Closing, Callable[[Plan], Iterator[str]]] = {
    Closing.NOTHING: _no_closing,
    Closing.SYNC: _closing,
    Closing.ASYNC: _closing,
}
