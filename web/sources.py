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
JobId = Annotated[str, Path(max_length=60, description="任务编号", examples=["20260105093000412730-8f03c1d2"])]
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
    responses=responses(400, *_GUARDED, 413, 507),
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
    responses=responses(*_GUARDED),
)
def remove(response: Response, intake: CurrentIntake, source_id: SourceId) -> Job:
    """连同由它得出的一切；在管理页可以放回。"""
    return _accepted(response, intake.remove(source_id))


@router.get(
    "/api/jobs/{job_id}",
    summary="看任务",
    operation_id="getJob",
    responses=responses(*_GUARDED),
)
def job(intake: CurrentIntake, job_id: JobId) -> Job:
    """进行到哪里；完成后有每个文件的结果。"""
    return intake.job(job_id)


@router.delete(
    "/api/jobs/{job_id}",
    summary="取消任务",
    operation_id="cancelJob",
    responses=responses(*_GUARDED),
)
def cancel(intake: CurrentIntake, job_id: JobId) -> Job:
    """已经写进资料库的不能取消；取消了的，资料库保持原样。"""
    return intake.cancel(job_id)
