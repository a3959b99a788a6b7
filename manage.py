#!/usr/bin/env python3
"""The same commands as `xinfang`, under the name Django people look for."""

from xinfang.cli import main

if __name__ == "__main__":
    main()
