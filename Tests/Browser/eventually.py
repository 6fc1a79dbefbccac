"""Waiting for a condition."""

import time


def eventually(read, is_expected=bool, within=30):
    """What `read` returns, as soon as it is expected; the last value after `within` seconds."""
    end = time.monotonic() + within
    while True:
        value = read()
        if is_expected(value) or time.monotonic() > end:
            return value
        time.sleep(0.02)
