"""The pages, one module for each noun of the site."""

from fastapi import APIRouter

from web.pages import (
    basket,
    candidates,
    corrections,
    curation,
    documents,
    downloads,
    graph,
    home,
    lint,
    manage,
    matrix,
    place,
    places,
    precedents,
    queries,
    repairs,
    search,
    teaching,
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
    corrections,
    candidates,
    lint,
    curation,
    teaching,
    queries,
):
    router.include_router(module.router)
