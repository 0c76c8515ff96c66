import { open } from "node:fs/promises";

/** The beginning of a file as UTF-8; nothing where it cannot be read, which is told when it is to be. */
export async function headOf(path: string, mostBytes: number): Promise<string> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
