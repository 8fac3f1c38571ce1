"""The public conformance suite of billing: published worked examples, fed to the functions that count and price."""

from tenure.billing.conformance.suite import run, run_conformance

__all__ = ["run", "run_conformance"]
