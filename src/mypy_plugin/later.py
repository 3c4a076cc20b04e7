"""Functions of modules that are imported when they are first called.

A run of mypy in which nothing has changed calls no hook, and is short: what it does not need it should not load.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


def later(module: str, name: str, **keywords: object) -> Callable[[Any], Any]:
    """Return a hook that stands for the one of that name in a module of the plugin, and gives it these keywords."""

    @cache
    def hook() -> Callable[[Any], Any]:
        function: Callable[[Any], Any] = getattr(import_module(f".{module}", __package__), name)
        return function

    def call(ctx: Any) -> Any:
        return hook()(ctx, **keywords)

    return call
