"""Error codes of the plugin. They exist as soon as this module is imported, so that configurations may name them."""

from mypy.errorcodes import ErrorCode

from wireproof._model.problems import Code

CATEGORY = "wireproof"
WIRE = ErrorCode("wire", "Check the wiring of containers; the parent of all wire-... codes", CATEGORY)

PROBLEMS: dict[Code, str] = {
    Code.MISSING: "Check that what is needed has a provider",
    Code.SCOPE: "Check that nothing is asked for at a scope where it does not live",
    Code.CAPTIVE: "Check that nothing holds on to what is shorter-lived",
    Code.CYCLE: "Check that dependencies form no cycle",
    Code.DUPLICATE: "Check that no key has two providers",
    Code.TYPE: "Check that what is built is what is bound",
    Code.YIELD: "Check that generator factories yield what they declare",
    Code.ASYNC: "Check that what needs await is awaited",
    Code.ABSTRACT: "Check that what is registered can be instantiated",
    Code.UNTYPED: "Check that what is injected is annotated",
    Code.OVERRIDE: "Check that what is to be replaced is there",
}


def _child(code: str, description: str, *, enabled: bool = True) -> ErrorCode:
    return ErrorCode(code, description, CATEGORY, default_enabled=enabled, sub_code_of=WIRE)


OF_PROBLEM: dict[Code, ErrorCode] = {code: _child(str(code), text) for code, text in PROBLEMS.items()}
OPAQUE = _child("wire-opaque", "Report sources whose type hides what they provide")
UNCHECKED = _child("wire-unchecked", "Report asking a container about which nothing is known", enabled=False)
INTERNAL = _child("wire-internal", "Report failures of the plugin itself")
