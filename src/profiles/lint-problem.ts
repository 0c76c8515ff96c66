/** Something wrong in a profile or claims file that its schema cannot see. */
export interface LintProblem {
  /** Dotted path into the file, for example claims.delay-277.appliesWhen */
  readonly place: string;
  readonly message: string;
  readonly hint?: string;
}

/** A problem for each of the places that is named more than once: their ids are. */
export function usedTwice(places: readonly string[]): LintProblem[] {
  const twice = new Set(places.filter((place, index) => places.indexOf(place) !== index));
  return [...twice].map((place) => ({ place, message: "this id is used twice" }));
}
