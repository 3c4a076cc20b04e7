"""Hand-written wiring that also makes each scope the current one of its context, as wireproof does, and nothing more.

Its loops are written out once more, for the reason that the harness gives.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Self

from benchmarks.running.contenders import hand
from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import ASYNC, EMPTY, GENERATORS, INJECTED, NESTED, REQUEST, THREADS
from benchmarks.running.things import Handler, Session, Settings
from benchmarks.running.threads import in_threads

current: ContextVar[Any] = ContextVar("current")


class Active:
    """A scope that can be found from anywhere below, with nothing to put away."""

    __slots__ = ()

    _token: Token[Any]

    def __enter__(self) -> Self:
        self._token = current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        current.reset(self._token)


class Request(Active, hand.Request):
    __slots__ = ("_token",)


class UserSession(Active, hand.UserSession):
    __slots__ = ("_token",)


class PageRequest(Active, hand.PageRequest):
    __slots__ = ("_token",)


class Transactional(hand.Transactional):
    """A request that puts away what it used, and is then the current one no longer."""

    __slots__ = ("_token",)

    _token: Token[Any]

    def __enter__(self) -> Self:
        self._token = current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._lent_transaction is not None:
                hand.finish(self._lent_transaction, error)
        finally:
            try:
                if self._lent_connection is not None:
                    hand.finish(self._lent_connection, error)
            finally:
                current.reset(self._token)


class AsyncTransactional(hand.AsyncTransactional):
    """The same, awaiting."""

    __slots__ = ("_token",)

    _token: Token[Any]

    async def __aenter__(self) -> Self:
        self._token = current.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._lent is not None:
                await hand.afinish(self._lent, error)
        finally:
            current.reset(self._token)


def request() -> Loop:
    app = hand.App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Request(app) as scope:
                result = scope.handler()
        return result

    return loop


def generators() -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Transactional() as scope:
                result = scope.transaction()
        return result

    return loop


def async_request() -> Loop:
    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with AsyncTransactional() as scope:
                result = await scope.transaction()
        return result

    return loop


def empty() -> Loop:
    app = hand.App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with Request(app) as scope:
                result = scope
        return result

    return loop


def nested() -> Loop:
    app = hand.App()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with UserSession(app) as session, PageRequest(session) as scope:
                result = scope.page()
        return result

    return loop


def injected() -> Loop:
    app = hand.App()

    def handle(order: str, handler: Handler, session: Session, settings: Settings) -> tuple[Any, ...]:
        return order, handler, session, settings

    def wired(order: str) -> tuple[Any, ...]:
        with Request(app) as scope:
            return handle(order, scope.handler(), scope.session(), app.settings())

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = wired("order")
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    REQUEST.name: request,
    GENERATORS.name: generators,
    ASYNC.name: async_request,
    EMPTY.name: empty,
    NESTED.name: nested,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
