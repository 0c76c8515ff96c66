import type { CompiledProfile } from "./log/compiled-profile.js";
import type { Recorder } from "./recorder.js";

/** A file's name can say which test it was; such a hint has line 0. */
export function hintsFromPath(recorder: Recorder, profile: CompiledProfile): void {
  const name = recorder.path.split(/[\\/]/).at(-1) ?? "";
  for (const { parameter, value, expression } of profile.detections) {
    if (!expression.exec(name)) continue;
    recorder.hints.push({ parameter, value, evidence: recorder.evidence(0) });
  }
}
