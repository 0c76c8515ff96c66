import type { Catalog } from "./en.js";
import type { enCrossChecks } from "./en-cross-checks.js";

/** Numbers that the log gives by itself, in Hebrew. */
export const heCrossChecks: Pick<Catalog, keyof typeof enCrossChecks> = {
  "cross-checks.heading": "מספרים שהלוג נותן בעצמו",
  "cross-checks.caption":
    "בדיקות צולבות: הערך הצפוי נובע ממה שנמדד, או ממספרים אחרים באותה שורה, ולא נשען על המספרים האלה. מספר שאינו כצפוי נספר שם אחרת, או שמשהו נמדד כאן לא נכון.",
  "cross-check.one": "{title}: בלוג {x}, והצפוי {y}.",
  "cross-check.one-differs": "{title}: בלוג {x}, אבל הצפוי {y}.",
  "cross-check.agrees": {
    plural: "n",
    one: "{title}: המספר כצפוי.",
    two: "{title}: שני המספרים כצפוי.",
    other: "{title}: כל {n} המספרים כצפוי.",
  },
  "cross-check.differs": {
    plural: "k",
    one: "{title}: מספר אחד מתוך {n} אינו כצפוי: בלוג {x}, אבל הצפוי {y}.",
    two: "{title}: שני מספרים מתוך {n} אינם כצפוי, והרחוק ביותר: בלוג {x}, אבל הצפוי {y}.",
    other: "{title}: {k} מספרים מתוך {n} אינם כצפוי, והרחוק ביותר: בלוג {x}, אבל הצפוי {y}.",
  },
  "cross-check.incomparable": {
    plural: "n",
    one: "לגבי מספר אחד נוסף לא ידוע מה צפוי.",
    two: "לגבי שני מספרים נוספים לא ידוע מה צפוי.",
    other: "לגבי {n} מספרים נוספים לא ידוע מה צפוי.",
  },
  "cross-check.none": {
    plural: "n",
    one: "{title}: בלוג מספר אחד, ולא ידוע מה צפוי.",
    two: "{title}: בלוג שני מספרים, ולא ידוע מה צפוי.",
    other: "{title}: בלוג {n} מספרים, ולא ידוע מה צפוי.",
  },
  "diagnostic.cross-checks-differ": "מספרים שהלוג נותן בעצמו אינם כצפוי ({checks}): הם נספרו שם אחרת, או שמשהו נמדד כאן לא נכון.",
};
