"""The socket that the server listens on."""

import asyncio
import socket

import pytest

from gongzhi.errors import PortInUse
from gongzhi.serve import listening


def test_answers_are_sent_at_once() -> None:
    """A body must not wait for the acknowledgement of its headers, as it does under Nagle's algorithm."""

    async def accepted() -> int:
        found: list[int] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        bound = listening("127.0.0.1", 0)
        async with await asyncio.start_server(answer, sock=bound):
            reader, writer = await asyncio.open_connection(*bound.getsockname())
            await reader.read()
            writer.close()
        return found[0]

    assert asyncio.run(accepted()) == 1


def test_a_port_in_use_is_told() -> None:
    with listening("127.0.0.1", 0) as bound, pytest.raises(PortInUse):
        listening("127.0.0.1", bound.getsockname()[1])
