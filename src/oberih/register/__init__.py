"""The tracing register: who is sought, what is known by whom, what is overdue, what contradicts."""
