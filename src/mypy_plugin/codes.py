"""Error codes of the plugin. They exist as soon as this module is imported, so that configurations may name them.

The codes of problems are written out, because every run of mypy imports this module and few need the model.
"""

from mypy.errorcodes import ErrorCode

CATEGORY = "wireproof"
WIRE = ErrorCode("wire", "Check the wiring of containers; the parent of all wire-... codes", CATEGORY)

PROBLEMS: dict[str, str] = {
    "wire-missing": "Check that what is needed has a provider",
    "wire-scope": "Check that nothing is asked for at a scope where it does not live",
    "wire-captive": "Check that nothing holds on to what is shorter-lived",
    "wire-cycle": "Check that dependencies form no cycle",
    "wire-duplicate": "Check that no key has two providers",
    "wire-type": "Check that what is built is what is bound",
    "wire-yield": "Check that generator factories yield what they declare",
    "wire-async": "Check that what needs await is awaited",
    "wire-abstract": "Check that what is registered can be instantiated",
    "wire-untyped": "Check that what is injected is annotated",
    "wire-override": "Check that what is to be replaced is there",
    "wire-unused": "Report what is provided although nothing that is required needs it",
    "wire-context": "Check that values from outside are given",
    "wire-target": "Check that what is registered can be provided",
}


OPT_IN = {"wire-unused"}


def _child(code: str, description: str, *, enabled: bool = True) -> ErrorCode:
    return ErrorCode(code, description, CATEGORY, default_enabled=enabled, sub_code_of=WIRE)


OF_PROBLEM: dict[str, ErrorCode] = {
    code: _child(code, text, enabled=code not in OPT_IN) for code, text in PROBLEMS.items()
}
OPAQUE = _child("wire-opaque", "Report sources whose type hides what they provide")
UNCHECKED = _child("wire-unchecked", "Report asking a container about which nothing is known", enabled=False)
STRICT = frozenset({UNCHECKED, OF_PROBLEM["wire-unused"]})
"""What ``strict`` switches on."""

INTERNAL = _child("wire-internal", "Report failures of the plugin itself")
