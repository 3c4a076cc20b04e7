"""Cleanup: its order, and what becomes of failures in it and around it."""

import logging
import types
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import Mock

import pytest

from tests.wiring import annotated, untyped, wire
from wireproof import CleanupError, Container, FactoryError, Lifetime, Scope, ScopeClosedError, bind, provide, replacing


class A:
    pass


class B:
    pass


class C:
    pass


class TroubleError(Exception):
    pass


def ending(key: type, events: list[str], error: BaseException | None = None, needs: type | None = None) -> Any:
    """Return a source for ``key``: a generator that logs its end, and then may raise an error."""

    def make(**needed: object) -> Iterator[object]:
        yield key()
        events.append(key.__name__)
        if error is not None:
            raise error

    def make_with(other: object) -> Iterator[object]:
        yield from make()

    function = make if needs is None else make_with
    taken = {} if needs is None else {"other": needs}
    return provide(annotated(function, **taken, **{"return": types.GenericAlias(Iterator, (key,))}))


def built(*sources: object) -> Container[Any, Any]:
    """Return a container in which A, B and C have been built in this order."""
    container = wire(*sources)
    for key in (A, B, C):
        if key in container:
            container.resolve(key)
    return container


def texts(group: object) -> list[str]:
    """Return the exceptions of a group as text."""
    errors: Sequence[BaseException] = getattr(group, "exceptions", ())
    return [repr(error) for error in errors]


def test_reverse_order_of_creation() -> None:
    """What was built last is finished first, whatever the order of the sources."""
    events: list[str] = []
    built(ending(C, events), ending(A, events), ending(B, events)).close()
    assert events == ["C", "B", "A"]


def test_dependencies_outlive_their_consumers() -> None:
    """What an object took is finished after it."""
    events: list[str] = []
    container = wire(ending(A, events, needs=B), ending(B, events))
    container.resolve(A)
    container.close()
    assert events == ["A", "B"]


def test_only_what_was_built_is_finished() -> None:
    """What nobody asked for is neither built nor finished."""
    events: list[str] = []
    container = wire(ending(A, events), ending(B, events))
    container.resolve(A)
    container.close()
    assert events == ["A"]


def test_cleanup_runs_once() -> None:
    """A second close does nothing, also after with."""
    events: list[str] = []
    with built(ending(A, events)) as container:
        pass
    container.close()
    assert events == ["A"]


def test_deepest_scope_first() -> None:
    """Scopes that end together end deepest first, whatever was built first."""
    events: list[str] = []
    session = bind(untyped(A)).to(partial(_logging, events, "session"), scope=Scope.SESSION)
    request = bind(untyped(B)).to(partial(_logging, events, "request"), scope=Scope.REQUEST)
    with wire(session, request).enter_scope(Scope.REQUEST) as scope:
        scope.resolve(B)
        scope.resolve(A)
    assert events == ["request", "session"]


def _logging(events: list[str], name: str) -> Iterator[Any]:
    yield name
    events.append(name)


def test_on_close_gets_the_instance() -> None:
    """An on_close function is called with the instance at scope end, for each way to build it."""
    closed: list[object] = []

    def make() -> B:
        return B()

    def lend() -> Iterator[C]:
        yield C()

    container = wire(*(provide(untyped(one), on_close=closed.append) for one in (A, make, lend)))
    instances = [container.resolve(key) for key in (A, B, C)]
    container.close()
    assert closed == instances[::-1]


def test_on_close_before_the_generator_ends() -> None:
    """A generator's own end comes after its on_close: the instance is still whole."""
    events: list[str] = []
    source = bind(untyped(A)).to(partial(_logging, events, "generator"), on_close=lambda _: events.append("on_close"))
    container = wire(source)
    container.resolve(A)
    container.close()
    assert events == ["on_close", "generator"]


def test_ready_made_instance_is_left_alone() -> None:
    """An object that existed already is not closed."""
    resource = Mock()
    with wire(bind(Mock).instance(resource)) as container:
        container.resolve(Mock)
    assert resource.mock_calls == []


def test_ready_made_instance_with_on_close() -> None:
    """The on_close of an existing object runs at close, also if it was never asked for."""
    closed: list[object] = []
    instance = A()
    with wire(bind(A).instance(instance, on_close=closed.append)):
        pass
    assert closed == [instance]


def test_ready_made_instance_outlives_what_is_built() -> None:
    """What was built may use ready-made objects in its cleanup: they are closed last."""
    events: list[str] = []
    ready = bind(B).instance(B(), on_close=lambda _: events.append("ready"))
    built(ending(A, events), ready).close()
    assert events == ["A", "ready"]


def test_replaced_instance_is_not_closed() -> None:
    """The on_close of an instance that was replaced does not run."""
    closed: list[str] = []
    plain = bind(A).instance(A(), on_close=lambda _: closed.append("plain"))
    wire(plain, replacing(bind(A).instance(A(), on_close=lambda _: closed.append("other")))).close()
    assert closed == ["other"]


def test_transient_belongs_to_whoever_asked() -> None:
    """A transient is finished with the scope it was asked for in."""
    events: list[str] = []
    source = bind(untyped(A)).to(partial(_logging, events, "end"), lifetime=Lifetime.TRANSIENT)
    with wire(source) as container:
        with container.enter_scope() as request:
            request.resolve(A)
            request.resolve(A)
        assert events == ["end"] * 2
        container.resolve(A)
    assert events == ["end"] * 3


def test_transient_belongs_to_the_innermost_scope() -> None:
    """An application's transient that a request asked for ends with the request, before the SESSION around it."""
    events: list[str] = []
    transient = bind(untyped(A)).to(partial(_logging, events, "transient"), lifetime=Lifetime.TRANSIENT)
    session = bind(untyped(B)).to(partial(_logging, events, "session"), scope=Scope.SESSION)
    with wire(transient, session).enter_scope(Scope.REQUEST) as request:
        request.resolve(A)
        request.resolve(B)
    assert events == ["transient", "session"]


def test_transient_belongs_to_its_consumer() -> None:
    """A transient that the application's object took is finished with the application."""
    events: list[str] = []
    transient = bind(untyped(A)).to(partial(_logging, events, "end"), lifetime=Lifetime.TRANSIENT)

    class Holder:
        def __init__(self, a: A) -> None:
            self.a = a

    with wire(transient, provide(Holder)) as container:
        with container.enter_scope() as request:
            request.resolve(Holder)
        assert events == []
    assert events == ["end"]


def test_body_error_is_thrown_into_the_generators() -> None:
    """A failing request rolls back where it yielded, like with a session's begin()."""
    events: list[str] = []

    @contextmanager
    def begin() -> Generator[None]:
        try:
            yield
        except TroubleError:
            events.append("rollback")
            raise
        events.append("commit")

    def session() -> Iterator[A]:
        with begin():
            yield A()

    with pytest.raises(TroubleError), built(provide(session)):
        raise TroubleError
    assert events == ["rollback"]
    with built(provide(session)):
        pass
    assert events == ["rollback", "commit"]


def test_all_generators_see_the_body_error() -> None:
    """The exception is thrown into each generator, and reaches the caller as itself."""
    seen: list[BaseException] = []

    def watching() -> Iterator[Any]:
        try:
            yield A()
        except Exception as error:
            seen.append(error)
            raise

    error = LookupError("body")
    sources = [bind(untyped(key)).to(watching) for key in (A, B)]
    with pytest.raises(LookupError) as caught, built(*sources):
        raise error
    assert seen == [error, error]
    assert caught.value is error
    assert not hasattr(error, "__notes__")


@pytest.mark.parametrize("swallow", [True, False])
def test_body_error_always_propagates(swallow: bool) -> None:  # noqa: FBT001
    """A generator that swallows the exception, or never sees it, does not keep it from the caller."""

    def make() -> Iterator[A]:
        try:
            yield A()
        except LookupError:
            if not swallow:
                raise

    with pytest.raises(LookupError), built(provide(make)):
        raise LookupError


def test_body_error_that_is_not_caught_shows_no_generators() -> None:
    """The traceback of the body's exception ends in the body: where it was thrown in as well is left out."""

    def make() -> Iterator[A]:
        yield A()

    with pytest.raises(LookupError) as caught, built(provide(make)):
        raise LookupError
    assert "make" not in [entry.name for entry in caught.traceback]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit, StopIteration, StopAsyncIteration])
def test_unusual_exceptions_of_the_body(kind: type[BaseException]) -> None:
    """Exceptions that mean something to Python itself leave the body as themselves, and cleanup runs."""
    events: list[str] = []
    error = kind()

    def make() -> Iterator[A]:
        try:
            yield A()
        finally:
            events.append("end")

    with pytest.raises(kind) as caught, built(provide(make)):
        raise error
    assert caught.value is error
    assert events == ["end"]
    assert not hasattr(error, "__notes__")


def test_failures_are_raised_together() -> None:
    """When finalizers fail all the others run, and the failures are raised as one group."""
    events: list[str] = []
    sources = [ending(A, events, OSError("a")), ending(B, events), ending(C, events, ValueError("c"))]
    with pytest.raises(CleanupError) as caught:
        built(*sources).close()
    assert texts(caught.value) == ["ValueError('c')", "OSError('a')"]
    assert events == ["C", "B", "A"]
    assert [error.__notes__ for error in caught.value.exceptions] == [
        ["while cleaning up C"],
        ["while cleaning up A"],
    ]


def test_one_failure_is_a_group_as_well() -> None:
    """A single failure comes in a group too, so that except* works."""
    with pytest.RaisesGroup(pytest.RaisesExc(OSError, match="a")):
        built(ending(A, [], OSError("a"))).close()


def test_scope_is_closed_after_failures() -> None:
    """A scope whose cleanup failed is closed: a second close does nothing."""
    events: list[str] = []
    container = built(ending(A, events, OSError("a")))
    with pytest.raises(CleanupError):
        container.close()
    container.close()
    assert events == ["A"]
    with pytest.raises(ScopeClosedError):
        container.resolve(A)


def test_group_can_be_split() -> None:
    """Splitting the group keeps its kind."""
    with pytest.raises(CleanupError) as caught:
        built(ending(A, [], OSError("a")), ending(B, [], ValueError("b"))).close()
    matching, rest = caught.value.split(OSError)
    assert isinstance(matching, CleanupError)
    assert isinstance(rest, CleanupError)


def test_failures_after_a_body_error(caplog: pytest.LogCaptureFixture) -> None:
    """Failures that follow the body's exception are notes of it, and are logged with their traceback."""

    def failing(_: object) -> None:
        message = "no disk"
        raise OSError(message)

    sources = [provide(A, on_close=failing), provide(B, on_close=failing)]
    with pytest.raises(LookupError) as caught, built(*sources):
        raise LookupError
    assert caught.value.__notes__ == ["the cleanup failed as well: OSError: no disk"] * 2
    records = [record for record in caplog.records if record.name == "wireproof"]
    assert [record.levelno for record in records] == [logging.ERROR] * 2
    assert all(record.exc_info is not None and record.exc_info[0] is OSError for record in records)


def test_generator_that_turns_the_body_error_into_another() -> None:
    """A generator that raises something else on seeing the exception does not hide it; that is a failure of its own."""

    def make() -> Iterator[A]:
        try:
            yield A()
        except LookupError as error:
            message = "rollback failed"
            raise OSError(message) from error

    with pytest.raises(LookupError) as caught, built(provide(make)):
        raise LookupError
    assert caught.value.__notes__ == ["the cleanup failed as well: OSError: rollback failed"]


def test_keyboard_interrupt_in_a_finalizer() -> None:
    """A KeyboardInterrupt neither skips the others nor is lost, and the others are its context."""
    events: list[str] = []
    interrupt = KeyboardInterrupt()
    sources = [ending(A, events, OSError("a")), ending(B, events, interrupt), ending(C, events, ValueError("c"))]
    with pytest.raises(KeyboardInterrupt) as caught:
        built(*sources).close()
    assert caught.value is interrupt
    assert events == ["C", "B", "A"]
    assert texts(interrupt.__context__) == ["ValueError('c')", "OSError('a')"]


def test_two_fatal_exceptions_in_finalizers() -> None:
    """Of two exceptions that stop the program the first propagates, with the other as its context."""
    sources = [ending(A, [], SystemExit(3)), ending(B, [], KeyboardInterrupt())]
    with pytest.raises(KeyboardInterrupt) as caught:
        built(*sources).close()
    assert texts(caught.value.__context__) == ["SystemExit(3)"]


def chain(error: BaseException | None) -> list[str]:
    """Return all that an exception leads to by its context and the groups in there, as text."""
    found: list[str] = []
    while error is not None:
        found += texts(error) or [repr(error)]
        error = error.__context__
    return found


def test_keyboard_interrupt_after_a_body_error() -> None:
    """A KeyboardInterrupt after the body's exception propagates; the others and the body's are found from it."""

    def failing(error: BaseException, _: object) -> None:
        raise error

    sources = [
        provide(A, on_close=partial(failing, OSError("a"))),
        provide(B, on_close=partial(failing, KeyboardInterrupt())),
    ]
    with pytest.raises(KeyboardInterrupt) as caught, built(*sources):
        raise LookupError
    assert {"OSError('a')", "LookupError()"} <= set(chain(caught.value))


def test_keyboard_interrupt_while_an_error_is_handled() -> None:
    """Closing by hand in an except block loses neither the other failures nor what was being handled."""
    container = built(ending(A, [], OSError("a")), ending(B, [], KeyboardInterrupt()))

    def close_late() -> None:
        try:
            raise LookupError  # noqa: TRY301  # something to be handled
        except LookupError:
            container.close()

    with pytest.raises(KeyboardInterrupt) as caught:
        close_late()
    assert {"OSError('a')", "LookupError()"} <= set(chain(caught.value))


def test_context_of_a_fatal_exception_stays() -> None:
    """What a KeyboardInterrupt already had as its context is not lost to the other failures."""

    def make() -> Iterator[A]:
        yield A()
        interrupt = KeyboardInterrupt()
        interrupt.__context__ = LookupError()
        raise interrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        built(provide(make), ending(B, [], OSError("b"))).close()
    assert {"OSError('b')", "LookupError()"} <= set(chain(caught.value))


def test_generator_that_never_yields() -> None:
    """A generator that does not yield is a FactoryError that names the function, at each attempt."""

    def make() -> Iterator[A]:
        if untyped(False):  # noqa: FBT003
            yield A()

    container = wire(provide(make))
    for _ in range(2):
        with pytest.raises(FactoryError, match="make does not yield; a generator factory yields exactly once"):
            container.resolve(A)
    container.close()


def test_generator_that_yields_twice() -> None:
    """A second yield is found at scope end, among the failures of the cleanup, and the generator is closed."""
    events: list[str] = []

    def make() -> Iterator[A]:
        try:
            yield A()
            yield A()
        finally:
            events.append("end")

    with pytest.raises(CleanupError) as caught:
        built(provide(make), ending(B, events)).close()
    (error,) = caught.value.exceptions
    assert isinstance(error, FactoryError)
    assert "make yields a second time" in str(error)
    assert events == ["B", "end"]


def test_generator_that_yields_again_on_an_error() -> None:
    """A second yield after the body's exception is noted with it."""

    def make() -> Iterator[A]:
        try:
            yield A()
        except LookupError:
            yield A()

    with pytest.raises(LookupError) as caught, built(provide(make)):
        raise LookupError
    (note,) = caught.value.__notes__
    assert "yields a second time" in note


@pytest.mark.parametrize("kind", [StopIteration, StopAsyncIteration, RuntimeError])
def test_finalizer_that_stops_iterations(kind: type[Exception]) -> None:
    """An error that Python turns into another inside of a generator is still a failure of the cleanup."""
    with pytest.raises(CleanupError) as caught:
        built(ending(A, [], kind("x"))).close()
    (error,) = caught.value.exceptions
    assert isinstance(error, RuntimeError | kind)


def test_half_built_graph_keeps_nothing_of_what_failed() -> None:
    """When building fails nothing of it is kept, what was entered ends with the scope, and one can try again."""
    events: list[str] = []
    attempts: list[int] = []

    def make(b: B, c: C) -> A:
        attempts.append(1)
        if len(attempts) == 1:
            raise TroubleError
        return A()

    container = wire(ending(B, events), ending(C, events), provide(make))
    with pytest.raises(TroubleError):
        container.resolve(A)
    assert events == []
    b = container.resolve(B)
    assert isinstance(container.resolve(A), A)
    assert container.resolve(B) is b
    container.close()
    assert events == ["C", "B"]


def test_failed_build_keeps_what_is_complete_and_drops_what_is_not() -> None:
    """A generator that fails before its yield is not finished, and is started afresh by the next attempt."""
    attempts: list[int] = []

    def make() -> Iterator[A]:
        attempts.append(len(attempts))
        if len(attempts) == 1:
            raise TroubleError
        yield A()
        attempts.append(-1)

    with wire(provide(make)) as container:
        with pytest.raises(TroubleError):
            container.resolve(A)
        container.resolve(A)
    assert attempts == [0, 1, -1]


def test_cleanup_can_read_what_was_built() -> None:
    """Until the stack is empty finalizers may resolve what has been built, and nothing new."""
    results: list[object] = []
    handle: list[Container[Any, Any]] = []

    def make() -> Iterator[A]:
        yield A()
        results.append(handle[0].resolve(B))
        with pytest.raises(ScopeClosedError, match="closing and builds nothing any more"):
            handle[0].resolve(C)

    container = wire(provide(B), provide(make), provide(C))
    handle.append(container)
    b = container.resolve(B)
    container.resolve(A)
    container.close()
    assert results == [b]


def test_closing_from_inside_of_a_finalizer() -> None:
    """A finalizer that closes its own scope again does no harm."""
    events: list[str] = []
    handle: list[Container[Any, Any]] = []

    def make() -> Iterator[B]:
        yield B()
        handle[0].close()
        events.append("B")

    container = built(ending(A, events), provide(make))
    handle.append(container)
    container.close()
    assert events == ["B", "A"]


def test_scope_closed_while_a_factory_runs() -> None:
    """What a factory enters after its scope was closed is finished at once, and the caller is told."""
    events: list[str] = []
    handle: list[Container[Any, Any]] = []

    def make() -> Iterator[A]:
        handle[0].close()
        yield A()
        events.append("A")

    container = wire(provide(make))
    handle.append(container)
    with pytest.raises(ScopeClosedError):
        container.resolve(A)
    assert events == ["A"]


def test_on_close_that_gives_a_coroutine() -> None:
    """A lambda around a coroutine function cannot be awaited by surprise; it is a failure that says what to give."""

    async def close(_: object) -> None:
        raise AssertionError

    with pytest.raises(CleanupError) as caught:
        built(provide(A, on_close=lambda it: close(it))).close()  # noqa: PLW0108  # the lambda is the point
    assert "give the coroutine function itself" in str(caught.value.exceptions[0])


def test_closing_scope_builds_no_transients() -> None:
    """A finalizer can still read what was built, but a transient, which would be new, is refused."""
    found: list[object] = []

    def lend(container: Container[Any, Any]) -> Iterator[A]:
        yield A()
        found.append(container.resolve(A))
        try:
            container.resolve(bytes)
        except ScopeClosedError as error:
            found.append(str(error))

    sources = [provide(lend, scope=Scope.REQUEST), provide(bytes, lifetime=Lifetime.TRANSIENT)]
    with wire(*sources).enter_scope(Scope.REQUEST) as request:
        kept = request.resolve(A)
    assert found == [kept, "<Container at REQUEST closing> is closing and builds nothing any more"]
