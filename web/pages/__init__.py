"""The pages, one module for each noun of the site."""

from fastapi import APIRouter

from web.pages import (
    api,
    basket,
    corrections,
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
    queries,
    repairs,
    search,
    summary,
    teaching,
    terms,
    uploads,
)

router = APIRouter(include_in_schema=False)
for module in (
    home,
    search,
    summary,
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
    curation,
    teaching,
    queries,
    uploads,
    api,
):
    router.include_router(module.router)
