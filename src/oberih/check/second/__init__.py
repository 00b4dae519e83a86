"""The second reader. One thread: a second one makes matrices of this size eight times slower."""

import os

# It is read when numpy is loaded, so this holds wherever the reader is what loads it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
