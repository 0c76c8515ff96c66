import { z } from "zod";
import { bilingual, evidence, number, object, pair, text } from "./shapes.js";

export const crossCheck = object({
  id: text,
  title: bilingual,
  operator: z.enum(["exactly", "at-least"]),
  n: number,
  differing: number,
  incomparable: number.exactOptional(),
  farthest: object({ reported: number, measured: pair, evidence }).exactOptional(),
});
