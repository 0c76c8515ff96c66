"""One investigation after the other, as the documented runs do it."""
import logging
import os
import time

import pytest

from conftest import SPEED

log = logging.getLogger("tests.load.test_investigations")
INVESTIGATIONS = int(os.environ.get("FOCUS_INVESTIGATIONS", "8"))
DELAY = 5


@pytest.mark.parametrize("number", range(1, INVESTIGATIONS + 1))
def test_investigation(client, number):
    log.info("=== Investigation %s/%s ===", number, INVESTIGATIONS)
    job = client.configure()
    client.connect(job["stream_port"])
    frames = client.read_frames(job["stream_port"])
    client.disconnect()
    assert len(frames) == 500
    assert all(frame["amplitude"] >= 700 for frame in frames)
    if number < INVESTIGATIONS:
        time.sleep(DELAY / SPEED)
