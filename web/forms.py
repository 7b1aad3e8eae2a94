"""Reading a posted form."""

from urllib.parse import parse_qs

from fastapi import Request

from web.errors import FormUnreadable

_MOST_FIELDS = 60


async def fields(request: Request) -> dict[str, list[str]]:
    """The fields of a URL-encoded form. Raises FormUnreadable."""
    try:
        return parse_qs((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise FormUnreadable("不是有效的表单") from error
