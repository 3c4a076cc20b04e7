"""Names in generated code."""

from typing import Any

from wireproof._emit.expressions import Expressions


def test_constants_keep_their_names_when_globals_are_deleted() -> None:
    """A claim is a global that is deleted when it is taken; constants made later do not replace those made before."""
    namespace: dict[str, Any] = {"claim_one": None, "claim_other": None}
    first = Expressions(namespace, awaiting=False).constant("first")
    del namespace["claim_one"]
    second = Expressions(namespace, awaiting=True).constant("second")
    assert (namespace[first], namespace[second]) == ("first", "second")
