from collections.abc import Iterator

from wireproof import Container, provide


class Session:
    """A conversation with the database."""


def open_session() -> Iterator[Session]:
    return iter([Session()])


container = Container(provide(open_session))
