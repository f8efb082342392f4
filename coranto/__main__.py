"""`python -m coranto`: the same as the command `coranto`."""

import sys

from coranto.cli import main

if __name__ == "__main__":
    sys.exit(main())
