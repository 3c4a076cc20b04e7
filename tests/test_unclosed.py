"""Scopes that are garbage-collected without having been closed."""

import gc
import warnings
from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any
from weakref import ref

import pytest

from tests.wiring import wire
from wireproof import Scope, autowire, bind, provide


class A:
    pass


def lend() -> Iterator[A]:
    """Lend one."""
    yield A()


def drop_container() -> None:
    """Use a container and forget it."""
    wire(bind(A).to(lend)).resolve(A)


def drop_scope() -> None:
    """Use a scope and forget it."""
    container = wire(bind(A).to(lend, scope=Scope.REQUEST))
    container.enter_scope(Scope.REQUEST).resolve(A)
    container.enter_scope(Scope.REQUEST).close()


def drop_instance() -> None:
    """Use a container with a ready-made instance and forget it."""
    wire(bind(A).instance(A(), on_close=lambda _: None)).resolve(A)


@pytest.mark.parametrize("drop", [drop_container, drop_scope, drop_instance])
def test_pending_cleanup_is_reported(drop: Callable[[], None]) -> None:
    """A scope with pending cleanup that nobody can close any more warns, and names what is not cleaned up."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Context().run(drop)  # in the context that it was entered in, a scope stays current
        gc.collect()
        message = [str(one.message) for one in caught if one.category is ResourceWarning]
    assert len(message) == 1
    assert message[0].endswith("was never closed; not cleaned up: A")


def closed_scope() -> Any:
    """Return a scope with cleanup that has been closed."""
    with wire(bind(A).to(lend)) as container:
        container.resolve(A)
    return container


def nothing_pending() -> Any:
    """Return a scope in which nothing has been built that has to be cleaned up."""
    return wire(bind(A).to(lend), provide(int)).enter_scope(Scope.REQUEST)


def nothing_to_clean_up() -> Any:
    """Return a container that has built something that needs no cleanup."""
    container = wire(autowire())
    container.resolve(A)
    return container


@pytest.mark.parametrize("make", [closed_scope, nothing_pending, nothing_to_clean_up])
def test_nothing_to_report(make: Callable[[], Any]) -> None:
    """Scopes without pending cleanup go silently, as soon as nobody refers to them."""
    gone = Context().run(lambda: ref(make()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gc.collect()
    assert gone() is None


def test_instances_go_with_their_scope() -> None:
    """What a closed scope had built is not kept alive by it, nor by scopes inside it."""
    container = wire(provide(A, scope=Scope.REQUEST))
    request = container.enter_scope(Scope.REQUEST)
    action = request.enter_scope(Scope.ACTION)
    gone = ref(action.resolve(A))
    request.close()
    gc.collect()
    assert gone() is None
