import { z } from "zod";
import { duration, number, object } from "./shapes.js";

export const littlesLaw = object({
  windowMs: duration,
  jobs: number,
  cutAtStart: number,
  cutAtEnd: number,
  jobsPerHour: number,
  meanOpenMs: duration,
  expectedMean: number,
  curveMean: number,
  tolerance: number,
  holds: z.boolean(),
});
