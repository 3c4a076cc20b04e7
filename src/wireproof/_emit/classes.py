"""The class generated for each frame: a scope object with a slot for each instance that it may keep."""

from collections.abc import Iterator, Sequence

from wireproof._emit.endings import endings
from wireproof._emit.expressions import claim_name, instance_name, scope_out
from wireproof._plan.frames import Frame
from wireproof._plan.plans import Claim, Ending, Plan, Storage


def class_name(frame: Frame) -> str:
    """Return the name of the class of a frame in the generated module."""
    return f"scope_{frame.symbol}"


def table_name(frame: Frame) -> str:
    """Return the global that holds the table of a frame."""
    return f"resolvers_{frame.symbol}"


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


def scope_class(frame: Frame, kept: Sequence[Plan], *, extra: bool, ending: Ending, overlay: bool) -> Iterator[str]:
    """Yield the source of the class of an inner frame, a line each.

    Args:
        frame: the scopes that an object stands for.
        kept: the plans whose instances it may keep.
        extra: whether there may be others, which nobody knows of yet.
        ending: what may have to be undone at its end.
        overlay: whether it is the class of an override.
    """
    slots = [instance_name(plan) for plan in kept if plan.storage is Storage.SLOT]
    claims = [claim_name(plan) for plan in kept if plan.claim is Claim.SLOT]
    yield f"class {class_name(frame)}(Container):"
    more = (*(OVERLAY if overlay else ()), *(("_extra",) if extra else ()))
    yield f"    __slots__ = {(*slots, *claims, *more)}"
    if ending is Ending.NOTHING:
        yield "    _exits = ()"
    yield ""
    if overlay:
        yield "    def __init__(self, parent):"
        yield from _fields("        self.", "parent", frame, kept, extra=extra, ending=ending)
    else:
        yield "    __init__ = object.__init__"  # by far the fastest to call
    yield ""
    yield from endings(ending, slots, extra=extra)
    if ending is not Ending.NOTHING:
        yield from _warning()
    yield ""


def _fields(it: str, parent: str, frame: Frame, kept: Sequence[Plan], *, extra: bool, ending: Ending) -> Iterator[str]:
    """Yield what a new scope object begins with."""
    yield f"{it}_parent = {parent}"
    yield f"{it}_state = OPEN"
    yield f"{it}_resolvers = {table_name(frame)}"
    if ending is not Ending.NOTHING:
        yield f"{it}_ending = FREE"
        yield f"{it}_exits = []"
    if extra:
        yield f"{it}_extra = {{}}"
    yield from _assignment(it, [instance_name(plan) for plan in kept if plan.storage is Storage.SLOT], "MISSING")
    yield from _assignment(it, [claim_name(plan) for plan in kept if plan.claim is Claim.SLOT], "FREE")


def opener(name: str, hops: int, opened: Frame, kept: Sequence[Plan], *, extra: bool, ending: Ending) -> Iterator[str]:
    """Yield the source of a function that opens a scope and makes it the current one, a line each.

    What ``__init__`` would do is written out in it, which saves a call; `wireproof._runtime.ambient` explains the rest.

    Args:
        name: what it is called.
        hops: how many frames out from the scope object that it is given the new one is opened.
        opened: the frame of the new one.
        kept: as for `scope_class`.
        extra: as for `scope_class`.
        ending: as for `scope_class`.
    """
    yield f"def {name}(scope):"
    yield from _opening(hops, opened, kept, extra=extra, ending=ending)


def entering(
    name: str, hops: int, opened: Frame, kept: Sequence[Plan], *, extra: bool, ending: Ending
) -> Iterator[str]:
    """Yield the source of an ``enter_scope`` that does the same for one target, and leaves others to the general one.

    Args are those of `opener`. The target is in the global ``{name}_target``, the general one in ``{name}_otherwise``.
    """
    yield f"def {name}(scope, target=None, /, *, context=NO_CONTEXT):"
    yield f"    if target is not {name}_target or context is not NO_CONTEXT:"
    yield f"        return {name}_otherwise(scope, target, context=context)"
    yield from _opening(hops, opened, kept, extra=extra, ending=ending)


def _opening(hops: int, opened: Frame, kept: Sequence[Plan], *, extra: bool, ending: Ending) -> Iterator[str]:
    parent = scope_out(hops)
    closed = "scope._state is CLOSED or " if hops else ""
    yield f"    if {closed}{parent}._state is not OPEN:"
    yield f"        refuse_opening(scope, {parent})"
    yield f"    opened = {class_name(opened)}()"
    yield from _fields("    opened.", parent, opened, kept, extra=extra, ending=ending)
    yield "    before = get_current()"
    yield "    while before is not None and before[0] is None:"
    yield "        before = before[1]"
    yield "    if running_loop() is None:"
    yield "        here = get_here()"
    yield "        if here is None or here.thread != get_ident():"
    yield "            here = new_here()"
    yield "        beside = here.mark"
    yield "        while beside is not None and beside[0] is None:"
    yield "            beside = beside[2]"
    yield "        here.mark = mark = [opened, before, beside]"
    yield "    else:"
    yield "        mark = [opened, before, None]"
    yield "    opened._mark = mark"
    yield "    set_current(mark)"
    yield "    return opened"
    yield ""


def _assignment(it: str, names: Sequence[str], value: str) -> Iterator[str]:
    if names:
        yield f"{it}{f' = {it.strip()}'.join(names)} = {value}"


def _warning() -> Iterator[str]:
    yield ""
    yield "    def __del__(self):"
    yield "        if self._exits:"
    yield "            warn_unclosed(self)"
