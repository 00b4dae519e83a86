"""`python -m oberih.cli` is the same as `oberih`: for processes started by other processes."""

import sys

from oberih.cli.main import main

sys.exit(main())
