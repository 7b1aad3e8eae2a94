"""The pages, one module for each noun of the site."""

from fastapi import APIRouter

from web.pages import (
    basket,
    curation,
    documents,
    downloads,
    graph,
    home,
    manage,
    matrix,
    place,
    places,
    precedents,
    repairs,
    search,
    terms,
)

router = APIRouter(include_in_schema=False)
for module in (
    home,
    search,
    basket,
    precedents,
    terms,
    graph,
    places,
    downloads,
    place,
    matrix,
    documents,
    repairs,
    manage,
    curation,
):
    router.include_router(module.router)
