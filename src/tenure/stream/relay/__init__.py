"""The outbox to its consumers over JetStream: published in order per workspace, read by each consumer from its own position."""
