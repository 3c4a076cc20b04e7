from collections.abc import Generator
from contextlib import contextmanager

from wireproof import Container, provide


class Session:
    """Talks to the database."""


@contextmanager
def open_session() -> Generator[Session]:
    yield Session()


container = Container(provide(open_session))
