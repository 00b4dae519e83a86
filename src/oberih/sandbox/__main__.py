"""The sandbox in a fresh interpreter without an environment: `python -m oberih.sandbox SOCKET`."""

import sys
from pathlib import Path

from oberih.sandbox.serve import serve_here

sys.exit(serve_here(at=Path(sys.argv[1])))
