"""Calls: an officer enters what a family without an app says, and reads out the ten words."""
