"""Alternatives: a graph with choices has the problems that it has when they are made, one way or another."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests._model.strings import APP, REQUEST, alias, bound, found, graph, need, required, words
from wireproof._model.alternatives import ALWAYS, Branch, Choice, Condition, excludes, gap
from wireproof._model.binding import Binding, Kind, replace
from wireproof._model.problems import Code

FIRST, SECOND = Choice(("S3", "Local")), Choice(("Metrics", "Tracing", ""))
S3, LOCAL = (Branch(FIRST, number) for number in range(2))
METRICS, TRACING, NOTHING = (Branch(SECOND, number) for number in range(3))


def when(condition: Branch | Condition, *bindings: Binding[str]) -> list[Binding[str]]:
    """Return bindings that are there under a condition."""
    branches = (condition,) if isinstance(condition, Branch) else condition
    return [replace(binding, condition=branches) for binding in bindings]


def sure(binding: Binding[str]) -> Binding[str]:
    """Return a binding that is there."""
    return replace(binding, condition=ALWAYS)


def codes(*bindings: Binding[str]) -> set[str]:
    """Return the codes of the problems of a graph."""
    return {problem.code.removeprefix("wire-") for problem in found(graph(*bindings))}


def test_conditions_exclude_one_another() -> None:
    """Two conditions exclude each other if they take different alternatives of one choice."""
    assert excludes((S3, METRICS), (LOCAL,))
    assert not excludes((S3,), (METRICS,))
    assert not excludes(ALWAYS, (S3,))


@pytest.mark.parametrize(
    ("covers", "within", "expected"),
    [
        ([], ALWAYS, ALWAYS),
        ([ALWAYS], ALWAYS, None),
        ([(S3,)], ALWAYS, (LOCAL,)),
        ([(S3,), (LOCAL,)], ALWAYS, None),
        ([(S3,)], (S3,), None),
        ([(S3, METRICS), (LOCAL,)], ALWAYS, (S3, TRACING)),
        ([(S3, METRICS), (LOCAL,), (TRACING,), (NOTHING,)], ALWAYS, None),
    ],
)
def test_gaps(covers: list[Condition], within: Condition, expected: Condition | None) -> None:
    """A gap is a case in which none of the conditions holds."""
    assert gap(covers, within) == expected


def test_alternatives_cover_each_other() -> None:
    """What each alternative provides is not missing, and no duplicate."""
    assert codes(bound("A", "B"), *when(S3, bound("B")), *when(LOCAL, bound("B"))) == set()


def test_missing_in_one_alternative() -> None:
    """What one alternative does not provide is missing for those who always need it; the message says where."""
    of = graph(bound("A", "B"), *when(S3, bound("B")), *when(LOCAL, bound("C")))
    (problem,) = found(of)
    assert problem.code is Code.MISSING
    assert '"S3" provides it, "Local" does not' in words(of, problem).notes


def test_missing_where_something_is_left_out() -> None:
    """What need not be there at all is missing, too."""
    of = graph(bound("A", "B"), *when(METRICS, bound("B")), *when(TRACING, bound("B")))
    (problem,) = found(of)
    assert '"Metrics" and "Tracing" provide it, but are not always there' in words(of, problem).notes


def test_not_missing_within_the_alternative_that_provides_it() -> None:
    """An alternative may need what only it provides."""
    assert codes(*when(S3, bound("A", "B"), bound("B")), *when(LOCAL, bound("A"))) == set()


def test_missing_in_an_alternative_that_another_provides() -> None:
    """An alternative may not need what only another one provides."""
    assert codes(*when(S3, bound("A", "B")), *when(LOCAL, bound("A"), bound("B"))) == {"missing"}


def test_each_alternative_is_looked_at() -> None:
    """The one that lives too briefly, needs itself, or awaits is found among those that do not."""
    holder = bound("A", "B")
    assert codes(holder, *when(S3, bound("B")), *when(LOCAL, bound("B", scope=REQUEST))) == {"captive"}
    assert codes(holder, *when(S3, bound("B")), *when(LOCAL, bound("B", "A"))) == {"cycle"}
    awaiting = bound("B", asynchronous=True)
    assert codes(holder, required("A"), *when(S3, bound("B")), *when(LOCAL, awaiting)) == {"async"}
    late = bound("A", scope=REQUEST)
    assert codes(required("A"), *when(S3, bound("A")), *when(LOCAL, late)) == {"scope"}


def test_duplicates_within_one_alternative() -> None:
    """Two providers that are there together are duplicates, wherever else they are alternatives."""
    assert codes(bound("A"), *when(S3, bound("A"))) == {"duplicate"}
    assert codes(*when(S3, bound("A")), *when(METRICS, bound("A"))) == {"duplicate"}


def test_replacing_within_one_alternative() -> None:
    """A replacement replaces where it is, and there has to be something there."""
    other = bound("A", "C", replaces=1)
    assert codes(bound("A"), bound("B", "A"), *when(S3, other, bound("C"))) == set()
    assert codes(bound("A"), *when(S3, other)) == {"missing"}
    assert codes(*when(S3, bound("A")), *when(LOCAL, bound("A", replaces=1))) == {"override"}


def test_no_cycle_through_two_alternatives_at_once() -> None:
    """A way that leads through one alternative and then another of the same choice is none."""
    always = (bound("U", "K"), bound("V", "L"))
    assert codes(*always, *when(S3, bound("K", "V"), bound("L")), *when(LOCAL, bound("K"), bound("L", "U"))) == set()


def test_await_is_not_needed_through_two_alternatives_at_once() -> None:
    """The same for what awaits."""
    s3 = when(S3, bound("K", "V"), bound("L"))
    local = when(LOCAL, bound("K"), bound("L", asynchronous=True))
    assert codes(required("K"), bound("V", "L"), *s3, *local) == set()


def test_constructed_class_needs_what_is_there_where_it_is_asked_for() -> None:
    """A class that nobody registered is built only where it is needed."""
    autowire = bound(None, kind=Kind.AUTOWIRE)
    assert codes(autowire, *when(S3, bound("A", "new B"), bound("Config"))) == set()
    assert codes(autowire, bound("A", "new B"), *when(S3, bound("Config"))) == {"missing"}


@pytest.mark.parametrize(("key", "otherwise"), [("later A", "A"), ("maybe A", "A"), ("new A", "Config")])
def test_what_is_made_is_made_only_where_nobody_provides_it(key: str, otherwise: str) -> None:
    """What it needs is not needed where there is a provider for the very key."""
    autowire = bound(None, kind=Kind.AUTOWIRE)
    assert codes(bound("X", key), autowire, *when(S3, bound(key)), *when(LOCAL, bound(otherwise))) == set()


KEYS = "ABCD"
CONDITIONS = st.sampled_from([ALWAYS, (S3,), (LOCAL,), (METRICS,), (TRACING,), (S3, METRICS), (LOCAL, NOTHING)])
FORMS = ("{}", "{}", "later {}", "maybe {}", "all {}", "new {}", "Repo[{}]")
NEEDS = st.sampled_from([form.format(key) for key in KEYS for form in FORMS])
KINDS = (
    Kind.FACTORY,
    Kind.FACTORY,
    Kind.ALIAS,
    Kind.REQUIREMENT,
    Kind.CONTRIBUTION,
    Kind.CONTRIBUTIONS,
    Kind.DECORATION,
    Kind.AUTOWIRE,
)


@st.composite
def bindings(draw: st.DrawFn) -> Binding[str]:
    """Draw a registration under a condition."""
    key, scope, condition = draw(st.sampled_from(KEYS)), draw(st.sampled_from([APP, REQUEST])), draw(CONDITIONS)
    kind = draw(st.sampled_from(KINDS))
    needs = [need(text + draw(st.sampled_from(["", "="]))) for text in draw(st.lists(NEEDS, max_size=2))]
    if kind is Kind.AUTOWIRE:
        return bound(None, kind=kind, condition=condition)
    if kind is Kind.ALIAS:
        return alias(key, draw(st.sampled_from(KEYS)), condition=condition)
    if kind is Kind.REQUIREMENT:
        return required(key, scope, condition=condition)
    if kind is Kind.DECORATION:
        return bound(key, need(key), *needs, kind=kind, scope=None, condition=condition)
    more: dict[str, Any] = {"scope": scope, "condition": condition, "asynchronous": draw(st.booleans())}
    if kind is Kind.FACTORY:
        odd = [{"key": form.format(key)} for form in (*FORMS[2:], "Config")]
        more |= draw(st.sampled_from([{}, {}, {}, {"replaces": 1}, {"open": True, "key": "Repo"}, *odd]))
    return bound(more.pop("key", key), *needs, kind=kind, **more)


def said(bindings: Iterable[Binding[str]]) -> set[tuple[Code, str | None]]:
    """Return the problems of a graph. Where there are several ways to one of the last three, it is named by one."""
    named_by_one = {Code.CYCLE, Code.ASYNC, Code.OVERRIDE}
    problems = found(graph(*bindings))
    return {(problem.code, None if problem.code in named_by_one else problem.key) for problem in problems}


@given(st.lists(bindings(), max_size=7))
def test_as_if_every_alternative_was_looked_at(drawn: list[Binding[str]]) -> None:
    """The problems are those of all the graphs that there may be."""
    worlds = product((S3, LOCAL), (METRICS, TRACING, NOTHING))
    there = ([sure(one) for one in drawn if not excludes(one.condition, taken)] for taken in worlds)
    assert said(drawn) == set().union(*map(said, there))
