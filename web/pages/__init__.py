"""The pages, one module for each noun of the site."""

from fastapi import APIRouter

from web.pages import (
    api,
    backup,
    basket,
    candidates,
    corrections,
    curation,
    documents,
    downloads,
    glossary,
    graph,
    home,
    lint,
    manage,
    matrix,
    passage,
    place,
    places,
    precedents,
    queries,
    repairs,
    search,
    teaching,
    terms,
    uploads,
)

router = APIRouter(include_in_schema=False)
for module in (
    home,
    search,
    basket,
    precedents,
    glossary,
    terms,
    graph,
    places,
    downloads,
    place,
    matrix,
    documents,
    passage,
    repairs,
    manage,
    corrections,
    candidates,
    lint,
    curation,
    teaching,
    queries,
    uploads,
    backup,
    api,
):
    router.include_router(module.router)
