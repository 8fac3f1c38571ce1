"""What the stream refuses, and why."""

from __future__ import annotations

from typing import ClassVar

from tenure.kernel.errors import DomainError


class GapInStream(DomainError):
    """A message that should come next is missing: going on would lose what was acknowledged."""

    code = "gap_in_stream"
    status = 500
    message = "Message {expected} of the stream is missing; the next is {found}. Restore the stream; or set TENURE_STREAM_ACCEPT_GAP=yes, and what is missing is given up."


class StreamBehind(DomainError):
    """The stream cannot take more at the moment."""

    code = "stream_behind"
    status: ClassVar[int] = 503
    message = "Events cannot be taken at the moment. Send them again in {retry_seconds} seconds."


class StreamUnreachable(DomainError):
    """The stream does not answer, or not in time."""

    code = "stream_unreachable"
    status: ClassVar[int] = 503
    message = "The stream does not answer at the moment: what arrives cannot be shown. Try again in a minute."


class SourceIsClosed(DomainError):
    """A source that takes no more events was asked to."""

    code = "source_closed"
    status: ClassVar[int] = 409
    message = "{name} is closed. Give it a new key to open it again."
