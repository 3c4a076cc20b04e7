"""Run the shop on the loopback interface: ``python -m examples.shop``; the settings are `Settings.from_environment`."""

import logging
import os
import signal
import sys
from types import FrameType

import uvicorn

from .settings import Settings
from .web import create_app
from .wiring import build


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit()


def main() -> None:
    """Serve until interrupted or terminated, then close what was opened."""
    signal.signal(signal.SIGTERM, _leave)
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    settings = Settings.from_environment(os.environ)
    with build(settings) as container:
        uvicorn.run(create_app(container), host="127.0.0.1", port=settings.port)


if __name__ == "__main__":
    main()
