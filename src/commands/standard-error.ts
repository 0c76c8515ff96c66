/** Says something of the command's own on standard error, in a line. */
export function stderrLine(text: string): void {
  process.stderr.write(`postrun: ${text}\n`);
}
