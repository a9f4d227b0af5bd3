"""Checks: the schema layer and the rules. They return findings and decide nothing else."""
