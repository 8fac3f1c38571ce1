"""The public conformance suite: published worked examples, fed to the functions that the pages use."""

from tenure.insights.conformance.suite import run, run_conformance

__all__ = ["run", "run_conformance"]
