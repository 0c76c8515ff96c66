import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { openTextSource } from "../../src/ingest/bytes/text-source.js";
import { plainEvent } from "../../src/ingest/event-table/event-table.js";
import type { Ingester } from "../../src/ingest/ingester.js";
import { type CompiledProfile, compileProfile } from "../../src/ingest/log/compiled-profile.js";
import { Recorder } from "../../src/ingest/recorder.js";
import { type Profile, profileSchema } from "../../src/model/profile.js";

/** A profile small enough to see through. */
export const smallProfile: Profile = profileSchema.parse({
  schemaVersion: 1,
  id: "small",
  title: { en: "Small", he: "קטן" },
  jobId: String.raw`(?P<slot>\d+)-\d+`,
  jobs: [],
  patterns: [
    { id: "session", message: "test session starts", startsRun: true },
    { id: "frame", logger: "grpc", message: "^Frame ", ignore: true },
    { id: "connected", logger: "grpc", message: String.raw`Connected to gRPC server at (?P<host>[^:]+):(?P<port>\d+)` },
    { id: "failed", message: "Failed to connect: (?P<error>.*)", fails: true },
  ],
  stages: [],
  parameters: {
    test: {
      title: { en: "Test", he: "בדיקה" },
      type: "string",
      detect: [
        { text: "run_277_investigations", value: "277" },
        { text: "stress_loop", value: "stress" },
      ],
    },
  },
});

export const compiled: CompiledProfile = compileProfile(smallProfile);

/** What a recorder holds after one ingester has read stored bytes (or text) in chunks of `step` bytes; its events with properties of their own. */
export async function readWith(ingester: Ingester, content: string | Buffer, step = 64 * 1024): Promise<Recorder> {
  const recorder = new Recorder(0, "input");
  await ingester.read(await openTextSource("input", inSteps(Buffer.from(content), step)), recorder, compiled);
  return Object.defineProperty(recorder, "events", { value: recorder.events.map(plainEvent) });
}

export async function* inSteps(bytes: Buffer, step: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

/** What a text source says of stored bytes that come in such steps. */
export async function readText(bytes: Buffer, step = 7) {
  const source = await openTextSource("x", inSteps(bytes, step));
  let text = "";
  for await (const chunk of source.chunks) text += chunk;
  return { text, ...source.facts() };
}

/** Physical lines as `wc -l` counts them, and an unterminated last one. */
export function physicalLines(text: string): number {
  return text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A folder with these files, gone after the test. */
export async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "postrun-ingest-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
