"""Frames: the scopes that a run-time scope object stands for.

Entering REQUEST from APP passes through SESSION, which then exists as well and belongs to that REQUEST. Both are one
object at run time, a frame that holds two scopes; had SESSION been entered by name, there would be two frames with one
scope each. So what an object looks like depends on the chain of scopes that were entered to get to it.
"""

from collections.abc import Collection, Iterator

from wireproof._collect.recipe import scope_line
from wireproof.scopes import BUILT_IN_CHAIN, BaseScope


class Frame:
    """A scope that was entered by name, and those passed through on the way to it. It never changes.

    Args:
        scope: the scope.
        parent: the frame it was entered from; None for the container itself.
        held: the scopes whose instances live here, outermost first; the last is ``scope``.
        number: tells it from other frames of the container whose scopes have the same names; see `distinct`.
    """

    __slots__ = ("_hash", "held", "number", "parent", "scope", "symbol")

    symbol: str
    """A name for generated code: ``app_request``."""

    def __init__(
        self, scope: type[BaseScope], parent: "Frame | None", held: tuple[type[BaseScope], ...], number: int = 1
    ) -> None:
        """Keep what it is, and what is asked for with each plan."""
        self.scope: type[BaseScope] = scope
        self.parent: Frame | None = parent
        self.held: tuple[type[BaseScope], ...] = held
        self.number: int = number
        name = scope.__name__.lower() if number == 1 else f"{scope.__name__.lower()}_{number}"
        self.symbol = name if parent is None else f"{parent.symbol}_{name}"
        self._hash: int = hash((scope, parent, held))

    def __eq__(self, other: object) -> bool:
        """Whether it is the same; the number does not count."""
        if not isinstance(other, Frame):
            return NotImplemented
        return (self.scope, self.parent, self.held) == (other.scope, other.parent, other.held)

    def __hash__(self) -> int:
        return self._hash

    def distinct(self, others: Collection["Frame"]) -> "Frame":
        """Return the same frame with a symbol that none of the others has: ``Request`` may stand beside ``REQUEST``."""
        frame, taken = self, {other.symbol for other in others}
        while frame.symbol in taken:
            frame = Frame(frame.scope, frame.parent, frame.held, frame.number + 1)
        return frame

    def outward(self) -> "Iterator[Frame]":
        """Yield this frame and those around it, innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent

    def hops_to(self, scope: type[BaseScope]) -> int | None:
        """Return how many frames out the one is that holds ``scope``; None if none does."""
        if scope in self.held:
            return 0
        return next((hops for hops, frame in enumerate(self.outward()) if scope in frame.held), None)

    def out(self, hops: int) -> "Frame":
        """Return the frame ``hops`` frames out."""
        return list(self.outward())[hops] if hops else self


def root_frame(start: type[BaseScope]) -> Frame:
    """Return the frame of a container that starts at ``start``: it holds the scopes around that as well."""
    return Frame(start, None, scope_line(start))


def hops_to_opener(frame: Frame, target: type[BaseScope]) -> int | None:
    """Return how many frames out the one is under which ``target`` is to be opened.

    That is the nearest frame entered for a proper ancestor of the target, so that entering a scope from inside it
    opens a fresh sibling. None if there is no such frame: the target is in another tree, or is not below the root.
    """
    for hops, outer in enumerate(frame.outward()):
        if outer.scope is not target and issubclass(target, outer.scope):
            return hops
    return None


def open_frame(opener: Frame, target: type[BaseScope]) -> Frame:
    """Return the frame that entering ``target`` from ``opener``, an ancestor of it, gives."""
    line = scope_line(target)
    return Frame(target, opener, line[line.index(opener.scope) + 1 :])


def next_scopes(scope: type[BaseScope]) -> list[type[BaseScope]]:
    """Return where ``enter_scope()`` without a target may go.

    In the built-in chain, the next scope that is not skipped; from a scope derived from that chain, the one after its
    nearest built-in ancestor; in a tree of one's own, every nearest descendant that is not skipped.
    """
    for ancestor in scope.__mro__:
        if ancestor in BUILT_IN_CHAIN:
            later = BUILT_IN_CHAIN[BUILT_IN_CHAIN.index(ancestor) + 1 :]
            return [candidate for candidate in later if not candidate.skipped][:1]
    return list(_nearest_unskipped(scope))


def _nearest_unskipped(scope: type[BaseScope]) -> Iterator[type[BaseScope]]:
    for child in scope.__subclasses__():
        if child.skipped:
            yield from _nearest_unskipped(child)
        else:
            yield child
