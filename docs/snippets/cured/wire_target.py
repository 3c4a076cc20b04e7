from collections.abc import Iterator
from contextlib import contextmanager

from wireproof import Container, provide


class Session:
    """Talks to the database."""


@contextmanager
def open_session() -> Iterator[Session]:
    yield Session()


container = Container(provide(open_session, enter=True))
