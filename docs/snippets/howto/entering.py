from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from wireproof import Container, Scope, bind, provide


class Client:
    """A class of another library that wants to be entered."""

    def __enter__(self) -> Self:
        print("open client")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        print("close client")


class Session:
    def __init__(self, client: Client) -> None:
        self.client = client


@contextmanager
def transaction(client: Client) -> Generator[Session, None, None]:
    print("begin")
    yield Session(client)
    print("commit")


class Buffer:
    def flush(self) -> None:
        print("flush buffer")


with Container(
    provide(Client, enter=True),
    bind(Session).to(transaction, enter=True, scope=Scope.REQUEST),
    provide(Buffer, on_close=Buffer.flush),
) as container:
    container.resolve(Buffer)
    with container.enter_scope() as request:
        request.resolve(Session)
