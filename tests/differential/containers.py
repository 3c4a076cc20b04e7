"""Where a container is made, as Python text."""

from collections.abc import Iterator

from tests.differential.application import Application, How, Source
from tests.differential.expressions import INDENT, argument, expression, words
from tests.differential.inquiries import given_text

ADDING = {
    How.PLAIN: "add_factory",
    How.COROUTINE: "add_factory",
    How.GENERATOR: "add_generator",
    How.ASYNC_GENERATOR: "add_generator",
    How.MANAGER: "add_context_manager",
    How.ASYNC_MANAGER: "add_context_manager",
}


def container_text(application: Application) -> str:
    """Return the statements that make the container; what is added shows its mistakes when it is used."""
    arguments = [argument(source) for source in application.sources]
    if not arguments and not application.added:  # mypy knows nothing of what has not been filled yet
        arguments.append("Nothing()")
    if application.start:
        arguments.append(f"start_scope={application.start}")
    arguments += given_text(application.given)
    made = "container = Container(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"
    hows = {function.name: function.how for function in application.functions}
    added = [line for source in application.added for line in _statements(source, hows)]
    return "\n".join((made, *added, *(["container.resolve(Container)"] if added else [])))


def _statements(source: Source, hows: dict[str, How]) -> Iterator[str]:
    """Yield what adds a source: of one that is not always there under a condition."""
    if source.how not in {"either", "perhaps"}:
        yield _added(source, hows)
        return
    members = source.members or (Source("provider", target="Nothing"),)
    for keyword, member in zip((f"if chosen({source.target})", "else"), members, strict=False):
        yield f"{keyword}:"
        yield from (f"{INDENT}{line}" for line in _statements(member, hows))


def _adding(target: str, hows: dict[str, How]) -> str:
    """Return the method that adds a target, which may be a partial."""
    function = next((name for name in hows if name in words(target)), None)
    if function is not None:
        return ADDING[hows[function]]
    return "add_factory" if "." in target or "(" in target else "add_concrete"


def _added(source: Source, hows: dict[str, How]) -> str:
    if source.how not in {"provide", "to", "instance"}:
        return f"container.add({expression(source)})"
    name = "add_instance" if source.how == "instance" else _adding(source.target, hows)
    scope = [f"scope={source.scope}"] if source.scope else []
    key = [f"provides={source.key}"] if source.key else []
    options = [option for option in source.options if option != "enter=True"]
    return f"container.{name}({', '.join([source.target, *key, *scope, *options])})"
