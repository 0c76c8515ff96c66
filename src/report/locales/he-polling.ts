import type { Catalog } from "./en.js";
import type { enPolling } from "./en-polling.js";

/** The same in Hebrew. */
export const hePolling: Pick<Catalog, keyof typeof enPolling> = {
  "polling.heading": "איך הניקוי בודק",
  "polling.grid": "הבדיקה חוזרת כל {x} שנ׳ (בין {a} ל-{b} שנ׳): {n} מחיקות נופלות על רשת אחת, שנספרת מתחילת ה-Pod של הניקוי.",
  "polling.strays": {
    plural: "n",
    one: "עוד מחיקה אחת חריגה ולא נכללה.",
    two: "עוד שתי מחיקות חריגות ולא נכללו.",
    other: "עוד {n} מחיקות חריגות ולא נכללו.",
  },
  "polling.assumes": "ההנחה היא שהעיכוב של הדגימות והמחיקה נמשכים יחד לכל היותר {x} שנ׳. אחרת ייתכן שהמרווח הוא רק חלק מזה.",
  "polling.no-grid": "לא נמצאה רשת קבועה ב-{n} מחיקות.",
  "polling.at-least": "המרווח הוא לפחות {x} שנ׳.",
  "polling.settled-behaviour": "רק {n} בדיקות מסבירות את המחיקות: {t} שנ׳ מהדגימה הנמוכה הראשונה עד האחרונה.",
  "polling.settled-prompt":
    "כמה מספרי בדיקות מתאימים למחיקות. אם לא העיכוב במדידת ה-CPU ולא המחיקה עצמה נמשכים מרווחים שלמים, מדובר ב-{n} בדיקות: {t} שנ׳ מהדגימה הנמוכה הראשונה עד האחרונה. זו הנחה, ואף תוצאה לא נשענת עליה.",
  "polling.settled-deployed":
    "לפי ההגדרה שבשימוש, {n} בדיקות, עוברות {t} שנ׳ מהדגימה הנמוכה הראשונה עד האחרונה. המחיקות לבדן מתאימות גם למספרים אחרים.",
  "polling.several": "כמה מספרי בדיקות מסבירים את המחיקות: {checks}.",
  "polling.documented": "לפי התיעוד הבדיקות נמשכות {x} שנ׳.",
  "polling.ends-requested": "כל נקודה היא אחת מ-{n} בקשות מחיקה, במרחק שלה מהרשת. בלי רשת הנקודות היו ממלאות את כל הרוחב.",
  "polling.ends-gone": "כל נקודה היא אחד מ-{n} Jobs ברגע שנמחק, במרחק שלו מהרשת. בלי רשת הנקודות היו ממלאות את כל הרוחב.",
  "polling.level": "כ-{x} שנ׳ אחרי תחילת ה-Pod של הניקוי ({n})",
  "polling.axis": "שניות מהרשת, סיבוב אחד הוא {x} שנ׳",
  "polling.checks": "בדיקות",
  "polling.trigger": "מהדגימה הנמוכה הראשונה עד האחרונה [שנ׳]",
  "polling.process": "נותר להשהיה ולמחיקה [שנ׳]",
  "polling.settled": "מה מכריע",
  "polling.by-behaviour": "זה: רק הוא מתאים",
  "polling.by-prompt": "זה, אם שום דבר אחר לא נמשך מרווחים שלמים",
  "polling.by-deployed": "לפי ההגדרה שבשימוש",
  "polling.part-first-check": "מסוף השימוש עד הדגימה הנמוכה הראשונה",
  "polling.part-disconnected-requested": "מהניתוק עד בקשת המחיקה",
  "polling.part-requested-gone": "מבקשת המחיקה עד שה-Job נעלם",
  "polling.part-gone-pod-gone": "מהיעלמות ה-Job עד היעלמות ה-Pod",
  "polling.part-gone-service-gone": "מהיעלמות ה-Job עד היעלמות ה-service",
};
