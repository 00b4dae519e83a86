"""Counts of the desk's work: drawn for the lead, and released by two people without the few."""
