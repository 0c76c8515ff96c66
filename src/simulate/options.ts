import type { DurationMs, EpochMs } from "../model/time.js";
import type { Distribution } from "./distributions.js";
import type { CpuSettings } from "./prometheus-samples.js";

/** How serving Jobs are closed. */
export type CleanupSettings =
  /**
   * The cleanup Pod reads the CPU on a grid counted from its own start. After `checks` idle readings in a row it takes the
   * `process` time and asks for the deletion.
   */
  | {
      readonly mechanism: "polling";
      readonly intervalMs: DurationMs;
      readonly checks: number;
      readonly process: Distribution;
      /** From the start of the cleanup Pod to its first reading. */
      readonly firstCheckMs: DurationMs;
      /** A reading shows the stream as it was so long ago. */
      readonly metricLagMs: DurationMs;
      /** The metric is sampled so often, at a phase of each Pod's own, and a reading shows the last sample; absent: always up to date. */
      readonly metricEveryMs?: DurationMs;
      /** A reading is the average over so long a time before it: a stream that flowed at any moment of it makes it busy. */
      readonly averagedOverMs: DurationMs;
    }
  /** The Job is gone so long after the disconnect, or after its creation where no client connected. */
  | {
      readonly mechanism: "fixed";
      readonly afterDisconnect: Distribution;
      readonly afterCreation: Distribution;
    };

/** The documented mechanism: a reading every 10 s, 5 idle ones in a row, about 10 s for the deletion itself. */
export const POLLING_CLEANUP = {
  mechanism: "polling",
  intervalMs: 10_000,
  checks: 5,
  process: { shape: "normal", meanMs: 10_000, deviationMs: 500, minMs: 8_000 },
  firstCheckMs: 10_000,
  metricLagMs: 0,
  averagedOverMs: 0,
} as const satisfies CleanupSettings;

/** The same with a metric that is an average over the last seconds, as container metrics are: no stream falls between two readings. */
export const AVERAGED_CLEANUP: CleanupSettings = { ...POLLING_CLEANUP, averagedOverMs: 4_000 };

/** A cleanup that closes every Job so long after the disconnect (or the creation of a Job nobody opened). */
export function fixedCleanup(ms: DurationMs, deviationMs: DurationMs = 0): CleanupSettings {
  const life: Distribution = { shape: "normal", meanMs: ms, deviationMs };
  return { mechanism: "fixed", afterDisconnect: life, afterCreation: life };
}

/** Durations of the stages of an investigation. */
export interface StageSettings {
  /** Request to answer of `POST /configure`. */
  readonly configure: Distribution;
  /** Answer to the first attempt to connect: the Pod becomes ready. */
  readonly wait: Distribution;
  /** Attempt to connect to connected. */
  readonly dial: Distribution;
  readonly frames: Distribution;
  readonly disconnect: Distribution;
}

/** How many investigations do not go well; which ones is drawn from the seed. The rest is ok. */
export interface TroubleSettings {
  /** The channel does not get ready in time. */
  readonly timeouts: number;
  /** The same, because the server crashed: its Job is Failed. */
  readonly crashes: number;
  /** The connection is refused with `grpc_status:14`. */
  readonly refused: number;
  /** The stream breaks off with `grpc_status:14`. */
  readonly streamErrors: number;
  /** The first attempt is refused, the second on the same port succeeds: ok with two attempts. */
  readonly reconnects: number;
  /** Configured, then never connected to. */
  readonly unopened: number;
  /** Ends well, but its cleanup fails: the Job stays. */
  readonly leaked: number;
  /** The last investigation still streams when the log ends. */
  readonly runningAtEnd: boolean;
}

/** What the captures see of the run. */
export interface CaptureSettings {
  /** Captures begin so long before the run. */
  readonly leadMs: DurationMs;
  /** They end so long after the log; null: when the last Job is gone, or with the log if some Job never goes. */
  readonly tailMs: DurationMs | null;
  /** The watches begin late, so long after the start of the run: what exists already comes first, as ADDED. */
  readonly watchStartsMs: DurationMs | null;
  /** The watches end early, so long after the start of the run. */
  readonly watchEndsMs: DurationMs | null;
  /** The log was cut off so long after the start of the run, in the middle of a line; the run went on. */
  readonly logEndsMs: DurationMs | null;
  /** The API server forgets Events after this time, so the final list lacks the older ones. */
  readonly eventTtlMs: DurationMs;
  /** From a write to the arrival of its watch row. */
  readonly watchLatency: Distribution;
}

/** So long after the start of the run the clock is set by so much; forward is positive. */
export interface ClockChangeSettings {
  readonly afterMs: DurationMs;
  readonly byMs: DurationMs;
}

/** The clock of a runner, as the first one's. */
export interface RunnerSettings {
  readonly zoneOffsetMinutes: number;
  readonly skewMs: DurationMs;
}

/** Everything about a simulated run that can be chosen. */
export interface SimulationSettings {
  readonly seed: string;
  readonly investigations: number;
  /** The true start of the (first) run. */
  readonly startAt: EpochMs;
  /** What the log looks like: numbered investigations, or iterations of the stress loop. */
  readonly style: "load" | "stress";
  /** The script that the first line names; null: no such line. */
  readonly script: string | null;
  /** Investigations started together, as threads; each group ends before the next begins. */
  readonly overlap: number;
  readonly delayMs: DurationMs;
  readonly delayAfterLast: boolean;
  readonly stages: StageSettings;
  /** Frames that a stream reads. */
  readonly frames: number;
  /** Frames 1 to 3 and each so many-th are logged. */
  readonly frameLogEvery: number;
  readonly connectTimeoutMs: DurationMs;
  readonly trouble: TroubleSettings;
  /** East is positive. */
  readonly zoneOffsetMinutes: number;
  /** The runner's clock less cluster time at `startAt`, zone taken off. */
  readonly skewMs: DurationMs;
  /** The runner's clock gains so many microseconds each second. */
  readonly driftPpm: number;
  /** The runner's clock is set in the middle of the run, as summer time and corrections do; in order of time. */
  readonly clockChanges: readonly ClockChangeSettings[];
  /** Further runners that take investigations in turn with the first one, each with a log (test-run-2.log, ...) and a clock of its own. */
  readonly otherRunners: readonly RunnerSettings[];
  /** Clock of each node less cluster time. */
  readonly nodeSkewMs: readonly DurationMs[];
  readonly firstSequence: number;
  readonly portBase: number;
  readonly host: string;
  readonly cleanup: CleanupSettings;
  /** Creation of a Job to the start of its container. */
  readonly podStart: Distribution;
  /** Deletion of a Pod to its end. */
  readonly podStop: Distribution;
  /** Jobs of another namespace. */
  readonly otherNamespaceJobs: number;
  /** Serving Jobs in the same namespace that this run's log does not know. */
  readonly foreignServingJobs: number;
  readonly capture: CaptureSettings;
  /** Number of investigations of each earlier run in the same log. */
  readonly earlierRuns: readonly number[];
  readonly runGapMs: DurationMs;
  /** Files to write, by name; null: all. Of no effect on what they hold. */
  readonly files: readonly string[] | null;
  /** Log the answers of the Focus Server: the body (job id beside port) and the `date` header. */
  readonly logAnswers: boolean;
  /** Prometheus watches the serving Pods; null: nobody does. */
  readonly cpu: CpuSettings | null;
}

/** What a caller gives; the nested groups may be given in part. */
export type SimulationOptions = Partial<Omit<SimulationSettings, "stages" | "trouble" | "capture">> & {
  readonly stages?: Partial<StageSettings>;
  readonly trouble?: Partial<TroubleSettings>;
  readonly capture?: Partial<CaptureSettings>;
};

/** A run of 277 investigations that goes well, with the documented delay and cleanup. */
const DEFAULT_SETTINGS: SimulationSettings = {
  seed: "postrun",
  investigations: 277,
  startAt: Date.UTC(2025, 11, 7, 8, 50, 0),
  style: "load",
  script: null,
  overlap: 1,
  delayMs: 5_000,
  delayAfterLast: true,
  stages: {
    configure: { shape: "lognormal", medianMs: 320, sigma: 0.18 },
    wait: { shape: "lognormal", medianMs: 9_500, sigma: 0.1 },
    dial: { shape: "lognormal", medianMs: 2_200, sigma: 0.25 },
    frames: { shape: "normal", meanMs: 6_500, deviationMs: 150, minMs: 5_500 },
    disconnect: { shape: "lognormal", medianMs: 100, sigma: 0.15 },
  },
  frames: 500,
  frameLogEvery: 50,
  connectTimeoutMs: 30_000,
  trouble: { timeouts: 0, crashes: 0, refused: 0, streamErrors: 0, reconnects: 0, unopened: 0, leaked: 0, runningAtEnd: false },
  zoneOffsetMinutes: 120,
  skewMs: -3_700,
  driftPpm: 0,
  clockChanges: [],
  otherRunners: [],
  nodeSkewMs: [0, 45, -130],
  firstSequence: 1_730,
  portBase: 12_300,
  host: "10.0.0.5",
  cleanup: POLLING_CLEANUP,
  podStart: { shape: "lognormal", medianMs: 1_600, sigma: 0.25 },
  podStop: { shape: "lognormal", medianMs: 1_300, sigma: 0.4 },
  otherNamespaceJobs: 0,
  foreignServingJobs: 0,
  capture: {
    leadMs: 10_000,
    tailMs: null,
    watchStartsMs: null,
    watchEndsMs: null,
    logEndsMs: null,
    eventTtlMs: 3_600_000,
    watchLatency: { shape: "lognormal", medianMs: 5, sigma: 0.6 },
  },
  earlierRuns: [],
  runGapMs: 60_000,
  files: null,
  logAnswers: false,
  cpu: null,
};

/** Fills in the defaults.
 * @throws RangeError if a number cannot be simulated
 */
export function resolveSettings(options: SimulationOptions): SimulationSettings {
  const settings = {
    ...DEFAULT_SETTINGS,
    ...options,
    stages: { ...DEFAULT_SETTINGS.stages, ...options.stages },
    trouble: { ...DEFAULT_SETTINGS.trouble, ...options.trouble },
    capture: { ...DEFAULT_SETTINGS.capture, ...options.capture },
  };
  for (const [name, value] of [
    ["investigations", settings.investigations],
    ["overlap", settings.overlap],
    ["nodeSkewMs.length", settings.nodeSkewMs.length],
  ] as const) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} is ${value}; give a whole number from 1`);
    }
  }
  return settings;
}
