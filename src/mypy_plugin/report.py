"""From problems to mypy's errors and notes."""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.errorcodes import ErrorCode
from mypy.nodes import Context

from wireproof._model.problems import Problem

from .codes import OF_PROBLEM
from .keys import TypeKey, TypeKeys


def report(api: TypeChecker, problem: Problem[TypeKey], keys: TypeKeys, context: Context) -> None:
    """Report a problem at the expression that is to be changed."""
    from wireproof._model.render import report as in_words  # noqa: PLC0415  # in most runs there is no problem

    words = in_words(problem, keys)
    fail(api, words.headline, words.notes, context, OF_PROBLEM[problem.code])


def fail(api: TypeChecker, headline: str, notes: Iterable[str], context: Context, code: ErrorCode) -> None:
    """Report an error with notes that belong to it: where errors are ignored or written as JSON, they go together."""
    error = api.fail(headline, context, code=code)
    for note in notes:
        api.msg.note(note, context, code=code, parent_error=error)
