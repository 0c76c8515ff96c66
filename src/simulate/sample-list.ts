import { AVERAGED_CLEANUP, type SimulationOptions } from "./options.js";

/** A folder of `samples/` and how it is made. */
export interface Sample {
  readonly name: string;
  readonly options: SimulationOptions;
  /** Which of the simulated files are kept; .gz compresses. */
  readonly files: readonly string[];
}

/** The simulated samples. samples/kubernetes-run is a real capture and not among them. */
export const SAMPLES: readonly Sample[] = [
  {
    name: "277-investigations",
    options: {
      seed: "277-investigations",
      investigations: 277,
      startAt: Date.UTC(2025, 11, 7, 8, 50, 7, 412),
      script: "run_277_investigations_test.py",
      delayMs: 5_000,
      zoneOffsetMinutes: 120,
      skewMs: -3_700,
      trouble: { timeouts: 4, crashes: 1, unopened: 3 },
      cleanup: AVERAGED_CLEANUP,
      frameLogEvery: 100,
      otherNamespaceJobs: 12,
      foreignServingJobs: 6,
    },
    files: ["test-run.log", "jobs-watch.json.gz", "pods-watch.json.gz", "events.json.gz", "audit.log.gz"],
  },
  {
    name: "30-investigations",
    options: {
      seed: "30-investigations",
      investigations: 30,
      startAt: Date.UTC(2025, 11, 9, 6, 15, 31, 90),
      script: "run_30_investigations_test.py",
      delayMs: 2_000,
      delayAfterLast: false,
      zoneOffsetMinutes: 180,
      skewMs: 1_200,
      trouble: { refused: 1, reconnects: 1 },
      firstSequence: 2_010,
      logAnswers: true,
      capture: { tailMs: 38_000 },
    },
    files: ["test-run.log", "jobs-watch-received.jsonl.gz", "events.json.gz"],
  },
  {
    name: "stress-loop",
    options: {
      seed: "stress-loop",
      investigations: 60,
      startAt: Date.UTC(2025, 11, 10, 13, 2, 44, 655),
      style: "stress",
      script: "test_investigation_stress_loop.py",
      overlap: 5,
      delayMs: 1_000,
      frames: 5,
      zoneOffsetMinutes: 120,
      skewMs: 850,
      trouble: { timeouts: 1, streamErrors: 1, leaked: 1 },
      firstSequence: 1_730,
      capture: { tailMs: 90_000 },
    },
    files: ["test-run.log", "jobs-watch.json.gz", "pods-watch.json.gz", "events.json.gz"],
  },
];
