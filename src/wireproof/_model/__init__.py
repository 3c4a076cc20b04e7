"""The model of a wiring that the run time and the mypy plugin share: bindings, the graph, its checks, their words.

Nothing here knows whether a key is a run-time class or a mypy type; a head supplies a `Keys` and bindings in terms
of its own keys. Only the standard library is imported.
"""
