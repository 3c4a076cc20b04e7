"""The shop over HTTP. It names what it needs, and is given a container that is proven to have it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, TypeAlias

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from wireproof import Container, Has, Provider, require

from .domain import Line, Order, Origin, Product, ShopError, UnknownProductError
from .jobs import Jobs, send_receipts
from .scopes import HttpRequest
from .services import AddProduct, CheckHealth, ListOrders, ListProducts, PlaceOrder


class Web(Provider[HttpRequest]):
    """What the endpoints will ask the container for."""

    add_product = require(AddProduct)
    list_products = require(ListProducts)
    place_order = require(PlaceOrder)
    list_orders = require(ListOrders)
    check_health = require(CheckHealth)


ShopContainer: TypeAlias = Container[Has[Web] | Has[Jobs]]
RequestContainer: TypeAlias = Container[Has[Web] | Has[Jobs], HttpRequest]


def the_container(request: Request) -> ShopContainer:
    """Return the container that the application was made with."""
    container: ShopContainer = request.app.state.container
    return container


WithContainer: TypeAlias = Annotated[ShopContainer, Depends(the_container)]


def a_scope(request: Request, container: WithContainer) -> Iterator[RequestContainer]:
    """Enter a scope that knows of this request; an exception that leaves the endpoint arrives at the ``yield``."""
    origin = Origin(request.method, request.url.path)
    with container.enter_scope(HttpRequest, context={Origin: origin}) as scope:
        yield scope


# "function": the scope ends, and the transaction with it, before the response is sent.
WithScope: TypeAlias = Annotated[RequestContainer, Depends(a_scope, scope="function")]


class NewProduct(BaseModel):
    """A product to put up for sale."""

    name: str = Field(min_length=1)
    price: int = Field(ge=0)
    stock: int = Field(ge=0)


class NewLine(BaseModel):
    """A line of an order to place."""

    product_id: int
    quantity: int = Field(gt=0)


class NewOrder(BaseModel):
    """An order to place."""

    customer: str = Field(min_length=1)
    lines: list[NewLine] = Field(min_length=1)


router = APIRouter()


@router.post("/products", status_code=201)
def add_product(new: NewProduct, scope: WithScope) -> Product:
    """Put a product up for sale."""
    return scope.resolve(AddProduct)(new.name, new.price, new.stock)


@router.get("/products")
def list_products(scope: WithScope) -> Sequence[Product]:
    """Return everything that is for sale."""
    return scope.resolve(ListProducts)()


@router.post("/orders", status_code=201)
def place_order(new: NewOrder, scope: WithScope, container: WithContainer, background: BackgroundTasks) -> Order:
    """Take an order; its receipt is sent in the background, after the response."""
    order = scope.resolve(PlaceOrder)(new.customer, [Line(line.product_id, line.quantity) for line in new.lines])
    background.add_task(send_receipts, container)
    return order


@router.get("/orders")
def list_orders(scope: WithScope) -> Sequence[Order]:
    """Return every order."""
    return scope.resolve(ListOrders)()


@router.get("/health")
def check_health(scope: WithScope, response: Response) -> Mapping[str, bool]:
    """Return for each part of the shop whether it is well; if one is not, the status says so too."""
    health = scope.resolve(CheckHealth)()
    if not all(health.values()):
        response.status_code = 503
    return health


def refuse(_: Request, error: Exception) -> JSONResponse:
    """Turn what a customer did wrong into a response."""
    return JSONResponse({"detail": str(error)}, status_code=404 if isinstance(error, UnknownProductError) else 409)


def create_app(container: ShopContainer) -> FastAPI:
    """Make the application around a container, which stays with whoever made it."""
    app = FastAPI(title="shop")
    app.state.container = container
    app.include_router(router)
    app.add_exception_handler(ShopError, refuse)
    return app
