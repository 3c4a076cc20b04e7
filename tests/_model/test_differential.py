"""The checks against the plainest definitions, on random graphs."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from tests._model.strings import SCOPES, alias, bound, found, graph
from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph
from wireproof._model.problems import Code
from wireproof._model.scope_path import ScopePath

KEYS = "ABCDEFGH"
NEEDS = st.lists(st.sampled_from([*KEYS, *(f"{key}=" for key in KEYS)]), max_size=3)


@st.composite
def bindings(draw: st.DrawFn) -> Binding[str]:
    """Draw a factory or an alias."""
    key = draw(st.sampled_from(KEYS[:6]))
    if draw(st.integers(0, 3)) == 0:
        return alias(key, draw(st.sampled_from(KEYS)))
    return bound(key, *draw(NEEDS), scope=draw(st.sampled_from(SCOPES)))


@st.composite
def graphs(draw: st.DrawFn) -> Graph[str]:
    """Draw a graph in which no key is provided twice."""
    return graph(*draw(st.lists(bindings(), max_size=8, unique_by=lambda one: one.key)))


GRAPHS = graphs()

Needs = dict[str, list[tuple[str, bool]]]


def needs(of: Graph[str]) -> Needs:
    """Return for each provided key what it needs, and whether it can do without."""
    return {
        str(one.key): [(str(parameter.key), parameter.optional) for parameter in one.parameters] for one in of.bindings
    }


def closure(of: Needs) -> set[tuple[str, str]]:
    """Return all pairs of keys of which the first needs the second, directly or not."""
    pairs = {(key, other) for key, others in of.items() for other, _ in others if other in of}
    while more := {(a, d) for (a, b), (c, d) in product(pairs, pairs) if b == c} - pairs:
        pairs |= more
    return pairs


def lives(of: Graph[str], key: str, hops: int = len(KEYS)) -> ScopePath | None:
    """Return the scope of a key, following aliases no more often than there are keys."""
    found_: list[Binding[str]] = [one for one in of.bindings if one.key == key]
    if not found_ or hops == 0:
        return None
    (one,) = found_
    return lives(of, str(one.parameters[0].key), hops - 1) if one.kind is Kind.ALIAS else one.scope


@given(GRAPHS)
def test_missing_is_needed_and_not_provided(of: Graph[str]) -> None:
    """A key is missing exactly if something needs it for certain and nothing provides it, and is reported once."""
    table = needs(of)
    missing = {key for wanted in table.values() for key, optional in wanted if not optional and key not in table}
    reported = [problem.key for problem in found(of, Code.MISSING)]
    assert sorted(str(key) for key in reported) == sorted(missing)


@given(GRAPHS)
def test_missing_counts_the_others(of: Graph[str]) -> None:
    """Of a missing key, all bindings that need it are the reported one and those counted."""
    for problem in found(of, Code.MISSING):
        who = [one for one, wanted in needs(of).items() if (problem.key, False) in wanted]
        assert problem.also == len(who) - 1
        assert problem.binding is not None
        assert problem.binding.key in who


@given(GRAPHS)
def test_cycles_are_the_knots_of_what_needs_itself(of: Graph[str]) -> None:
    """There is one cycle for each set of keys that all need each other, at the smallest of them."""
    pairs = closure(needs(of))
    knots = {frozenset(b for b in KEYS if {(a, b), (b, a)} <= pairs) for a in KEYS if (a, a) in pairs}
    assert sorted(str(problem.key) for problem in found(of, Code.CYCLE)) == sorted(min(knot) for knot in knots)


@given(GRAPHS)
def test_path_of_a_cycle_is_one(of: Graph[str]) -> None:
    """Each key on the path of a cycle needs the next, the last is the first, and none comes twice in between."""
    table = needs(of)
    for problem in found(of, Code.CYCLE):
        keys = [step.key for step in problem.path]
        assert keys[0] == keys[-1]
        assert len(set(keys)) == len(keys) - 1
        assert all(b in {key for key, _ in table[a]} for a, b in pairwise(keys))


@given(GRAPHS)
def test_captive_is_what_the_holder_does_not_lie_within(of: Graph[str]) -> None:
    """A parameter is captive exactly if the scope of what fills it is not among the holder's ancestors or itself."""
    expected: list[tuple[str, str]] = []
    for one in of.bindings:
        for parameter in one.parameters if one.kind is Kind.FACTORY else ():
            scope = lives(of, str(parameter.key))
            if scope is not None and one.scope is not None and scope.line[-1] not in one.scope.line:
                expected.append((str(one.key), str(parameter.key)))
    reported = [(str(one.binding and one.binding.key), str(one.key)) for one in found(of, Code.CAPTIVE)]
    assert sorted(reported) == sorted(expected)


@given(GRAPHS)
def test_answers_do_not_depend_on_the_order(of: Graph[str]) -> None:
    """The same bindings in the reverse order have problems of the same codes about the same keys."""
    backwards = graph(*reversed(of.bindings))
    summaries = [sorted((str(one.code), str(one.key)) for one in found(each)) for each in (of, backwards)]
    assert summaries[0] == summaries[1]


@given(GRAPHS, st.sampled_from(KEYS))
def test_awaiting_is_contagious(of: Graph[str], culprit: str) -> None:
    """Building a key awaits exactly if it is, or leads to, one that does."""
    changed = graph(*of.bindings, bound(culprit, asynchronous=True, replaces=1))
    table = {**needs(changed), culprit: []}
    pairs = closure(table)
    for key in table:
        provider = changed.provider(key)
        assert provider is not None
        assert (changed.needs_await(provider) is not None) == (key == culprit or (key, culprit) in pairs)
