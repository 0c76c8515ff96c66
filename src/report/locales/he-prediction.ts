import type { Catalog } from "./en.js";
import type { enPrediction } from "./en-prediction.js";

/** What a prediction says, in Hebrew. */
export const hePrediction: Pick<Catalog, keyof typeof enPrediction> = {
  "prediction.heading": "מה יקרה עם השהיה אחרת",
  "prediction.title": "מה אם: {title}",
  "prediction.finding":
    "עם השהיה של {d} במקום {m}, ריצה של {investigations} תימשך {t} (90%: מ-{a} עד {b}), ומספר ה-Jobs הפתוחים יהיה {x} בממוצע ו-{p} בשיא (90%: מ-{q} עד {r}).",
  "prediction.finding-total": "עם השהיה של {d} במקום {m}, ריצה של {investigations} תימשך {t} (90%: מ-{a} עד {b}).",
  "prediction.basis": "לכל השהיה {r} ריצות מדומות, מתוך {k} חקירות שנמדדו. השיא שנמדד: {p}.",
  "prediction.basis-total": "לכל השהיה {r} ריצות מדומות, מתוך {k} חקירות שנמדדו.",
  "prediction.limit": {
    plural: "p",
    one: "ההשהיה הקטנה ביותר שבה {share} מהריצות המדומות נשארות עם Job פתוח אחד לכל היותר: {d}.",
    two: "ההשהיה הקטנה ביותר שבה {share} מהריצות המדומות נשארות עם שני Jobs פתוחים לכל היותר: {d}.",
    other: "ההשהיה הקטנה ביותר שבה {share} מהריצות המדומות נשארות עם {p} Jobs פתוחים לכל היותר: {d}.",
  },
  "prediction.limit-none": {
    plural: "p",
    one: "אין השהיה שבה {share} מהריצות המדומות נשארות עם Job פתוח אחד לכל היותר, כי יש Jobs שנשארים פתוחים.",
    two: "אין השהיה שבה {share} מהריצות המדומות נשארות עם שני Jobs פתוחים לכל היותר, כי יש Jobs שנשארים פתוחים.",
    other: "אין השהיה שבה {share} מהריצות המדומות נשארות עם {p} Jobs פתוחים לכל היותר, כי יש Jobs שנשארים פתוחים.",
  },
  "prediction.limit-own": {
    plural: "p",
    one: "אין השהיה שבה {share} מהריצות המדומות נשארות עם Job פתוח אחד לכל היותר, כי לחקירה אחת לבדה יש עד {k} בבת אחת.",
    two: "אין השהיה שבה {share} מהריצות המדומות נשארות עם שני Jobs פתוחים לכל היותר, כי לחקירה אחת לבדה יש עד {k} בבת אחת.",
    other: "אין השהיה שבה {share} מהריצות המדומות נשארות עם {p} Jobs פתוחים לכל היותר, כי לחקירה אחת לבדה יש עד {k} בבת אחת.",
  },
  "prediction.caption": "הקווים הם אמצע הריצות המדומות, והרצועות מכילות 90% מהן.",
  "prediction.footer": "התחזית נוצרה בעזרת postrun {version}, עם seed {seed}: אותו דוח ואותו seed נותנים אותם מספרים.",
  "prediction.notes": "על מה זה מבוסס",

  "prediction.seconds": { plural: "s", one: "שנייה אחת", two: "שתי שניות", other: "{s} שנ׳" },

  "prediction.delay": "השהיה (שנ׳)",
  "prediction.total": "זמן כולל",
  "prediction.mean": "ממוצע Jobs פתוחים",
  "prediction.peak": "שיא Jobs פתוחים",
  "prediction.interval": "90%",
  "prediction.interval-wide": "95%",
  "prediction.within": "שיא של {p} לכל היותר",
  "prediction.beyond": "מעבר לנתונים",

  "prediction.axis": "השהיה בין חקירות (שנ׳)",
  "prediction.unit": "מספר ה-Jobs הפתוחים",
  "prediction.line-peak": "שיא",
  "prediction.line-mean": "ממוצע",
  "prediction.line-limit": "גבול {p}",

  "prediction.shorter-delay": "השהיה קצרה יותר",
  "prediction.more-open-jobs": "יותר Jobs פתוחים",
  "prediction.more-investigations": "יותר חקירות",

  "prediction.load-assumed": "ההנחה היא שמשך החקירות אינו תלוי במספר ה-Jobs הפתוחים, והנתונים אינם סותרים אותה.",
  "prediction.load-unknown": "ההנחה היא שמשך החקירות אינו תלוי במספר ה-Jobs הפתוחים, ואי אפשר לבדוק אותה בנתונים.",
  "prediction.load-dependence":
    "החיבור נמשך זמן רב יותר כשהיו יותר Jobs פתוחים: בערך {slopeS} שנ׳ לכל Job (על פני {n} חיבורים). התחזית אינה כוללת זאת: עם יותר Jobs פתוחים ממה שנמדד היא מהירה מדי.",
  "prediction.serial-dependence":
    "חקירות איטיות באו אחרי חקירות איטיות (מתאם דירוגים {r}), אבל בתחזית הן בלתי תלויות: הטווחים של הזמן הכולל ושל הממוצע צרים מדי.",
  "prediction.few": "נמדדו רק {n} חקירות: הטווחים צרים מדי.",
  "prediction.failures": "חקירות שנמדדו: {n}, מהן לא הסתיימו בהצלחה: {failed}. כך גם בריצות המדומות, עד כדי מקריות.",
  "prediction.no-failure-seen":
    "אף אחת מ-{n} החקירות לא נכשלה, ולכן גם בתחזית אין כישלונות. ייתכן שעד {percent}% ייכשלו בלי שנראה אף כישלון.",
  "prediction.running-left-out": "חקירות שהושמטו כי סופן לא בלוג: {n}.",
  "prediction.ends-drawn": "מספר ה-Jobs שסופם לא נראה: {n}. הסוף שלהם מוגרל לפי האחרים (Kaplan-Meier).",
  "prediction.jobs-drawn": "חקירות שה-Job שלהן לא תועד מתחילתו: {n}. במקומו מוגרל Job של חקירה אחרת.",
  "prediction.delay-is-gap": "השהיה היא הזמן שנמדד בין סוף חקירה לתחילת הבאה אחריה.",
  "prediction.delay-overhead": "מעבר להשהיה שנקבעה, בין חקירות עוברות עוד {s} שנ׳, והן נוספות לכל השהיה.",
  "prediction.no-open-jobs": "מספר ה-Jobs הפתוחים לא נחזה: בדוח לא ידוע כמה היו פתוחים.",
  "prediction.stray-jobs": "מספר ה-Jobs הפתוחים לא נחזה: בדוח לא כתוב לאילו חקירות שייכים כמה מה-Jobs של הריצה ({n}).",
  "prediction.too-few-ends": "מספר ה-Jobs הפתוחים לא נחזה: מספר ה-Jobs שסופם נראה: {n}, ונדרשים {needed}.",

  "prediction.refused-several-runs": "בדוח יש {n} ריצות. יש לנתח אחת מהן (--run N)",
  "prediction.refused-no-investigations": "בדוח אין חקירות עם זמנים, ולכן אין ממה להגריל",
  "prediction.refused-parallel": "חקירות חפפו ({k} מתוך {n}): הריצה הייתה מקבילית, והשהיה בין חקירות אינה אומרת דבר על ריצה כזו",
  "prediction.refused-too-few": "מספר החקירות שהסתיימו בדוח: {n}, ונדרשות לפחות {needed}",
  "prediction.refused-no-delay": "לא נמדד זמן בין שתי חקירות",
};
