"""What the page and the JSON route for sending files share: a request becomes a job."""

import shutil

from anyio import to_thread
from fastapi import Request

from web.errors import FilesTooLarge, NoFileSent, UploadRefused
from web.intake import Intake, Job, Same
from web.receiving import receive


async def sent(request: Request, intake: Intake) -> Job:
    """The job that reads the files of a form. What speaks against it from the outset is said before anything is read.

    Raises what ``Intake.room`` and ``receive`` raise, NoFileSent and UploadRefused.
    """
    length = request.headers.get("content-length", "")
    announced = int(length) if length.isascii() and length.isdecimal() else 0
    if announced > intake.bounds.total:
        raise FilesTooLarge(intake.bounds.total)
    await to_thread.run_sync(intake.room, announced)
    tray = await to_thread.run_sync(intake.tray)
    try:
        received = await receive(request, tray, intake.bounds)
        if not received.files:
            raise UploadRefused(received.refused[0].reason) if received.refused else NoFileSent
        same: Same = "keep" if received.fields.get("same") == "keep" else "replace"
        return await to_thread.run_sync(intake.read, tray, received.files, received.refused, same)
    finally:
        await to_thread.run_sync(lambda: shutil.rmtree(tray, ignore_errors=True))
