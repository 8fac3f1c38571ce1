"""The reference of the ingest benches: an ASGI endpoint that reads the same body, parses it and answers the same words."""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import uvicorn

from tenure.stream.ingest.segment import Batch, Call

_batch = msgspec.json.Decoder(Batch)
_call = msgspec.json.Decoder(Call)
_ANSWER = b'{"success":true}'
_HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(_ANSWER)).encode())]


async def application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own shapes
    """Parse and answer."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    (_batch if scope["path"].endswith("/batch") else _call).decode(body)
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _ANSWER})


if __name__ == "__main__":
    uvicorn.run(application, port=int(sys.argv[1]), lifespan="off", log_level="warning", access_log=False)
