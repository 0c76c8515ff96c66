import { appendFileSync, readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CredentialPlugin, type PluginConfig } from "../../src/collect/credential-plugin.js";
import { folderForEachTest } from "../folder-for-each-test.js";

let folder = "";
folderForEachTest("credential-plugin", (path) => {
  folder = path;
});

const plugin = (script: string, more: PluginConfig = {}, signal = new AbortController().signal) =>
  new CredentialPlugin({ apiVersion: "client.authentication.k8s.io/v1", command: "sh", args: ["-c", script], ...more }, signal);
const answer = (status: object) => `echo '${JSON.stringify({ kind: "ExecCredential", status })}'`;
async function applied(asked: CredentialPlugin): Promise<RequestOptions> {
  const options: RequestOptions = { headers: { accept: "application/json" } };
  await asked.apply(options);
  return options;
}

describe("a credential plugin", () => {
  test("gives a token, or a certificate", async () => {
    expect(await applied(plugin(answer({ token: "t" })))).toEqual({ headers: { accept: "application/json", Authorization: "Bearer t" } });
    const pair = { clientCertificateData: "CERT", clientKeyData: "KEY" };
    expect(await applied(plugin(answer(pair)))).toMatchObject({ cert: "CERT", key: "KEY" });
  });

  test.each([
    ["", 1],
    ["2999-01-01T00:00:00Z", 1],
    ["2001-01-01T00:00:00Z", 2],
  ])("is asked again when its answer has expired (%s), and once for several requests", async (expirationTimestamp, times) => {
    const log = join(folder, "asked");
    appendFileSync(log, "");
    const asked = plugin(`echo >> ${log}; ${answer({ token: "t", expirationTimestamp })}`);
    await Promise.all([applied(asked), applied(asked)]);
    await applied(asked);
    expect(readFileSync(log, "utf8")).toHaveLength(times);
  });

  test("hears which version is expected, has what the kubeconfig sets, and nobody who types", async () => {
    const script = `read line; echo "{\\"status\\":{\\"token\\":\\"$OWN-$(echo $KUBERNETES_EXEC_INFO | grep -c 'k8s.io/v1.*interactive.*false')\\"}}"`;
    const { headers } = await applied(plugin(script, { env: [{ name: "OWN", value: "own" }] }));
    expect(headers).toMatchObject({ Authorization: "Bearer own-1" });
  });

  test("that does not come to an end is ended with the capture", async () => {
    const stopping = new AbortController();
    const waiting = applied(plugin("sleep 300", {}, stopping.signal));
    setTimeout(() => stopping.abort(), 100);
    await expect(waiting).rejects.toThrow("the credential plugin sh was ended with the capture");
  });

  test.each([
    ["exit 3", {}, /the credential plugin sh ended with exit code 3$/],
    ["echo log in first >&2; exit 1", {}, /ended with exit code 1: log in first$/],
    ["echo hello", {}, /printed no ExecCredential with a status/],
    [answer({}), {}, /printed neither a token nor a certificate/],
    [
      "",
      { command: "no-such-plugin", installHint: "get it at example.com" },
      /no-such-plugin cannot be started \(ENOENT\); get it at example.com/,
    ],
  ])("that fails is named with what went wrong: %s", async (script, more, message) => {
    await expect(applied(plugin(script, more))).rejects.toThrow(message);
  });
});
