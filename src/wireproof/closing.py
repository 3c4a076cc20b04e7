"""Ending scopes: `Container.close`, `Container.aclose`, and what ``with`` and ``async with`` call."""

from types import TracebackType
from typing import Any, Self

from wireproof._runtime import lifecycle


class Closing:
    """A scope that is closed by hand, or at the end of a block."""

    __slots__ = ()

    _program: Any

    def close(self) -> None:
        """End the scope: run its cleanup in the reverse order of creation. A second call does nothing.

        Raises:
            AsyncCleanupError: if there is asynchronous cleanup; nothing has been run then, and `aclose` can follow.
            CleanupError: if some finalizers fail, when all have run.
        """
        lifecycle.close(self._started())

    async def aclose(self) -> None:
        """End the scope, awaiting its asynchronous cleanup. A second call does nothing.

        Raises:
            CleanupError: if some finalizers fail, when all have run.
        """
        await lifecycle.aclose(self._started())

    def __enter__(self) -> Self:
        """Return this scope; leaving the ``with`` block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the scope; an exception of the block is thrown into the generators, and propagates."""
        lifecycle.close(self._started(), error)

    async def __aenter__(self) -> Self:
        """Return this scope; leaving the ``async with`` block closes it."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the scope, awaiting; an exception of the block is thrown into the generators, and propagates."""
        await lifecycle.aclose(self._started(), error)

    def _started(self) -> Self:
        _ = self._program
        return self
