"""The types of expressions in statements that have not been checked yet.

Each variable on the way has the type that it will be inferred to have for as long as that takes, and what mypy reports
meanwhile is dropped, because it will be reported when the statement is checked.
"""

from collections.abc import Generator
from contextlib import contextmanager

from mypy.checker import TypeChecker
from mypy.nodes import Decorator, Expression, GeneratorExpr, LambdaExpr, NameExpr, RefExpr, Var
from mypy.server.subexpr import get_subexpressions
from mypy.types import Instance, PartialType, Type

from .lookup import unknown, with_arguments
from .statements import Following


class Ahead:
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
    def knowing(self, container: Instance) -> Generator["Ahead"]:
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
