"""Passkeys, behind one door."""
