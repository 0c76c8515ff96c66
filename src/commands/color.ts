/** Whether what is written there may be coloured: a terminal, and nobody who wants none (no-color.org). */
export function allowsColor({ isTTY }: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): boolean {
  return isTTY === true && (environment.NO_COLOR ?? "") === "";
}
