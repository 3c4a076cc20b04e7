"""What is looked at when somebody asks whether the shop is well."""

from sqlalchemy import Engine, text

from .settings import Settings


class DatabaseCheck:
    """Whether the database answers."""

    name = "database"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self) -> None:
        """Ask it for as little as possible."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))


class OutboxCheck:
    """Whether mail can be written."""

    name = "outbox"

    def __init__(self, settings: Settings) -> None:
        self._outbox = settings.outbox

    def __call__(self) -> None:
        """Open the file as the mailer does; where mail is only logged there is nothing to open."""
        if self._outbox is not None:
            self._outbox.open("a", encoding="utf-8").close()
