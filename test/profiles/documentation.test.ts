import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { claimSchema } from "../../src/model/claim.js";
import { expressionFunctions } from "../../src/model/expressions/expression.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { metricUnit } from "../../src/profiles/metric-units.js";

it("the profile and the claims of docs/profiles.md load together", async () => {
  const text = await readFile("docs/profiles.md", "utf8");
  const [profile, claims] = [...text.matchAll(/```yaml\n(schemaVersion[\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const folder = await mkdtemp(join(tmpdir(), "postrun-docs-"));
  await writeFile(join(folder, "profile.yaml"), profile ?? "");
  await writeFile(join(folder, "claims.yaml"), claims ?? "");
  const loaded = await loadProfile(folder);
  await rm(folder, { recursive: true });
  expect([loaded.profile.id, loaded.claims.claims.map(({ id }) => id)]).toEqual(["shop", ["ask-duration"]]);
});

it("docs/profiles.md names every function of the expressions", async () => {
  const text = await readFile("docs/profiles.md", "utf8");
  for (const name of expressionFunctions) expect(text).toContain(name);
});

/** As much of JSON Schema as the metrics take. */
interface Shape {
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly type?: string;
}
const shapeSchema: z.ZodType<Shape> = z.looseObject({
  const: z.string().exactOptional(),
  enum: z.array(z.string()).exactOptional(),
  type: z.string().exactOptional(),
  get properties() {
    return z.record(z.string(), shapeSchema).exactOptional();
  },
  get oneOf() {
    return z.array(shapeSchema).exactOptional();
  },
  get anyOf() {
    return z.array(shapeSchema).exactOptional();
  },
});

/** What a reader has to write for it: names of fields, and their values where these are given. */
function wordsOf({ const: only, enum: values = [], properties = {}, anyOf = [] }: Shape): readonly string[] {
  const fields = Object.entries(properties).flatMap(([name, field]) => (name === "metric" ? wordsOf(field) : [name, ...wordsOf(field)]));
  return [...(only === undefined ? [] : [only]), ...values, ...fields, ...anyOf.flatMap(wordsOf)];
}

/** Every value that it may have, where these can be counted; else one. */
function examplesOf({ const: only, enum: values, properties, anyOf, type }: Shape): readonly unknown[] {
  if (only !== undefined) return [only];
  if (values !== undefined) return values;
  if (anyOf !== undefined) return anyOf.flatMap(examplesOf);
  if (properties === undefined) return [type === "number" ? 1 : "x"];
  return Object.entries(properties).reduce<readonly object[]>(
    (made, [name, field]) => made.flatMap((so) => examplesOf(field).map((value) => ({ ...so, [name]: value }))),
    [{}],
  );
}

it("docs/profiles.md names every metric of a claim, its fields, their values and its unit", async () => {
  const text = await readFile("docs/profiles.md", "utf8");
  const rows = new Map(text.split("\n").map((line) => [/^\| `([a-z-]+)` \|/.exec(line)?.[1], line]));
  const measureSchema = claimSchema.shape.measure;
  const metrics = shapeSchema.parse(z.toJSONSchema(measureSchema)).oneOf ?? [];
  expect(metrics.length).toBeGreaterThan(10);
  const missing = metrics.flatMap((metric) => {
    const [name = "", ...words] = wordsOf(metric);
    const units = examplesOf(metric).flatMap((example) => metricUnit(measureSchema.parse(example)) ?? []);
    return [name, ...words, ...units.map((unit) => `\`${unit}\``)]
      .filter((word) => !rows.get(name)?.includes(word))
      .map((word) => `${name}: ${word}`);
  });
  expect(missing).toEqual([]);
});
