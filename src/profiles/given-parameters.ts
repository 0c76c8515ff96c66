import { PostrunError } from "../model/errors.js";
import type { Profile } from "../model/profile.js";
import { suggestion } from "../model/text/nearest.js";

type Given = Readonly<Record<string, string | number>>;

/**
 * The given values of a profile's parameters as their definitions have them: a number or a text, whichever way it was written. Throws a PostrunError
 * (`usage`) for a parameter that the profile does not have and for a value that it cannot take.
 */
export function givenParameters({ parameters }: Pick<Profile, "parameters">, given: Given): Given {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, parameterValue(parameters, name, value)]));
}

function parameterValue(definitions: Profile["parameters"], name: string, value: string | number): string | number {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition === undefined) {
    throw new PostrunError("usage", `the profile has no parameter "${name}"`, suggestion(name, Object.keys(definitions)));
  }
  const text = String(value);
  if (definition.type === "number") {
    const number = Number(text);
    if (text.trim() === "" || !Number.isFinite(number))
      throw new PostrunError("usage", `--param ${name}=${text}: expected a number`, `for example --param ${name}=5`);
    return number;
  }
  if (definition.values !== undefined && !definition.values.includes(text)) {
    throw new PostrunError(
      "usage",
      `--param ${name}=${text}: expected one of ${definition.values.join(", ")}`,
      suggestion(text, definition.values),
    );
  }
  return text;
}
