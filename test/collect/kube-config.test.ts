import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
