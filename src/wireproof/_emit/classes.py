"""The class generated for each frame: a scope object with a slot for each instance that it may keep."""

from collections.abc import Iterator, Sequence

from wireproof._emit.expressions import claim_name, instance_name, scope_out
from wireproof._plan.frames import Frame
from wireproof._plan.plans import Claim, Plan, Storage


def class_name(frame: Frame) -> str:
    """Return the name of the class of a frame in the generated module."""
    return f"scope_{frame.symbol}"


def table_names(frame: Frame) -> tuple[str, str]:
    """Return the globals that hold the tables of a frame: from keys to functions, and to coroutine functions."""
    return f"resolvers_{frame.symbol}", f"async_resolvers_{frame.symbol}"


OVERLAY = ("_below", "_handle")
"""Slots of scope objects of an override: the one that it lies over, and the one that users hold in their hands."""


def root_class(frame: Frame, *, cleanup: bool, overlay: bool) -> Iterator[str]:
    """Yield the source of the container's own class, a line each.

    It adds no slots: a container becomes an instance of it when it is first used, and Python allows that only between
    classes of the same layout. Its instances are kept in globals.
    """
    yield f"class {class_name(frame)}(Container):"
    yield f"    __slots__ = {OVERLAY if overlay else ()}"
    if cleanup:
        yield from _warning()
    yield ""


def scope_class(frame: Frame, kept: Sequence[Plan], *, extra: bool, cleanup: bool, overlay: bool) -> Iterator[str]:
    """Yield the source of the class of an inner frame, a line each.

    Args:
        frame: the scopes that an object stands for.
        kept: the plans whose instances it may keep.
        extra: whether there may be others, which nobody knows of yet.
        cleanup: whether anything that may be built for it needs cleanup.
        overlay: whether it is the class of an override.
    """
    slots = [instance_name(plan) for plan in kept if plan.storage is Storage.SLOT]
    claims = [claim_name(plan) for plan in kept if plan.claim is Claim.SLOT]
    yield f"class {class_name(frame)}(Container):"
    more = (*(OVERLAY if overlay else ()), *(("_extra",) if extra else ()))
    yield f"    __slots__ = {(*slots, *claims, *more)}"
    yield ""
    yield "    def __init__(self, parent):"
    yield from _fields("        self.", "parent", frame, kept, extra=extra, cleanup=cleanup)
    yield ""
    yield "    def _forget(self):"
    yield from _forgetting("        ", slots, extra=extra)
    yield ""
    yield "    def _end(self):"
    yield from _ending("        ", slots, extra=extra)
    yield from _closing("", slots, extra=extra, cleanup=cleanup)
    yield from _closing("async ", slots, extra=extra, cleanup=cleanup)
    if cleanup:
        yield from _warning()
    yield ""


def _fields(it: str, parent: str, frame: Frame, kept: Sequence[Plan], *, extra: bool, cleanup: bool) -> Iterator[str]:
    """Yield what a new scope object begins with."""
    yield f"{it}_parent = {parent}"
    yield f"{it}_state = OPEN"
    yield f"{it}_beside = {it.strip()}_here = None"
    for slot, table in zip(("_resolvers", "_async_resolvers"), table_names(frame), strict=True):
        yield f"{it}{slot} = {table}"
    yield f"{it}_exits = {'[]' if cleanup else '()'}"
    if extra:
        yield f"{it}_extra = {{}}"
    yield from _assignment(it, [instance_name(plan) for plan in kept if plan.storage is Storage.SLOT], "MISSING")
    yield from _assignment(it, [claim_name(plan) for plan in kept if plan.claim is Claim.SLOT], "FREE")


def opener(name: str, hops: int, opened: Frame, kept: Sequence[Plan], *, extra: bool, cleanup: bool) -> Iterator[str]:
    """Yield the source of a function that opens a scope and makes it the current one, a line each.

    The class's ``__init__`` is written out in it, which saves a call; `wireproof._runtime.ambient` explains the rest.

    Args:
        name: what it is called.
        hops: how many frames out from the scope object that it is given the new one is opened.
        opened: the frame of the new one.
        kept: as for `scope_class`.
        extra: as for `scope_class`.
        cleanup: as for `scope_class`.
    """
    parent = scope_out(hops)
    closed = "scope._state is CLOSED or " if hops else ""
    yield f"def {name}(scope):"
    yield f"    if {closed}{parent}._state is not OPEN:"
    yield f"        refuse_opening(scope, {parent})"
    yield f"    opened = new({class_name(opened)})"
    yield from _fields("    opened.", parent, opened, kept, extra=extra, cleanup=cleanup)
    yield "    opened._before = set_current(opened)"
    yield "    if running_loop() is None:"
    yield "        here = get_here()"
    yield "        if here is None or here.thread != get_ident():"
    yield "            here = new_here()"
    yield "        opened._beside = here.scope"
    yield "        opened._here = here"
    yield "        here.scope = opened"
    yield "    return opened"
    yield ""


def _closing(kind: str, slots: Sequence[str], *, extra: bool, cleanup: bool) -> Iterator[str]:
    """Where there is nothing to clean up, a scope ends right here; `wireproof._runtime.lifecycle` does the rest."""
    name, await_, close = ("__aexit__", "await ", "aclose") if kind else ("__exit__", "", "close")
    yield ""
    yield f"    {kind}def {name}(self, kind, error, trace):"
    yield f"        if {'self._exits or ' if cleanup else ''}overrides:"
    yield f"            {await_}{close}(self, error)"
    yield "        elif self._state is OPEN:"
    yield from _ending("            ", slots, extra=extra)


def _ending(indent: str, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    """Yield the lines after which a scope is closed, and the one before it is current again."""
    lines = (
        "self._state = CLOSED",
        "self._resolvers = self._async_resolvers = NO_ANSWERS",
        "if get_current() is not self or self._beside is not None:",
        "    leave(self)",
        "else:",
        "    try:",
        "        reset_current(self._before)",
        "    except ValueError:  # in a copy of the context that it was entered in",
        "        leave(self)",
        "    else:",
        "        self._before = None",
        "        if (here := self._here) is not None and here.scope is self:",
        "            here.scope = None",
    )
    yield from (f"{indent}{line}" for line in lines)
    yield from _forgetting(indent, slots, extra=extra)


def _forgetting(indent: str, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    yield from _assignment(f"{indent}self.", slots, "MISSING")
    yield f"{indent}self._extra.clear()" if extra else f"{indent}pass"


def _assignment(it: str, names: Sequence[str], value: str) -> Iterator[str]:
    if names:
        yield f"{it}{f' = {it.strip()}'.join(names)} = {value}"


def _warning() -> Iterator[str]:
    yield ""
    yield "    def __del__(self):"
    yield "        if self._exits:"
    yield "            warn_unclosed(self)"
