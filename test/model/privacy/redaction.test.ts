import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSecretName, LineRedaction, REDACTED, redactDeep, redactSecrets } from "../../../src/model/privacy/redaction.js";
import { cpuClock } from "../../cpu-clock.js";

/** Built here, so that no scanner of repositories takes the examples for keys. */
const secret = ["hunter2", "Tr0ub4dor"].join("-");
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"].join(".");
const awsId = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const pem = ["-----BEGIN RSA PRIVATE", "KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE", "KEY-----"];

describe("redactSecrets", () => {
  it.each([
    ["a password as a pair", `connect user=qa password=${secret} retries=3`, `connect user=qa password=${REDACTED} retries=3`],
    ["JSON", `{"user": "qa", "password": "${secret}", "retries": 3}`, `{"user": "qa", "password": ${REDACTED}, "retries": 3}`],
    ["JSON inside JSON", `{"body":"{\\"password\\":\\"${secret}\\"}"}`, `{"body":"{\\"password\\":${REDACTED}}"}`],
    ["Python's dict text", `{'job_id': '7-1729', 'api_key': '${secret}'}`, `{'job_id': '7-1729', 'api_key': ${REDACTED}}`],
    ["an environment variable", `export DB_PASSWORD="${secret} with space"`, `export DB_PASSWORD=${REDACTED}`],
    ["a flag", `curl --token ${secret} https://host/`, `curl --token ${REDACTED} https://host/`],
    ["a bearer header", `Authorization: Bearer ${secret}`, `Authorization: ${REDACTED}`],
    [
      "a quoted header",
      `headers={"authorization": "Basic cWE6aHVudGVyMg==", "a": "b"}`,
      `headers={"authorization": "${REDACTED}", "a": "b"}`,
    ],
    ["a bearer alone", `sent Bearer ${secret}!`, `sent Bearer ${REDACTED}!`],
    ["a cookie", "Set-Cookie: session=abc; HttpOnly", `Set-Cookie: ${REDACTED}`],
    ["an address", `amqp://qa:${secret}@rabbit:5672/vhost`, `amqp://qa:${REDACTED}@rabbit:5672/vhost`],
    ["an address with an empty user", `redis://:${secret}@cache:6379`, `redis://:${REDACTED}@cache:6379`],
    [
      "a connection string",
      `Server=db;User Id=qa;Password=${secret};Pooling=true`,
      `Server=db;User Id=qa;Password=${REDACTED};Pooling=true`,
    ],
    ["a storage account", "AccountName=qa;AccountKey=abc/def==;Suffix=x", `AccountName=qa;AccountKey=${REDACTED};Suffix=x`],
    ["a web token", `answer ${jwt} end`, `answer ${REDACTED} end`],
    ["a web token that was cut", `answer ${jwt.slice(0, 40)}`, `answer ${REDACTED}`],
    ["an AWS key", `using ${awsId} in eu-west-1`, `using ${REDACTED} in eu-west-1`],
    ["a private key", `key: ${pem.join(" ")} end`, `key: ${REDACTED} end`],
    ["a private key that was cut", `key ${pem[0]} KEY-----\nMIIEow\n`, `key ${REDACTED}`],
    ["a coloured name", `\u001b[36mpassword\u001b[0m=${secret} retries=3`, `password=${REDACTED} retries=3`],
    ["a coloured value", `token=\u001b[32m${secret}\u001b[0m\u001b[2m end\u001b[0m`, `token=${REDACTED} end`],
    ["a colour in JSON", `{"m":"token=\\u001b[32m${secret}\\u001b[0m"}`, `{"m":"token=${REDACTED}"}`],
    ["a variable with its value", `{"name":"DB_PASSWORD","value":"${secret}"}`, `{"name":"DB_PASSWORD","value":${REDACTED}}`],
    [
      "a variable as Go prints it",
      `{Name:DB_PASSWORD Value:${secret} ValueFrom:nil}`,
      `{Name:DB_PASSWORD Value:${REDACTED} ValueFrom:nil}`,
    ],
    ["a query", `GET /configure?access_token=${secret}&slot=7`, `GET /configure?access_token=${REDACTED}&slot=7`],
  ])("takes out %s", (_, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    "\u001b[32mINFO\u001b[0m 5 tokens were used",
    '{"name":"CPU_THRESHOLD","value":"4"}',
    "Connected to gRPC server at 10.0.0.7:12312",
    "Stream ended: 500 frames in 6.63s (75.4 fps)",
    "Auto-tracked job: 12-70788",
    "docs/04_testing/analysis/277_INVESTIGATIONS_LOAD_ANALYSIS.md",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "postrun analyze samples/277-investigations --param test=277 --label build=4812",
    "The tokens were counted: 500 tokens in 3 s",
    "the basic idea of the bearer of news",
    "system:serviceaccount:default:job-cleanup",
  ])("leaves alone: %s", (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it("says the same of a text that it has seen before", () => {
    const text = "password=hunter22";
    const first = redactSecrets(text);
    expect(redactSecrets(["password", "hunter22"].join("="))).toBe(first);
    expect(first).not.toContain("hunter22");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom("password=", "token: ", "Bearer ", "https://u:", "cookie: "),
        (text, key) => {
          const once = redactSecrets(`${text} ${key}${secret} ${text}`);
          expect(redactSecrets(once)).toBe(once);
        },
      ),
    );
  });

  it("never lets the value of a password through, whatever stands around it", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (before, after) => {
        expect(redactSecrets(`${before} password=${secret} ${after}`)).not.toContain(secret);
      }),
    );
  });

  it.each(["password=", "a".repeat(80), "://", "eyJ", '\\"', "Bearer ", "-----BEGIN PRIVATE KEY-----", "--token "])(
    "is quick on %s a thousandfold",
    (piece) => {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const cpuMs = cpuClock();
      redactSecrets(text);
      expect(cpuMs()).toBeLessThan(2000);
    },
  );
});

describe("the lines of one stream", () => {
  const begin = ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" ");
  const end = ["-----END RSA PRIVATE", "KEY-----"].join(" ");
  const redacted = (lines: readonly string[]) => {
    const redaction = new LineRedaction();
    return lines.map((line) => redaction.redact(line));
  };

  it("show nothing of a private key that stands on several of them, and everything around it", () => {
    expect(redacted(["before", `key: ${begin}`, "MIIEow", "short", `${end} after`, "plain text"])).toEqual([
      "before",
      `key: ${REDACTED}`,
      REDACTED,
      REDACTED,
      `${REDACTED} after`,
      "plain text",
    ]);
  });

  it("know a second key on the line where the first ends", () => {
    expect(redacted([begin, `${end} ${begin}`, "MIIEow", end, "plain text"]).slice(2)).toEqual([REDACTED, REDACTED, "plain text"]);
  });

  it("are shown again when a key has no end", () => {
    const lines = redacted([begin, ...Array.from({ length: 400 }, (_, index) => `line ${index}`)]);
    expect(lines.at(-1)).toBe("line 399");
    expect(lines[200]).toBe(REDACTED);
  });

  it("are redacted one by one where there is no key", () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((text) => `password=${text}`)), (lines) => {
        expect(redacted(lines)).toEqual(lines.map(redactSecrets));
      }),
    );
  });
});

describe("a text that no rule can match", () => {
  it("says the same as when it is searched", () => {
    const word = fc.constantFrom(
      "grpc-job-1-1",
      "token",
      "--password",
      "glpat-",
      "xoxb-",
      "sk-",
      "basic",
      "bearer",
      "authorization",
      "a".repeat(20),
      "0123456789",
      ".",
      "-",
    );
    const separator = fc.constantFrom("", "-", ".");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, separator), { maxLength: 6 }), (pieces) => {
        const text = pieces.flat().join("");
        // With a capital before it, it is searched in any case.
        expect(`Z ${redactSecrets(text)}`).toBe(redactSecrets(`Z ${text}`));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("redactDeep", () => {
  it("goes by names too, where the name of a value says that it is secret", () => {
    const report = {
      labels: { build: "12", api_token: "abc" },
      jobs: [{ name: "password=abc", sha256: "0".repeat(64) }],
      points: [[1, 2]],
    };
    expect(redactDeep(report)).toEqual({
      labels: { build: "12", api_token: REDACTED },
      jobs: [{ name: `password=${REDACTED}`, sha256: "0".repeat(64) }],
      points: [[1, 2]],
    });
  });

  it("knows the names of secrets", () => {
    expect(["DB_PASSWORD", "authToken", "X-Api-Key", "client_secret", "Cookie"].filter((name) => !isSecretName(name))).toEqual([]);
    expect(["CPU_USAGE_THRESHOLD", "tokens_used", "keyboard", "build", "author"].filter(isSecretName)).toEqual([]);
  });
});
