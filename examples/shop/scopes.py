"""How long things live: beside the application there is the unit of work, and the one that came over HTTP."""

from wireproof import Scope


class Work(Scope.APP):
    """One unit of work: it has one session, and with it one transaction."""


class HttpRequest(Work):
    """A unit of work that was asked for over HTTP: only here there is a request to look at."""
