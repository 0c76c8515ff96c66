/** A sentence that changes with a whole count: the form is chosen by Intl.PluralRules from the value named `plural`. */
export interface Plural {
  readonly plural: string;
  readonly one: string;
  /** Hebrew has a dual, English says "both"; left out where neither is meant. */
  readonly two?: string;
  readonly other: string;
}

/** Text with `{name}` placeholders. */
export type Message = string | Plural;
