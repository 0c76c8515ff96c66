import type { Catalog } from "./en.js";
import type { enEnding } from "./en-ending.js";

/** The same of a system without a disconnect, in Hebrew. */
export const heEnding: Pick<Catalog, keyof typeof enEnding> = {
  "curve.documented": "הצפוי לפי התיעוד ({y} שנ׳ אחרי הסיום), ממוצע {d}",
  "deviation.kind-before-disconnect": {
    plural: "n",
    one: "נמחק Job אחד לפני סיום העבודה",
    two: "נמחקו שני Jobs לפני סיום העבודה",
    other: "נמחקו {n} Jobs לפני סיום העבודה",
  },
  "deviation.before-disconnect": "נמחק {by} שנ׳ לפני סיום העבודה",
  "deviation.late-disconnected": "נמחק {x} שנ׳ אחרי הסיום, {by} שנ׳ מאוחר יותר מהשאר (חציון {m} שנ׳)",
  "deviation.early-disconnected": "נמחק {x} שנ׳ אחרי הסיום, {by} שנ׳ מוקדם יותר מהשאר (חציון {m} שנ׳)",
  "deviation.still-open-disconnected": "עדיין פתוח {x} שנ׳ אחרי הסיום, לפחות {by} שנ׳ יותר מהשאר (חציון {m} שנ׳)",
  "lead.contradicted": "ה-Job נשאר פתוח {x} שנ׳ אחרי סיום העבודה (חציון), ולא כ-{y} כפי שמופיע בתיעוד.",
  "lead.confirmed-cleanup": "ה-Job נשאר פתוח {x} שנ׳ אחרי סיום העבודה (חציון), כפי שמופיע בתיעוד.",
  "lead.inconclusive": "עדיין לא הוכרע: ה-Job נשאר פתוח {x} שנ׳ אחרי סיום העבודה (חציון של {n}), ולפי התיעוד כ-{y} שנ׳.",
  "diagnostic.gone-before-disconnect": {
    plural: "count",
    one: "נמחק Job אחד עוד לפני סיום העבודה שלו ({names}), והוא לא נכלל בזמנים שאחרי הסיום.",
    two: "נמחקו שני Jobs עוד לפני סיום העבודה שלהם ({names}), והם לא נכללים בזמנים שאחרי הסיום.",
    other: "נמחקו {count} Jobs עוד לפני סיום העבודה שלהם ({names}), והם לא נכללים בזמנים שאחרי הסיום.",
  },
  "diagnostic.two-populations":
    "נראים שני סוגי סיום: {early} Jobs נמחקו כ-{earlyS} שנ׳ אחרי סיום העבודה, ו-{late} נוספים אחרי כ-{lateS} שנ׳. חציון יחיד לא מתאר אף אחד מהם.",
  "polling.part-disconnected-requested": "מהסיום עד בקשת המחיקה",
  "reason.no-samples": "השלב הזה לא נראה אף פעם.",
  "role.serving": "מבצע את העבודה",
  "survival.heading": "כמה זמן ה-Job נשאר פתוח אחרי סיום העבודה",
  "survival.axis": "שניות אחרי הסיום",
  "survival.none": "לא נמדד: אין Job שידועים גם סיום העבודה שלו וגם המחיקה שלו.",
  "part.after-disconnect": "אחרי הסיום",
  "life.finding-disconnect": "מהיצירה עד סיום העבודה: בפועל {measured} שנ׳, לפי התיעוד {documented} שנ׳.",
  "life.after-missing": "מה שאחרי סיום העבודה לא נמדד.",
  "life.measured-disconnect": "בפועל, עד סיום העבודה",
  "stages.caption": "בשניות, ורק מה שהסתיים בהצלחה. כל נקודה היא משך אחד, והקו מסמן את החציון. אחוזון מופיע רק כשגודל המדגם מספיק לו.",
  "stages.none": "לא נמדד: לא נראה אף שלב מתחילתו ועד סופו.",
};
