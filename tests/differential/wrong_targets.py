"""Mistakes that a call refuses before there is a container, and an ``on_close`` that takes something else."""

from collections.abc import Callable
from dataclasses import replace

from tests.differential.application import Application, Asked, Class, Form, Function, How, Parameter, Source
from tests.differential.expressions import words
from tests.differential.growth import Growth
from tests.differential.mistakes import CALLING, changed, one, registrations, rewritten

BUILDS_NOTHING = (Form.ENUM, Form.NEW_TYPE, Form.TYPED_DICT, Form.ENTERED_TWICE)


def build_nothing(growth: Growth, application: Application) -> Application:
    """Provide what nothing can be built from: an Enum, a NewType, a TypedDict; or enter what can be entered twice."""
    wrong = Class(growth.name(), form=growth.one_of(BUILDS_NOTHING))
    options = ("enter=True",) if wrong.form is Form.ENTERED_TWICE else ()
    forms = [Source("provide", target=wrong.name, options=options), Source("to", wrong.name, wrong.name, "", options)]
    if not options:
        forms.append(Source("provide_all", target=wrong.name))
    source = growth.one_of(forms)
    marked = Source("replacing", members=(source,)) if growth.chance(10) else source
    changed = replace(application, classes=(*application.classes, wrong))
    addable = source.how != "to" and wrong.form in {Form.ENUM, Form.TYPED_DICT}
    if application.added and addable and growth.chance(50):
        return replace(changed, added=(*application.added, source))
    return replace(changed, sources=(*application.sources, marked))


def leave_unentered(growth: Growth, application: Application) -> Application:
    """Provide a function under ``@contextmanager``, without entering what it returns."""
    if application.added:  # a class of providers refuses it before the container is made, mypy says it afterwards
        return application  # and for ``bind(Key).to`` it has an error of its own
    managers = {function.name for function in application.functions if "MANAGER" in function.how.name}
    provided = [source for source in registrations(application) if source.how == "provide" and source.options]
    entered = [source for source in provided if words(source.target) & managers]
    if not entered:
        return application
    chosen = growth.one_of(entered)
    left = tuple(option for option in chosen.options if option != "enter=True")
    return rewritten(application, lambda source: replace(source, options=left) if source is chosen else source)


def enter_method(growth: Growth, application: Application) -> Application:
    """Put a method under ``@contextmanager``."""

    def change(source: Source) -> Source:
        method = source.method
        how = How.MANAGER if method is not None and method.how is How.GENERATOR else How.ASYNC_MANAGER
        return source if method is None or "ator[" not in method.returns else with_method(source, how)

    if application.added:  # as above
        return application
    return changed(growth, application, change, "method")


def with_method(source: Source, how: How) -> Source:
    """Return a method of another kind."""
    return source if source.method is None else replace(source, method=replace(source.method, how=how))


def quote(growth: Growth, application: Application) -> Application:
    """Ask for a key by its name."""
    asking = [question for question in application.questions if question.how is Asked.RESOLVE]
    fitting = [question for question in asking if '"' not in "".join(question.keys)]
    if not fitting:
        return application
    chosen = growth.one_of(fitting)
    quoted = replace(chosen, keys=tuple(f'"{key}"' for key in chosen.keys))
    return replace(application, questions=tuple(quoted if one is chosen else one for one in application.questions))


def close_otherwise(growth: Growth, application: Application) -> Application:
    """Have something else closed than what there is to close; for ``provide`` mypy itself would say so."""
    chosen = one(growth, application, *(how for how in CALLING if how != "provide"))
    if chosen is None or "enter=True" in chosen.options or "Callable" in chosen.key or "type[" in chosen.key:
        return application  # of a function or a class nobody knows at run time which class it is of
    other = Class(growth.name())
    function = Function(f"close_{other.name.lower()}", (Parameter("instance", other.name),), "None")
    options = (*(option for option in chosen.options if "on_close" not in option), f"on_close={function.name}")
    return replace(
        rewritten(application, lambda source: replace(source, options=options) if source is chosen else source),
        classes=(*application.classes, other),
        functions=(*application.functions, function),
    )


WRONG_TARGETS: tuple[Callable[[Growth, Application], Application], ...] = (
    build_nothing, build_nothing, leave_unentered, leave_unentered, enter_method, quote,
    close_otherwise, close_otherwise,
)  # fmt: skip
