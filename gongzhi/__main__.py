"""``python -m gongzhi``."""

from gongzhi.cli import main

main()
