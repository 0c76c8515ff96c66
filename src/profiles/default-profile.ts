/** The built-in profile that is taken where none is named. */
export const DEFAULT_PROFILE = "focus-server";
