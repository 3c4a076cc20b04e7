"""Functions of modules that are imported when they are first called.

A run of mypy in which nothing has changed calls no hook, and is short: what it does not need it should not load.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any


def later(module: str, name: str, **keywords: object) -> Callable[[Any], Any]:
    """Return a hook that stands for the one of that name in a module of the plugin, and gives it these keywords."""
    found: Callable[[Any], Any] | None = None

    def call(ctx: Any) -> Any:
        nonlocal found
        if found is None:
            found = partial(getattr(import_module(f".{module}", __package__), name), **keywords)
        return found(ctx)

    return call
