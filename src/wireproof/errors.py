"""What goes wrong, as exceptions that carry data; all derive from `WireproofError`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wireproof._model.keys import Naming
from wireproof._model.problems import Problem

if TYPE_CHECKING:
    from wireproof._model.report import Report


class WireproofError(Exception):
    """The base of every error that this library raises about a wiring or its use.

    Bad arguments (a string as a key, a non-callable as a target) are `TypeError` at the call instead.
    """


class GraphError(WireproofError):
    """The wiring cannot work. Raised when a container is built, with every problem and not only the first.

    Attributes:
        problems: the findings as data; each has a ``code``.
        reports: the findings in words, in the same order, exactly as mypy prints them.
    """

    def __init__(self, problems: Sequence[Problem[Any]], keys: Naming[Any]) -> None:
        """Put the problems into words."""
        from wireproof._model.render import report  # noqa: PLC0415  # not needed where all is well

        self.problems: tuple[Problem[Any], ...] = tuple(problems)
        self.reports: tuple[Report, ...] = tuple(report(problem, keys) for problem in problems)
        count = len(self.problems)
        texts = [f"{found.text()}  [{problem.code}]" for found, problem in zip(self.reports, problems, strict=True)]
        super().__init__(f"{count} problem{'s' if count > 1 else ''} in the wiring\n" + "\n".join(texts))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems, in order."""
        return tuple(str(problem.code) for problem in self.problems)


class _FindingError(WireproofError):
    """A single problem, as an error."""

    def __init__(self, problem: Problem[Any], keys: Naming[Any]) -> None:
        """Put the problem into words."""
        from wireproof._model.render import report  # noqa: PLC0415  # as above

        self.problem = problem
        self.report: Report = report(problem, keys)
        super().__init__(f"{self.report.text()}  [{problem.code}]")


class ResolutionError(_FindingError):
    """One key cannot be resolved from one container.

    Attributes:
        problem: the finding as data.
        report: the finding in words.
    """


class NoProviderError(ResolutionError):
    """The key that is asked for has no provider (``wire-missing``)."""


class AsyncResolutionError(ResolutionError):
    """Building the key involves ``await``, and it was asked for without (``wire-async``)."""


class ScopeError(WireproofError):
    """A scope is asked for what it cannot give: a key of a deeper scope, a scope of another tree (``wire-scope``)."""


class OutOfScopeError(ScopeError, ResolutionError):
    """The key lives in a scope that is not open here."""


class ScopeClosedError(ScopeError):
    """A scope is used after it was closed."""


class ScopeNotActiveError(ScopeError):
    """No scope of the kind is active in the calling context.

    Attributes:
        scope: the kind that was asked for.
    """

    def __init__(self, scope: type) -> None:
        """Keep the kind."""
        super().__init__(f"no {scope.__name__} is active here: enter one, with container.enter_scope(...)")
        self.scope = scope


class ResolutionCycleError(WireproofError):
    """While an instance was being built, its factory asked for that same instance.

    Attributes:
        path: the names of what was being built, from the first to the one that asked again.
    """

    def __init__(self, path: Sequence[str] = ()) -> None:
        """Start the path, which grows at its front as the error leaves one factory after the other."""
        super().__init__()
        self.path: tuple[str, ...] = tuple(path)

    def __str__(self) -> str:
        """Show the path."""
        return f"an instance is needed for building itself: {' -> '.join(self.path)}"


class ContainerFrozenError(WireproofError):
    """Something was to be added to a container that has been used already; nothing was changed."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("the container has been used, so nothing can be added to it; use extend(...) or override(...)")


class StatsDisabledError(WireproofError):
    """Statistics were asked of a container that does not count."""

    def __init__(self) -> None:
        """Say how to have them."""
        super().__init__("the container counts nothing; make it with Container(..., stats=True)")


class ContextValueError(_FindingError):
    """A context value was not given (``wire-context``), or cannot be given here (``wire-context``, ``wire-type``).

    Attributes:
        problem: the finding as data.
        report: the finding in words.
    """

    @property
    def key(self) -> object:
        """The key of the value."""
        return self.problem.key


class FactoryError(WireproofError):
    """A factory breaks its contract: a generator that yields not once but never, or twice (``wire-yield``)."""


class AsyncCleanupError(WireproofError):
    """A scope with pending asynchronous cleanup was closed without ``await``.

    Nothing has been run, and ``aclose()`` can follow.
    """


class CleanupError(ExceptionGroup[Exception], WireproofError):
    """Some finalizers of a scope failed; all of them have run.

    Example:
        >>> try:
        ...     container.close()
        ... except* TimeoutError as group:
        ...     ...
    """

    def derive(self, excs: Sequence[Exception], /) -> "CleanupError":  # type: ignore[override]  # narrower than PEP 654's
        """Return a group of the same kind, as `ExceptionGroup` asks of its subclasses (PEP 654)."""
        return CleanupError(self.message, excs)
