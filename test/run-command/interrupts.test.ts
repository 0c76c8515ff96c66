import { expect, it } from "vitest";
import { Interrupts } from "../../src/run-command/interrupts.js";

it("leaves the first interrupt to the command, gives up the Jobs at the second, and kills a command that outlives both", () => {
  const interrupts = new Interrupts();
  expect(interrupts.next("command")).toBe("left-to-command");
  expect(interrupts.noWaiting).toBe(false);
  expect(interrupts.next("command")).toBe("left-to-command-then-no-waiting");
  expect(interrupts.noWaiting).toBe(true);
  expect(interrupts.next("command")).toBe("kill-command");
});

it("ends the waiting at any interrupt after the command, and the analysis at the next", () => {
  const interrupts = new Interrupts();
  interrupts.next("command");
  expect(interrupts.next("waiting")).toBe("stop-waiting");
  expect(interrupts.next("analysis")).toBe("leave");
});
