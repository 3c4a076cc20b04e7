"""Generated source: it shows in tracebacks, and goes with its container."""

import gc
import linecache
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from weakref import ref

import pytest

from tests.wiring import wire
from wireproof import Container, Scope, provide
from wireproof._emit.module import GeneratedModule


class A:
    pass


class B:
    def __init__(self, a: A) -> None:
        self.a = a


def fail() -> A:
    """Fail to build."""
    raise LookupError


def generated_lines(error: BaseException) -> list[str]:
    """Return the source lines of the generated code that a traceback shows."""
    frames = traceback.extract_tb(error.__traceback__)
    return [str(frame.line) for frame in frames if frame.filename.startswith("<wireproof container")]


def files_of(container: Container[Any, Any]) -> list[str]:
    """Return the names under which linecache knows the generated source of a container."""
    name = container._program.module.name
    return [file for file in linecache.cache if file.startswith(f"<{name},")]


def test_traceback_shows_generated_lines() -> None:
    """A traceback through generated code shows the call of the factory, as it would of a file."""
    with pytest.raises(LookupError) as caught:
        wire(provide(B), provide(fail)).resolve(B)
    lines = generated_lines(caught.value)
    assert lines == ["app_a = get_app_a(scope)", "app_a = target_app_a()"]


def test_traceback_is_shown_after_linecache_was_checked() -> None:
    """Generated source has no file that could be missing: checking the cache does not forget it."""
    with pytest.raises(LookupError) as caught:
        wire(provide(fail)).resolve(A)
    linecache.checkcache()
    assert generated_lines(caught.value)[-1] == "app_a = target_app_a()"


def test_source_is_forgotten_with_its_container() -> None:
    """When a container is collected, its source leaves linecache."""
    container = wire(provide(A), provide(B, scope=Scope.REQUEST))
    with container.enter_scope() as request:
        request.resolve(B)
    files = files_of(container)
    del request
    assert files
    del container
    gc.collect()
    assert not [file for file in files if file in linecache.cache]


def test_container_is_collected() -> None:
    """Nothing keeps a container, its program and its instances when it is dropped."""
    container = wire(provide(A))
    alive: list[ref[Any]] = [ref(container), ref(container._program), ref(container.resolve(A))]
    del container
    gc.collect()
    assert [one() for one in alive] == [None] * 3


def test_source_stays_while_a_scope_is_held() -> None:
    """An inner scope keeps the source of its container."""
    request = wire(provide(A, scope=Scope.REQUEST)).enter_scope()
    gc.collect()
    request.resolve(A)
    assert files_of(request)


def test_containers_have_sources_of_their_own() -> None:
    """Two containers of the same sources do not share generated code or its names."""
    first, second = (wire(provide(A)) for _ in range(2))
    first.resolve(A)
    second.resolve(A)
    assert not set(files_of(first)) & set(files_of(second))


def test_only_what_is_needed_is_written() -> None:
    """The code for a key is written when the key is first asked for."""
    container = wire(provide(A), provide(B))
    container.resolve(A)
    module = container._program.module
    assert "get_app_a" in module.namespace
    assert "get_app_b" not in module.namespace


def test_asking_again_writes_nothing() -> None:
    """A key that was asked for, and what it needs, is not written a second time."""
    container = wire(provide(A), provide(B))
    container.resolve(B)
    count = len(container._program.module.sources)
    container.resolve(B)
    container.enter_scope().close()
    before = len(container._program.module.sources)
    container.enter_scope().close()
    assert len(container._program.module.sources) == before
    assert before > count > 0


def test_module_runs_and_remembers_its_source() -> None:
    """A generated module runs source with the helpers it was given, and keeps the text."""
    module = GeneratedModule({"helper": 3})
    module.run("answer = helper + 1\n")
    module.run("more = answer + 1\n")
    assert (module.namespace["answer"], module.namespace["more"]) == (4, 5)
    assert module.sources == ["answer = helper + 1\n", "more = answer + 1\n"]


def _plain() -> A:
    return A()


def _lend() -> Iterator[A]:
    yield A()


@pytest.mark.parametrize("target", [A, _plain, _lend])
def test_hit_takes_no_claim(target: Callable[[], A], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once an instance is kept, asking for it neither builds nor takes a claim."""

    def refuse(*_: object) -> None:
        raise AssertionError

    with wire(provide(target)) as container:
        instance = container.resolve(A)
        for name in ("wait_for", "wake", "target_app_a"):
            monkeypatch.setitem(container._program.module.namespace, name, refuse)
        assert "claim_app_a" not in container._program.module.namespace
        assert container.resolve(A) is instance
