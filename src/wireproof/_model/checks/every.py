"""All checks of a complete graph. Apart from the package, because who asks for one key needs few of them."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from wireproof._model.checks import (
    abstract,
    asynchronous,
    captive,
    cycle,
    duplicate,
    missing,
    override,
    scope,
    target,
    untyped,
    wrong_type,
    wrong_yield,
)
from wireproof._model.graph import Graph
from wireproof._model.problems import Problem

K = TypeVar("K")

ALL: tuple[Callable[[Graph[Any]], Iterator[Problem[Any]]], ...] = (
    target.check,
    untyped.check,
    abstract.check,
    wrong_yield.check,
    wrong_type.check,
    duplicate.check,
    override.check,
    missing.check,
    scope.check,
    captive.check,
    cycle.check,
    asynchronous.check,
)


def check_all(graph: Graph[K]) -> list[Problem[K]]:
    """Return every problem of a complete graph, in the order of the sources that are to be changed."""
    problems = [problem for check in ALL for problem in check(graph)]
    return sorted(problems, key=lambda problem: problem.binding.origin.argument if problem.binding else -1)
