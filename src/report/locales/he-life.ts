import type { Catalog } from "./en.js";
import type { enLife } from "./en-life.js";

/** The life of one Job, in Hebrew. */
export const heLife: Pick<Catalog, keyof typeof enLife> = {
  "life.heading": "מחזור החיים של ה-Job",
  "life.finding": "מהיצירה עד המחיקה: בפועל {measured} שנ׳, לפי התיעוד {documented} שנ׳.",
  "life.finding-disconnect": "מהיצירה עד הניתוק: בפועל {measured} שנ׳, לפי התיעוד {documented} שנ׳.",
  "life.finding-parts": "לא כל החלקים נמדדו, ולכן אין להם סכום (לפי התיעוד {documented} שנ׳).",
  "life.after-missing": "מה שאחרי הניתוק לא נמדד.",
  "life.missing": "החלק הראשון שחסר, {part}: {why}",
  "life.whole": {
    plural: "n",
    one: "מהיצירה עד המחיקה: {x} שנ׳ (Job אחד).",
    two: "מהיצירה עד המחיקה: {x} שנ׳ (חציון של שני Jobs).",
    other: "מהיצירה עד המחיקה: {x} שנ׳ (חציון של {n} Jobs).",
  },
  "life.difference": "עיקר ההפרש: {part}, {x} שנ׳ במקום {y} שנ׳.",
  "life.documented": "לפי התיעוד",
  "life.measured": "בפועל (חציונים)",
  "life.measured-disconnect": "בפועל, עד הניתוק",
  "life.measured-parts": "בפועל, חלקית",
  "life.axis": "שניות מיצירת ה-Job",
  "life.none": "לא נמדד אף חלק מחיי ה-Job.",
  "life.part": "חלק",
  "life.column-documented": "לפי התיעוד [שנ׳]",
  "life.column-measured": "בפועל [שנ׳]",
  "life.tiny": "קצרים מכדי לצייר: {parts}.",
  "life.open": "החלק האחרון נגמר כשה-Job נעלם.",
  "life.either": "לא ידוע לאיזה חלק שייך הזמן שבמסגרת מקווקוות. המספרים שמתחתיו הם המשך הקצר ביותר והמשך הארוך ביותר האפשריים לכל חלק.",
  "life.undivided": "לא ידוע איך מתחלק הזמן שבמסגרת מקווקוות ({parts}).",
  "life.note": "כל חלק הוא חציון בפני עצמו, ולכן הסכום אינו חייב להתאים בדיוק.",
  "life.note-parts": "כל חלק הוא חציון בפני עצמו. חלקים שלא נמדדו אינם מופיעים, ולכן למה שבא אחריהם אין מקום מדויק על הציר.",
};
