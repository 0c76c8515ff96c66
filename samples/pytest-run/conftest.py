"""The client of the Focus Server: what it logs is what the focus-server profile looks for."""
import json
import logging
import os
import urllib.request
from urllib.parse import urlparse

import pytest

import stand_in

api_log = logging.getLogger("src.apis.focus_server_api")
grpc_log = logging.getLogger("src.apis.grpc_client")
SPEED = float(os.environ.get("FOCUS_SPEED", "5"))


class Client:
    def __init__(self, address):
        self.address = address
        self.host = urlparse(address).hostname

    def configure(self):
        api_log.info("Configuring streaming job")
        with urllib.request.urlopen(urllib.request.Request(self.address + "/configure", data=b"{}")) as answer:
            job = json.load(answer)
        api_log.info("Streaming job configured successfully")
        logging.getLogger("load.conftest").info("Auto-tracked job: %s", job["job_id"])
        return job

    def connect(self, port, timeout=30):
        grpc_log.info("Waiting for channel ready (timeout: %ss)...", timeout)
        with urllib.request.urlopen("{}/ready?port={}&timeout={}".format(self.address, port, timeout)) as answer:
            assert json.load(answer)["ready"]
        grpc_log.info("Connecting to gRPC server at %s:%s...", self.host, port)
        stand_in.time.sleep(2.3 / SPEED)
        grpc_log.info("Connected to gRPC server at %s:%s", self.host, port)

    def read_frames(self, port, frames=500):
        grpc_log.info("Starting stream (stream_id=0, max_frames=%s, timeout=120s)", frames)
        begun = stand_in.time.monotonic()
        with urllib.request.urlopen("{}/stream?port={}&frames={}".format(self.address, port, frames)) as answer:
            read = [json.loads(line) for line in answer]
        took = stand_in.time.monotonic() - begun
        grpc_log.info("Stream ended: %s frames in %.2fs (%.1f fps)", len(read), took, len(read) / took)
        return read

    def disconnect(self):
        grpc_log.info("Disconnecting from gRPC server...")
        stand_in.time.sleep(0.1 / SPEED)
        grpc_log.info("Disconnected from gRPC server")


@pytest.fixture(scope="session")
def client():
    """Talks to FOCUS_SERVER; without it, to a stand-in that lives as long as the session."""
    return Client(os.environ.get("FOCUS_SERVER") or stand_in.start(SPEED))
