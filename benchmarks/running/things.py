"""What the contenders wire: classes as small as an application's can be, so that the wiring is what takes the time."""

from collections.abc import AsyncIterator, Iterator


class Settings:
    """A singleton without needs."""


class Engine:
    """A singleton that needs another."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings


class Clock:
    """A third singleton."""


class Plain:
    """A transient without needs."""


class Link1:
    """The end of a chain of transients."""


class Link2:
    def __init__(self, link: Link1) -> None:
        self.link = link


class Link3:
    def __init__(self, link: Link2) -> None:
        self.link = link


class Link4:
    def __init__(self, link: Link3) -> None:
        self.link = link


class Link5:
    def __init__(self, link: Link4) -> None:
        self.link = link


class Link6:
    def __init__(self, link: Link5) -> None:
        self.link = link


class Link7:
    def __init__(self, link: Link6) -> None:
        self.link = link


class Link8:
    def __init__(self, link: Link7) -> None:
        self.link = link


LINKS = (Link1, Link2, Link3, Link4, Link5, Link6, Link7, Link8)


class Leaf:
    """One of 16 transients at the edge of the wide graph; each needs the three singletons."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        self.settings = settings
        self.engine = engine
        self.clock = clock


class Branch:
    """One of four transients in the wide graph."""

    def __init__(self, first: Leaf, second: Leaf, third: Leaf, fourth: Leaf) -> None:
        self.leaves = (first, second, third, fourth)


class Tree:
    """The root of the wide graph: 1 + 4 + 16 transients, and three singletons."""

    def __init__(self, first: Branch, second: Branch, third: Branch, fourth: Branch) -> None:
        self.branches = (first, second, third, fourth)


class Session:
    """One for each request, as are the next two."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Users:
    def __init__(self, session: Session) -> None:
        self.session = session


class Handler:
    def __init__(self, users: Users, session: Session, settings: Settings) -> None:
        self.users = users
        self.session = session
        self.settings = settings


class Connection:
    """What has to be put away at the end of a request."""

    closed = False


class Transaction:
    """What has to be put away before it."""

    closed = False

    def __init__(self, connection: Connection) -> None:
        self.connection = connection


def open_connection() -> Iterator[Connection]:
    """Lend a connection, as containers are told to."""
    connection = Connection()
    try:
        yield connection
    finally:
        connection.closed = True


def open_transaction(connection: Connection) -> Iterator[Transaction]:
    """Lend a transaction."""
    transaction = Transaction(connection)
    try:
        yield transaction
    finally:
        transaction.closed = not connection.closed


async def aopen_connection() -> AsyncIterator[Connection]:
    """Lend a connection, awaiting."""
    connection = Connection()
    try:
        yield connection
    finally:
        connection.closed = True


class Account:
    """One for each session."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Page:
    """One for each request inside a session."""

    def __init__(self, account: Account) -> None:
        self.account = account
