"""How a container comes to where it is asked, as Python text: as it is, or by a type that says what it holds."""

from collections.abc import Callable, Iterable, Iterator

from tests.differential.application import Application, Question, Source, Via
from tests.differential.expressions import INDENT

Lines = Callable[[str], Iterable[str]]
"""Returns what is done with a container, of which the expression is given."""


def held(question: Question, scope: str, arguments: str, lines: Lines) -> Iterator[str]:
    """Yield the statements that do something with a scope.

    Args:
        question: what is asked, and by which way.
        scope: the scope.
        arguments: the arguments of the type of the scope; empty if nobody could write it.
        lines: what is done.
    """
    yield from HOLDING[question.via if arguments else Via.DIRECTLY](question, scope, arguments, lines)


def _directly(_: Question, scope: str, __: str, lines: Lines) -> Iterator[str]:
    yield from lines(scope)


def _parameter(question: Question, scope: str, arguments: str, lines: Lines) -> Iterator[str]:
    yield f"{'async ' * question.awaits}def ask(held: Container[{arguments}]) -> None:"
    yield from (f"{INDENT}{line}" for line in lines("held"))
    yield f"{'await ' * question.awaits}ask({scope})"


def _attribute(_: Question, scope: str, arguments: str, lines: Lines) -> Iterator[str]:
    yield "class Holder:"
    yield f"{INDENT}def __init__(self, held: Container[{arguments}]) -> None:"
    yield f"{INDENT * 2}self.held = held"
    yield f"holder = Holder({scope})"
    yield from lines("holder.held")


def _current(_: Question, __: str, arguments: str, lines: Lines) -> Iterator[str]:
    yield f"found = container.current({arguments.rpartition(', ')[2]})"
    yield from lines("found")


HOLDING: dict[Via, Callable[[Question, str, str, Lines], Iterator[str]]] = {
    Via.DIRECTLY: _directly,
    Via.PARAMETER: _parameter,
    Via.ATTRIBUTE: _attribute,
    Via.CURRENT: _current,
}


def type_arguments(application: Application, question: Question) -> str:
    """Return what the type of the scope that a question ends in says; empty if nobody would write it.

    Args:
        application: what the container is made of.
        question: which scopes are entered, and what they are given.
    """
    boxes = [_box(source) for source in application.sources]
    given = [*application.given, *(key for entry in question.entered for key in entry.given)]
    if "" in boxes or not boxes or application.added or len(question.entered) > 1 or "=" in "".join(given):
        return ""
    start = application.start or "Scope.APP"
    scope = question.entered[0].scope or "Scope.REQUEST" if question.entered else start
    return f"{' | '.join((*boxes, *(f'Has[Given[{key}]]' for key in given)))}, {scope}"


def _box(source: Source) -> str:
    providers = source.members if source.how == "either" else (source,)
    if any(one.how != "provider" for one in providers):
        return ""
    return f"Has[{' | '.join(one.target for one in providers)}]"
