"""A typed dependency-injection container whose wiring a mypy plugin proves before the program runs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wireproof._exports import *  # noqa: F403  # all that is there, and nothing else
    from wireproof._exports import __all__ as __all__
else:

    def __getattr__(name: str) -> Any:
        """Import the library once it is used: mypy imports this package on its way to the plugin, and uses nothing."""
        exports = _all()
        globals().update({exported: getattr(exports, exported) for exported in ("__all__", *exports.__all__)})
        if name not in globals():
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return globals()[name]

    def __dir__() -> list[str]:
        """List what can be imported."""
        return sorted({*globals(), *_all().__all__})

    def _all() -> Any:
        import wireproof._exports as exports  # noqa: PLC0415  # as `__getattr__` says

        return exports
