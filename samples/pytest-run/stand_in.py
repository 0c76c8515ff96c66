"""A Focus Server and the Kubernetes cluster behind it, for trying postrun without either. Python 3.8, standard library alone.

    python3 samples/pytest-run/stand_in.py -- COMMAND...

starts it, runs the command with KUBECONFIG and FOCUS_SERVER set, and ends with the command's exit code. The API server side answers lists and
watches of Jobs, Pods, Services and Events over plain HTTP; the Focus Server side configures streaming jobs, streams frames, and cleans up as
the documentation has it: the CPU is looked at every 10 s, five idle readings in a row and about 10 s more end the Job. FOCUS_SPEED (default 5)
divides every one of these times.
"""
import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

NAMESPACE = "default"
RESOURCE = re.compile(r"^/(?:api|apis/batch|apis/events\.k8s\.io)/v1(?:/namespaces/([^/]+))?/(jobs|pods|services|events)$")
KINDS = {
    "jobs": ("Job", "batch/v1"),
    "pods": ("Pod", "v1"),
    "services": ("Service", "v1"),
    "events": ("Event", "events.k8s.io/v1"),
}


def seconds(at):
    """As Kubernetes prints the times of objects: cut to the second."""
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """Objects and the history of their changes, as a watch tells it."""

    def __init__(self):
        self.changed = threading.Condition()
        self.version = 1000
        self.objects = {}
        self.history = []

    def put(self, plural, name, body, change):
        with self.changed:
            self.version += 1
            kind, api_version = KINDS[plural]
            known = self.objects.get((plural, name), {"metadata": {"uid": str(uuid.uuid4()), "creationTimestamp": seconds(time.time())}})
            metadata = dict(known["metadata"], **body.get("metadata", {}))
            metadata.update(name=name, namespace=NAMESPACE, resourceVersion=str(self.version))
            made = {**known, **body, "kind": kind, "apiVersion": api_version, "metadata": metadata}
            if change == "DELETED":
                self.objects.pop((plural, name), None)
            else:
                self.objects[(plural, name)] = made
            self.history.append((self.version, plural, change, made))
            self.changed.notify_all()
            return made

    def add(self, plural, name, body):
        return self.put(plural, name, body, "ADDED")

    def update(self, plural, name, body):
        return self.put(plural, name, body, "MODIFIED")

    def remove(self, plural, name):
        return self.put(plural, name, {}, "DELETED")

    def listed(self, plural):
        with self.changed:
            return self.version, [made for (of, _), made in self.objects.items() if of == plural]

    def after(self, plural, version, wait):
        """Changes since this version; waits for one, at most so long [s]."""
        with self.changed:
            found = [row for row in self.history if row[0] > version and row[1] == plural]
            if not found:
                self.changed.wait(wait)
                found = [row for row in self.history if row[0] > version and row[1] == plural]
            return found


class FocusServer:
    """Configures streaming jobs, streams to whoever connects, and cleans up behind them."""

    def __init__(self, store, speed):
        self.store = store
        self.speed = speed
        self.sequence = itertools.count(1730)
        self.slots = itertools.cycle(range(1, 41))
        self.ready = {}
        self.streamed = {}

    def wait(self, documented):
        time.sleep(documented / self.speed)

    def configure(self):
        self.wait(0.3)
        slot, sequence = next(self.slots), next(self.sequence)
        job_id, port = "{}-{}".format(slot, sequence), 12300 + slot
        self.ready[port] = threading.Event()
        self.streamed[port] = time.monotonic()
        job = self.job("grpc-job-" + job_id, [{"name": "STREAM_SLOT", "value": str(slot)}])
        settings = {"ENABLE_CPU_USAGE_CHECK": "true", "CPU_USAGE_THRESHOLD": "4", "MAX_CPU_USAGE_COUNT": "5"}
        self.job("cleanup-job-" + job_id, [{"name": name, "value": value} for name, value in settings.items()], ttl=10)
        self.store.add("services", "grpc-service-" + job_id, {"spec": {"ports": [{"port": port}]}})
        threading.Thread(target=self.serve, args=(job_id, port, job), daemon=True).start()
        threading.Thread(target=self.clean_up, args=(job_id, port), daemon=True).start()
        return {"job_id": job_id, "stream_port": port}

    def job(self, name, env, ttl=120):
        container = {"name": "main", "image": "stand-in/server:1", "env": env}
        spec = {"backoffLimit": 0, "ttlSecondsAfterFinished": int(ttl / self.speed), "template": {"spec": {"containers": [container]}}}
        made = self.store.add("jobs", name, {"spec": spec, "status": {}})
        self.event("Job", name, made, "SuccessfulCreate", "job-controller", "Created pod: {}-pod".format(name))
        owner = {"apiVersion": "batch/v1", "kind": "Job", "name": name, "uid": made["metadata"]["uid"], "controller": True}
        pod = {"metadata": {"ownerReferences": [owner], "labels": {"job-name": name}}, "status": {"phase": "Pending"}}
        self.store.add("pods", name + "-pod", pod)
        # As a cluster does: who sees the Job without it knows that it is new.
        self.store.update("jobs", name, {"status": {"active": 1, "startTime": seconds(time.time())}})
        return made

    def run_pod(self, name):
        started = seconds(time.time())
        status = {
            "phase": "Running",
            "startTime": started,
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": started}],
            "containerStatuses": [{"name": "main", "state": {"running": {"startedAt": started}}}],
        }
        made = self.store.update("pods", name + "-pod", {"status": status})
        self.event("Pod", name + "-pod", made, "Started", "kubelet", "Started container main")

    def event(self, kind, name, about, reason, reporter, note):
        now = datetime.now(timezone.utc)
        body = {
            "eventTime": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "reason": reason,
            "note": note,
            "type": "Normal",
            "reportingController": reporter,
            "regarding": {"kind": kind, "namespace": NAMESPACE, "name": name, "uid": about["metadata"]["uid"]},
        }
        self.store.add("events", "{}.{:x}".format(name, time.time_ns()), body)

    def serve(self, job_id, port, job):
        self.wait(9.5)
        self.run_pod("grpc-job-" + job_id)
        self.ready[port].set()

    def clean_up(self, job_id, port):
        """Reads the CPU on a grid that begins with the cleanup Pod; a stream since the reading before makes a reading busy."""
        self.wait(1.5)
        self.run_pod("cleanup-job-" + job_id)
        begun, idle, at = time.monotonic(), 0, 0
        while idle < 5:
            at += 10 / self.speed
            time.sleep(max(0, begun + at - time.monotonic()))
            idle = 0 if self.streamed[port] > begun + at - 10 / self.speed else idle + 1
        self.wait(9)
        self.delete("grpc-job-" + job_id)
        self.store.remove("services", "grpc-service-" + job_id)
        self.complete("cleanup-job-" + job_id)

    def delete(self, name):
        pod = self.store.update("pods", name + "-pod", {"metadata": {"deletionTimestamp": seconds(time.time() + 30), "deletionGracePeriodSeconds": 30}})
        self.event("Pod", name + "-pod", pod, "Killing", "kubelet", "Stopping container main")
        self.store.remove("jobs", name)
        time.sleep(1.2 / self.speed)
        self.store.remove("pods", name + "-pod")

    def complete(self, name):
        done = seconds(time.time())
        condition = {"type": "Complete", "status": "True", "lastTransitionTime": done}
        made = self.store.update("jobs", name, {"status": {"succeeded": 1, "completionTime": done, "conditions": [condition]}})
        self.event("Job", name, made, "Completed", "job-controller", "Job completed")
        self.wait(10)
        self.store.remove("jobs", name)
        self.store.remove("pods", name + "-pod")

    def stream(self, port, frames, send):
        begun = time.monotonic()
        for frame in range(1, frames + 1):
            time.sleep(max(0, begun + 6.5 / self.speed * frame / frames - time.monotonic()))
            self.streamed[port] = time.monotonic()
            send(json.dumps({"frame": frame, "amplitude": 700 + frame % 50}) + "\n")
        self.streamed[port] = time.monotonic()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store = None
    focus = None

    def log_message(self, *_):
        """Silence: standard error belongs to the command."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.answer(200, self.focus.configure()) if self.path == "/configure" else self.answer(404, {"message": self.path})

    def do_GET(self):
        address = urlparse(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        resource = RESOURCE.match(address.path)
        if address.path == "/version":
            self.answer(200, {"major": "1", "minor": "32", "gitVersion": "v1.32.0-stand-in"})
        elif resource is not None and query.get("watch") in ("1", "true"):
            self.watch(resource.group(2), int(query.get("resourceVersion") or self.store.version), float(query.get("timeoutSeconds") or 300))
        elif resource is not None:
            version, items = self.store.listed(resource.group(2))
            kind, api_version = KINDS[resource.group(2)]
            self.answer(200, {"kind": kind + "List", "apiVersion": api_version, "metadata": {"resourceVersion": str(version)}, "items": items})
        elif address.path == "/ready":
            ready = self.focus.ready[int(query["port"])].wait(float(query["timeout"]))
            self.answer(200 if ready else 504, {"ready": ready})
        elif address.path == "/stream":
            self.chunked(lambda send: self.focus.stream(int(query["port"]), int(query["frames"]), send))
        else:
            self.answer(404, {"kind": "Status", "status": "Failure", "message": "no such resource: " + address.path, "code": 404})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def chunked(self, write):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()

        def send(text):
            data = text.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

        try:
            write(send)
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def watch(self, plural, version, timeout):
        until = time.monotonic() + timeout

        def rows(send):
            last = version
            while time.monotonic() < until:
                for last, _, change, made in self.store.after(plural, last, 1):
                    send(json.dumps({"type": change, "object": made}) + "\n")

        self.chunked(rows)


def start(speed):
    """Starts the stand-in in this process and gives its address."""
    Handler.store = Store()
    Handler.focus = FocusServer(Handler.store, speed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:{}".format(server.server_address[1])


def kubeconfig(address):
    """A kubeconfig for the stand-in; JSON is YAML."""
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "stand-in",
            "clusters": [{"name": "stand-in", "cluster": {"server": address}}],
            "users": [{"name": "nobody", "user": {}}],
            "contexts": [{"name": "stand-in", "context": {"cluster": "stand-in", "user": "nobody", "namespace": NAMESPACE}}],
        }
    )


def main():
    parser = argparse.ArgumentParser(description="A stand-in for a Focus Server and its cluster, around a command.")
    parser.add_argument("command", nargs="+")
    command = parser.parse_args().command
    address = start(float(os.environ.get("FOCUS_SPEED", "5")))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kubeconfig")
        with open(path, "w") as file:
            file.write(kubeconfig(address))
        return subprocess.call(command, env=dict(os.environ, KUBECONFIG=path, FOCUS_SERVER=address))


if __name__ == "__main__":
    sys.exit(main())
