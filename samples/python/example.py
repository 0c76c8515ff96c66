"""A short run with made-up work: four investigations, of which the third times out and is given up. Usage: example.py FILE [SPEED]"""

import sys
import time

from postrun_stages import StageLog

PLAN = [("12", "12-70788"), ("13", "13-70789"), ("14", "14-70790"), ("15", "15-70791")]


def work(seconds, speed):
    time.sleep(seconds / speed)


def investigate(log, name, job_id, speed):
    with log.investigation(name) as investigation:
        with investigation.stage("configure"):
            work(0.3, speed)
            investigation.job_id = job_id
        with investigation.stage("connect"):
            work(2.0, speed)
            if name == "14":
                raise TimeoutError("channel not ready after 2 s, password=not-for-reports")
        with investigation.stage("frames") as stage:
            work(1.5, speed)
            stage.values["frames"] = 500
        with investigation.stage("disconnect"):
            work(0.1, speed)


def main(path, speed):
    log = StageLog(path)
    log.begin_run()
    for name, job_id in PLAN:
        try:
            investigate(log, name, job_id, speed)
        except TimeoutError as error:
            print("investigation {} was given up: {}".format(name, error), file=sys.stderr)
        work(0.5, speed)
    log.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
