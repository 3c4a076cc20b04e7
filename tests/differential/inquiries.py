"""What is asked of a container, as Python text: a function for each question."""

from collections.abc import Callable, Iterator

from tests.differential.application import Application, Asked, Entry, Question
from tests.differential.expressions import INDENT, expression
from tests.differential.holding import held, type_arguments
from tests.differential.verdict import QUESTION, SEALING, TRUSTING


def question_text(application: Application, number: int, question: Question) -> str:
    """Return the function that asks a question."""
    arguments = type_arguments(application, question)
    how = Asked.INJECT if question.how is Asked.INJECTOR and not arguments else question.how
    prefix = SEALING if how in {Asked.EXTEND, Asked.OVERRIDE} else QUESTION
    if how is Asked.INJECTOR and "Given[" not in arguments:
        prefix = TRUSTING
    lines = [f"{'async ' if question.awaits else ''}def {prefix}{number}() -> None:"]
    scope, margin = "container", INDENT
    for line in _overriding(question, scope) if question.inside else ():
        lines.append(f"{margin}{line}")
        margin += INDENT
    for depth, entered in enumerate(question.entered):
        enter = "async with" if question.awaits else "with"
        lines.append(f"{margin}{enter} {scope}.enter_scope({_entry(entered)}) as scope_{depth}:")
        scope, margin = f"scope_{depth}", margin + INDENT
    if how is Asked.INJECTOR:
        asked = _injector(question, scope, arguments)
    else:
        asked = held(question, scope, arguments, lambda found: ASKING[how](question, found))
    return "\n".join((*lines, *(f"{margin}{line}" for line in asked)))


def given_text(keys: tuple[str, ...]) -> list[str]:
    """Return the argument with values for some keys, if there are any."""
    pairs = [key.partition("=") for key in keys]
    shown = ", ".join(f"{key}: stand_in({other or key})" for key, _, other in pairs)
    return [f"context={{{shown}}}"] if keys else []


def _entry(entry: Entry) -> str:
    return ", ".join([*([entry.scope] if entry.scope else []), *given_text(entry.given)])


def _resolve(question: Question, scope: str) -> Iterator[str]:
    ask = "await {}.aresolve({})" if question.awaits else "{}.resolve({})"
    yield from (ask.format(scope, key) for key in question.keys)
    if not question.keys:
        yield "pass"


def _call(question: Question, scope: str) -> Iterator[str]:
    yield _work(question)
    yield f"await {scope}.acall(work)" if question.awaits else f"{scope}.call(work)"


def _inject(question: Question, scope: str) -> Iterator[str]:
    yield f"@{scope}.inject{f'(scope={question.fresh})' if question.fresh else ''}"
    yield _work(question)
    yield "await work()" if question.awaits else "work()"


def _injector(question: Question, scope: str, arguments: str) -> Iterator[str]:
    yield f"inject = Injector[{arguments}]()"
    yield "@inject"
    yield _work(question)
    if question.attached or not question.entered:  # a container is not active by itself for those who do not know it
        yield f"inject.attach({scope})"
    yield "await work()" if question.awaits else "work()"


def _work(question: Question) -> str:
    definition = "async def" if question.awaits else "def"
    needs = ", ".join(f"need_{number}: Injected[{key}]" for number, key in enumerate(question.keys))
    return f"{definition} work({needs}) -> None: ..."


def _extend(question: Question, scope: str) -> Iterator[str]:
    yield f"wider = {scope}.extend({', '.join(map(expression, question.sources))})"
    if question.again:
        yield f"wider_still = wider.extend({', '.join(map(expression, question.again))})"
    yield from _resolve(question, "wider_still" if question.again else "wider")


def _override(question: Question, scope: str) -> Iterator[str]:
    margin = ""
    for line in () if question.inside else _overriding(question, scope):
        yield f"{margin}{line}"
        margin += INDENT
    yield from (f"{margin}{line}" for line in _resolve(question, scope))


def _overriding(question: Question, scope: str) -> Iterator[str]:
    """Yield the first line of each ``with`` statement: each stands within the one before."""
    for sources in filter(None, (question.sources, question.again)):
        yield f"{'async ' * question.awaits}with {scope}.override({', '.join(map(expression, sources))}):"


ASKING: dict[Asked, Callable[[Question, str], Iterator[str]]] = {
    Asked.RESOLVE: _resolve,
    Asked.CALL: _call,
    Asked.INJECT: _inject,
    Asked.EXTEND: _extend,
    Asked.OVERRIDE: _override,
}
