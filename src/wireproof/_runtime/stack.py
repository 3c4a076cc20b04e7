"""What the frames of generated code say: on which path an error came, and which claims a stack holds.

Generated code keeps no records for this while it runs. Each of its lines is known to be about a plan, as part of
another one, and the interpreter knows the lines that are being executed.
"""

import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

from wireproof._emit.functions import Origin
from wireproof._emit.module import SELF, GeneratedModule
from wireproof._plan.plans import Claim, Plan
from wireproof.errors import ResolutionCycleError

PATH_NOTE = "resolution path: "
CO_COROUTINE = 0x80


def note_path(error: BaseException) -> None:
    """Say in an error what was being built, as one note, or as the path of a cycle.

    Whoever asks by hand, inside a factory, has noted its part already; the note is replaced by the longer one.
    """
    names = [plan.name for plan in path_of(error.__traceback__)]
    if isinstance(error, ResolutionCycleError):
        error.path = tuple(names)
    elif names:
        notes: list[str] = getattr(error, "__notes__", [])
        for number in [number for number, note in enumerate(notes) if note.startswith(PATH_NOTE)]:
            del notes[number]
        error.add_note(PATH_NOTE + " -> ".join(names))


def path_of(traceback: TracebackType | None) -> Iterator[Plan]:
    """Yield the plans that were being followed, outermost first.

    An exception object that is raised a second time carries its old traceback behind the new one. The old one does
    not continue the stack of the new one: its first frame was not called by the last of those.
    """
    caller: FrameType | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        if caller is not None and frame.f_back not in {caller, None}:
            return
        origin = _origin(frame, traceback.tb_lineno)
        if origin is not None:
            yield from origin.path
        caller, traceback = frame, traceback.tb_next


def held_here(coroutine: Any) -> Iterator[tuple[Any, Plan]]:
    """Yield the claims that the calling stack holds, each as a scope object and a plan.

    Args:
        coroutine: that of the running task, if there is one. What coroutines hold further out belongs to others, which
            go on when this one waits; what functions hold there does not, as they cannot.
    """
    outside = False
    frame: FrameType | None = sys._getframe()  # the stack is what this is about
    while frame is not None:
        if not (outside and frame.f_code.co_flags & CO_COROUTINE):
            origin = _origin(frame, frame.f_lineno)
            if origin is not None and origin.holds is not None and origin.holds.claim is not Claim.NOTHING:
                yield frame.f_locals["scope"], origin.holds
        outside = outside or (coroutine is not None and getattr(coroutine, "cr_frame", None) is frame)
        frame = frame.f_back


def _origin(frame: FrameType, line: int | None) -> Origin | None:
    module = frame.f_globals.get(SELF)
    if not isinstance(module, GeneratedModule) or line is None:
        return None
    return module.origin(frame.f_code.co_filename, line)
