"""One consumer's side of the relay: takes messages as they come, hands them over by workspace, and mends what went wrong from the outbox.

Each consumer has a thread of its own, so that a slow one holds up nobody. Trouble in one workspace is that workspace's: it waits, ever
longer, and is then read from the outbox.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from django.db import connection

from tenure.kernel import clock
from tenure.stream.relay.messages import joined
from tenure.workspace.relay import BATCH_EVENTS, BEFORE_ALL, hand_over, list_workspaces_behind

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.relay.messages import StreamMessage
    from tenure.workspace.relay import Consumer, Place, Stretch

MOST_WAITING = 64  # messages, each up to some MB once decoded; a consumer further behind reads the outbox
TAKE_SECONDS = 0.2
SWEEP_SECONDS = 15.0
SWEEP_SECONDS_ALONE = 1.0
FIRST_SWEEP_SECONDS = 3.0
PASSED_SECONDS = 5.0
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 1.0, 60.0
log = structlog.get_logger(__name__)
# Connections to the database are fewer than consumers may become.
_at_work = threading.BoundedSemaphore(8)


@dataclass
class _Waiting:
    """A stretch to hand over, since when it waits, and how much of it is wanted."""

    stretch: Stretch
    since: float


@dataclass
class _Trouble:
    """When a workspace whose consumer failed is tried again."""

    retry_at: float
    delay_seconds: float = FIRST_RETRY_SECONDS


@dataclass
class Follower:
    """One consumer at work. resume_after: messages up to that place in the stream were had before."""

    consumer: Consumer
    resume_after: int = 0
    _messages: queue.Queue[StreamMessage] = field(default_factory=lambda: queue.Queue(MOST_WAITING))
    _waiting: dict[UUID, _Waiting] = field(default_factory=dict)
    _troubles: dict[UUID, _Trouble] = field(default_factory=dict)
    _reached: dict[UUID, Place] = field(default_factory=dict)
    # What is behind at the start is most likely on its way in the stream: that gets a moment.
    _swept_at: float = field(default_factory=lambda: clock.monotonic() - SWEEP_SECONDS + FIRST_SWEEP_SECONDS)
    _must_sweep: threading.Event = field(default_factory=threading.Event)

    def offer(self, message: StreamMessage) -> None:
        """Take a message without waiting. Whoever has too many waiting reads from the outbox instead."""
        if message.sequence <= self.resume_after:
            return
        try:
            self._messages.put_nowait(message)
        except queue.Full:
            self.sweep_soon()

    def sweep_soon(self) -> None:
        """Look in the outbox for what the stream did not bring."""
        self._must_sweep.set()

    def follow_until(self, stop: threading.Event, *, is_alone: threading.Event) -> None:
        """Work until told to stop. is_alone: set while the stream brings nothing, so that the outbox is read instead."""
        while not stop.is_set():
            try:
                self.follow_once(is_alone=is_alone.is_set())
            except Exception:
                log.exception("relay_failed", consumer=self.consumer.name)
                connection.close()
                stop.wait(FIRST_RETRY_SECONDS)
        connection.close()

    def follow_once(self, *, is_alone: bool = False) -> None:
        """Take what is there, hand it over, and sweep when it is time."""
        self._take()
        now = clock.monotonic()
        due = [
            workspace_id
            for workspace_id, waiting in self._waiting.items()
            if waiting.stretch.events or now - waiting.since > PASSED_SECONDS
        ]
        sweep_seconds = SWEEP_SECONDS_ALONE if is_alone else SWEEP_SECONDS
        is_time = now - self._swept_at >= sweep_seconds
        if due or is_time or self._must_sweep.is_set() or any(trouble.retry_at <= now for trouble in self._troubles.values()):
            with _at_work:
                self._work(due)
                if self._must_sweep.is_set() or is_time:
                    self._sweep(is_whole=is_alone or self._must_sweep.is_set())
                if self._messages.empty():
                    connection.close()

    def _work(self, due: list[UUID]) -> None:
        for workspace_id in due:
            self._try(workspace_id, self._waiting.pop(workspace_id).stretch)
        now = clock.monotonic()
        for workspace_id in [one for one, trouble in self._troubles.items() if trouble.retry_at <= now]:
            self._try(workspace_id, None)

    def _sweep(self, *, is_whole: bool) -> None:
        """Read from the outbox what the stream did not bring. is_whole: all of it; else a batch a workspace, since most is only on its way."""
        self._must_sweep.clear()
        for workspace_id in list_workspaces_behind(self.consumer):
            if workspace_id not in self._troubles and workspace_id not in self._waiting:
                self._try(workspace_id, None, is_whole=is_whole)
        self._swept_at = clock.monotonic()

    def _take(self) -> None:
        """Gather messages, those of one workspace together; wait a moment for the first."""
        try:
            message = self._messages.get(timeout=TAKE_SECONDS)
            for _ in range(MOST_WAITING):
                self._gather(message)
                message = self._messages.get_nowait()
            self._gather(message)
        except queue.Empty:
            return

    def _gather(self, message: StreamMessage) -> None:
        workspace_id = message.workspace_id
        if workspace_id in self._troubles or message.upto <= self._reached.get(workspace_id, BEFORE_ALL):
            return
        stretch = message.stretch_for(self.consumer)
        before = self._waiting.get(workspace_id)
        both = joined(before.stretch, stretch) if before else stretch
        is_full = before is not None and len(before.stretch.events) + len(stretch.events) > BATCH_EVENTS
        if before is not None and (both is None or is_full):
            with _at_work:
                self._try(workspace_id, before.stretch)
            both, before = stretch, None
        if both is not None and workspace_id not in self._troubles:
            self._waiting[workspace_id] = _Waiting(both, before.since if before else clock.monotonic())

    def _try(self, workspace_id: UUID, stretch: Stretch | None, *, is_whole: bool = True) -> None:
        """Hand over until all is had; on trouble wait, longer each time."""
        try:
            handed = hand_over(self.consumer, workspace_id, stretch)
            while is_whole and not handed.is_done:
                handed = hand_over(self.consumer, workspace_id, stretch)
            self._reached[workspace_id] = handed.reached
        except Exception as error:  # noqa: BLE001 - one consumer's trouble in one workspace is nobody else's
            self._note_trouble(workspace_id, error)
        else:
            self._troubles.pop(workspace_id, None)

    def _note_trouble(self, workspace_id: UUID, error: Exception) -> None:
        connection.close()
        before = self._troubles.get(workspace_id)
        delay = min(LONGEST_RETRY_SECONDS, before.delay_seconds * 2) if before else FIRST_RETRY_SECONDS
        self._troubles[workspace_id] = _Trouble(clock.monotonic() + delay, delay)
        log.warning(
            "consumer_failed",
            consumer=self.consumer.name,
            workspace=str(workspace_id),
            retry_seconds=delay,
            exc_info=error,
        )
