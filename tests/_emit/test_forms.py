"""Functions that are not written are those that executing their text would define."""

from collections.abc import AsyncIterator, Iterator, Sequence
from types import FunctionType
from typing import Any

import pytest

from tests._emit.test_linking import lines
from tests.wiring import wire
from wireproof import Container, Lifetime, Scope, bind, provide
from wireproof._emit.module import Part


class A:
    pass


class B:
    pass


class C:
    def __init__(self, a: A, b: B) -> None: ...


class D:
    def __init__(self, b: B, *, app_a: A) -> None: ...


class E:
    def __init__(self, *, app_b: B, a: A) -> None: ...


class F:
    def __init__(self, c: C, *, a: A, again: A, number: int = 3) -> None: ...


class G:
    def __init__(self, c: C, *, a: A, again: B, number: int = 3) -> None: ...


class H:
    def __init__(self, a: A, container: Container[Any, Any], c: C) -> None: ...


class I:  # noqa: E742  # one after the other
    def __init__(self, first: E, second: E) -> None: ...


KEYS: tuple[type[Any], ...] = (D, E, F, G, H, I)


def lend(a: A) -> Iterator[B]:
    """Lend one."""
    yield B()


async def lend_later(a: A, b: B) -> AsyncIterator[C]:
    """Lend one, awaiting."""
    yield C(a, b)


def container(scope: Any, lifetime: Lifetime, *, stats: bool) -> Container[Any, Any]:
    """Return a container in which functions of many forms are needed."""
    classes = [provide(cls, scope=scope, lifetime=lifetime) for cls in KEYS]
    lent = [bind(B).to(lend, scope=scope, on_close=print), bind(C).to(lend_later, scope=scope)]
    return wire(provide(A), *lent, *classes, stats=stats)


def parts(of: Container[Any, Any]) -> list[tuple[str, Part]]:
    """Return the parts of the generated code that consist of functions, with their files."""
    return [(file, part) for file, part in of._program.module._parts.items() if part.functions]


@pytest.mark.parametrize("stats", [False, True])
@pytest.mark.parametrize("lifetime", [Lifetime.SCOPED, Lifetime.TRANSIENT])
@pytest.mark.parametrize("scope", [Scope.APP, Scope.REQUEST])
async def test_as_if_executed(scope: Any, lifetime: Lifetime, *, stats: bool) -> None:
    """The names, constants, instructions and lines of all functions are those of their text."""
    wired = container(scope, lifetime, stats=stats)
    async with wired, wired.enter_scope(Scope.REQUEST) as request:
        for key in KEYS:
            await request.aresolve(key)
    seen = 0
    for file, part in parts(wired):
        namespace: dict[str, Any] = {}
        exec(compile(part.text, file, "exec"), namespace)  # noqa: S102
        for name, function in namespace.items():
            if isinstance(function, FunctionType):
                code, own = wired._program.module.namespace[name].__code__, function.__code__
                assert (code.co_code, code.co_names, code.co_consts) == (own.co_code, own.co_names, own.co_consts)
                assert (lines(code), code.co_firstlineno) == (lines(own), own.co_firstlineno)
                seen += 1
    assert seen > len(KEYS)


def test_most_are_not_written() -> None:
    """Of functions that differ in names alone one is written, until somebody wants to see the others."""
    made = [type(f"Made{number}", (A,), {}) for number in range(20)]
    wired = wire(*(bind(A).contribute(cls) for cls in made))
    assert [type(one) for one in wired.resolve(Sequence[A])] == made
    functions = [function for _, part in parts(wired) for function in part.functions]
    written = [function for function in functions if "function" in vars(function)]
    assert (len(functions), len(written)) == (len(made) + 1, 2)
    assert wired.graph.code.count("def get_") == len(made)
    assert all("function" in vars(function) for function in functions)
