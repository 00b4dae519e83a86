"""What processes ask of the operating system: sockets, frames, private files, limits, listening."""
