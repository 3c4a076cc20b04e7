"""`reveal_graph`: the graph of a container as a tree, for mypy to print, or when the program runs."""

import sys
from typing import Any, TypeVar

from wireproof.container import Container

C = TypeVar("C", bound=Container[Any, Any])


def reveal_graph(container: C, /) -> C:
    """Have a container's graph shown as a tree: what is asked for, by whom it is provided, in which scope, from what.

    With the plugin, mypy prints the tree as notes at this call, as `typing.reveal_type` does with a type; of a
    parameter that is annotated with what a function needs, just that. When the program runs, the same tree is printed
    to the standard error stream. It is a help while one looks for something, and meant to be removed again.

    Args:
        container: a container or a scope.

    Returns:
        The container itself.

    Raises:
        TypeError: if it is none.

    Example:
        >>> container = reveal_graph(Container(Database("sqlite://"), provide(Clock)))
    """
    _check(container)
    print(container.graph, file=sys.stderr)  # noqa: T201  # its purpose
    return container


def _check(given: object) -> None:
    if not isinstance(given, Container):
        message = f"reveal_graph({given!r}): must be a container"
        raise TypeError(message)
