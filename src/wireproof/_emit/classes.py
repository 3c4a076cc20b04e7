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
    yield "        self._parent = parent"
    yield "        self._state = OPEN"
    yield "        self._beside = None"
    for slot, table in zip(("_resolvers", "_async_resolvers"), table_names(frame), strict=True):
        yield f"        self.{slot} = {table}"
    yield f"        self._exits = {'[]' if cleanup else '()'}"
    if extra:
        yield "        self._extra = {}"
    yield from _assignment("        ", slots, "MISSING")
    yield from _assignment("        ", claims, "FREE")
    yield ""
    yield "    def _forget(self):"
    yield from _assignment("        ", slots, "MISSING")
    yield "        self._extra.clear()" if extra else "        pass"
    yield from _closing("", slots, extra=extra)
    yield from _closing("async ", slots, extra=extra)
    if cleanup:
        yield from _warning()
    yield ""


def opener(name: str, hops: int, opened: Frame) -> Iterator[str]:
    """Yield the source of a function that opens a scope and makes it the current one, a line each.

    It does what `wireproof._runtime.ambient.enter` does, without the calls.

    Args:
        name: what it is called.
        hops: how many frames out from the scope object that it is given the new one is opened.
        opened: the frame of the new one.
    """
    parent = scope_out(hops)
    closed = "scope._state is CLOSED or " if hops else ""
    yield f"def {name}(scope):"
    yield f"    if {closed}{parent}._state is not OPEN:"
    yield f"        refuse_opening(scope, {parent})"
    yield f"    opened = {class_name(opened)}({parent})"
    yield "    opened._before = set_current(opened)"
    yield "    if running_loop() is None:"
    yield "        if thread.scope() is None:"
    yield "            thread.scope = ref(opened)"
    yield "        else:"
    yield "            enter_inside(opened)"
    yield "    return opened"
    yield ""


def _closing(kind: str, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    """Where there is nothing to clean up, a scope ends right here; `wireproof._runtime.lifecycle` does the rest."""
    name, await_, close = ("__aexit__", "await ", "aclose") if kind else ("__exit__", "", "close")
    yield ""
    yield f"    {kind}def {name}(self, kind, error, trace):"
    yield "        if self._exits or overrides:"
    yield f"            {await_}{close}(self, error)"
    yield "        elif self._state is OPEN:"
    yield "            self._state = CLOSED"
    yield "            self._resolvers = self._async_resolvers = CLOSED_TABLE"
    yield "            if self._beside is None and get_current() is self:"
    yield "                try:"
    yield "                    reset_current(self._before)"
    yield "                    self._before = None"
    yield "                except ValueError:  # in a copy of the context that it was entered in"
    yield "                    leave(self)"
    yield "            else:"
    yield "                leave(self)"
    yield from _assignment("            ", slots, "MISSING")
    if extra:
        yield "            self._extra.clear()"


def _assignment(indent: str, names: Sequence[str], value: str) -> Iterator[str]:
    if names:
        yield f"{indent}{''.join(f'self.{name} = ' for name in names)}{value}"


def _warning() -> Iterator[str]:
    yield ""
    yield "    def __del__(self):"
    yield "        if self._exits:"
    yield "            warn_unclosed(self)"
