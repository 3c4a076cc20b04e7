"""Claims: who may build an instance, so that it is built at most once while threads and tasks race for it.

Nothing here is on the way of an instance that is kept already, nor of building one that nobody else asks for. For
each instance there is one claim in its scope, a slot or a global that is *deleted* by whoever wants to build. Python
does that once and refuses the second time, so exactly one of those who race gets to build. It deletes in one
instruction, which is atomic under the global interpreter lock. When the instance is kept the claim stays deleted:
nobody will need it again. If building fails the claim is put back.

Without a global interpreter lock, looking at a slot and emptying it are two steps. There, and for instances that nobody
knew of when the class of the scope was made, a claim is an entry in a dictionary, put there with ``setdefault`` and
taken out again if building fails. Globals are entries of a dictionary anyway. Dictionaries have locks of their own.

Whoever finds the claim gone waits until it is back, or the instance is there, and then asks again. That no wake-up is
lost is argued by the order of the operations:

    waiter:  W1  enter itself into `waiting`                 builder:  B1  keep the instance, or put the claim back
             W2  look whether it is still being built                  B2  look whether anybody is `waiting`
             W3  sleep, if it is                                       B3  wake those whose instance is not being built

If W2 finds that it is still being built then W2 came before B1, so W1 came before B2, and B3 wakes the waiter. If not,
the waiter does not go to sleep. W1 and B3 hold a lock, so that B3 sees an entry whole.

Without a global interpreter lock this argument needs that neither thread sees its own two steps in another order than
the other one does. W1 and W2 have the release of a lock between them. B1 stores into a slot or a dictionary, which
takes and releases the lock of that object, an atomic exchange, before B2 loads.

A waiter that is woken competes again: the builder may have failed or been cancelled, and then the next one builds.

Waiting in a circle: nobody records what he has claimed, as that would cost everybody. Whoever is about to wait looks at
the stack he is on: its frames of generated code tell by their lines what is being built there. With that he enters
himself. If the claim that he wants is held by his own stack, or by somebody who waits for a claim of whom ... and so on
back to himself, then the factories involved really need each other, by asking their container by hand, and a
`ResolutionCycleError` is raised instead. Arguments are got before a claim is taken, so that nothing else holds one
claim and waits for another.
"""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

from wireproof._plan.plans import Plan
from wireproof._runtime import tasks
from wireproof._runtime.stack import held_here
from wireproof.errors import ResolutionCycleError

FREE = None
"""What stands where a claim can be taken."""

Wanted = tuple[Any, Plan]
"""What is being built: the scope object and the plan."""


class Waiter(NamedTuple):
    """Somebody who waits."""

    wanted: Wanted
    holds: list[Wanted]
    """What he is building himself, and cannot finish before."""

    is_built: Callable[[], bool]
    """Whether what he wants is still being built by somebody."""

    wake: Callable[[], object]


waiting: list[Waiter] = []
"""All who wait, in all containers. Generated code looks here after each building, so it is never replaced."""

_lock = Lock()


def take_entry(entries: dict[str, Any], name: str) -> None:
    """Claim by an entry in a dictionary: ``setdefault`` puts one there exactly once, with or without a lock.

    Raises:
        KeyError: if somebody else has.
    """
    mine: list[None] = []
    if entries.setdefault(name, mine) is not mine:
        raise KeyError(name)


def wait(wanted: Wanted, is_built: Callable[[], bool]) -> None:
    """Wait until something is no longer being built, blocking the thread.

    Raises:
        ResolutionCycleError: if that would be forever.
    """
    gate = Lock()
    gate.acquire()
    with _waits_for(wanted, is_built, gate.release):
        if is_built():
            gate.acquire()


async def await_(wanted: Wanted, is_built: Callable[[], bool]) -> None:
    """Do the same without blocking the event loop.

    Raises:
        ResolutionCycleError: as `wait`.
        BaseException: whatever cancels the task while it waits; it then waits no more.
    """
    turn = tasks.turn()
    with _waits_for(wanted, is_built, turn.wake, turn.coroutine):
        if is_built():
            await turn.waited()


def wake() -> None:
    """Wake all whose instance is not being built any more."""
    with _lock:
        ready = [waiter for waiter in waiting if not waiter.is_built()]
        for waiter in ready:
            waiting.remove(waiter)
    for waiter in ready:
        waiter.wake()


@contextmanager
def _waits_for(
    wanted: Wanted, is_built: Callable[[], bool], wake: Callable[[], object], coroutine: object = None
) -> Generator[None]:
    """Be entered among those who wait, unless that would close a circle."""
    waiter = Waiter(wanted, list(held_here(coroutine)), is_built, wake)
    with _lock:
        if _leads_to(wanted, waiter.holds):
            raise ResolutionCycleError
        waiting.append(waiter)
    try:
        yield
    finally:
        with _lock:
            if any(one is waiter for one in waiting):
                waiting.remove(waiter)


def _leads_to(wanted: Wanted, mine: Iterable[Wanted]) -> bool:
    """Whether a claim is held by the caller, or by somebody who waits, in the end, for one that is.

    This ends, since those who wait already wait in no circle.
    """
    while not _contains(mine, wanted):
        holder = next((waiter for waiter in waiting if _contains(waiter.holds, wanted)), None)
        if holder is None:
            return False
        wanted = holder.wanted
    return True


def _contains(claims: Iterable[Wanted], wanted: Wanted) -> bool:
    return any(scope is wanted[0] and plan is wanted[1] for scope, plan in claims)
