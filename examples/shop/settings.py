"""The settings of the shop, read from the environment once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside."""

    database: Path
    """The SQLite file; it is created if it is not there."""

    sender: str
    """The address that receipts come from."""

    outbox: Path | None
    """The file that mail is written to; without one it is only logged."""

    port: int
    """The port on the loopback interface; 0 lets the system choose one."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the variables that begin with ``SHOP_``; each has a default."""
        outbox = environment.get("SHOP_OUTBOX")
        return cls(
            database=Path(environment.get("SHOP_DATABASE", "shop.sqlite")),
            sender=environment.get("SHOP_SENDER", "shop@example.com"),
            outbox=Path(outbox) if outbox else None,
            port=int(environment.get("SHOP_PORT", "8000")),
        )
