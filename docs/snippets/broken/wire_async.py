from wireproof import Container, provide


class Connection:
    """A connection to a server."""


async def connect() -> Connection:
    return Connection()


container = Container(provide(connect))
container.resolve(Connection)
