import asyncio
from collections.abc import AsyncIterator

from wireproof import Container, Scope, provide


class Pool:
    """Connections to a server."""


class Connection:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool


async def open_pool() -> AsyncIterator[Pool]:
    print("open pool")
    yield Pool()
    print("close pool")


async def connect(pool: Pool) -> Connection:
    await asyncio.sleep(0)
    return Connection(pool)


async def main() -> None:
    sources = (provide(open_pool), provide(connect, scope=Scope.REQUEST))
    async with Container(*sources) as container, container.enter_scope() as request:
        await request.aresolve(Connection)


asyncio.run(main())
