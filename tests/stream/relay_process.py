"""A relay in a process of its own, for tests that kill it: two consumers whose effects are rows. Started by test_relay_faults.py."""

import os
import signal
import threading

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tenure.stream.relay.running import relay_until  # noqa: PLC0415 - models need the settings
    from tenure.workspace import relay  # noqa: PLC0415
    from tenure.workspace.models import AuditLine  # noqa: PLC0415
    from tenure.workspace.relay import Consumer  # noqa: PLC0415

    def effect(name: str) -> relay.Consume:
        def consume(ctx, events):
            for event in events:
                AuditLine.objects.create(
                    workspace=ctx.workspace, at=ctx.now(), actor_kind="system", action=name, subject_id=event.subject_id
                )

        return consume

    relay.consumers.clear()
    for name in ("one", "two"):
        relay.register_consumer(Consumer(name, effect(name), frozenset({"directory.account_created"})))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("relaying", flush=True)  # noqa: T201 - the test waits for it
    relay_until(stop)


if __name__ == "__main__":
    main()
