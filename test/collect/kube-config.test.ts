import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openCluster } from "../../src/collect/kube-config.js";
import { folderForEachTest } from "../folder-for-each-test.js";

let path = "";
folderForEachTest("kube-config", (folder) => {
  path = join(folder, "kubeconfig");
});

/** Two clusters, each with a user and a token of its own. */
function write(current: string, { tokenA = "token-a", serverA = "https://a.example" } = {}): void {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": current,
    clusters: [
      { name: "A", cluster: { server: serverA } },
      { name: "B", cluster: { server: "https://b.example" } },
    ],
    users: [
      { name: "ua", user: { token: tokenA } },
      { name: "ub", user: { token: "token-b" } },
    ],
    contexts: [
      { name: "a", context: { cluster: "A", user: "ua" } },
      { name: "b", context: { cluster: "B", user: "ub" } },
    ],
  };
  writeFileSync(path, JSON.stringify(config));
}

const sent = async (access: ReturnType<typeof openCluster>) => (await access.requestOptions()).headers;

test("a token that ran out is read again for the same context, whichever is the current one by now", async () => {
  write("a");
  const access = openCluster({ kubeconfig: path });
  write("b", { tokenA: "newer" });
  access.renew();
  expect(await sent(access)).toMatchObject({ Authorization: "Bearer newer" });
  expect(access.server).toBe("https://a.example");
});

test("while a kubeconfig is being written, what was read before stays", async () => {
  write("a");
  const access = openCluster({ kubeconfig: path });
  for (const text of ["", "[", "{}"]) {
    writeFileSync(path, text);
    access.renew();
    expect(await sent(access)).toMatchObject({ Authorization: "Bearer token-a" });
  }
  write("a", { tokenA: "newer" });
  access.renew();
  expect(await sent(access)).toMatchObject({ Authorization: "Bearer newer" });
});

test("a token for another server is not sent to the one that is watched", async () => {
  write("a");
  const access = openCluster({ kubeconfig: path });
  write("a", { tokenA: "of another", serverA: "https://c.example" });
  access.renew();
  expect(await sent(access)).toMatchObject({ Authorization: "Bearer token-a" });
});

const file = (name: string) => join(dirname(path), name);
/** A kubeconfig of one cluster, named as it is, whose entries have these names. */
function writeOne(name: string, server: string, { current = name, entry = name, user = { token: name } as object } = {}): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    ...(current === "" ? {} : { "current-context": current }),
    clusters: [{ name: entry, cluster: { server } }],
    users: [{ name: entry, user }],
    contexts: [{ name: entry, context: { cluster: entry, user: entry } }],
  };
  writeFileSync(file(name), JSON.stringify(config));
  return file(name);
}

describe("KUBECONFIG with several files, as kubectl takes it", () => {
  afterEach(() => void vi.unstubAllEnvs());
  const open = (...paths: string[]) => {
    vi.stubEnv("KUBECONFIG", paths.join(delimiter));
    return openCluster({});
  };

  test("has the current context of the first that names one", () => {
    const [none, a, b] = [
      writeOne("none", "https://none.example", { current: "" }),
      writeOne("a", "https://a.example"),
      writeOne("b", "https://b.example"),
    ];
    expect(open(none, a, b)).toMatchObject({ context: "a", server: "https://a.example" });
  });

  test("has the first of two entries of one name", async () => {
    const [a, b] = [
      writeOne("a", "https://a.example", { entry: "same", current: "same" }),
      writeOne("b", "https://b.example", { entry: "same" }),
    ];
    const access = open(a, b);
    expect(access.server).toBe("https://a.example");
    expect(await sent(access)).toMatchObject({ Authorization: "Bearer a" });
  });

  test("passes over a file that is not there, and one that is empty; where none is there, that is an error", () => {
    const a = writeOne("a", "https://a.example");
    writeFileSync(file("empty"), "");
    writeFileSync(file("comment"), "# nothing yet\n");
    expect(open(file("missing"), file("empty"), file("comment"), a)).toMatchObject({ context: "a" });
    expect(() => open(file("missing"), file("gone"))).toThrow(/names .*missing.*gone, and nothing is there/);
    expect(() => open(file("empty"))).toThrow(/no context at all/);
  });
});

describe("a user", () => {
  test("may have its token in a file, which is meant from the folder of the kubeconfig, and counts before a token beside it", async () => {
    writeFileSync(file("token"), "one\n");
    const access = openCluster({ kubeconfig: writeOne("a", "https://a.example", { user: { tokenFile: "token", token: "stale" } }) });
    expect(await sent(access)).toMatchObject({ Authorization: "Bearer one" });
    writeFileSync(file("token"), "two\n");
    expect(await sent(access)).toMatchObject({ Authorization: "Bearer two" });
    const missing = openCluster({ kubeconfig: writeOne("b", "https://b.example", { user: { tokenFile: "no-such" } }) });
    await expect(missing.requestOptions()).rejects.toThrow(/the token file .*no-such cannot be read \(ENOENT/);
  });

  test("may have a credential plugin beside the kubeconfig", async () => {
    mkdirSync(file("bin"));
    const answer = JSON.stringify({ kind: "ExecCredential", status: { token: "of the plugin" } });
    writeFileSync(file("bin/plugin"), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    const access = openCluster({ kubeconfig: writeOne("a", "https://a.example", { user: { exec: { command: "./bin/plugin" } } }) });
    expect(await sent(access)).toMatchObject({ Authorization: "Bearer of the plugin" });
  });
});
