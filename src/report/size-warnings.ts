/** Issue trackers commonly refuse larger attachments. */
const ATTACHMENT_BYTES = 25 * 1024 * 1024;

/** What the terminal says about the size of a page; empty where every tracker takes it. */
export function sizeWarnings(bytes: number): readonly string[] {
  if (bytes <= ATTACHMENT_BYTES) return [];
  const size = (bytes / 1024 / 1024).toFixed(1);
  return [`the report has ${size} MB; many trackers refuse files above 25 MB: attach report.json (--json) or Markdown (--md) instead`];
}
