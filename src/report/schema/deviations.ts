import { z } from "zod";
import { duration, evidence, list, object, text } from "./shapes.js";

export const deviation = object({
  job: text,
  uid: text,
  investigationId: text.exactOptional(),
  what: z.enum(["ended-otherwise", "ended-by-others", "leaked", "before-disconnect", "early", "late"]),
  mechanism: z.enum(["idle-cleanup", "ttl", "stream-timeout", "other", "unknown", "open"]).exactOptional(),
  deletedBy: text.exactOptional(),
  durationMs: duration.exactOptional(),
  medianMs: duration.exactOptional(),
  byMs: duration.exactOptional(),
  from: z.enum(["disconnected", "created"]).exactOptional(),
  stillOpen: z.literal(true).exactOptional(),
  evidence: list(evidence),
});
