import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spareObject } from "../../src/collect/spare-object.js";

const podWith = (container: object) => ({ kind: "Pod", metadata: { name: "p", uid: "u" }, spec: { containers: [container] } });

describe("what is left out of an object", () => {
  test("is who manages which of its fields, and the copy of the whole object that kubectl keeps", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", owner: "qa" };
    const spared = spareObject({ kind: "Job", metadata: { name: "j", managedFields: [{}], annotations } }, "Job");
    expect(spared.metadata).toEqual({ name: "j", annotations: { owner: "qa" } });
  });

  test.each(["DB_PASSWORD", "API_TOKEN", "AWS_SECRET_ACCESS_KEY", "SESSION_KEY"])(
    "is the value of %s, in the template of a Job too",
    (name) => {
      const env = [{ name, value: "hunter2" }];
      const job = { kind: "Job", metadata: {}, spec: { template: { spec: { initContainers: [{ env }], containers: [{ env }] } } } };
      expect(JSON.stringify(spareObject(job, "Job"))).not.toContain("hunter2");
    },
  );

  test("is what follows a secret's option, and a secret inside an argument", () => {
    const args = ["--password", "hunter2", "--url=https://user:hunter2@host/", "--workers", "4"];
    expect(spareObject(podWith({ args }), "Pod").spec).toEqual({
      containers: [{ args: ["--password", "[redacted]", "--url=https://user:[redacted]@host/", "--workers", "4"] }],
    });
  });

  test("is a secret in the message of an Event", () => {
    const event = { kind: "Event", metadata: {}, note: "pull with token=abcdef123456 failed", reason: "Failed" };
    expect(spareObject(event, "Event")).toMatchObject({ note: "pull with token=[redacted] failed", reason: "Failed" });
  });
});

test("secrets in messages of a status and in headers and addresses of a probe are masked, and so are fields that are named so", () => {
  const httpGet = { path: "/h?token=hunter2", httpHeaders: [{ name: "X-Api-Key", value: "hunter2" }], port: 80 };
  const pod = {
    ...podWith({ livenessProbe: { httpGet } }),
    status: {
      message: "cannot log in: password=hunter2",
      conditions: [{ type: "Ready", status: "False", message: "probe: token=hunter2" }],
      containerStatuses: [{ name: "c", state: { terminated: { exitCode: 1, message: "FATAL: postgres://u:hunter2@db refused" } } }],
    },
  };
  expect(JSON.stringify(spareObject(pod, "Pod"))).not.toContain("hunter2");
  expect(spareObject(pod, "Pod")).toMatchObject({
    spec: { containers: [{ livenessProbe: { httpGet: { path: "/h?token=[redacted]", port: 80 } } }] },
    status: {
      conditions: [{ type: "Ready", message: "probe: token=[redacted]" }],
      containerStatuses: [{ state: { terminated: { exitCode: 1 } } }],
    },
  });
  const volume = { csi: { volumeAttributes: { password: "hunter2", share: "data" } } };
  expect(spareObject({ kind: "Pod", metadata: {}, spec: { volumes: [volume] } }, "Pod").spec).toEqual({
    volumes: [{ csi: { volumeAttributes: { password: "[redacted]", share: "data" } } }],
  });
  const job = { kind: "Job", metadata: {}, status: { conditions: [{ type: "Failed", message: "password=hunter2" }] } };
  expect(spareObject(job, "Job").status).toEqual({ conditions: [{ type: "Failed", message: "password=[redacted]" }] });
});

describe("what stays", () => {
  test.each([
    ["CPU_THRESHOLD", "4"],
    ["POLL_INTERVAL_SECONDS", "2"],
    ["KEYBOARD", "de"],
    ["EMPTY_TOKEN", ""],
  ])("is the setting %s", (name, value) => {
    const object = podWith({
      env: [
        { name, value },
        { name: "FROM", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
      ],
    });
    expect(spareObject(object, "Pod")).toEqual(object);
  });

  test("is everything else, whatever it is", () => {
    const values = fc.object({
      key: fc.constantFrom("a", "limits", "resources", "image", "ports"),
      values: [fc.integer(), fc.boolean(), fc.constant("x")],
    });
    fc.assert(
      fc.property(values, (spec) => {
        const object = { kind: "Pod", metadata: { name: "p" }, spec, status: { phase: "Running" } };
        expect(spareObject(object, "Pod")).toEqual(object);
      }),
    );
  });
});
