"""A mail server on localhost that really speaks SMTP: takes what it is told to take, and remembers it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived; `answers`: what the server says to the next recipients instead of accepting them."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """A server for as long as the block lasts."""
    mailbox = Mailbox()

    class Conversation(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 test")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb == "QUIT":
                    self.say("221 bye")
                    return
                if verb == "RCPT":
                    mailbox.recipients.append(line.partition(":")[2].strip(" <>"))
                    self.say(mailbox.answers.pop(0) if mailbox.answers else "250 ok")
                elif verb == "DATA":
                    self.say("354 go on")
                    mailbox.messages.append(email.message_from_bytes(self.body(), policy=email.policy.default))
                    self.say("250 taken")
                else:
                    self.say("250 ok")

        def body(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line[1:] if line.startswith(b"..") else line)
            return b"".join(lines)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield mailbox
        server.shutdown()
