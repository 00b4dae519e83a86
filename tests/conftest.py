"""What every test run shares."""

import os
import signal

# A run that a script started in the background ignores Ctrl-C, and so would all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
# As oberih.check.second has it, whatever loads numpy first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
