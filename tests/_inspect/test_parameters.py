"""Parameters are read from the code of a function as `inspect` would say them, in much less time."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from wireproof._inspect.written import Empty, parameters


def nothing() -> None:
    """Take nothing."""


def plain(a: int, b: "str", c: Any = None) -> None:
    """Take something."""


def by_position(a: int, /, b: int = 1, *, c: int = 2) -> None:
    """Take something in each way."""


def defaults_in_the_middle(a: int = 1, /, b: int = 2, *rest: int, c: int, d: int = 3, **more: int) -> int:
    """Have local variables as well."""
    total = a + b + c + d + sum(rest) + sum(more.values())
    return total  # noqa: RET504  # a local variable is wanted


def unannotated(a, *, b=3):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Say nothing of types."""


@wraps(by_position)
def wrapped(*args: Any, **kwargs: Any) -> None:
    """Stand for another function."""


def signed() -> None:
    """Claim to take something."""


signed.__signature__ = inspect.signature(plain)  # type: ignore[attr-defined]


class A:
    def method(self, a: int, *, b: int = 2) -> None: ...


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nothing": nothing,
    "plain": plain,
    "by position": by_position,
    "defaults in the middle": defaults_in_the_middle,
    "unannotated": unannotated,
    "wrapped": wrapped,
    "signed": signed,
    "method": A.method,
    "bound": A().method,
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_as_inspect_says(function: Callable[..., Any]) -> None:
    """Names, kinds, defaults and annotations are the same, and come in the same order."""
    said = inspect.signature(function).parameters.values()
    variadic = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    expected = [(one.name, one.kind, one.default, one.annotation) for one in said if one.kind not in variadic]
    absent: dict[Any, Any] = {inspect.Parameter.empty: Empty}
    known: list[Any] = [tuple(absent.get(part, part) for part in one) for one in expected]
    assert [tuple(one) for one in parameters(function)] == known
