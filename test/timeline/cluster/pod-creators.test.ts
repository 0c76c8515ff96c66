import { describe, expect, it } from "vitest";
import { podCreators } from "../../../src/timeline/cluster/pod-creators.js";
import { clusterEvent } from "../builders.js";

const made = (name: string, uid: string, message: string) =>
  clusterEvent("SuccessfulCreate", { kind: "Job", name, uid }, 10_000, { message });
const folded = (name: string, uid: string) => made(name, uid, `(combined from similar events): Created pod: ${name}-14-zzzzz`);

describe("the Job that made a Pod", () => {
  it("is that whose Event names it, also in a row that stands for many", () => {
    const creatorOf = podCreators([made("load-1", "u1", "Created pod: load-1-0-abcde"), folded("load-2", "u2")]);
    expect([
      creatorOf({ namespace: "default", name: "load-1-0-abcde" }),
      creatorOf({ namespace: "default", name: "load-2-14-zzzzz" }),
    ]).toEqual(["u1", "u2"]);
  });

  it("is that of its name where its creations were folded, with an index or without", () => {
    const creatorOf = podCreators([made("load-1", "u1", "Created pod: load-1-0-abcde"), folded("load-2", "u2")]);
    expect([
      creatorOf({ namespace: "default", name: "load-2-11-fghij" }),
      creatorOf({ namespace: "default", name: "load-2-fghij" }),
    ]).toEqual(["u2", "u2"]);
    expect([
      creatorOf({ namespace: "default", name: "load-1-11-fghij" }),
      creatorOf({ namespace: "other", name: "load-2-11-fghij" }),
    ]).toEqual([undefined, undefined]);
  });

  it("is not told by a name that could be of two Jobs", () => {
    const again = [folded("load-2", "u2"), made("load-2", "u3", "Created pod: load-2-0-abcde")];
    expect(podCreators(again)({ namespace: "default", name: "load-2-11-fghij" })).toBeUndefined();
    const indexed = [folded("load", "u4"), made("load-2", "u5", "Created pod: load-2-abcde")];
    expect(podCreators(indexed)({ namespace: "default", name: "load-2-fghij" })).toBeUndefined();
    expect(podCreators(indexed)({ namespace: "default", name: "load-3-fghij" })).toBe("u4");
  });
});
