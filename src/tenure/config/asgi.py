"""The ASGI application that `tenure up` serves: ingest's lean path at /v1/, Django at everything else."""

from __future__ import annotations

import os
import warnings
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")

# WhiteNoise hands out the files of pages by iterators of its own; what we stream ourselves is asynchronous.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators", category=Warning)

pages = get_asgi_application()

from tenure.stream.ingest.app import PREFIX, IngestApp  # noqa: E402 - settings must stand before the room is read
from tenure.stream.ingest.connection import StreamConnection  # noqa: E402
from tenure.stream.ingest.sources import Sources  # noqa: E402
from tenure.stream.queries.sources import find_by_digest_async  # noqa: E402

stream = StreamConnection()
ingest = IngestApp(Sources(find_by_digest_async), stream.publisher)


async def application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own shapes
    """Hand a request to whom it is for."""
    if scope["type"] == "http" and scope["path"].startswith(PREFIX):
        await ingest(scope, receive, send)
    else:
        await pages(scope, receive, send)
