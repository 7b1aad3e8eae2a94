"""The JSON routes on which programs send files, follow what becomes of them, and take sources out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, Field

from corpus.model import Source
from web.access import CurrentDesk, writer
from web.intake import CurrentIntake, Job
from web.problems import responses
from web.sending import sent

router = APIRouter(tags=["来源"], dependencies=[Depends(writer)])
_GUARDED = (401, 403, 404, 422, 429, 503)
_FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                            "description": "一个或多个文件，格式同 gongzhi ingest，压缩包（.zip）也可以",
                        },
                        "same": {
                            "type": "string",
                            "enum": ["replace", "keep"],
                            "default": "replace",
                            "description": "以前上传过同名的：replace 换成新的，keep 两份都留",
                        },
                    },
                },
                "example": {"file": ["云溪县总工会2023年工作总结.docx"], "same": "replace"},
            }
        },
    }
}
_JOB: dict[str, Any] = {
    "id": "20260105093000412730-8f03c1d2", "kind": "read", "state": "done",
    "files": [{"name": "云溪县总工会2023年工作总结.docx", "size": 18432}], "refused": [],
    "made": "2026-01-05T01:30:00+00:00", "ended": "2026-01-05T01:30:06+00:00", "stage": "完成", "done": 3, "total": 3,
    "settled": True, "problem": "", "again": False, "version": 9,
    "result": {
        "files": [
            {
                "name": "云溪县总工会2023年工作总结.docx", "action": "added", "reason": "", "source": "c2f07a91be44d013",
                "documents": [
                    {
                        "id": "c2f07a91be44d013-01", "title": "云溪县总工会2023年工作总结", "place": "云溪县",
                        "date": "2023", "guessed": ["date"], "missing": [], "passages": 14, "repairs": 3, "doubtful": 0,
                        "same_as": "", "same_title": "",
                    }
                ],
            }
        ],
        "new_terms": ["灯塔行动"], "gone_terms": 0, "bundled_removed": 0, "documents": 39, "passages": 874, "terms": 1194,
        "seconds": 5.8,
    },
}  # fmt: skip
_BEGUN = _JOB | {"state": "waiting", "ended": "", "stage": "等前面的做完", "done": 0, "total": 0, "settled": False,
                 "result": None, "version": 0}  # fmt: skip
_STOPPED = _BEGUN | {"state": "cancelled", "ended": "2026-01-05T01:30:02+00:00", "version": 2}
_REMOVING = _BEGUN | {"kind": "remove"}
JobId = Annotated[str, Path(max_length=60, description="任务编号", examples=[_JOB["id"]])]
SourceId = Annotated[str, Path(max_length=60, description="来源编号", examples=["c2f07a91be44d013"])]


class SourceItem(BaseModel):
    """一份来源：收进资料库的一个文件。"""

    id: str = Field(description="来源编号")
    name: str = Field(description="文件名；压缩包里的带路径")
    size: int = Field(description="字节数")
    bundled: bool = Field(description="是不是随程序附带的摘编")
    documents: int = Field(description="里面有几份文献")


class SourceList(BaseModel):
    """资料库里的来源。"""

    sources: list[SourceItem] = Field(description="来源")
    total: int = Field(description="一共几份")


def _shown(status: int, example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """What a route declares of an answer that can't be asked for while the documents are made."""
    return {status: {"content": {"application/json": {"example": example}}}}


def _accepted(response: Response, job: Job) -> Job:
    response.headers["Location"] = f"/api/jobs/{job.id}"
    return job


@router.get("/api/sources", summary="列出来源", operation_id="listSources", responses=responses(401, 403, 429, 503))
def sources(desk: CurrentDesk) -> SourceList:
    """资料库里的文件，连同各有几份文献。"""
    with desk.opened() as store:
        held, count = store.select(Source), store.documents_of_sources()
    items = [
        SourceItem(id=one.id, name=one.name, size=one.size, bundled=one.bundled, documents=count.get(one.id, 0))
        for one in held
    ]
    return SourceList(sources=items, total=len(items))


@router.post(
    "/api/sources",
    status_code=202,
    summary="上传文件，读入资料库",
    operation_id="sendFiles",
    responses=responses(400, *_GUARDED, 413, 507) | _shown(202, _BEGUN),
    openapi_extra=_FILES,
)
async def send(request: Request, response: Response, intake: CurrentIntake) -> Job:
    """收下文件后立即回答，读入在后台进行；结果看响应头 Location 所指的任务。"""
    return _accepted(response, await sent(request, intake))


@router.delete(
    "/api/sources/{source_id}",
    status_code=202,
    summary="移出来源",
    operation_id="removeSource",
    responses=responses(*_GUARDED) | _shown(202, _REMOVING),
)
def remove(response: Response, intake: CurrentIntake, source_id: SourceId) -> Job:
    """连同由它得出的一切；在管理页可以放回。"""
    return _accepted(response, intake.remove(source_id))


@router.get(
    "/api/jobs/{job_id}",
    summary="看任务",
    operation_id="getJob",
    responses=responses(*_GUARDED) | _shown(200, _JOB),
)
def job(intake: CurrentIntake, job_id: JobId) -> Job:
    """进行到哪里；完成后有每个文件的结果。"""
    return intake.job(job_id)


@router.delete(
    "/api/jobs/{job_id}",
    summary="取消任务",
    operation_id="cancelJob",
    responses=responses(*_GUARDED) | _shown(200, _STOPPED),
)
def cancel(intake: CurrentIntake, job_id: JobId) -> Job:
    """已经写进资料库的不能取消；取消了的，资料库保持原样。"""
    return intake.cancel(job_id)
