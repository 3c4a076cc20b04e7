"""The end of a scope: what ``with`` and ``async with`` call, written for what may have to be undone there.

Where nothing goes wrong, a scope ends in the code that is written here. Where something does, and where an override is
in force, `wireproof._runtime.lifecycle` does the same step by step, and keeps all promises.
"""

from collections.abc import Iterator, Sequence

from wireproof._plan.plans import Ending

_GENERATORS = {Ending.GENERATORS, Ending.ASYNC_GENERATORS, Ending.BOTH_GENERATORS}


def endings(ending: Ending, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    """Yield the methods that end a scope, a line each.

    Args:
        ending: what may have to be undone.
        slots: where instances are kept.
        extra: whether some are kept in a dictionary.
    """
    yield "    def _forget(self):"
    yield from _forgetting("        ", slots, extra=extra)
    yield ""
    yield "    def _end(self):"
    yield from _end("        ", slots, extra=extra)
    for awaiting in (False, True):
        yield ""
        yield f"    {'async def __aexit__' if awaiting else 'def __exit__'}(self, kind, error, trace):"
        if ending is Ending.NOTHING:
            yield from _nothing(awaiting=awaiting)
        else:
            yield from _undoing(ending, awaiting=awaiting)
        if ending is Ending.NOTHING or _resumes(ending, awaiting=awaiting):
            yield from _end("        ", slots, extra=extra)


def _nothing(*, awaiting: bool) -> Iterator[str]:
    """Yield the lines before the end of a scope that has nothing to undo; all who race for it end it, to no harm."""
    yield "        if overrides:"
    yield f"            {_close(awaiting=awaiting)}"
    yield "            return"
    yield "        if self._state is not OPEN:"
    yield "            return"


def _undoing(ending: Ending, *, awaiting: bool) -> Iterator[str]:
    """Yield the lines that resume generators, the last one first; what happens when is as in `lifecycle.close`."""
    if not _resumes(ending, awaiting=awaiting):
        yield f"        {_close(awaiting=awaiting)}"
        return
    await_, a = ("await ", "a") if awaiting else ("", "")
    yield "        if error is not None or overrides:"
    yield f"            {_close(awaiting=awaiting)}"
    yield "            return"
    yield "        if self._state is not OPEN:"
    yield "            return"
    yield "        try:"
    yield "            del self._ending  # of those who race for it, one goes on"
    yield "        except AttributeError:"
    yield "            return"
    yield "        self._state = CLOSING"
    yield "        self._resolvers = NO_ANSWERS"
    yield "        finalizer = failed = None"
    yield "        exits = self._exits"
    yield "        try:"
    yield "            while exits:"
    yield "                finalizer, generator = exits.pop()"
    yield from (f"                {line}" for line in _resuming(ending, f"{await_}{a}refuse_second_yield(generator)"))
    yield "        except BaseException as error:"
    yield "            failed = error"
    yield "        if failed is not None:"
    yield f"            {await_}{a}close_rest(self, finalizer, failed)"


def _resuming(ending: Ending, refuse: str) -> Iterator[str]:
    """Yield the lines that resume a generator, and refuse what it yields then."""
    sync, asynchronous = ("for _ in generator:", f"    {refuse}"), ("async for _ in generator:", f"    {refuse}")
    if ending is Ending.BOTH_GENERATORS:
        yield "if finalizer.asynchronous:"
        yield from (f"    {line}" for line in asynchronous)
        yield "else:"
        yield from (f"    {line}" for line in sync)
    else:
        yield from sync if ending is Ending.GENERATORS else asynchronous


def _resumes(ending: Ending, *, awaiting: bool) -> bool:
    return ending is Ending.GENERATORS or (awaiting and ending in _GENERATORS)


def _close(*, awaiting: bool) -> str:
    return "await aclose(self, error)" if awaiting else "close(self, error)"


def _end(indent: str, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    """Yield the lines after which a scope is closed, and the one before it is current again."""
    lines = (
        "self._state = CLOSED",
        "self._resolvers = NO_ANSWERS",
        "mark = self._mark",
        "mark[0] = None",
        "if ((further := mark[1]) and further[0] is None) or ((further := mark[2]) and further[0] is None):",
        "    settle(mark)",
    )
    yield from (f"{indent}{line}" for line in lines)
    yield from _forgetting(indent, slots, extra=extra)


def _forgetting(indent: str, slots: Sequence[str], *, extra: bool) -> Iterator[str]:
    if slots:
        yield f"{indent}self.{' = self.'.join(slots)} = MISSING"
    yield f"{indent}self._extra.clear()" if extra else f"{indent}pass"
