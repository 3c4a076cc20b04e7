"""The functions generated for a plan.

For a plan ``X`` there are up to three: ``build_X`` builds and keeps the instance; ``get_X`` returns the instance, and
builds it if it is the first to ask; ``aget_X`` does the same without ever blocking an event loop.

What needs no ``await`` to build is built by the same ``build_X`` on both ways. ``aget_X`` first gets whatever ``X``
will need, awaiting; then it claims ``X`` and builds it in one go. So a claim on something synchronous is never held
across an ``await``: within one thread, whoever meets it held has got there from inside the factory itself.
"""

from collections.abc import Iterable, Iterator

from wireproof._collect.recipe import Make
from wireproof._emit.expressions import Expressions, instance_name, key_constant, scope_out, target_name
from wireproof._emit.steps import building, return_if_kept
from wireproof._plan.plans import Plan, Reference, Storage, needed


def functions(plan: Plan, expressions: Expressions) -> Iterator[str]:
    """Yield the source of the functions of a plan, a line each.

    Args:
        plan: what to write.
        expressions: writes its expressions, awaiting if the plan does.
    """
    if plan.make is Make.VALUE:
        yield from _function("def", f"get_{plan.symbol}", _body_of_value(plan))
        yield from _function("async def", f"aget_{plan.symbol}", _body_of_value(plan))
        return
    definition = "async def" if plan.awaits else "def"
    yield from _function(definition, f"build_{plan.symbol}", _body_of_build(plan, expressions))
    if not plan.awaits:
        yield from _function("def", f"get_{plan.symbol}", _body_of_get(plan))
    yield from _function("async def", f"aget_{plan.symbol}", _body_of_aget(plan))


def _function(definition: str, name: str, body: Iterable[str]) -> Iterator[str]:
    yield f"{definition} {name}(scope):"
    yield from _indented(body)
    yield ""


def _indented(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"    {line}"


def _body_of_value(plan: Plan) -> Iterator[str]:
    """Give what exists already; but inner scopes that outlive the container get nothing from it any more."""
    yield "if scope._state is CLOSED:"
    yield "    refuse_building(scope)"
    yield f"return {target_name(plan)}"


def _body_of_build(plan: Plan, expressions: Expressions) -> Iterator[str]:
    if plan.storage is Storage.GLOBAL:
        yield f"global {instance_name(plan)}"
    yield from building(plan, expressions)


def _body_of_get(plan: Plan) -> Iterator[str]:
    yield from return_if_kept(plan)
    yield from _noting(plan, _claimed(plan, take="take", build=f"build_{plan.symbol}(scope)", owner="get_ident()"))


def _body_of_aget(plan: Plan) -> Iterator[str]:
    yield from return_if_kept(plan)
    if plan.awaits:
        build, owner = f"await build_{plan.symbol}(scope)", "current_task()"
    else:
        build, owner = f"build_{plan.symbol}(scope)", "get_ident()"
    yield from _noting(plan, [*_getting_ready(plan), *_claimed(plan, take="await atake", build=build, owner=owner)])


def _claimed(plan: Plan, *, take: str, build: str, owner: str) -> list[str]:
    if not plan.locked:
        return [f"return {build}"]
    return [
        f"{take}(scope._claims, {plan.symbol!r}, {owner})",
        "try:",
        f"    return {build}",
        "finally:",
        f"    release(scope._claims, {plan.symbol!r})",
    ]


def _noting(plan: Plan, lines: Iterable[str]) -> Iterator[str]:
    """Let an error that passes through know what was being built."""
    yield "try:"
    yield from _indented(lines)
    yield "except BaseException as error:"
    yield f"    note_path(error, {plan.name!r})"
    yield "    raise"


def _getting_ready(plan: Plan) -> Iterator[str]:
    """Get, awaiting, all kept instances that building without ``await`` is going to ask for."""
    if not plan.awaits:
        for reference in dict.fromkeys(_kept(plan)):
            yield f"await aget_{reference.plan.symbol}({scope_out(reference.hops)})"
            if plan.counted:  # what is got ready here is used once, by the building that follows
                yield f"counters.hit({key_constant(reference.plan)}, -1)"


def _kept(plan: Plan) -> Iterator[Reference]:
    for reference in needed(plan):
        if reference.plan.storage is Storage.NOWHERE:
            yield from _kept(reference.plan)
        elif reference.plan.make is not Make.VALUE:
            yield reference
