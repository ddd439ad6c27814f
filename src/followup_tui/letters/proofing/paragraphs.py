"""Where paragraphs are: checks that look no further keep what they found in each."""

from __future__ import annotations

import re

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
"""Lines up to a blank one."""
