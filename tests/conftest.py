"""What every test run shares."""

import signal

# A run that a script started in the background ignores Ctrl-C, and so would all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
