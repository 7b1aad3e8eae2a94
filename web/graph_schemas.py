"""The JSON contract of the network: node-link data, as NetworkX writes and reads it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class NodeItem(BaseModel):
    """一个节点；各类节点另有自己的项目，如文献的 date、术语的 status。"""

    model_config = ConfigDict(extra="allow")

    id: str = Field(description="节点编号：类别、冒号、编号")
    type: str = Field(description="节点的类别，如 term 术语、document 文献、section 章节、place 地方")
    label: str = Field(default="", description="名称")


class EdgeItem(BaseModel):
    """一条边；另有依据 document、start、end 和理由 reason，有什么写什么。"""

    model_config = ConfigDict(extra="allow")

    source: str = Field(description="起点的编号")
    target: str = Field(description="终点的编号")
    kind: str = Field(description="关系的代号，见导出说明")
    weight: float = Field(default=1, description="强弱：术语之间为 0 到 1，其余为次数")


class NodeLink(BaseModel):
    """node-link 格式的图谱，NetworkX 的 node_link_graph(…, edges="edges") 可以直接读。"""

    directed: bool = Field(description="是不是有向图")
    multigraph: bool = Field(description="两个节点之间可不可以有几条边")
    graph: dict[str, Any] = Field(description="关于整张图的；问到另一个术语的路径时，path 是依次经过的节点")
    nodes: list[NodeItem] = Field(description="节点")
    edges: list[EdgeItem] = Field(description="边")
