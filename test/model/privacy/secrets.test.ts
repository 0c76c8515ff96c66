import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactDeep, redactSecrets } from "../../../src/model/privacy/redaction.js";
import { mayHoldSecret, REDACTED, withoutSecrets } from "../../../src/model/privacy/secrets.js";

/** What rules look for, whole and cut, beside what ordinary texts are made of; put together at random here, so that no scanner takes them for keys. */
const PIECES = [
  ...[
    "authorization",
    "Set-Cookie",
    "cookie",
    "Bearer ",
    "basic ",
    "Digest ",
    "negotiate ",
    "https://",
    "amqp://u:",
    "@host",
    "password",
    "PASSWD",
    "pwd",
  ],
  ...[
    "passphrase",
    "secret",
    "Token",
    "credential",
    "credentials",
    "api_key",
    "access-key",
    "private key",
    "signingkey",
    "account_key",
    "sharedkey",
  ],
  ...[
    "encryption-key",
    "session_id",
    "sessionkey",
    "--",
    "-",
    "eyJ",
    "AKIA",
    "ASIA",
    "AROA",
    "AIDA",
    "AIza",
    "ghp_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
  ],
  ...[
    "npm_",
    "sk-",
    "-----BEGIN ",
    "-----END ",
    "RSA ",
    "PRIVATE KEY-----",
    "=",
    ":",
    "=>",
    ": ",
    ",",
    ";",
    '"',
    "'",
    "\\",
    '\\"',
    " ",
    ".",
    "/",
    "+",
    "_",
    "\n",
  ],
  ...[
    "2025-01-06T08:00:00.500Z",
    "grpc-job-2-100050",
    "0123456789ABCDEF",
    "aZ09",
    "abcdefghij".repeat(2),
    "Ab1".repeat(21),
    "x",
    "é",
    "\u202e",
    "[redacted]",
  ],
] as const;
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 })), { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc.stringMatching(/^[a-z0-9.:TZ-]{0,64}$/),
  fc.stringMatching(/^[A-Za-z0-9+/=]{50,80}$/),
  fc.stringMatching(/^(?:sk-|glpat-|xoxp-|task-)[a-z0-9-]{0,40}$/),
);

describe("the one look for secrets", () => {
  it("passes over a text only where none of the rules changes it", () => {
    fc.assert(
      fc.property(text, (random) => {
        if (!mayHoldSecret(random)) expect(withoutSecrets(random)).toBe(random);
      }),
      { numRuns: 20_000 },
    );
  });

  it("sees what every rule is for", () => {
    const long = "Ab1".repeat(21);
    const secrets = [
      "password=abcdefgh",
      `sk-${"a".repeat(20)}`,
      `glpat-${"a".repeat(20)}`,
      `xoxb-${"a".repeat(10)}`,
      `AKIA${"A".repeat(16)}`,
      long,
    ];
    for (const secret of secrets) {
      expect(mayHoldSecret(secret), secret).toBe(true);
      expect(redactSecrets(secret), secret).toContain(REDACTED);
    }
  });

  it("passes over the times, ids and names of which a report is full", () => {
    const usual = ["2025-01-06T08:00:00.500Z", "2-100050", "grpc-job-2-100050", "connect-wait", "idle-cleanup", "default"];
    expect(usual.filter(mayHoldSecret)).toEqual([]);
  });
});

describe("redactDeep", () => {
  /** As it says what it does: every text by every rule, every value under the name of a secret, nothing of digests. */
  function plainly(value: unknown, name = ""): unknown {
    if (["sha256", "uid", "jobUid"].includes(name)) return value;
    const isSecret = /(?:passw(?:or)?d|token|cookie)$/i.test(name);
    if (typeof value === "number") return isSecret ? REDACTED : value;
    if (typeof value === "string") return isSecret && value !== "" ? REDACTED : value.length < 8 ? value : withoutSecrets(value);
    if (Array.isArray(value)) return value.map((entry) => plainly(entry));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainly(entry, key)]));
  }

  const names = fc.constantFrom(
    "sha256",
    "uid",
    "jobUid",
    "password",
    "api_token",
    "Cookie",
    "text",
    "from",
    "__proto__",
    "constructor",
    "7",
  );
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof(
      { depthSize: "small" },
      text,
      fc.integer(),
      fc.constantFrom(null, true, undefined, ""),
      fc.array(tie("data"), { maxLength: 4 }),
      fc.dictionary(names, tie("data"), { maxKeys: 5 }),
    ),
  }));

  it("gives what the plain way gives, whatever the data are, and copies nothing that stays", () => {
    fc.assert(
      fc.property(data, (random) => {
        const before = JSON.stringify(random);
        const redacted = redactDeep(random);
        expect(JSON.stringify(redacted)).toBe(JSON.stringify(plainly(random)));
        expect(JSON.stringify(random)).toBe(before);
        if (JSON.stringify(redacted) === before) expect(redacted).toBe(random);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes time in line with the depth of what it changes", () => {
    let nested: unknown = { text: "password=abcdefgh" };
    for (let depth = 0; depth < 200; depth += 1) nested = { nested };
    expect(JSON.stringify(redactDeep(nested))).toContain(REDACTED);
  });
});
