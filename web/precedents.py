"""The JSON routes for drafts: precedents, what is lacking, what is too close to a source."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from web import drafts
from web.access import CurrentEngine
from web.drafts import Posted
from web.errors import DraftUnreadable
from web.precedent_schemas import PrecedentRequest, PrecedentResult
from web.problems import responses

router = APIRouter()
Most = Annotated[int, Query(ge=1, le=100, description="整篇的相近段落要几条", examples=[5])]
_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "description": "草稿：.txt .md .docx .pdf，不超过 5 MB、2 万字",
                        }
                    },
                },
                "example": {"file": "草稿.docx"},
            }
        },
    }
}


@router.post(
    "/api/precedents", tags=["检索"], summary="找先例", operation_id="findPrecedents", responses=responses(413, 422)
)
def precedents(engine: CurrentEngine, request: PrecedentRequest, k: Most = 10) -> PrecedentResult:
    """整篇的相近段落（hits），逐句的先例（clauses），别处常写而草稿没有的（lacks），太像来源的（overlaps）。"""
    return PrecedentResult.about(engine.precedents(request.text, k=k))


@router.post(
    "/api/precedents/file",
    tags=["检索"],
    summary="找先例（上传草稿）",
    operation_id="findPrecedentsForFile",
    responses=responses(400, 413, 422),
    openapi_extra=_FILE,
)
def precedents_for_file(request: Request, engine: CurrentEngine, posted: Posted, k: Most = 10) -> PrecedentResult:
    """同上，草稿是一个文件；只在内存里读，不保存。query 是读出的文字。"""
    _, upload = posted
    if upload is None:
        raise DraftUnreadable("没有收到文件。请用表单字段 file 上传 .txt、.md、.docx 或 .pdf 草稿。")
    return PrecedentResult.about(engine.precedents(drafts.text_of(request, upload), k=k))
