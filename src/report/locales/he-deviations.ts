import type { enDeviations } from "./en-deviations.js";
import type { Plural } from "./message.js";

/** The same in Hebrew. */
export const heDeviations: {
  readonly [K in keyof typeof enDeviations]: (typeof enDeviations)[K] extends string ? string : Plural;
} = {
  "deviations.heading": "חריגים: Jobs שהתנהלו אחרת מהשאר",
  "deviations.what": "במה היה שונה",
  "deviations.rows": { plural: "n", one: "ה-Job הזה", two: "שני ה-Jobs", other: "כל {n} ה-Jobs" },
  "deviations.caption":
    "הרבה קודם או הרבה אחר כך: מעבר ל-3.5 ציוני z מותאמים מהחציון, גם בהתחשב במה שחותמות הזמן משאירות פתוח. כששתי קבוצות של Jobs נמחקו באופן שונה, הקבוצה הקטנה מופיעה כאן.",
  "deviation.kind-leaked": { plural: "n", one: "נשאר Job אחד בסוף", two: "נשארו שני Jobs בסוף", other: "נשארו {n} Jobs בסוף" },
  "deviation.kind-before-disconnect": {
    plural: "n",
    one: "נמחק Job אחד לפני הניתוק",
    two: "נמחקו שני Jobs לפני הניתוק",
    other: "נמחקו {n} Jobs לפני הניתוק",
  },
  "deviation.kind-ended-by-others": {
    plural: "n",
    one: "נמחק Job אחד על ידי גורם אחר",
    two: "נמחקו שני Jobs על ידי גורם אחר",
    other: "נמחקו {n} Jobs על ידי גורם אחר",
  },
  "deviation.kind-ended-otherwise": {
    plural: "n",
    one: "הסתיים Job אחד שלא על ידי הניקוי",
    two: "הסתיימו שני Jobs שלא על ידי הניקוי",
    other: "הסתיימו {n} Jobs שלא על ידי הניקוי",
  },
  "deviation.kind-late": {
    plural: "n",
    one: "נמחק Job אחד הרבה אחרי השאר",
    two: "נמחקו שני Jobs הרבה אחרי השאר",
    other: "נמחקו {n} Jobs הרבה אחרי השאר",
  },
  "deviation.kind-still-open": {
    plural: "n",
    one: "נשאר Job אחד פתוח הרבה יותר מהשאר, וסופו לא נראה",
    two: "נשארו שני Jobs פתוחים הרבה יותר מהשאר, וסופם לא נראה",
    other: "נשארו {n} Jobs פתוחים הרבה יותר מהשאר, וסופם לא נראה",
  },
  "deviation.kind-early": {
    plural: "n",
    one: "נמחק Job אחד הרבה לפני השאר",
    two: "נמחקו שני Jobs הרבה לפני השאר",
    other: "נמחקו {n} Jobs הרבה לפני השאר",
  },
  "deviation.leaked": "עדיין קיים לפחות {x} שנ׳ אחרי השימוש האחרון",
  "deviation.before-disconnect": "נמחק {by} שנ׳ לפני שהלקוח התנתק",
  "deviation.ended-by-others": "נמחק על ידי {who}",
  "deviation.ended-otherwise": "הסתיים שלא על ידי הניקוי: {mechanism}",
  "deviation.late-disconnected": "נמחק {x} שנ׳ אחרי הניתוק, {by} שנ׳ מאוחר יותר מהשאר (חציון {m} שנ׳)",
  "deviation.late-created": "נמחק {x} שנ׳ אחרי היצירה, {by} שנ׳ מאוחר יותר מהשאר (חציון {m} שנ׳)",
  "deviation.early-disconnected": "נמחק {x} שנ׳ אחרי הניתוק, {by} שנ׳ מוקדם יותר מהשאר (חציון {m} שנ׳)",
  "deviation.early-created": "נמחק {x} שנ׳ אחרי היצירה, {by} שנ׳ מוקדם יותר מהשאר (חציון {m} שנ׳)",
  "deviation.still-open-disconnected": "עדיין פתוח {x} שנ׳ אחרי הניתוק, לפחות {by} שנ׳ יותר מהשאר (חציון {m} שנ׳)",
  "deviation.still-open-created": "עדיין פתוח {x} שנ׳ אחרי היצירה, לפחות {by} שנ׳ יותר מהשאר (חציון {m} שנ׳)",
  "littles-law.holds":
    "בדיקה צולבת (חוק Little): לפי {rate} Jobs בשעה, כל אחד פתוח {x} שנ׳ בממוצע, פתוחים {expected} Jobs בממוצע. לפי העקומה: {curve}.",
  "littles-law.broken":
    "בדיקה צולבת (חוק Little) נכשלה: לפי {rate} Jobs בשעה, כל אחד פתוח {x} שנ׳ בממוצע, פתוחים {expected} Jobs בממוצע, אבל לפי העקומה: {curve}.",
};
