"""The pages, one module for each noun of the site."""

from fastapi import APIRouter

from web.pages import documents, home, manage, places, search, terms

router = APIRouter(include_in_schema=False)
for module in (home, search, terms, places, documents, manage):
    router.include_router(module.router)
