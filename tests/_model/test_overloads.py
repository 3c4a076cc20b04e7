"""Of several overloads the first one counts whose parameters can all be provided."""

from tests._model.strings import REQUEST, bound, found, graph, need, words
from wireproof._model.alternatives import Branch, Choice
from wireproof._model.binding import Binding, Parameter
from wireproof._model.problems import Code

CHOICE = Choice(("this", "that"))


def overloaded(*overloads: tuple[str, ...]) -> Binding[str]:
    """Return a factory of an engine with overloads."""
    return bound("Engine", overloads=tuple(tuple(need(key) for key in keys) for keys in overloads))


def test_the_first_that_will_do() -> None:
    """What comes later plays no part, and takes no part in other checks."""
    engine = overloaded(("Config",), ("Clock",), ("Session",))
    of = graph(engine, bound("Clock"), bound("Session", scope=REQUEST))
    assert of.overload(engine) == 1
    assert [demand.key for demand in of.demands(engine)] == ["Clock"]
    assert found(of) == []


def test_what_has_a_default_is_no_condition() -> None:
    """It is injected if it can be."""
    engine = overloaded(("Config=", "Clock"), ("Clock",))
    assert graph(engine, bound("Clock")).overload(engine) == 0


def test_what_is_behind_a_key_counts() -> None:
    """A function that would resolve what nobody provides cannot be provided itself; None can."""
    engine = overloaded(("later Config",), ("maybe Config",))
    assert graph(engine).overload(engine) == 1


def test_none_will_do() -> None:
    """One problem says what each of them lacks, and what the one lacks that lacks least."""
    of = graph(overloaded(("Config", "Clock"), ("Session",)))
    (problem,) = found(of)
    assert (problem.code, problem.key) == (Code.MISSING, "Session")
    report = words(of, problem)
    assert report.headline == 'No overload of "make_engine" can be called: each lacks something that it needs'
    assert report.notes[:2] == ('overload 1 lacks: "Config", "Clock"', 'overload 2 lacks: "Session"')


def test_none_is_annotated() -> None:
    """Then there is no source to add."""
    engine = bound("Engine", overloads=((Parameter("config", None, untyped="it has no annotation"),),) * 2)
    of = graph(engine)
    (problem,) = found(of)
    notes = words(of, problem).notes
    assert notes[0] == 'overload 1 lacks: an annotation of parameter "config"'
    assert notes[-1] == "annotate the parameters of one of them"


def test_what_nobody_knows_may_be_provided() -> None:
    """Beside an opaque source the second is not known to be called, but the first is if nothing is missing for it."""
    engine = overloaded(("Config",), ("Clock",))
    assert graph(engine, bound("Clock"), opaque=True).overload(engine) is None
    assert graph(engine, bound("Config"), opaque=True).overload(engine) == 0
    assert found(graph(engine, opaque=True)) == []


def test_what_is_there_beside_one_alternative_only() -> None:
    """Which overload is called then depends on the alternative; that one can be called is proven."""
    engine = overloaded(("Config",), ("Clock",))
    of = graph(engine, bound("Config", condition=(Branch(CHOICE, 0),)), bound("Clock"))
    assert of.overload(engine) is None
    assert [one.overload for one in of.calls(engine)] == [0, 1]
    assert [demand.key for demand in of.demands(engine)] == ["Config", "Clock"]
    assert found(of) == []


def test_a_case_in_which_no_overload_can_be_called() -> None:
    """It is reported with what is lacking in that case."""
    engine = overloaded(("Config",), ("Clock",))
    of = graph(engine, bound("Config", condition=(Branch(CHOICE, 0),)))
    (problem,) = found(of)
    assert [[one.key for one in overload] for overload in problem.lacking] == [["Config"], ["Clock"]]
    assert words(of, problem).notes[-2] == '"this" provides it, "that" does not'


def test_a_circle_in_one_case() -> None:
    """What an overload needs that is called in one case only is looked at."""
    engine = overloaded(("Config",), ("Clock",))
    there = bound("Config", "Engine", condition=(Branch(CHOICE, 0),))
    assert len(found(graph(engine, there, bound("Clock")), Code.CYCLE)) == 1
