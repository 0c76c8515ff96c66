/** The rule that gave a verdict, in Hebrew. */
export const heReasons = {
  "reason.interval-inside": "כל הרווח נמצא בתוך הסטייה המותרת.",
  "reason.interval-apart": "כל הרווח נמצא מחוץ לסטייה המותרת.",
  "reason.interval-overlaps": "הרווח חוצה את גבול הסטייה המותרת.",
} as const;
