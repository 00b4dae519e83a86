"""Subscribers on the desk: taken from sealed messages, reached through the gateways."""
