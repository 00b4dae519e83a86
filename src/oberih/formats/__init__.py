"""Forms in which other systems take what the desk publishes: a value in, bytes out."""
