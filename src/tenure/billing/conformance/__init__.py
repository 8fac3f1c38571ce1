"""The public conformance suite of billing: published worked examples, fed to the functions that count and price."""

from tenure.billing.conformance.suite import Outcome, Report, run, run_conformance

__all__ = ["Outcome", "Report", "run", "run_conformance"]
