import type { Message } from "./message.js";

/** On the terminal, after what was given and does not fit: what to do next. */
export const enMisfits = {
  "misfit.profile": "--profile names another; postrun init begins one.",
  "misfit.patterns": "postrun inspect shows its lines and what the profile {profile} expects; --profile names another.",
  "misfit.format": "postrun inspect shows what each file is and how it begins.",
  "misfit.whole": "Give the whole of it, or capture it again.",
  "misfit.capture": "postrun collect, from before the run until after it, captures them.",
} as const satisfies Record<string, Message>;
