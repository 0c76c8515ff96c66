import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type ApiClient, apiGetJson } from "../../src/collect/api-get.js";

/** A server that sends this piece of its answer, and then another every so often, until `pieces` were sent. */
async function answering(pieces: readonly string[], everyMs: number, ends: boolean, status = 200) {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    pieces.forEach((piece, index) => void setTimeout(() => response.write(piece), index * everyMs));
    if (ends) setTimeout(() => response.end(), pieces.length * everyMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client: ApiClient = {
    access: {
      server: `http://127.0.0.1:${port}`,
      context: "c",
      namespace: "n",
      requestOptions: async () => ({ headers: {} }),
      renew: () => undefined,
    },
    clock: Date.now,
    signal: new AbortController().signal,
  };
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { client, close };
}

test.each([200, 503])("an answer that begins and does not go on (%d) is given up, as what the network did", async (status) => {
  const { client, close } = await answering(['{"items":'], 0, false, status);
  await expect(apiGetJson(client, "/jobs", {}, 300)).rejects.toMatchObject({
    code: "ETIMEDOUT",
    message: "the answer did not go on within 0.3 s",
  });
  close();
});

test("a slow answer is waited for as long as it goes on", async () => {
  const { client, close } = await answering(['{"a"', ":", "1", ",", '"b"', ":2}"], 150, true);
  expect((await apiGetJson(client, "/jobs", {}, 600)).value).toEqual({ a: 1, b: 2 });
  close();
});
