"""Claims: who may build an instance, so that it is built at most once while threads and tasks race for it.

Nothing here is on the way of an instance that is kept already. Whoever misses puts a claim of its own into the
scope's dictionary of claims, under the name of the plan, with ``dict.setdefault``. That is atomic, also without a
global interpreter lock, so exactly one of those who race finds its own claim in there: it builds, keeps the instance,
and takes the claim out again. An uncontended claim costs a list and two dictionary operations; no lock is created.

A claim is a list: the owner, then a function for each waiter that wakes it. That no wake-up is lost is argued by the
order of the operations on the two containers, each of which is atomic:

    waiter:  W1  append its waker to the holder's claim      holder:  H1  pop the claim from the dictionary
             W2  look again who holds the claim                       H2  call every waker in it
             W3  sleep, if it is still the same holder

If W2 still finds the holder then W2 came before H1, so W1 came before H2, and H2 wakes the waiter. If W2 finds
something else then the waiter does not go to sleep. W2 uses ``setdefault`` like the first look, so that it takes
the dictionary's own lock on a free-threaded build and is ordered with H1 there, too.

A waiter that is woken competes again: the builder may have failed or been cancelled, and then the next one builds.

Waiting in a circle: whoever is about to sleep follows the owners (this claim's owner waits for a claim of whom?). If
that leads back to itself, the factories involved really need each other, by asking their container by hand, and a
`ResolutionCycleError` is raised instead. An owner is a thread for what is built without ``await`` (such a claim is
never held across one), and a task for what awaits; a task that waits is entered as itself, since its thread goes on.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any

from wireproof.errors import ResolutionCycleError

Owner = object
Claim = list[Any]
Claims = dict[str, Claim]

_waiting: dict[Owner, Claim] = {}
_waiting_lock = Lock()


def take(claims: Claims, name: str, owner: Owner) -> None:
    """Return as soon as the claim is the caller's, blocking the thread while it is somebody else's.

    Raises:
        ResolutionCycleError: if it can never be the caller's, which holds it already or is waited for.
    """
    claim: Claim = [owner]
    while (holder := claims.setdefault(name, claim)) is not claim:
        with _waits_for(owner, holder):
            gate = Lock()
            gate.acquire()
            holder.append(gate.release)
            if claims.setdefault(name, claim) is holder:
                gate.acquire()


async def atake(claims: Claims, name: str, owner: Owner) -> None:
    """Do the same without blocking the event loop.

    Args:
        claims: the claims of a scope.
        name: what is to be built.
        owner: who will hold the claim: the thread for what is then built without awaiting, else the task.

    Raises:
        ResolutionCycleError: as `take`.
        CancelledError: if the task is cancelled while it waits; it then holds nothing.
    """
    claim: Claim = [owner]
    while (holder := claims.setdefault(name, claim)) is not claim:
        if holder[0] == owner:
            raise ResolutionCycleError
        with _waits_for(asyncio.current_task(), holder):
            loop = asyncio.get_running_loop()
            turn = loop.create_future()
            holder.append(partial(_wake, loop, turn))
            if claims.setdefault(name, claim) is holder:
                await turn


def release(claims: Claims, name: str) -> None:
    """Give up a claim, and wake all who wait for it."""
    _, *wakers = claims.pop(name)
    for wake in wakers:
        wake()


def _wake(loop: asyncio.AbstractEventLoop, turn: "asyncio.Future[None]") -> None:
    """Wake a task from whatever thread; if its loop has been closed, there is nobody left to wake."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(_set, turn)


def _set(turn: "asyncio.Future[None]") -> None:
    if not turn.done():  # the waiter may have been cancelled
        turn.set_result(None)


@contextmanager
def _waits_for(waiter: Owner, holder: Claim) -> Generator[None]:
    """Record who waits for what while it does, unless that would close a circle."""
    with _waiting_lock:
        owner = holder[0]
        while owner != waiter:
            awaited = _waiting.get(owner)
            if awaited is None:
                break
            owner = awaited[0]
        else:
            raise ResolutionCycleError
        _waiting[waiter] = holder
    try:
        yield
    finally:
        with _waiting_lock:
            del _waiting[waiter]
