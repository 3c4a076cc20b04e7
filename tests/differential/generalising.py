"""Generic providers: a class in the methods of a provider becomes what its type variable stands for."""

import re
from dataclasses import replace

from tests.differential.application import Application, Attribute, Function, Registrations, Source
from tests.differential.expressions import words
from tests.differential.growth import Growth
from tests.differential.mistakes import rewritten


def generalised(growth: Growth, application: Application) -> Application:
    """Return an application in which a provider is generic, if there is one that can be; it registers the same."""
    classes = {one.name for one in application.classes if "Generic[T]" not in one.bases}
    found = [(one, name) for one in application.providers for name in sorted(_mentioned(one) & classes)]
    if not found:
        return application
    provider, about = growth.one_of(found)
    generic = replace(provider, attributes=tuple(_about(one, about) for one in provider.attributes), about=about)
    name = f"{provider.name}[{about}]"
    named = rewritten(application, lambda source: _renamed(source, provider.name, name))
    providers = [
        generic if one.name == provider.name else replace(one, base=name) if one.base == provider.name else one
        for one in named.providers
    ]
    return replace(named, providers=tuple(providers))


def _mentioned(provider: Registrations) -> set[str]:
    """Return the names in the annotations of a provider's methods, unless they are of classes themselves."""
    methods = [one.source.method for one in provider.attributes if one.source.method is not None]
    annotations = [text for one in methods for text in (one.returns, *(each.annotation for each in one.parameters))]
    return words(" ".join(text for text in annotations if "type[" not in text))


def _about(attribute: Attribute, about: str) -> Attribute:
    method = attribute.source.method
    if method is None:
        return attribute
    parameters = tuple(replace(one, annotation=_open(one.annotation, about)) for one in method.parameters)
    changed = Function(method.name, parameters, _open(method.returns, about), method.how)
    return replace(attribute, source=replace(attribute.source, method=changed))


def _open(annotation: str, about: str) -> str:
    return re.sub(rf"\b{about}\b", "T", annotation)


def _renamed(source: Source, old: str, new: str) -> Source:
    members = tuple(_renamed(one, old, new) for one in source.members)
    target = new if source.how == "provider" and source.target == old else source.target
    return replace(source, target=target, members=members)
