"""Cleanup: what a scope undoes when it ends, in one stack for sync and async.

The rules, in the order in which they matter:

1. Every finalizer runs, whatever happened in those before it; nothing that they raise is lost.
2. The order is the reverse of creation; of several scopes that end together, the deepest first.
3. If the body of the scope raised, its exception is thrown into the generators at their ``yield`` and propagates;
   failures of the cleanup become notes of it, and are logged.
4. Otherwise failures are raised together as a `CleanupError`.
5. A ``BaseException`` that is no ``Exception`` (``KeyboardInterrupt``, ``CancelledError``) out of a finalizer
   propagates as itself when all the rest is done, with the others as its context.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import CoroutineType
from typing import Any, NamedTuple, NoReturn, TypeAlias

from wireproof.errors import CleanupError, FactoryError

_END = object()


class Finalizer(NamedTuple):
    """How something is finished at the end of a scope."""

    depth: int
    """Which of the scopes that end together it belongs to; greater is deeper."""

    name: str
    """The key of the instance, for messages."""

    finish: Callable[[Any, BaseException | None], Any]
    asynchronous: bool
    """Whether ``finish`` returns something to await."""


Exit: TypeAlias = tuple[Finalizer, Any]
"""One thing that waits for the end of a scope, behind how it is finished; a bare tuple is the cheapest to make."""


def finish_generator(generator: Generator[Any, Any, Any], body: BaseException | None) -> None:
    """Resume a generator factory behind its ``yield``, or throw the body's exception in there."""
    try:
        if body is None:
            ended = next(generator, _END) is _END
        else:
            generator.throw(body)
            ended = False
    except StopIteration:
        return
    except BaseException as error:
        if not is_body(error, body):
            raise
        return
    if not ended:
        refuse_second_yield(generator)


async def finish_async_generator(generator: AsyncGenerator[Any, Any], body: BaseException | None) -> None:
    """Do the same for an async generator factory."""
    try:
        if body is None:
            ended = await anext(generator, _END) is _END
        else:
            await generator.athrow(body)
            ended = False
    except StopAsyncIteration:
        return
    except BaseException as error:
        if not is_body(error, body):
            raise
        return
    if not ended:
        await arefuse_second_yield(generator)


def leave(manager: AbstractContextManager[Any], body: BaseException | None) -> None:
    """Leave a context manager; what it wants suppressed propagates all the same."""
    try:
        manager.__exit__(None if body is None else type(body), body, None if body is None else body.__traceback__)
    except BaseException as error:
        if not is_body(error, body):
            raise


async def aleave(manager: AbstractAsyncContextManager[Any], body: BaseException | None) -> None:
    """Do the same for an async context manager."""
    try:
        await manager.__aexit__(
            None if body is None else type(body), body, None if body is None else body.__traceback__
        )
    except BaseException as error:
        if not is_body(error, body):
            raise


def finish_on_close(on_close: Callable[[Any], object], instance: Any, _: BaseException | None) -> None:
    """Call ``on_close`` with the instance.

    Raises:
        FactoryError: if it turns out to be asynchronous only now, as a lambda around a coroutine function does.
    """
    result = on_close(instance)
    if isinstance(result, CoroutineType):
        result.close()
        message = f"on_close of {type(instance).__qualname__} gave a coroutine; give the coroutine function itself"
        raise FactoryError(message)


async def afinish_on_close(
    on_close: Callable[[Any], Awaitable[object]], instance: Any, _: BaseException | None
) -> None:
    """Call an asynchronous ``on_close`` with the instance."""
    await on_close(instance)


def is_body(error: BaseException, body: BaseException | None) -> bool:
    """Whether what comes out of a generator is what was thrown in.

    Python turns a ``StopIteration`` that leaves a generator into a ``RuntimeError`` with that as its cause (PEP 479).
    """
    return error is body or (isinstance(error, RuntimeError) and body is not None and error.__cause__ is body)


Failed: TypeAlias = tuple[Finalizer | None, BaseException]
"""What a finalizer raised; without the finalizer if it came between two of them, as a ``KeyboardInterrupt`` can."""


def unwind(exits: list[Exit], body: BaseException | None, *failed: Failed) -> None:
    """Run the finalizers of a scope, none of which is asynchronous, and empty the list.

    Args:
        exits: the finalizers, that of the first instance first.
        body: the exception that left the ``with`` body, if one did.
        failed: what those raised that have been run before.

    Raises:
        CleanupError: if some fail and ``body`` is None.
        BaseException: the first one that is no ``Exception``, when all the rest has run.
    """
    failures = [_noted(*one) for one in failed]
    traceback = None if body is None else body.__traceback__
    _sort(exits)
    while exits:
        finalizer, subject = exits.pop()
        try:
            finalizer.finish(subject, body)
        except BaseException as error:  # noqa: BLE001  # every finalizer runs; `_conclude` raises what is due
            failures.append(_noted(finalizer, error))
    if failures or body is not None:
        _conclude(failures, body, traceback)


async def aunwind(exits: list[Exit], body: BaseException | None, *failed: Failed) -> None:
    """Run the finalizers of a scope, awaiting those that are asynchronous, and empty the list.

    A cancellation arrives as a ``CancelledError`` at one of the awaits, that is, as the failure of one finalizer: the
    rest still run, and then it propagates.
    """
    failures = [_noted(*one) for one in failed]
    traceback = None if body is None else body.__traceback__
    _sort(exits)
    while exits:
        finalizer, subject = exits.pop()
        try:
            finishing = finalizer.finish(subject, body)
            if finalizer.asynchronous:
                await finishing
        except BaseException as error:  # noqa: BLE001  # as in `unwind`
            failures.append(_noted(finalizer, error))
    if failures or body is not None:
        _conclude(failures, body, traceback)


def _sort(exits: list[Exit]) -> None:
    """Put the exits of several scopes that end together into order; they are then popped from the end.

    Popping is atomic, so that whoever registers an exit too late can tell by its presence that nobody will run it.
    """
    first = exits[0][0].depth if exits else 0
    for finalizer, _ in exits:
        if finalizer.depth != first:
            exits.sort(key=_depth)  # stable: of one depth, still in order of creation
            return


def _depth(entry: Exit) -> int:
    return entry[0].depth


def _noted(finalizer: Finalizer | None, error: BaseException) -> BaseException:
    if finalizer is not None:
        error.add_note(f"while cleaning up {finalizer.name}")
    return error


def _conclude(failures: list[BaseException], body: BaseException | None, traceback: Any) -> None:
    if body is not None:
        body.__traceback__ = traceback  # without the generators that it was thrown into
    fatal = next((error for error in failures if not isinstance(error, Exception)), None)
    if fatal is not None:
        _raise_fatal(fatal, [error for error in failures if error is not fatal])
    errors = [error for error in failures if isinstance(error, Exception)]
    if not errors:
        return
    if body is None:
        message = "cleanup failed"
        raise CleanupError(message, errors)
    import logging  # noqa: PLC0415  # slow to load, and seldom needed

    logger = logging.getLogger("wireproof")
    for error in errors:
        body.add_note(f"the cleanup failed as well: {type(error).__name__}: {error}")
        logger.error("a finalizer failed after the body of its scope had", exc_info=error)


def _raise_fatal(fatal: BaseException, others: list[BaseException]) -> NoReturn:
    """Raise what stops the program, with the other failures before what was its context already."""
    context = fatal.__context__
    if others:
        group = BaseExceptionGroup("other failures of the cleanup", others)
        group.__context__ = context
        context = group
    try:
        raise fatal
    finally:
        fatal.__context__ = context  # `raise` has put there, alone, what is being handled where the scope is closed


def refuse_second_yield(generator: Any) -> NoReturn:
    """Close a generator factory that goes on, and say that it does.

    Raises:
        FactoryError: always, if closing the generator raises nothing.
    """
    generator.close()
    raise FactoryError(_yields_again(generator))


async def arefuse_second_yield(generator: Any) -> NoReturn:
    """Do the same in an awaiting end of a scope, for a generator factory of either kind."""
    if isinstance(generator, AsyncGenerator):
        await generator.aclose()
    else:
        generator.close()
    raise FactoryError(_yields_again(generator))


def _yields_again(generator: Any) -> str:
    return f"{generator.__qualname__} yields a second time; a generator factory yields exactly once"
