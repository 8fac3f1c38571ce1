"""The demo company's product events as its clients would send them: runs of columns, ready for the stream.

Besides what users did: who they are (identify, group), visitors who sign up, companies that nobody knows, and a few calls that are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import xxhash

from tenure.config.demo.product import DAY, DOINGS, EPOCH, SIGNED_UP, Happened
from tenure.stream.blocks import Refused, Run

if TYPE_CHECKING:
    from tenure.config.demo.order import Order
    from tenure.config.demo.rows import Company, Lead
    from tenure.stream.ingest.sources import Source

EVENTS_AT_ONCE = 5_000
UNKNOWN_COMPANIES = 7
CONTEXT = b'{"library":{"name":"lumen-server","version":"4.2.0"}}'
WEB_CONTEXT = b'{"library":{"name":"analytics.js","version":"2.1.0"}}'


@dataclass(slots=True)
class Calls:
    """Calls of one source, gathered by columns."""

    source: Source
    received_at: int
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is gathered yet."""
        self.run = Run.started(self.source.id, is_sandbox=self.source.is_sandbox, received_at=self.received_at)

    def add(
        self,
        name: str,
        at: int,
        *,
        group: str = "",
        user: str = "",
        visitor: str = "",
        says: object = None,
        context: object = None,
    ) -> None:
        """One call."""
        run, key = self.run, f"{name}-{at}-{group}-{user}-{visitor}"
        run.ids.append(key)
        run.hashes.append(_hash(self.source, key))
        run.subjects.append(f"g:{group}" if group else f"u:{user}" if user else f"a:{visitor}")
        run.names.append(name)
        run.user_ids.append(user)
        run.anonymous_ids.append(visitor)
        run.group_ids.append(group)
        run.times.append(at)
        run.client_times.append(at)
        run.properties.append(json.dumps(says or {}, ensure_ascii=False).encode())
        run.contexts.append(json.dumps(context).encode() if context else WEB_CONTEXT)


def runs_of_work(done: Happened, server: Source, web: Source, received_at: int) -> Iterator[Run]:
    """What users did, in order of time, a few thousand events at once; browsers' events apart from the server's."""
    web_kinds = np.array([doing.is_web for doing in DOINGS])
    for start in range(0, len(done.times), EVENTS_AT_ONCE):
        places = np.arange(start, min(start + EVENTS_AT_ONCE, len(done.times)))
        from_web = web_kinds[done.doing[places]]
        for source, chosen in ((server, places[~from_web]), (web, places[from_web])):
            if len(chosen):
                yield _run(done, source, chosen, received_at)


def _run(done: Happened, source: Source, places: np.ndarray, received_at: int) -> Run:
    kinds, picks = done.doing[places].tolist(), done.pick[places].tolist()
    times, who = done.times[places].tolist(), done.user[places].tolist()
    ids = [f"{kind}-{place:x}-{at:x}" for kind, place, at in zip(kinds, who, times, strict=True)]
    users = [done.users[place] for place in who]
    is_web = DOINGS[kinds[0]].is_web
    groups = [""] * len(ids) if is_web else [done.account_of[place] for place in who]
    return Run(
        source=source.id.bytes,
        is_sandbox=source.is_sandbox,
        received_at=received_at,
        ids=ids,
        hashes=[_hash(source, one) for one in ids],
        subjects=[f"u:{user}" for user in users] if is_web else [f"g:{group}" for group in groups],
        names=[DOINGS[kind].event for kind in kinds],
        user_ids=users,
        anonymous_ids=[""] * len(ids),
        group_ids=groups,
        times=times,
        client_times=times,
        properties=[DOINGS[kind].properties[pick] for kind, pick in zip(kinds, picks, strict=True)],
        contexts=[WEB_CONTEXT if is_web else CONTEXT] * len(ids),
    )


def who_is_who(company: Company, done: Happened, web: Source, received_at: int) -> Run:
    """Each user is identified when they are first seen, and says to which company they belong."""
    calls = Calls(web, received_at)
    people = {person.external_id: person for person in company.people}
    names = {account.external_id: account for account in company.accounts}
    users, first = np.unique(done.user, return_index=True)
    for place, at in zip(users.tolist(), done.times[first].tolist(), strict=True):
        user, account = done.users[place], names[done.account_of[place]]
        person = people.get(user)
        calls.add("$identify", at, user=user, says={"name": person.name, "email": person.email} if person else {})
        calls.add("$group", at, user=user, group=account.external_id, says={"name": account.name, "website": account.domain})
    return calls.run


def sign_ups(order: Order, company: Company, web: Source, until: int, received_at: int) -> Run:
    """Whoever tried the product by themselves came as a visitor first, and signed up a little later."""
    calls = Calls(web, received_at)
    leads: dict[str, Lead] = {lead.account: lead for lead in company.leads if lead.account}
    for subscription in company.subscriptions:
        lead = leads.get(subscription.account)
        if subscription.trial_start_on is None or lead is None:
            continue
        chance = order.chance("sign-up", subscription.external_id)
        at = (subscription.trial_start_on - EPOCH).days * DAY + chance.whole(6 * 3600, 9 * 3600) * 1_000_000
        if at > until:
            continue
        visitor, account = f"v-{subscription.external_id.lower()}", subscription.account
        calls.add("$page", at - 240_000_000, visitor=visitor, says={"name": "Pricing", "path": "/pricing"})
        calls.add("$page", at - 60_000_000, visitor=visitor, says={"name": "Sign-up", "path": "/sign-up"})
        calls.add("$identify", at, user=f"{account}-u1", visitor=visitor, says={"name": lead.name, "email": lead.email})
        calls.add(SIGNED_UP, at, group=account, user=f"{account}-u1", context={"page": {"path": "/sign-up"}})
    return calls.run


def unknown_companies(order: Order, server: Source, until: int, received_at: int) -> Run:
    """Companies that use the product and are no accounts yet: they wait to be tied."""
    calls = Calls(server, received_at)
    for number in range(1, UNKNOWN_COMPANIES + 1):
        chance = order.chance("unknown", number)
        for _ in range(chance.whole(12, 90)):
            at = until - int(chance.unit() * 55 * DAY)
            group = f"pilot-{number:02}"
            calls.add(chance.pick(DOINGS[:4]).event, at, group=group, user=f"{group}-{chance.whole(1, 3)}")
    return calls.run


def tries(order: Order, sandbox: Source, until: int, received_at: int) -> Run:
    """What engineers tried in the last days; it does not count."""
    calls = Calls(sandbox, received_at)
    chance = order.chance("sandbox")
    for number in range(140):
        calls.add("Test Event", until - int(chance.unit() * 3 * DAY), user=f"dev-{number % 4}", says={"try": number})
    return calls.run


def refusals(order: Order, server: Source, web: Source, until: int) -> list[Refused]:
    """Calls of a client that was deployed with mistakes."""
    chance = order.chance("refusals")
    found = []
    for number in range(46):
        source, code, reason, name, body = chance.pick(
            (
                (server, "nobody_named", "Name a userId, an anonymousId or a groupId.", "Order Created", {"type": "track", "event": "Order Created"}),
                (web, "name_missing", "Say what happened: a track call needs its event.", "", {"type": "track", "userId": "P-0012-1"}),
                (web, "id_missing", "A call needs an id (messageId), so that it counts once when it is sent again.", "Report Opened",
                 {"type": "track", "event": "Report Opened", "messageId": "", "userId": "P-0007-2"}),
            )
        )  # fmt: skip
        received = until - int(chance.unit() * 20 * DAY)
        found.append(Refused(source.id.bytes, received, number % 5, code, reason, name, "", json.dumps(body).encode()))
    return sorted(found, key=lambda one: one.received_at)


def _hash(source: Source, key: str) -> int:
    return xxhash.xxh3_64_intdigest(f"\x00{key}".encode(), source.seed)


def last_moment(order: Order) -> int:
    """The story's last instant: the end of the working day before the day it is told."""
    return (order.today - timedelta(days=1) - EPOCH).days * DAY + 19 * 3_600_000_000
