import type { Catalog } from "./en.js";
import type { enJobs } from "./en-jobs.js";

/** The same of a run that is known by its Jobs alone, in Hebrew. */
export const heJobs: Pick<Catalog, keyof typeof enJobs> = {
  "lead.too-few": "בריצה הזו הסתיימו בהצלחה מעט מדי Jobs, ואי אפשר לתקן לפיה את התיעוד.",
  "lead.no-claims": {
    plural: "n",
    one: "נמדד Job אחד, ואין טענות להשוות אליו.",
    two: "נמדדו שני Jobs, ואין טענות להשוות אליהם.",
    other: "נמדדו {n} Jobs, ואין טענות להשוות אליהם.",
  },
  "left.no-serving": "לא ידוע על אף Job בקלט ששייך לריצה הזו.",
  "timeline.heading": "כל Job, על אותו ציר",
  "timeline.finding": {
    plural: "n",
    one: "ה-Job היחיד בשורה אחת. נכשלו: {failed}. מספר ה-Jobs שסופם לא נראה: {open}.",
    other: "כל Job בשורה משלו. מספר ה-Jobs: {n}, מהם נכשלו: {failed}. מספר ה-Jobs שסופם לא נראה: {open}.",
  },
  "timeline.none": "לא צויר: בקלט אין אף Job של הריצה הזו.",
  "timeline.shown": "מוצג: מ-{from} עד {to}. מספר ה-Jobs: {n}. שיא ה-Jobs הפתוחים: {p}.",
  "timeline.shown-rows": "מוצג: מ-{from} עד {to}. מספר ה-Jobs: {n}.",
  "stages.caption": "בשניות. כל נקודה היא משך אחד, והקו מסמן את החציון. אחוזון מופיע רק כשגודל המדגם מספיק לו.",
  "stages.failed-caption": "הושמטו: משכים של Jobs שנכשלו.",
  "stages.none": "לא נמדד: לא נראה אף שלב של Job מתחילתו ועד סופו.",
  "investigations.heading": "רשימת ה-Jobs",
  "method.medians": "השלבים הם חציונים של Jobs. רווח הסמך של חציון מחושב מסטטיסטיקות סדר ודורש לפחות 6 דגימות.",
  "reason.no-samples": "השלב הזה לא נראה אף פעם.",
  "pool.facts": "לא נכשלו {ok} Jobs מתוך {n}",
  "pool.finding": "ערך המשותף לכמה ריצות שוקל ריצות שלמות ולא Jobs בודדים, ורווח הסמך שלו כולל גם את מה שבין ריצה לריצה.",
  "pool.investigations": "מספר ה-Jobs",
  "pool.ended-well": "לא נכשלו",
  "reason.pooled-crosses-limit":
    "רווח הסמך של 95% על פני {runs} ריצות, בין {lower} ל-{upper}, חוצה את הגבול {limit}. ריצות נוספות יצרו אותו, ו-Jobs נוספים באותן ריצות לא.",
  "role.serving": "מבצע את העבודה",
};
