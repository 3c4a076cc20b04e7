"""The class generated for each frame: a scope object with a slot for each instance that it may keep."""

from collections.abc import Iterator, Sequence

from wireproof._emit.expressions import instance_name
from wireproof._plan.frames import Frame
from wireproof._plan.plans import Plan, Storage


def class_name(frame: Frame) -> str:
    """Return the name of the class of a frame in the generated module."""
    return f"scope_{frame.symbol}"


def scope_class(frame: Frame, kept: Sequence[Plan], *, extra: bool, cleanup: bool) -> Iterator[str]:
    """Yield the source of a frame's class, a line each.

    The class of the container itself adds no slots: a container becomes an instance of it when it is first used,
    and Python allows that only between classes of the same layout. Its instances are kept in globals.

    Args:
        frame: the scopes that an object stands for.
        kept: the plans whose instances it may keep.
        extra: whether there may be others, which nobody knows of yet.
        cleanup: whether anything in the container needs cleanup.
    """
    for plan in kept:
        if plan.storage is Storage.GLOBAL:
            yield f"{instance_name(plan)} = MISSING"
    slots = [instance_name(plan) for plan in kept if plan.storage is Storage.SLOT]
    yield f"class {class_name(frame)}(Container):"
    yield f"    __slots__ = ({''.join(f'{slot!r}, ' for slot in slots)})"
    if frame.parent is not None:
        yield ""
        yield "    def __init__(self, parent):"
        yield "        self._parent = parent"
        yield "        self._exits = []"
        yield "        self._claims = {}"
        yield "        self._state = OPEN"
        if extra:
            yield "        self._extra = {}"
        for slot in slots:
            yield f"        self.{slot} = MISSING"
    if cleanup:
        yield ""
        yield "    def __del__(self):"
        yield "        if self._exits:"
        yield "            warn_unclosed(self)"
    yield ""
    yield f"class closed_{class_name(frame)}({class_name(frame)}):"
    yield "    __slots__ = ()"
    yield ""
