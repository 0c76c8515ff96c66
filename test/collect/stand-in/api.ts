/** What the stand-in of an API server can be told to do; `startApiServer` is in api-server.ts. */
export interface StandInOptions {
  /** TLS with a certificate of its own (default: true). */
  readonly tls?: boolean;
  /** Bearer token that requests must carry; "" for none (the default). */
  readonly token?: string;
  /** The server's clock is this far ahead of this machine's [ms]. */
  readonly clockOffsetMs?: number;
  /** Bookmarks are sent this often to watches that ask for them [ms] (default: 60,000). */
  readonly bookmarkEveryMs?: number;
  /** Watches are closed after this time, whatever they asked for [ms]. */
  readonly closeWatchesAfterMs?: number;
  /** How many writes are remembered (default: 100,000). */
  readonly keepWrites?: number;
}

export interface StandInObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** How the next requests are answered instead of properly. */
export interface Fault {
  readonly status: 401 | 403 | 404 | 410 | 429 | 500 | 503 | 504;
  /** How many requests. */
  readonly times: number;
  /** Only requests whose URL matches. */
  readonly url?: RegExp;
  readonly retryAfterSeconds?: number;
  /** A watch is answered with 200, and then with an ERROR row. */
  readonly asRow?: true;
  /** What the server says of it (default: its status). */
  readonly message?: string;
}

export interface StandIn {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  /** A kubeconfig for it, as YAML. `exec`: a credential plugin instead of the token. */
  kubeconfig(options?: { namespace?: string; exec?: { command: string; args: readonly string[] } }): string;
  /** Creates a Job with its Pod and Event, as a cluster does; over HTTP: POST /apis/batch/v1/namespaces/NS/jobs. Returns the Job. */
  addJob(name: string, options?: { namespace?: string; labels?: Record<string, string>; env?: Record<string, string> }): StandInObject;
  /** The Job completes; its object stays. */
  completeJob(name: string, namespace?: string): void;
  /** Deletes a Job and its Pod with the Killing Event; over HTTP: DELETE /apis/batch/v1/namespaces/NS/jobs/NAME. */
  deleteJob(name: string, namespace?: string): void;
  /** A container of a Pod prints a line. `stamp`: other than now, as the kubelet prints it, to the nanosecond. */
  print(pod: string, line: string, options?: { namespace?: string; container?: string; stamp?: string }): void;
  /** Breaks all connections of logs; `midLine`: after half of a line. */
  cutLogs(options?: { midLine?: boolean }): void;
  /** How many logs are followed. */
  followers(): number;
  /** Creates or updates any object. */
  put(object: Record<string, unknown>): StandInObject;
  remove(kind: string, name: string, namespace?: string): void;
  /** Breaks all connections of watches; `midRow`: after half of a row. */
  cutConnections(options?: { midRow?: boolean }): void;
  /** Nothing comes through the open watches any more, and they stay open. `all`: no request is answered either. */
  hang(options?: { all?: boolean }): void;
  /** Ends all watches in order, after an ERROR row of this status. */
  errorInWatches(code: number): void;
  /** Forgets what happened so far: a watch from an older resourceVersion is answered 410 Gone. */
  compact(): void;
  fail(fault: Fault): void;
  /** From now on only this token is taken. */
  expectToken(token: string): void;
  /** Rows of watches come twice, in pairs the wrong way round, or a piece at a time. */
  disturb(how: { duplicate?: boolean; reorder?: boolean; pieceMs?: number }): void;
  /** How many watches are open. */
  watches(): number;
  /** Bytes of watches and logs that nobody has taken yet. */
  pendingBytes(): number;
  /** Requests so far, `METHOD URL`. */
  readonly requests: readonly string[];
  /** Everything that ever happened, as watch rows with the server's own time of the write. */
  readonly history: readonly { readonly at: number; readonly type: string; readonly object: StandInObject }[];
  close(): Promise<void>;
}
