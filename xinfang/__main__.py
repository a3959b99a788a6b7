"""`python -m xinfang` is the command `xinfang`."""

from xinfang.cli import main

main()
