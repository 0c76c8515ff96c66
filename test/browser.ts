import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** The packaged browser has no Hebrew font of its own; it gets the one that the charts are drawn with. */
const FONTS = fileURLToPath(new URL("../templates/fonts", import.meta.url));

/** A browser for tests, without anything but `npm ci`. `CHROMIUM_PATH` names an installed one where the packaged one does not run (it is for Linux x64). */
export async function launchBrowser(): Promise<Browser> {
  const directory = mkdtempSync(join(tmpdir(), "postrun-fonts-"));
  const fontsFile = join(directory, "fonts.conf");
  writeFileSync(
    fontsFile,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${FONTS}</dir><cachedir>${directory}</cachedir></fontconfig>`,
  );
  return driver.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
    // In one process the browser would end with its first page.
    args: chromium.args.filter((argument) => argument !== "--single-process"),
    headless: true,
    env: { ...definedEnvironment(), FONTCONFIG_FILE: fontsFile },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
