"""Functions that are linked are those that executing their text would define."""

from types import CodeType, FunctionType
from typing import Any

import pytest

from wireproof._emit import linking
from wireproof._emit.linking import link, numbered

LONG = "\n".join(f"    total = total + plus(number, key=number, text='number_{index}')" for index in range(90))
FAR = "\n" * 200
AWAITING = f"async def w1(w2):\n    try:\n        return await w2(\n            w2)\n    except w3:\n{FAR}        pass"
TEXTS = [
    "def get_it(scope):\n    global instance_it\n    instance_it = scope._parent\n\n\n    return instance_it",
    "def get_it(scope):\n    if (größe := scope.größe) is None:\n        del scope.claim_it\n    return größe",
    f"def total_of(number):\n    total = number\n{LONG}\n    return total",
    AWAITING,
    "def all_of(scope):\n    return (None, (), 'scope', 3)",
]


def executed(text: str) -> CodeType:
    """Return the code that executing the text gives, its first line being the tenth of the file."""
    namespace: dict[str, Any] = {}
    exec(compile("\n" * 9 + text, "<file>", "exec"), namespace)  # noqa: S102
    [function] = [value for value in namespace.values() if isinstance(value, FunctionType)]
    return function.__code__


@pytest.mark.parametrize("text", TEXTS)
def test_as_if_executed(text: str) -> None:
    """Instructions, names, constants and lines are the same."""
    namespace: dict[str, Any] = {"__name__": "here"}
    exec(link(*numbered(text), "<file>", 10), namespace)  # noqa: S102
    code = executed(text)
    linked = namespace[code.co_name]
    assert (linked.__name__, linked.__qualname__, linked.__module__) == (code.co_name, code.co_name, "here")
    same = ("co_code", "co_names", "co_varnames", "co_consts", "co_flags", "co_filename", "co_firstlineno")
    for attribute in (*same, "co_exceptiontable", "co_stacksize"):
        assert getattr(linked.__code__, attribute) == getattr(code, attribute)
    assert lines(linked.__code__) == lines(code)


def lines(code: CodeType) -> list[int | None]:
    """Return the line of each instruction."""
    return [line for start, end, line in code.co_lines() for _ in range(start, end, 2)]


def test_one_shape_is_compiled_once() -> None:
    """Functions that differ in nothing but names share their compilation, and nothing else."""
    namespace: dict[str, Any] = {"engine": 1, "session": 2}
    exec(link(*numbered("def get_engine():\n    return engine"), "<file>", 1), namespace)  # noqa: S102
    before = linking._compiled.cache_info().misses
    exec(link(*numbered("def get_session():\n    return session"), "<file>", 4), namespace)  # noqa: S102
    assert linking._compiled.cache_info().misses == before
    assert (namespace["get_engine"](), namespace["get_session"]()) == (1, 2)
