"""What carries alerts to other networks: a process that has only its outbox, a file a channel."""
