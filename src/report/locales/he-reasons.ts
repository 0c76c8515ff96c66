import type { Catalog } from "./en.js";
import type { enReasons } from "./en-reasons.js";

/** The rule that gave a verdict, in Hebrew. */
export const heReasons: Pick<Catalog, keyof typeof enReasons> = {
  "reason.interval-inside": "כל הרווח, מ-{lower} עד {upper}, מתאים לתיעוד.",
  "reason.interval-outside": "כל הרווח, מ-{lower} עד {upper}, נמצא מחוץ למה שהתיעוד מתיר.",
  "reason.inside-as-deployed":
    "לפי ההגדרה בפועל, {checks} בדיקות, הטווח הוא מ-{lower} עד {upper} ומתאים לתיעוד. המחיקות לבדן מתירות גם מספרי בדיקות אחרים.",
  "reason.outside-as-deployed":
    "לפי ההגדרה בפועל, {checks} בדיקות, הטווח הוא מ-{lower} עד {upper}, מחוץ למה שהתיעוד מתיר. המחיקות לבדן מתירות גם מספרי בדיקות אחרים.",
  "reason.interval-crosses-limit": {
    plural: "moreSamples",
    one: "הרווח, מ-{lower} עד {upper}, חוצה את הגבול {limit}. דרושה עוד דגימה אחת כדי להכריע.",
    two: "הרווח, מ-{lower} עד {upper}, חוצה את הגבול {limit}. דרושות עוד שתי דגימות כדי להכריע.",
    other: "הרווח, מ-{lower} עד {upper}, חוצה את הגבול {limit}. דרושות עוד כ-{moreSamples} דגימות כדי להכריע.",
  },
  "reason.value-on-limit": "הערך נמצא על הגבול {limit} עצמו (הרווח מ-{lower} עד {upper}), ושום מספר של דגימות לא יכריע.",
  "reason.range-crosses-limit":
    "הרווח, מ-{lower} עד {upper}, חוצה את הגבול {limit}, כי זמני המחיקה ידועים רק כטווח. דגימות נוספות לא יכריעו, אבל מקור עם הזמן של כל מחיקה יכריע: ה-audit log, או watch עם זמני הגעה.",
  "reason.confirmed-with-room": "אומתה, עם מרווח גדול ({value} מתוך {bound}).",
  "reason.bound-holds": "הגבול {bound} נשמר: הרווח הוא מ-{lower} עד {upper}.",
  "reason.bound-broken": "הגבול {bound} נפרץ: הרווח הוא מ-{lower} עד {upper}.",
  // The same of one value, which needs no interval.
  "reason.bound-holds-at": "הגבול {bound} נשמר: הערך הוא {lower}.",
  "reason.bound-broken-at": "הגבול {bound} נפרץ: הערך הוא {lower}.",
  "reason.run-value-inside": "הערך של הריצה הזו, {value}, מתאים לתיעוד.",
  "reason.run-value-outside": "הערך של הריצה הזו, {value}, נמצא מחוץ למה שהתיעוד מתיר.",
  "reason.band-crosses-limit":
    "התחום שנותר לערך של הריצה הזו בגלל קצוות לא ודאיים, מ-{lower} עד {upper}, חוצה את הגבול {limit}. דגימות נוספות לא יכריעו, כי לריצה יש ערך אחד, אבל מקורות מדויקים יותר יכריעו: ה-audit log, או watch עם זמני הגעה מלפני הריצה ועד המחיקה האחרונה.",
  "reason.part-exceeds": "נראה רק חלק מהריצה, וכבר בו הערך מגיע ל-{lower}: יותר ממה שהתיעוד מתיר.",
  "reason.part-suffices": "נראה רק חלק מהריצה, אבל כבר בו הערך מגיע ל-{lower}, והתיעוד לא דורש יותר מזה.",
  "reason.exactly-confirmed": "בדיוק {value} בכל {n} הדגימות.",
  "reason.exactly-with-exceptions": "בדיוק {value} ככלל, ו-{differing} מתוך {n} הדגימות שונות.",
  "reason.too-few-samples": "מעט מדי דגימות לרווח סמך: {n}, ודרושות לפחות {needed}.",
  "reason.ambiguous-fit":
    "כמה הסברים מתאימים לנתונים, והחותמות לא מכריעות ביניהם (מספר הבדיקות, ולצדו מספר השניות מהבדיקה האחרונה עד המחיקה): {fits}. מה שמנגנון הניקוי עצמו כותב ללוג יכריע, וכך גם מספר הבדיקות שמוגדר בפועל.",
  "reason.fit-leaves-range":
    "לפי {checks} בדיקות נותרות בין {lower} ל-{upper} שניות מהבדיקה האחרונה עד המחיקה: העיכוב של הדגימות עצמן לא נראה בנתונים. מה שמנגנון הניקוי עצמו כותב ללוג יכריע.",
  "reason.setting-and-behaviour-agree": "ההגדרה בפועל ({deployed}) וההתנהגות ({value}) מתאימות לתיעוד.",
  "reason.setting-agrees": "ההגדרה בפועל ({deployed}) מתאימה לתיעוד.",
  "reason.setting-differs": "ההגדרה בפועל היא {deployed}, ולפי התיעוד {documented}.",
  "reason.setting-agrees-behaviour-differs":
    "ההגדרה בפועל היא {deployed}, כמו בתיעוד ({documented}), אבל ההתנהגות היא {value} (מ-{lower} עד {upper}).",
  "reason.setting-varies": "בפועל מוגדרים כמה ערכים ({deployed}), ולפי התיעוד {documented}. ריצה שבה מוגדר ערך אחד תכריע.",
  "reason.condition-false": "התנאי: {condition}. בריצה זו: {seen}.",
  "reason.parameter-unknown": "התנאי: {condition}. לא ידוע כאן: {parameter}. אפשר למסור אותו בעזרת --param.",
  "reason.no-log": "אין בקלט לוג של מכונת ההרצה.",
  "reason.no-cluster-data": "אין בקלט Jobs מה-cluster.",
  "reason.no-creations": "לפי הקלט לא ידוע מתי נוצרו ה-Jobs שבו.",
  "reason.no-deletions": "אין בקלט מידע על זמני המחיקה של ה-Jobs, או שאין מידע כזה על מספיק מהם.",
  "reason.clock-unanchored": "אין מה שקושר את השעון של מכונת ההרצה לשעון של ה-cluster.",
  "reason.no-such-jobs": "אין בריצה Jobs מהסוג שהטענה עוסקת בו.",
  "reason.order-unknown":
    "ב-{unordered} מתוך {jobs} Jobs נראה שהסוף קודם להתחלה, בתחום שחותמות הזמן והשעונים משאירים פתוח, ולכן הזמן שביניהם קצר מכדי שאפשר יהיה למדוד אותו.",
  "reason.no-connect-stage": "אין בפרופיל שלב connect, ולכן אין לדעת לאילו Jobs התחבר לקוח.",
  "reason.all-censored": "סיומו של אף אחד מה-Jobs האלה לא ידוע: איסוף הנתונים הסתיים לפניהם.",
  "reason.too-many-censored": "הסיום לא ידוע בכל כך הרבה Jobs ({censored}, לעומת {ended} שסיומם נראה) שלחציון אין גבול עליון.",
  "reason.too-few-from-start":
    "כל כך הרבה מה-Jobs האלה היו פתוחים עוד לפני שאפשר היה לראות אותם ({late} מתוך {count}), שלא ידוע כמה אחרים כבר נמחקו עד אז, ולכן החציון לא ידוע.",
  "reason.end-not-seen": "הרגע שבו זה מסתיים לא נקלט, או לא נקלט במספיק Jobs.",
  "reason.run-not-whole": "הלוג לא מכיל את כל הריצה: הוא מתחיל או מסתיים באמצע חקירה, או שיש בו פחות חקירות ממה שהוכרז בו.",
  "reason.part-in-log":
    "הלוג לא מכיל את כל הריצה: הוא מתחיל או מסתיים באמצע חקירה, או שיש בו פחות חקירות ממה שהוכרז בו. בחלק שיש בו הערך הוא {lower}, ובריצה כולה הוא עשוי להיות גבוה יותר.",
  "reason.part-in-capture": "ייתכן שבנתונים שנאספו חסרים Jobs של הריצה. בחלק שנאסף הערך הוא {lower}, ובריצה כולה הוא עשוי להיות גבוה יותר.",
  "reason.mean-of-part": "נראה רק חלק מהריצה. הממוצע שלו, {value}, אינו בהכרח הממוצע של הריצה: ה-Jobs מצטברים בתחילתה ומתמעטים בסופה.",
  "reason.several-runs": "הדוח עוסק בכמה ריצות יחד, והזמן שביניהן לא שייך לאף אחת מהן. אפשר למדוד אחת מהן בעזרת --run N.",
  "reason.clock-doubtful": "ייתכן שהשעון של מכונת ההרצה הוזז במהלך הריצה, ולכן לא ידוע כמה זמן היא נמשכה.",
  "reason.clock-hole": "ייתכן שהשעון של מכונת ההרצה הוזז במהלך הריצה, ואין דרך לדעת מתי, לפי שעון ה-cluster, נכתבו השורות שמהן זה נמדד.",
  "reason.end-before-start": "ב-{reversed} מתוך {jobs} Jobs סוף השלב קודם לתחילתו, ולכן זה לא משך זמן.",
  "reason.no-samples": "אף חקירה לא עברה בשלב הזה.",
  "reason.none-ended-well": {
    plural: "n",
    one: "השלב הזה נראה פעם אחת, אבל לא במקרה שהסתיים בהצלחה.",
    two: "השלב הזה נראה פעמיים, אבל אף פעם לא במקרה שהסתיים בהצלחה.",
    other: "השלב הזה נראה {n} פעמים, אבל אף פעם לא במקרה שהסתיים בהצלחה.",
  },
  "reason.none-reported": {
    plural: "n",
    one: "הטענה עוסקת רק ב-{group} {equals}, וזה לא דווח בפעם היחידה שבה נראה השלב הזה.",
    two: "הטענה עוסקת רק ב-{group} {equals}, וזה לא דווח באף אחת משתי הפעמים שבהן נראה השלב הזה.",
    other: "הטענה עוסקת רק ב-{group} {equals}, וזה לא דווח באף אחת מ-{n} הפעמים שבהן נראה השלב הזה.",
  },
  "reason.values-not-numbers": '{count} מתוך {n} הערכים של "{group}" בלוג אינם מספרים, ואחד מהם הוא "{text}".',
  "reason.decimal-sign-unknown":
    'לפי הלוג אי אפשר לדעת אם הפסיק בערכי "{group}", כגון "{text}", מפריד אלפים או שברים עשרוניים. אפשר לציין זאת בפרופיל, במפתח decimalSign.',
  "reason.not-sequential": "החקירות חופפות, ולכן אין משמעות לזמן שביניהן.",
  "reason.idle-streams-unmeasured": "הזמן הזה לא נמדד: הלוג לא מראה ממתי לא הייתה פעילות ב-stream שנסגר.",
  "reason.no-cpu-samples": "אין בקלט דגימות CPU.",
  "reason.cpu-samples-unusable": "אין בקלט דגימות CPU שאפשר להשתמש בהן בשביל ה-Jobs של הריצה.",
  "reason.cpu-readings-unknown": "דגימות ה-CPU לא מראות איזה שימוש נחשב ללא פעילות ואיזה לא.",
  "reason.no-job-specs": "אין בקלט הגדרות של ה-Jobs האלה ({role}).",
  "reason.setting-absent": "בהגדרות של ה-Jobs האלה ({role}) לא נקבע {setting}.",
  "reason.setting-not-a-number": "ההגדרה {setting} של ה-Jobs האלה ({role}) אינה מספר: {text}.",
  "reason.ttl-before-due":
    "לפי חותמות הזמן, {count} מתוך {of} Jobs הוסרו לפני תום הזמן שהוקצב להם, וזה לא ייתכן: שעוני ה-controller וה-API server שונים, ואין מה שמראה בכמה.",
  "reason.no-ttl-removals": "אף Job בתפקיד הזה ({role}) לא הוסר בתום הזמן שהוקצב לו.",
  "reason.mechanism-unknown": "אין מידע על מה שסיים את ה-Jobs.",
  "reason.no-cleanup-jobs": "אין בקלט Jobs של ניקוי.",
  "reason.no-failed-cleanup": "אף ניקוי לא נכשל.",
  "reason.no-iterations": "אין בלוג איטרציות.",
  "reason.iteration-not-ended": "בלוג לא נראה סופה של אף איטרציה: איטרציה מסתיימת במקום שבו מתחילה הבאה אחריה.",
  "reason.limit-not-reached": "בלוג לא נראה שהלולאה נעצרה בגבול שלה, והמספר הגבוה ביותר היה {highest}.",
  "reason.polling-no-pods": "ההתחלה של ה-Pods של הניקוי לא נקלטה.",
  "reason.polling-coarse": "זמני המחיקה גסים מכדי לראות את מחזור הבדיקות.",
  "reason.polling-few": "מעט מדי מחיקות מראות את מחזור הבדיקות, ונדרשות לפחות 6.",
  "reason.polling-alike": "השימוש ב-Jobs היה דומה מדי, וכמה מרווחים מסבירים את המחיקות.",
  "reason.polling-one-level": "כל ה-Jobs נמחקו אחרי אותו מספר בדיקות, ולכן אי אפשר להבדיל בין המרווח למספר.",
  "reason.polling-no-grid": "זמני המחיקה לא נופלים על רשת אחת.",
};
