"""The statements of a scope, with those in its blocks."""

from collections.abc import Iterator

from mypy.nodes import Block, ForStmt, IfStmt, MatchStmt, Statement, TryStmt, WhileStmt, WithStmt


def all_statements(body: list[Statement]) -> Iterator[Statement]:
    """Yield the statements of a scope, those in blocks as well."""
    for statement in body:
        yield statement
        for block in blocks(statement):
            yield from all_statements(block.body)


def blocks(statement: Statement) -> list[Block]:
    """Return the blocks of a statement that belong to the same scope."""
    if isinstance(statement, IfStmt):
        found = [*statement.body, statement.else_body]
    elif isinstance(statement, ForStmt | WhileStmt):
        found = [statement.body, statement.else_body]
    elif isinstance(statement, TryStmt):
        found = [statement.body, *statement.handlers, statement.else_body, statement.finally_body]
    elif isinstance(statement, MatchStmt):
        found = list(statement.bodies)
    else:
        found = [statement.body] if isinstance(statement, WithStmt) else []
    return [block for block in found if block is not None and not block.is_unreachable]
