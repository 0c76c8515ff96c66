"""Writes a stage log that postrun reads without any pattern (the format: docs/stage-log.md).

Standard library only, Python 3.8 and later. Copy this file into the test project.

    log = StageLog("stages.jsonl")
    with log.investigation("12") as investigation:
        with investigation.stage("configure"):
            investigation.job_id = api.configure()
        with investigation.stage("connect"):
            client.connect()
        with investigation.stage("frames") as stage:
            stage.values["frames"] = client.read(500)

An exception inside a block is written down as the outcome of that stage and goes on to the test as if nothing were around it. Trouble
of the log itself (a full disk, a value that is no JSON) never reaches the test: it is said once on stderr. One line is one write, so
threads of one process, and processes that append to one file, do not tear each other's lines apart.
"""

import datetime
import json
import sys
import threading

VERSION = 1
_TIMEOUTS = ("timeout", "deadline")


def _now():
    """The present in local time with its offset, to the millisecond: what other logs of this machine show too."""
    return datetime.datetime.now(datetime.timezone.utc).astimezone().isoformat(timespec="milliseconds")


def _outcome(error):
    """`timeout` for what gave up waiting, `failed` for any other exception."""
    words = "{} {}".format(type(error).__name__, error).lower()
    return "timeout" if any(word in words for word in _TIMEOUTS) else "failed"


class StageLog:
    """A file to which records are appended; safe to share among threads."""

    def __init__(self, path):
        self._path = path
        self._lock = threading.Lock()
        self._file = None
        self._complained = False

    def begin_run(self):
        """Says that a new run begins here; of use where several runs append to one file."""
        self._write(lambda: {"event": "run"})

    def investigation(self, name, job_id=None):
        """A context manager around one investigation; its name is what ties the records of an investigation together."""
        return Investigation(self, name, job_id)

    def close(self):
        """Closes the file; what is written later opens it again."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _write(self, fields_of):
        # Nothing that goes wrong here is the test's concern, not even in the making of the fields.
        try:
            record = {"postrun": "stage", "version": VERSION, "time": _now()}
            record.update(fields_of())
            line = json.dumps(record, ensure_ascii=False, default=str) + "\n"
            with self._lock:
                if self._file is None:
                    self._file = open(self._path, "ab", buffering=0)
                self._file.write(line.encode("utf-8", "backslashreplace"))
        except Exception as error:
            self._complain(error)

    def _complain(self, error):
        if self._complained:
            return
        self._complained = True
        try:
            sys.stderr.write("postrun_stages: the stage log cannot be written: {!r}\n".format(error))
        except Exception:
            return


class _Timed:
    """What has a start and an end record."""

    def __init__(self, log, stage):
        self._log = log
        self._stage = stage
        #: Numbers and texts to write into the end record, for example frames: 500.
        self.values = {}

    def _fields(self, event):
        fields = {"event": event}
        if self._stage is not None:
            fields["stage"] = self._stage
        return fields

    def __enter__(self):
        self._log._write(lambda: self._fields("start"))
        return self

    def __exit__(self, kind, error, traceback):
        self._log._write(lambda: self._end(kind, error))
        return False

    def _end(self, kind, error):
        fields = dict(self.values)
        fields.update(self._fields("end"))
        fields["outcome"] = "ok" if kind is None else _outcome(error)
        if kind is not None:
            fields["error"] = "{}: {}".format(kind.__name__, error)[:1000]
        return fields


class Investigation(_Timed):
    """One investigation; `job_id` may be set as soon as it is known."""

    def __init__(self, log, name, job_id):
        _Timed.__init__(self, log, None)
        self.name = name
        self.job_id = job_id

    def stage(self, stage):
        """A context manager around one stage of it, named as in the profile: configure, connect, frames, disconnect."""
        return _Stage(self, stage)

    def _fields(self, event):
        fields = _Timed._fields(self, event)
        fields["investigation"] = str(self.name)
        if self.job_id is not None:
            fields["job_id"] = str(self.job_id)
        return fields


class _Stage(_Timed):
    def __init__(self, investigation, stage):
        _Timed.__init__(self, investigation._log, stage)
        self._investigation = investigation

    def _fields(self, event):
        fields = self._investigation._fields(event)
        fields["stage"] = self._stage
        return fields
