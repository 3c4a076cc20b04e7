"""Strongly connected components, against the definition."""

from hypothesis import given
from hypothesis import strategies as st

from wireproof._model.components import components

Edges = dict[int, list[int]]

NODES = st.integers(min_value=0, max_value=7)
EDGES: st.SearchStrategy[Edges] = st.fixed_dictionaries({node: st.lists(NODES, max_size=4) for node in range(8)})


def reachable(edges: Edges, start: int) -> set[int]:
    """Return what can be reached from a node, itself included, by the plainest of searches."""
    seen = {start}
    while more := {following for node in seen for following in edges[node]} - seen:
        seen |= more
    return seen


@given(EDGES)
def test_components_are_the_classes_of_mutual_reachability(edges: Edges) -> None:
    """Two nodes share a component exactly if each can be reached from the other."""
    together = {node: set(component) for component in components(edges, edges.__getitem__) for node in component}
    reach = {node: reachable(edges, node) for node in edges}
    assert together == {node: {other for other in reach[node] if node in reach[other]} for node in edges}


@given(EDGES)
def test_each_node_is_in_one_component(edges: Edges) -> None:
    """Components are disjoint and leave nothing out."""
    nodes = [node for component in components(edges, edges.__getitem__) for node in component]
    assert sorted(nodes) == sorted(edges)


@given(EDGES)
def test_components_come_after_what_they_reach(edges: Edges) -> None:
    """A component is yielded when all that it leads to has been."""
    done: set[int] = set()
    for component in components(edges, edges.__getitem__):
        done |= set(component)
        assert all(reachable(edges, node) <= done for node in component)


def test_long_chain_needs_no_recursion() -> None:
    """A chain much longer than Python's stack is no matter."""
    length = 20_000
    found = list(components([0], lambda node: [node + 1] if node < length else []))
    assert len(found) == length + 1


def test_no_nodes_no_components() -> None:
    """Nothing has no components."""
    nothing: Edges = {}
    assert list(components(nothing, nothing.__getitem__)) == []
