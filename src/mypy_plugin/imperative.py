"""What is added to a container after it was made, as if it had been given to it when it was made.

The statements that follow have not been checked yet. What they add is looked at in advance: each variable on the way
has the type that it will be inferred to have for as long as that takes, and what mypy reports meanwhile is dropped,
because it will be reported when the statement is checked.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from mypy.checker import TypeChecker
from mypy.nodes import (
    CallExpr,
    Context,
    Decorator,
    Expression,
    GeneratorExpr,
    LambdaExpr,
    MemberExpr,
    NameExpr,
    RefExpr,
    Var,
)
from mypy.server.subexpr import get_subexpressions
from mypy.types import Instance, PartialType, Type, get_proper_type

from wireproof._model.problems import Code

from .adding import scope_body
from .arguments import Given, OneOf, Sources, given_by
from .codes import OF_PROBLEM, OPAQUE, WIRE
from .lookup import unknown, with_arguments
from .report import fail
from .statements import Either, Following, Steps, following
from .targets import CALLABLE, CLASS, FUNCTION, GENERATOR, Target, note, noted

LOST = "Other code may add to this container here, so that nothing can be called missing in it"
KEEP = "use the container first, or add all there is to add before, in the same scope"
LATE = "The container has been used, so nothing can be added to it"
INSTEAD = "use extend(...) or override(...)"


def added_to(api: TypeChecker, call: Context, container: Instance) -> Sources | None:
    """Return what is added to the container that is made by a call, and report what nobody can know about it.

    None if mypy has not inferred yet what is needed to say what that is.
    """
    story = following(scope_body(api), call) if isinstance(call, CallExpr) else None
    if not isinstance(call, CallExpr) or story is None:
        return ()
    if not (story.steps or story.late or any(isinstance(one, MemberExpr) for one in story.lost)):
        return ()
    with _Ahead(api, story).knowing(container) as ahead:
        if not all(ahead.learn(argument) for one in story.calls() for argument in one.args):
            return None
        added = list(_sources(ahead, story.steps))
    for late in story.late:
        fail(api, LATE, [INSTEAD], late, WIRE)
    for expression in story.lost:
        if not isinstance(expression, MemberExpr):  # for the others the statement itself says so
            fail(api, LOST, [KEEP], expression, OPAQUE)
    return [*added, *([Given(unknown(), call)] if story.lost else [])]


def _sources(ahead: "_Ahead", steps: Steps) -> Iterator[Given | OneOf]:
    for step in steps:
        if isinstance(step, Either):
            yield OneOf([list(_sources(ahead, branch)) for branch in step.branches])
        else:
            yield from _given(ahead, step)


def _given(ahead: "_Ahead", call: CallExpr) -> Iterator[Given]:
    method = call.callee.name if isinstance(call.callee, MemberExpr) else ""
    if method == "add":
        arguments = zip(call.args, call.arg_kinds, strict=True)
        types = ((ahead.type_of(argument), kind, argument) for argument, kind in arguments)
        yield from given_by(ahead.api, types)
        return
    typ = ahead.type_of(call)
    yield Given(_checked(ahead.api, call, method, typ), call)


def _checked(api: TypeChecker, call: CallExpr, method: str, typ: Type) -> Type:
    """Report what is added by the method for something else; what is known of it then counts as little as it can."""
    proper = get_proper_type(typ)
    target = noted(proper.args[-1]) if isinstance(proper, Instance) and proper.args else None
    finding = None if target is None else _wrong(method, target)
    if target is None or finding is None or not isinstance(proper, Instance):
        return typ
    headline, code = finding
    fail(api, headline, [], call, OF_PROBLEM[code])
    return with_arguments(proper, [*proper.args[:-1], note(api, target._replace(how=CALLABLE))])


def _wrong(method: str, target: Target) -> tuple[str, Code] | None:
    """Return what the container says when it is given this target by this method."""
    called = f"{method}({target.name.partition(':')[2]})"
    prefix = "an async" if target.asynchronous else "a"
    if method == "add_concrete" and target.how in {FUNCTION, GENERATOR}:
        return f"{called}: must be a class; for a function use add_factory", Code.TARGET
    if method in {"add_factory", "add_generator"} and target.how == CLASS:
        return f"{called}: that is a class; use add_concrete", Code.TARGET
    if method == "add_factory" and target.how == GENERATOR:
        return f"{called}: that is {prefix} generator function; use add_generator", Code.YIELD
    if method == "add_generator" and target.how == FUNCTION:
        return f"{called}: that is a plain function; use add_factory", Code.YIELD
    return None


class _Ahead:
    """The types of expressions in statements that follow.

    Args:
        api: the checker.
        story: the statements.
    """

    def __init__(self, api: TypeChecker, story: Following) -> None:
        """Know nothing yet."""
        self.api = api
        self._story = story
        self._learned: list[Var] = []

    @contextmanager
    def knowing(self, container: Instance) -> Generator["_Ahead"]:
        """Let the container have a type, and forget all that was learned in the end."""
        variable = self._story.variable
        before = variable.type
        if before is None:
            variable.type = with_arguments(container, [unknown(), container.args[1]])
        try:
            yield self
        finally:
            variable.type = before
            for learned in self._learned:
                learned.type = None

    def learn(self, expression: Expression) -> bool:
        """Find the types of the variables in an expression; return whether all are known."""
        found = get_subexpressions(expression)
        own = {argument.variable for one in found if isinstance(one, LambdaExpr) for argument in one.arguments}
        own |= {
            index.node
            for one in found
            if isinstance(one, GeneratorExpr)
            for indices in one.indices
            for index in get_subexpressions(indices)
            if isinstance(index, NameExpr) and isinstance(index.node, Var)
        }
        return all(self._knows(one.node) for one in found if isinstance(one, RefExpr) and one.node not in own)

    def type_of(self, expression: Expression) -> Type:
        """Return the type of an expression whose variables are known."""
        with self.api.msg.filter_errors():
            return self.api.get_expression_type(expression)

    def _knows(self, node: object) -> bool:
        if isinstance(node, Decorator):
            return node.var.type is not None
        if not isinstance(node, Var) or (node.type is not None and not isinstance(node.type, PartialType)):
            return True
        value = self._story.assigned.pop(node, None)
        if node.type is not None or value is None or not self.learn(value):
            return False
        node.type = self.type_of(value)
        self._learned.append(node)
        return True
