"""wire-type, wire-yield, wire-abstract, wire-untyped: what is wrong with one binding alone."""

from tests._model.strings import bound, found, graph
from wireproof._model.binding import Abstract, Parameter, WrongYield
from wireproof._model.problems import Code

SQL = {"SqlUsers": {"Users"}}


def test_built_is_not_bound() -> None:
    """A target that builds something else than is bound is a problem."""
    wrong = bound("Users", built="Clock")
    (problem,) = found(graph(wrong, bases=SQL))
    assert (problem.code, problem.binding) == (Code.TYPE, wrong)


def test_subclass_may_be_bound() -> None:
    """A target that builds a subclass of what is bound fits."""
    assert found(graph(bound("Users", built="SqlUsers"), bases=SQL)) == []


def test_what_cannot_be_known_is_let_be() -> None:
    """Only what is known not to fit is a problem."""
    assert found(graph(bound("Users", built="Any?"), bound("Clock", built=None))) == []


def test_on_close_takes_something_else() -> None:
    """An on_close that is known to take another type than what is built is a problem of its parameter."""
    of = graph(bound("Users", built="SqlUsers", closes="Clock"), bound("Clock", closes="Clock"), bases=SQL)
    (problem,) = found(of)
    assert (problem.code, problem.key, problem.binding) == (Code.TYPE, "Users", of.bindings[0])
    assert problem.parameter == Parameter("on_close", "Clock")


def test_on_close_takes_what_is_built() -> None:
    """An on_close may take what is built, if that is known, and else the key, or a base of it."""
    of = graph(bound("Users", built="SqlUsers", closes="SqlUsers"), bound("SqlUsers", closes="Users"), bases=SQL)
    assert found(of) == []


def test_yielded_is_not_bound() -> None:
    """A generator that yields something else than is bound is wire-yield, and not wire-type as well."""
    problems = found(graph(bound("Users", built="Clock", yields=True)))
    assert [problem.code for problem in problems] == [Code.YIELD]


def test_generator_that_does_not_say_so() -> None:
    """A factory that declares one thing and does another is a problem."""
    problems = found(graph(bound("Users", wrong_yield=WrongYield("Users", generator=True))))
    assert [problem.code for problem in problems] == [Code.YIELD]


def test_abstract_target() -> None:
    """A target that cannot be instantiated is a problem."""
    problems = found(graph(bound("Users", abstract=Abstract("Users", protocol=True, members=()))))
    assert [problem.code for problem in problems] == [Code.ABSTRACT]


def test_unread_key() -> None:
    """A factory whose return cannot be read is a problem, unless nobody can know."""
    of = graph(bound(None, untyped="it has no annotation"), bound(None))
    assert [(problem.code, problem.parameter) for problem in found(of)] == [(Code.UNTYPED, None)]


def test_unread_parameter() -> None:
    """A required parameter that cannot be read is a problem; with a default, or if nobody can know, it is none."""
    bad = Parameter[str]("config", None, untyped="it has no annotation")
    of = graph(bound("Users", bad, bad._replace(optional=True), bad._replace(untyped="")))
    assert [(problem.code, problem.parameter) for problem in found(of)] == [(Code.UNTYPED, bad)]


def test_replaced_binding_has_no_problems() -> None:
    """What has been replaced is not checked."""
    broken = bound("Users", Parameter("config", None, untyped="no"), built="Clock")
    broken_too = bound("Mail", abstract=Abstract("Mail", protocol=True, members=()), wrong_yield=WrongYield("M", True))  # noqa: FBT003
    assert found(graph(broken, bound("Users", replaces=1), broken_too, bound("Mail", replaces=2))) == []


def test_problems_come_in_the_order_of_the_sources() -> None:
    """Problems are sorted by the source that is to be changed, whatever their codes are."""
    of = graph(bound("A", "X", argument=0), bound("B", built="C", argument=1), bound("D", "Y", argument=2))
    assert [problem.code for problem in found(of)] == [Code.MISSING, Code.TYPE, Code.MISSING]
