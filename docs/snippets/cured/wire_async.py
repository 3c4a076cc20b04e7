import asyncio

from wireproof import Container, provide


class Connection:
    """A connection to a server."""


async def connect() -> Connection:
    return Connection()


container = Container(provide(connect))


async def main() -> None:
    await container.aresolve(Connection)


asyncio.run(main())
