"""What using the library imports, and what not."""

import subprocess
import sys

import pytest

USED = """
import sys
from wireproof import Container, Scope, provide

class A: ...

with Container(provide(A, scope=Scope.REQUEST)).enter_scope() as request:
    request.resolve(A)
print(*sys.modules)
"""

LATE = """
from wireproof import Container, Scope, ScopeNotActiveError

container = Container()
container.enter_scope().close()
import asyncio

async def enter(entered):
    container.enter_scope()
    entered.set()

async def look(entered):
    await entered.wait()
    try:
        container.current(Scope.REQUEST)
    except ScopeNotActiveError:
        print("isolated")

async def both():
    entered = asyncio.Event()
    await asyncio.gather(enter(entered), look(entered))

asyncio.run(both())
try:
    container.current(Scope.REQUEST)
except ScopeNotActiveError:
    print("left")
"""


def printed(program: str) -> list[str]:
    """Run a program in an interpreter of its own, and return the words that it prints."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_nothing_slow_is_imported() -> None:
    """A program that awaits nothing does not load asyncio, nor what only errors and injected functions need."""
    assert not {"asyncio", "logging", "wireproof._model.render", "wireproof.mypy_plugin"} & {*printed(USED)}


@pytest.mark.skipif(not (3, 13) <= sys.version_info < (3, 14), reason="other versions need one of them, or bring it")
def test_nothing_that_inspects_is_imported_where_typing_has_all() -> None:
    """Classes and functions of no special kind are read without `inspect`, `dataclasses` and what else brings it."""
    assert not {"dataclasses", "inspect", "typing_extensions"} & {*printed(USED)}


def test_loop_that_is_loaded_after_the_first_scope() -> None:
    """Tasks are isolated also where asyncio is imported only after scopes have been entered without it."""
    assert printed(LATE) == ["isolated", "left"]
