"""The container."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Generic, overload

from typing_extensions import Self, TypeForm, TypeVar

from wireproof.scopes import BaseScope, Scope
from wireproof.sources import Source

T = TypeVar("T")
G_contra = TypeVar("G_contra", contravariant=True, default=Any)
S_co = TypeVar("S_co", bound=BaseScope, covariant=True, default=Scope.APP)
G2 = TypeVar("G2")
S2 = TypeVar("S2", bound=BaseScope)


class Container(Generic[G_contra, S_co]):
    """DRAFT of the typing; the implementation follows."""

    @overload
    def __init__(self: "Container[Any, Scope.APP]") -> None: ...
    @overload
    def __init__(self: "Container[G2, Scope.APP]", *sources: Source[G2]) -> None: ...
    @overload
    def __init__(self: "Container[G2, S2]", *sources: Source[G2], start_scope: type[S2]) -> None: ...
    def __init__(self, *sources: Any, start_scope: Any = Scope.APP) -> None:
        raise NotImplementedError

    def resolve(self, key: TypeForm[T], /) -> T:
        raise NotImplementedError

    async def aresolve(self, key: TypeForm[T], /) -> T:
        raise NotImplementedError

    @overload
    def enter_scope(self, scope: type[S2], /) -> "Container[G_contra, S2]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.ACTION]", /) -> "Container[G2, Scope.STEP]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.REQUEST]", /) -> "Container[G2, Scope.ACTION]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.APP]", /) -> "Container[G2, Scope.REQUEST]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.RUNTIME]", /) -> "Container[G2, Scope.APP]": ...
    @overload
    def enter_scope(self, /) -> "Container[G_contra, Any]": ...
    def enter_scope(self, scope: Any = None, /) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    async def aclose(self) -> None:
        raise NotImplementedError

    def __contains__(self, key: object) -> bool:
        raise NotImplementedError

    def __enter__(self) -> Self:
        raise NotImplementedError

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError
