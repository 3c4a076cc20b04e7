"""Strongly connected components of a directed graph."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def components(nodes: Iterable[N], successors: Callable[[N], Iterable[N]]) -> Iterator[list[N]]:
    """Yield the strongly connected components, by Tarjan's algorithm without recursion.

    Recursion would limit the depth of a chain of dependencies to Python's stack.
    """
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    stack: list[N] = []
    on_stack: set[N] = set()

    def visit(node: N) -> tuple[N, Iterator[N]]:
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        return node, iter(successors(node))

    for root in nodes:
        work = [] if root in index else [visit(root)]
        while work:
            node, pending = work[-1]
            following = next(pending, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _pop_component(node, stack, on_stack)
            elif following not in index:
                work.append(visit(following))
            elif following in on_stack:
                low[node] = min(low[node], index[following])


def _pop_component(root: N, stack: list[N], on_stack: set[N]) -> list[N]:
    component: list[N] = []
    while not component or component[-1] != root:
        component.append(stack.pop())
    on_stack.difference_update(component)
    return component[::-1]
