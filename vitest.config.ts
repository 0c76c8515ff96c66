import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // A page in a real browser may take its time where other tests run beside it.
    expect: { poll: { timeout: 10_000 } },
  },
});
