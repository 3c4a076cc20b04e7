"""A scope as the model sees it: the line of its ancestors."""

from typing import NamedTuple


class ScopePath(NamedTuple):
    """A place in a tree of scopes."""

    line: tuple[object, ...]
    """Identities of the ancestors and of the scope itself, root first."""

    name: str
    """What messages call it: ``REQUEST``."""

    code: str
    """What one types to name it: ``Scope.REQUEST``."""

    def holds(self, inner: "ScopePath") -> bool:
        """Whether ``inner`` is this scope or lies within it, so that what lives here is reachable from there."""
        return inner.line[: len(self.line)] == self.line


def deepest(scopes: "list[ScopePath]") -> "ScopePath | None":
    """Return the scope with the longest line, the first of equals; None if there are none."""
    return max(scopes, key=lambda scope: len(scope.line), default=None)
