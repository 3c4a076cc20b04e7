"""Hand-written wiring that also makes each scope the current one of its context, as wireproof does."""

from collections.abc import Callable
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self

from benchmarks.running.contenders import hand
from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import EMPTY, REQUEST

current: ContextVar["Request"] = ContextVar("current")


class Request(hand.Request):
    """A request that can be found from anywhere below."""

    __slots__ = ("_token",)

    _token: Token["Request"]

    def __enter__(self) -> Self:
        self._token = current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        current.reset(self._token)


LOOPS: dict[str, Callable[[], Loop]] = {
    REQUEST.name: lambda: hand.request(Request),
    EMPTY.name: lambda: hand.empty(Request),
}
