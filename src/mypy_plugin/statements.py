"""The statements that add to a container after it was made. Which they are, is seen before anything is inferred."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from mypy.nodes import (
    AssignmentStmt,
    Block,
    CallExpr,
    ClassDef,
    Decorator,
    Expression,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    IfStmt,
    MatchStmt,
    MemberExpr,
    NameExpr,
    Node,
    OverloadedFuncDef,
    RaiseStmt,
    RefExpr,
    ReturnStmt,
    Statement,
    TryStmt,
    TypeInfo,
    Var,
    WhileStmt,
    WithStmt,
)
from mypy.server.subexpr import get_subexpressions

from .blocks import all_statements, blocks
from .names import CONTAINER
from .unchanged import unchanged

ADDING = frozenset({"add", "add_concrete", "add_factory", "add_generator", "add_context_manager", "add_instance"})
USING = frozenset(
    {"resolve", "aresolve", "enter_scope", "extend", "override", "call", "acall", "close", "aclose", "stats"}
)
"""Methods after which nothing can be added any more."""

DEFINITIONS = (FuncDef, Decorator, OverloadedFuncDef, ClassDef)


class Either(NamedTuple):
    """Several ways that the program may take, with what each of them adds."""

    branches: list[list["CallExpr | Either"]]


Steps = list[CallExpr | Either]
"""What is added, in order."""


@dataclass
class Following:
    """What follows the making of a container."""

    variable: Var
    steps: Steps = field(default_factory=list[CallExpr | Either])
    assigned: dict[Var, Expression] = field(default_factory=dict[Var, Expression])
    """What other variables are set to on the way."""

    late: list[CallExpr] = field(default_factory=list[CallExpr])
    """What is added after the container has been used."""

    lost: list[Expression] = field(default_factory=list[Expression])
    """Where other code gets hold of the container, and may add to it."""

    used: bool = False

    def calls(self) -> Iterator[CallExpr]:
        """Yield all calls that add, whichever way is taken."""
        yield from calls_in(self.steps)
        yield from self.late


def calls_in(steps: Steps) -> Iterator[CallExpr]:
    """Yield the calls among some steps, in order."""
    for step in steps:
        if isinstance(step, CallExpr):
            yield step
        else:
            for branch in step.branches:
                yield from calls_in(branch)


def following(body: list[Statement], call: Expression) -> Following | None:
    """Return what follows the statement that makes a container by ``call`` and gives it a name; None if none does."""
    found = _find(body, call)
    if found is None:
        return None
    result = Following(found.variable)
    for definition in body:
        if isinstance(definition, DEFINITIONS):
            _elsewhere(definition, result)
    result.steps = _steps(found.block, result)
    result.used = result.used or bool(found.block)
    result.steps += _steps(found.rest, result)
    return result


class _Found(NamedTuple):
    """Where a container is made."""

    variable: Var
    block: list[Statement]
    """What is run before it is closed, if it is made by a ``with`` statement."""

    rest: list[Statement]


def _find(body: list[Statement], call: Expression) -> _Found | None:
    """Return the variable that is set to ``call``, and the statements that are run after that."""
    for number, statement in enumerate(body):
        rest = body[number + 1 :]
        variable = _made_by(statement, call)
        if variable is not None:
            inside = statement.body.body if isinstance(statement, WithStmt) else list[Statement]()
            return _Found(variable, inside, rest)
        for block in blocks(statement):
            found = _find(block.body, call)
            if found is not None:
                return found._replace(rest=[*found.rest, *rest])
    return None


def _made_by(statement: Statement, call: Expression) -> Var | None:
    if isinstance(statement, AssignmentStmt) and statement.rvalue is call and len(statement.lvalues) == 1:
        return _variable(statement.lvalues[0])
    if isinstance(statement, WithStmt) and call in statement.expr:
        target = statement.target[statement.expr.index(call)]
        return None if target is None else _variable(target)
    return None


def _variable(target: Expression) -> Var | None:
    return target.node if isinstance(target, NameExpr) and isinstance(target.node, Var) else None


def _steps(statements: list[Statement], result: Following) -> Steps:
    steps: Steps = []
    for number, statement in enumerate(statements):
        if not _mentions(statement, result.variable):
            _remember(statement, result)
        elif isinstance(statement, IfStmt | MatchStmt) and any(map(_leaves, blocks(statement))):
            steps += _with_rest(statement, statements[number + 1 :], result)
            break
        else:
            steps += _of(statement, result)
        if isinstance(statement, ReturnStmt | RaiseStmt):
            break
    return steps


def _of(statement: Statement, result: Following) -> Steps:
    """Return what one statement adds."""
    call = _adding(statement, result.variable)
    if call is not None:
        _look(call.args, result)
        if result.used:
            result.late.append(call)
        return [] if result.used else [call]
    if isinstance(statement, DEFINITIONS):
        return []
    if isinstance(statement, WithStmt):
        return _within(statement, result)
    if isinstance(statement, IfStmt | MatchStmt | ForStmt | WhileStmt | TryStmt):
        return _ways(statement, result)
    _look([statement], result)
    return []


def _ways(statement: IfStmt | MatchStmt | ForStmt | WhileStmt | TryStmt, result: Following) -> Steps:
    """Return what a statement adds that may take one of several ways."""
    if isinstance(statement, TryStmt):
        parts = [statement.body.body, [] if statement.else_body is None else statement.else_body.body]
        ways = [[one for part in parts for one in part], *(handler.body for handler in statement.handlers)]
        last = [] if statement.finally_body is None else statement.finally_body.body
        late = len(result.late)
        steps = _either(ways, result)
        if statement.handlers:
            del result.late[late:]
        return steps + _steps(last, result)
    _look(_heads(statement), result)
    ways = [block.body for block in blocks(statement)]
    if _may_skip(statement):
        ways.append([])
    return _either(ways, result)


def _within(statement: WithStmt, result: Following) -> Steps:
    """Return what is added in a ``with`` block. Containers and what they return swallow no exception."""
    _look([one for one in statement.expr if _named(one) is not result.variable], result)
    own = [_is_of(one, result.variable) for one in statement.expr]
    steps = (_steps if all(own) else _tried)(statement.body.body, result)
    result.used = result.used or any(own)  # it is closed, or was used before
    return steps


def _is_of(expression: Expression, variable: Var) -> bool:
    """Whether it is the container, or what one of its methods returns that use it."""
    callee = expression.callee if isinstance(expression, CallExpr) else None
    if isinstance(callee, MemberExpr):
        return callee.name in USING and _named(callee.expr) is variable
    return _named(expression) is variable


def _tried(body: list[Statement], result: Following) -> Steps:
    """Return what is added in a block that may be there to see an exception, and swallow it."""
    used, late = result.used, len(result.late)
    steps = _steps(body, result)
    result.used = used
    del result.late[late:]
    return steps


def _with_rest(statement: IfStmt | MatchStmt, rest: list[Statement], result: Following) -> Steps:
    """Return what is added if one of the ways ends here: what follows belongs to the others."""
    _look(_heads(statement), result)
    ways = [block.body for block in blocks(statement)] + ([[]] if _may_skip(statement) else [])
    return _either([way if _ends(way) else [*way, *rest] for way in ways], result)


def _either(ways: list[list[Statement]], result: Following) -> Steps:
    """Return what is added in one of several ways; one that ends in an exception adds nothing to anything."""
    before, used = result.used, list[bool]()
    branches: list[Steps] = []
    for way in ways:
        if not _raises(way):
            result.used = before
            branches.append(_steps(way, result))
            used.append(result.used)
    result.used = before or (bool(used) and all(used))
    if len(branches) == 1:
        return branches[0]
    return [Either(branches)] if any(branches) else []


def _may_skip(statement: Statement) -> bool:
    """Whether none of the blocks need be run."""
    if isinstance(statement, IfStmt):
        return statement.else_body is None and not any(block.is_unreachable for block in statement.body)
    return True


def _heads(statement: Statement) -> list[Node]:
    if isinstance(statement, IfStmt):
        return list(statement.expr)
    if isinstance(statement, MatchStmt):
        return [statement.subject]
    return [statement.expr] if isinstance(statement, ForStmt | WhileStmt) else []


def _leaves(block: Block) -> bool:
    return _ends(block.body)


def _ends(body: list[Statement]) -> bool:
    return bool(body) and isinstance(body[-1], ReturnStmt | RaiseStmt)


def _raises(body: list[Statement]) -> bool:
    return bool(body) and isinstance(body[-1], RaiseStmt)


def _adding(statement: Statement, variable: Var) -> CallExpr | None:
    """Return the call if it is all that a statement does, but for keeping what it returns."""
    simple = isinstance(statement, AssignmentStmt) and all(_variable(one) is not None for one in statement.lvalues)
    expression = statement.expr if isinstance(statement, ExpressionStmt) else None
    if simple and isinstance(statement, AssignmentStmt):
        expression = statement.rvalue
    if not isinstance(expression, CallExpr) or not isinstance(expression.callee, MemberExpr):
        return None
    callee = expression.callee
    return expression if callee.name in ADDING and _named(callee.expr) is variable else None


def _named(expression: Expression) -> object:
    return expression.node if isinstance(expression, NameExpr) else None


def _mentions(node: Node, variable: Var) -> bool:
    return any(_named(one) is variable for one in get_subexpressions(node))


def _remember(statement: Statement, result: Following) -> None:
    if isinstance(statement, AssignmentStmt) and len(statement.lvalues) == 1:
        variable = _variable(statement.lvalues[0])
        if variable is not None:
            result.assigned[variable] = statement.rvalue


def _look(nodes: Iterable[Node], result: Following) -> None:
    """Look at how a container is used where nothing is added to it."""
    if result.used:
        return
    for node in nodes:
        found = get_subexpressions(node)
        names = [one for one in found if _named(one) is result.variable]
        harmless = list(unchanged(node, found))
        result.lost += [one for one in names if not any(one is other for other in harmless)]
        result.lost += [one for one in found if isinstance(one, MemberExpr) and _adds(one, result)]
        used = [one for one in found if isinstance(one, MemberExpr) and _named(one.expr) is result.variable]
        result.used = result.used or any(one.name in USING for one in used)


def _adds(member: MemberExpr, result: Following) -> bool:
    return member.name in ADDING and _named(member.expr) is result.variable


def _elsewhere(definition: Node, result: Following) -> None:
    """Look at a function that may be called at any time: it may use the container, but not add to it."""
    found = get_subexpressions(definition)
    result.lost += [one for one in found if isinstance(one, MemberExpr) and _adds(one, result)]


def adds(body: list[Statement], variable: Var, call: CallExpr) -> bool:
    """Whether a call is a statement that adds to a container that is made before it, in the same scope."""
    made = False
    for statement in all_statements(body):
        made = made or _makes(statement, variable)
        if _adding(statement, variable) is call:
            return made
    return False


def _makes(statement: Statement, variable: Var) -> bool:
    """Whether a statement sets the variable to a new container."""
    made = [statement.rvalue] if isinstance(statement, AssignmentStmt) else []
    made = statement.expr if isinstance(statement, WithStmt) else made
    classes = [one.callee.node for one in made if isinstance(one, CallExpr) and isinstance(one.callee, RefExpr)]
    is_container = any(isinstance(one, TypeInfo) and one.has_base(CONTAINER) for one in classes)
    return is_container and any(_made_by(statement, one) is variable for one in made)
