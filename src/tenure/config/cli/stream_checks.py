"""What `tenure doctor` looks at in the stream: that NATS answers, keeps events on its disk, and how many are there."""

import asyncio

from nats.errors import Error as NatsError
from nats.js.api import StreamInfo

from tenure.config.cli.database_checks import Finding, Level
from tenure.config.cli.first_start import answering_stream
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem
from tenure.stream.nats import DOMAIN_STREAM, EVENT_STREAM, Stream, connected_once, find_stream

MIB = 1024**2
OLDEST_NATS = (2, 11)
NEARLY_FULL = 0.8


def stream_findings(environment: Environment) -> list[Finding]:
    """Whether the stream is fit to take events."""
    try:
        with answering_stream(environment) as url:
            return asyncio.run(_look(url, environment))
    except (NatsError, OSError, TimeoutError, SetupProblem) as failed:
        remedy = "Run: tenure up, and read what it says. With TENURE_NATS_URL: is that server up, and the URL right?"
        return [Finding(Level.PROBLEM, "stream", f"It does not answer: {str(failed).strip() or type(failed).__name__}", remedy)]


async def _look(url: str, environment: Environment) -> list[Finding]:
    async with connected_once(url) as stream:
        findings = [_version_finding(stream)]
        if not stream.has_jetstream:
            remedy = "Turn JetStream on in the configuration of that NATS: jetstream { store_dir: ... }"
            return [*findings, Finding(Level.PROBLEM, "stream", "JetStream is off: nothing would be kept.", remedy)]
        for name in (EVENT_STREAM, DOMAIN_STREAM):
            found = await find_stream(stream.js, name)
            findings += [_fill_finding(found), *_replica_findings(found, environment)] if found else [_unmade_finding(name)]
    return findings


def _version_finding(stream: Stream) -> Finding:
    version = stream.version
    if (version.major, version.minor) < OLDEST_NATS:
        return Finding(Level.PROBLEM, "stream", f"NATS {version} is too old.", "Move to NATS 2.11 or newer.")
    return Finding(Level.OK, "stream", f"NATS {version.major}.{version.minor}.{version.patch} answers")


def _unmade_finding(name: str) -> Finding:
    return Finding(Level.OK, "stream", f"{name} is not there yet: it is made when Tenure runs")


def _fill_finding(found: StreamInfo) -> Finding:
    """How full a stream is. Only that of product events refuses when it is full; the other forgets its oldest."""
    most = found.config.max_bytes or -1
    held = f"{found.config.name} holds {found.state.messages:,} messages, {found.state.bytes / MIB:,.0f} MiB"
    text = f"{held} of {most / MIB:,.0f}" if most > 0 else held
    if found.config.name == EVENT_STREAM and 0 < most * NEARLY_FULL < found.state.bytes:
        remedy = "Is the event store down? See its log; TENURE_STREAM_MAX_GB lets more wait."
        return Finding(Level.WARNING, "stream", f"{text}: clients are told to come later when it is full.", remedy)
    return Finding(Level.OK, "stream", text)


def _replica_findings(found: StreamInfo, environment: Environment) -> list[Finding]:
    """Copies that are missing or behind, where a cluster keeps several."""
    if environment.nats_replicas == 1 or found.cluster is None:
        return []
    current = 1 + sum(1 for peer in found.cluster.replicas or [] if peer.current and not peer.offline)
    if current < environment.nats_replicas:
        remedy = "Bring the servers of the NATS cluster back: events are taken while a majority is there."
        return [
            Finding(Level.WARNING, "stream", f"{found.config.name} has {current} of {environment.nats_replicas} copies.", remedy)
        ]
    return [Finding(Level.OK, "stream", f"{found.config.name} has all of its {current} copies")]
