/** Issue trackers commonly refuse larger attachments. */
const ATTACHMENT_BYTES = 25 * 1024 * 1024;

/** What the terminal says about the size of a file; empty where every tracker takes it. `remedy` says what to do instead. */
export function sizeWarnings(name: string, bytes: number, remedy: string): readonly string[] {
  if (bytes <= ATTACHMENT_BYTES) return [];
  return [`${name} has ${(bytes / 1024 / 1024).toFixed(1)} MB; many trackers refuse files above 25 MB: ${remedy}`];
}
