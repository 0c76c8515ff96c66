/** Threads that read files; each takes the next file as soon as it is free. */
import { Worker } from "node:worker_threads";
import { PostrunError } from "../../model/errors.js";
import type { Profile } from "../../model/profile.js";
import type { Place } from "../event-table/event-rows.js";
import type { Piece } from "./file-pieces.js";
import type { InputFile } from "./input-files.js";
import { type PackedReading, unpackReading } from "./packed-reading.js";
import type { FileReading } from "./read-file.js";

/** What a thread is told. */
export interface ReadRequest {
  readonly file: InputFile;
  /** Only this part of it. */
  readonly piece?: Piece;
}

/** What a thread answers: how far it has come, and at last the reading, or why there is none. */
export type ReadAnswer =
  | { readonly type: "progress"; readonly bytesRead: number }
  | { readonly type: "reading"; readonly packed: PackedReading }
  /** Its events point into several sources: it is for the main thread. */
  | { readonly type: "elsewhere" }
  | { readonly type: "problem"; readonly code: PostrunError["code"]; readonly message: string; readonly hint: string | undefined };

/** The reading as it stands in this place; undefined where the main thread has to read the file. */
export type Read = (place: Place) => FileReading | undefined;

interface Task extends ReadRequest {
  readonly done: (read: Read) => void;
  readonly failed: (error: unknown) => void;
}

export class ReadPool {
  readonly #waiting: Task[] = [];
  /** Those that are alive. */
  readonly #threads = new Set<Worker>();
  /** Of the threads that have nothing to do: what gives them the next task. */
  readonly #idle: (() => void)[] = [];
  #closed = false;

  /** @param size threads at the most */
  constructor(
    private readonly module: URL,
    private readonly size: number,
    private readonly profile: Profile,
    private readonly onProgress: (request: ReadRequest, bytesRead: number) => void,
  ) {}

  read(request: ReadRequest): Promise<Read> {
    const reading = new Promise<Read>((done, failed) => {
      this.#waiting.push({ ...request, done, failed });
    });
    // Whoever asks for an earlier file first hears of this one's failure later.
    reading.catch(() => undefined);
    const idle = this.#idle.shift();
    if (idle !== undefined) idle();
    else if (this.#threads.size < this.size) this.#start();
    return reading;
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #start(): void {
    const thread = new Worker(this.module, { workerData: this.profile });
    this.#threads.add(thread);
    let task: Task | undefined;
    const next = (): void => {
      task = this.#waiting.shift();
      if (task === undefined) this.#idle.push(next);
      else thread.postMessage(requestOf(task));
    };
    let reason: unknown;
    thread.on("error", (error) => {
      reason = error;
    });
    thread.on("exit", (code) => {
      const idle = this.#idle.indexOf(next);
      if (idle >= 0) this.#idle.splice(idle, 1);
      this.#ended(thread, task, reason ?? new Error(`a thread that reads files ended by itself (exit code ${code})`));
    });
    thread.on("message", (answer: ReadAnswer) => {
      if (task === undefined) return;
      const { done, failed } = task;
      if (answer.type === "progress") {
        this.onProgress(requestOf(task), answer.bytesRead);
        return;
      }
      if (answer.type === "problem") failed(new PostrunError(answer.code, answer.message, answer.hint));
      else done((place) => (answer.type === "reading" ? unpackReading(answer.packed, place) : undefined));
      next();
    });
    next();
  }

  /** What a thread was reading fails with it; what waits goes to the others, and fails where there are none. */
  #ended(thread: Worker, task: Task | undefined, reason: unknown): void {
    this.#threads.delete(thread);
    if (this.#closed) return;
    task?.failed(reason);
    if (this.#threads.size > 0) return;
    for (const { failed } of this.#waiting.splice(0)) failed(reason);
  }
}

function requestOf({ file, piece }: Task): ReadRequest {
  return { file, ...(piece === undefined ? {} : { piece }) };
}
