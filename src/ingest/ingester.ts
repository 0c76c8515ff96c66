import type { TextSource } from "./bytes/text-source.js";
import type { CompiledProfile } from "./log/compiled-profile.js";
import type { Recorder } from "./recorder.js";

/** Reads one format. */
export interface Ingester {
  /** Named in reports as the source's format. */
  readonly id: string;
  /** A document says the same whatever comes before and after it: a large file may be read in pieces that begin with one. */
  readonly documentsStandAlone?: true;
  /** Cheap look at the beginning of the decoded text (about 64 Ki characters). */
  matches(head: string, profile?: CompiledProfile): boolean;
  /** Reads the whole source into the recorder; every physical line is counted in exactly one class. */
  read(source: TextSource, recorder: Recorder, profile: CompiledProfile): Promise<void>;
}
