import type { enSurvival } from "./en-survival.js";

/** The same in Hebrew. */
export const heSurvival: Readonly<Record<keyof typeof enSurvival, string>> = {
  "survival.heading": "כמה זמן ה-Job נשאר פתוח אחרי הניתוק",
  "survival.unopened-heading": "כמה זמן Job שאף לקוח לא פתח נשאר פתוח אחרי היצירה",
  "survival.finding": "מחצית מה-Jobs נמחקו תוך {x} שנ׳.",
  "survival.finding-one": "ה-Job היחיד נמחק תוך {x} שנ׳.",
  "survival.two-populations": "המחיקות נחלקות לשתי קבוצות: {early} אחרי {x} שנ׳, ו-{late} אחרי {y} שנ׳ (חציונים).",
  "survival.no-median": "לא ידוע תוך כמה זמן נמחקו מחצית מה-Jobs: מעט מדי Jobs נראו מתחילתם ועד סופם.",
  "survival.axis": "שניות אחרי הניתוק",
  "survival.axis-unopened": "שניות אחרי היצירה",
  "survival.documented": "לפי התיעוד {y} שנ׳",
  "survival.median": "חציון {x} שנ׳",
  "survival.unknown": "לא נכללים בו, כי לא ידועים שני קצותיהם: {n} Jobs.",
  "survival.caption": "אומדן Kaplan-Meier עם רווח סמך של 95%, גודל המדגם {n}, מתוכו מצונזרים מימין {censored}.",
  "survival.beyond": "מצונזרים מעבר לקצה התרשים: {n}, האחרון אחרי {x} שנ׳.",
  "survival.none": "לא נמדד: אין Job שידועים גם הניתוק ממנו וגם המחיקה שלו.",
  "survival.share": "החלק שעדיין פתוח",
  "survival.time": "אחרי",
};
