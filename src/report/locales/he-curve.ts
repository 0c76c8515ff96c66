import type { Catalog } from "./en.js";
import type { enCurve } from "./en-curve.js";

/** Open Jobs over time, and for how long how many were open, in Hebrew. */
export const heCurve: Pick<Catalog, keyof typeof enCurve> = {
  "curve.heading": "כמה Jobs היו פתוחים בכל רגע",
  "curve.finding": "בממוצע {m}, ובשיא {p}, לראשונה ב-{at}.",
  "curve.finding-range": "בממוצע {m}, ובשיא {p}.",
  "curve.measured": "נמדד, ממוצע {m}. הרצועה: מהנמוך ביותר עד הגבוה ביותר בכל {width}",
  "curve.documented": "הצפוי לפי התיעוד ({y} שנ׳ אחרי הניתוק), ממוצע {d}",
  "curve.documented-plain": "הצפוי לפי התיעוד, ממוצע {d}",
  "curve.counted": "לפי החשבון שבתיעוד ({y} שנ׳ אחרי היצירה), ממוצע {d}",
  "curve.counted-plain": "לפי החשבון שבתיעוד (הזמן נספר מהיצירה), ממוצע {d}",
  "curve.column-counted": "החשבון שבתיעוד",
  "curve.column-time": "מהשעה",
  "curve.column-mean": "ממוצע",
  "curve.column-band": "מהנמוך לגבוה",
  "curve.peak": "שיא: {p}",
  "curve.limit": "לפי התיעוד עד {c}",
  "curve.limit-above": "הגבול שבתיעוד, עד {c} Jobs פתוחים בבת אחת, נמצא הרבה מעל התרשים.",
  "curve.between": "בין {a} ל-{b}",
  "curve.axis-time": "השעה ({zone})",
  "curve.source": {
    plural: "n",
    one: "נספר Job אחד של הריצה הזו, מ-{from} עד {to}.",
    two: "נספרו שני Jobs של הריצה הזו, מ-{from} עד {to}.",
    other: "נספרו {n} Jobs של הריצה הזו, מ-{from} עד {to}.",
  },
  "curve.members": "פתוחים ברגע השיא: {members}.",
  "curve.unwatched": "לא פעל שום מעקב אחרי ה-Jobs ({stretches}), ולא ידוע כמה היו פתוחים אז.",
  "curve.beyond": "מחוץ לזמן שנאסף ({stretches}) לא ידוע כמה Jobs היו פתוחים.",
  "curve.unseen": {
    plural: "n",
    one: "ה-Job של חקירה אחת לא נמצא באף איסוף נתונים, ולכן אינו בעקומה, אף שייתכן שהיה פתוח.",
    two: "ה-Jobs של שתי חקירות לא נמצאו באף איסוף נתונים, ולכן אינם בעקומה, אף שייתכן שהיו פתוחים.",
    other: "ה-Jobs של {n} חקירות לא נמצאו באף איסוף נתונים, ולכן אינם בעקומה, אף שייתכן שהיו פתוחים.",
  },
  "curve.part-log": "הלוג לא מכיל את כל הריצה: ייתכן שהשיא שלה גבוה יותר, והממוצע שלה עשוי להיות אחר.",
  "curve.part-capture": "ייתכן שבנתונים שנאספו חסרים Jobs של הריצה: השיא שלה עשוי להיות גבוה יותר, והממוצע שלה אחר.",
  "curve.none": "לא נמדד: בקלט לא כתוב ממתי ועד מתי היה כל Job פתוח.",
  "curve.difference":
    "מדוע המתועד והנמדד שונים: בתיעוד כתוב {documented}, המספרים של התיעוד עצמו בחישוב הנכון נותנים {curve}, ובפועל נמדד {measured}.",
  "curve.cause-arithmetic": "החשבון שבתיעוד מסביר {jobs} Jobs",
  "curve.cause-arithmetic-more": "החשבון שבתיעוד נותן {jobs} Jobs יותר מדי בשביל הריצה הזו",
  "curve.cause-leaks": {
    plural: "n",
    one: "הזמן העודף של Job אחד שלא נמחק מסביר {jobs} Jobs",
    two: "הזמן העודף של שני Jobs שלא נמחקו מסביר {jobs} Jobs",
    other: "הזמן העודף של {n} Jobs שלא נמחקו מסביר {jobs} Jobs",
  },
  "curve.cause-cleanup": "ניקוי איטי יותר מסביר {jobs} Jobs",
  "curve.cause-cleanup-faster": "ניקוי מהיר יותר מפחית {jobs} Jobs",
  "curve.unexplained-unseen-jobs":
    "לא נאמר מדוע המתועד והנמדד שונים, והצפוי לפי התיעוד אינו מצויר: שניהם היו נשענים רק על ה-Jobs שבאיסוף הנתונים.",
  "curve.unexplained-mean-is-range": "לא נאמר מדוע המתועד והנמדד שונים: הממוצע שנמדד ידוע רק כטווח.",
  "curve.bin": "{n} שנ׳",

  "share.heading": "התפלגות זמן הריצה לפי מספר ה-Jobs הפתוחים",
  "share.open": "מספר ה-Jobs",
  "share.documented": "לפי התיעוד",
  "share.measured": "בפועל",
  "share.sentence": {
    plural: "n",
    one: "רוב הזמן, {share} מהריצה, היה פתוח Job אחד.",
    two: "רוב הזמן, {share} מהריצה, היו פתוחים שני Jobs.",
    other: "רוב הזמן, {share} מהריצה, היו פתוחים {n} Jobs.",
  },

  "share.always": {
    plural: "n",
    one: "כל הזמן היה פתוח Job אחד.",
    two: "כל הזמן היו פתוחים שני Jobs.",
    other: "כל הזמן היו פתוחים {n} Jobs.",
  },
  "share.always-watched": {
    plural: "n",
    one: "כל הזמן שבו פעל מעקב היה פתוח Job אחד.",
    two: "כל הזמן שבו פעל מעקב היו פתוחים שני Jobs.",
    other: "כל הזמן שבו פעל מעקב היו פתוחים {n} Jobs.",
  },

  "share.even": "אין מספר של Jobs פתוחים שבולט: אף מספר לא נמשך יותר מ-{share} מהריצה.",
  "share.even-watched": "אין מספר של Jobs פתוחים שבולט: אף מספר לא נמשך יותר מ-{share} מהזמן שבו פעל מעקב.",
  "share.commonest": "מספר ה-Jobs הפתוחים הנפוץ ביותר היה {n}, במשך {share} מהריצה.",
  "share.sentence-watched": {
    plural: "n",
    one: "רוב הזמן שבו פעל מעקב, {share} ממנו, היה פתוח Job אחד.",
    two: "רוב הזמן שבו פעל מעקב, {share} ממנו, היו פתוחים שני Jobs.",
    other: "רוב הזמן שבו פעל מעקב, {share} ממנו, היו פתוחים {n} Jobs.",
  },
  "share.commonest-watched": "מספר ה-Jobs הפתוחים הנפוץ ביותר היה {n}, במשך {share} מהזמן שבו פעל מעקב.",
  "share.unknown": "לא ידוע כמה זמן היה פתוח כל מספר של Jobs: זמני סיום לא ודאיים, או Jobs שאינם באף איסוף נתונים, משאירים זאת פתוח.",
};
