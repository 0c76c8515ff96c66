import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pulse } from "../../src/collect/pulse.js";

let now = 0;
let still = 0;
let pulse: Pulse;

beforeEach(() => {
  vi.useFakeTimers();
  [now, still] = [1_000_000, 0];
  pulse = new Pulse(
    () => now,
    () => {
      still += 1;
    },
  );
});
afterEach(() => {
  pulse.stop();
  vi.useRealTimers();
});

/** The program runs: time and timers go on together. */
function run(ms: number): void {
  for (let left = ms; left > 0; left -= 50) {
    now += 50;
    vi.advanceTimersByTime(50);
  }
}

test("rows of a program that runs are as old as their arrival says", () => {
  run(5000);
  expect([pulse.stoodStillSince(now), still]).toEqual([undefined, 0]);
});

test.each([
  { standstillMs: 700, interrupts: 0 },
  { standstillMs: 2000, interrupts: 0 },
  { standstillMs: 4000, interrupts: 1 },
])("what is read right after a standstill of $standstillMs ms may be as old as it", ({ standstillMs, interrupts }) => {
  run(1000);
  const awake = now;
  now += standstillMs;
  expect(pulse.stoodStillSince(now)).toBe(awake);
  // Timers come before what waits in the connections.
  vi.advanceTimersByTime(100);
  expect(pulse.stoodStillSince(now)).toBe(awake);
  expect(still).toBe(interrupts);
  run(1000);
  expect(pulse.stoodStillSince(now)).toBeUndefined();
});
