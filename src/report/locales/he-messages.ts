import { heReasons } from "./he-reasons.js";

/** Sentences in Hebrew for what arrives as a key with values. */
export const heMessages = {
  ...heReasons,

  "diagnostic.duplicate-input": "אותו קובץ ניתן פעמיים ונקרא פעם אחת.",
  "diagnostic.input-not-data": {
    plural: "count",
    one: "קובץ אחד אינו נתונים שאפשר לקרוא, והוא הושמט.",
    two: "שני קבצים אינם נתונים שאפשר לקרוא, והם הושמטו.",
    other: "{count} קבצים אינם נתונים שאפשר לקרוא, והם הושמטו.",
  },
  "diagnostic.empty-source": "אחד הקבצים ריק.",
  "diagnostic.error-text-source": "באחד הקבצים יש רק הודעת שגיאה במקום נתונים.",
  "diagnostic.table-source":
    "הקובץ {path} הוא טבלה מודפסת, והזמנים בה יחסיים לרגע שלא כתוב בה. הפקודה שהייתה עובדת: kubectl get jobs,pods,events -o json. למעקב: kubectl get jobs -w -o json --output-watch-events.",
  "diagnostic.unknown-format": "המבנה של אחד הקבצים לא זוהה.",
  "diagnostic.no-recognised-line": "אף שורה בלוג לא זוהתה לפי הפרופיל.",
  "diagnostic.cut-document": "המסמך האחרון באחד הקבצים קטוע, והוא נקרא עד מקום הקטיעה.",
  "diagnostic.damaged-gzip": "קובץ דחוס אחד פגום, והוא נקרא עד מקום הפגם.",
  "diagnostic.capture-gaps": {
    plural: "gaps",
    one: "איסוף הנתונים נקטע פעם אחת ({kinds}), למשך {seconds} שנ׳: מה שנוצר ונעלם בזמן הזה חסר, ומועד של מחיקה שאירעה בו ידוע רק כטווח.",
    two: "איסוף הנתונים נקטע פעמיים ({kinds}), למשך {seconds} שנ׳ בסך הכול: מה שנוצר ונעלם בזמן הזה חסר, ומועד של מחיקה שאירעה בו ידוע רק כטווח.",
    other:
      "איסוף הנתונים נקטע {gaps} פעמים ({kinds}), למשך {seconds} שנ׳ בסך הכול: מה שנוצר ונעלם בזמן הזה חסר, ומועד של מחיקה שאירעה בו ידוע רק כטווח.",
  },
  "diagnostic.capture-watch-lost": "מ-{at} ועד הסוף לא נאספו עוד נתונים על {kind}, ולא ידוע מה אירע להם אחר כך.",
  "diagnostic.capture-unfinished": "איסוף הנתונים נקטע ב-{at}: הוא הופסק באמצע, או שהקובץ עדיין נכתב.",
  "diagnostic.watch-error": "המעקב הסתיים בשגיאה של השרת.",
  "diagnostic.zone-in-log": "אזור הזמן כתוב בלוג עצמו, והוא ששימש.",
  "diagnostic.arrival-times": "לשורות בפלט השמור אין זמן משלהן, ולכן שימש הזמן שבו הגיעו (הן הודפסו לכל היותר {resolutionMs} ms קודם לכן).",
  "diagnostic.held-back-output":
    "הפקודה עיכבה שורות בפלט שלה, ולכן זמן ההדפסה שלהן ידוע רק בקירוב. עם PYTHONUNBUFFERED=1 ההדפסה ב-Python מיידית.",
  "diagnostic.inflates-beyond-measure": "קובץ דחוס קטן נפרס לגודל בלתי סביר, ורק תחילתו נקראה.",
  "diagnostic.date-from-file": "בלוג יש שעות בלי תאריך, והתאריך נלקח מהקובץ.",
  "diagnostic.log-without-date": "בלוג יש שעות בלי תאריך, ואין מה שאומר באיזה יום מדובר: משכי הזמן תקפים.",
  "diagnostic.failed-tests": {
    plural: "count",
    one: "בדיקה אחת נכשלה לפי הדיווח שלה.",
    two: "שתי בדיקות נכשלו לפי הדיווח שלהן.",
    other: "נכשלו {count} בדיקות לפי הדיווח שלהן.",
  },
  "diagnostic.test-results-only": "באחד הקבצים יש תוצאות של בדיקות בלי זמני השלבים שלהן, ודבר לא נמדד ממנו.",
  "diagnostic.xml-entities": "קובץ XML אחד מגדיר ישויות משלו, ולכן לא נקרא.",
  "diagnostic.cut-line": "לשורה האחרונה בלוג אין סוף שורה, ולכן ייתכן שהיא קטועה. הלוג נקרא עד אליה.",
  "diagnostic.long-line": "שורה אחת ארוכה מכדי להיות שורת לוג, ולכן לא נקראה.",
  "diagnostic.no-used-series": "בקובץ יש סדרות של Prometheus, אבל אף אחת מהן אינה מועילה כאן.",
  "diagnostic.document-too-large": "מסמך אחד בקובץ גדול מדי או מקונן מדי ולא נקרא, והשאר נקרא.",
  "diagnostic.text-between-documents": "בין המסמכים של הקובץ יש טקסט שאינו מסמך, והוא לא נקרא.",
  "diagnostic.no-used-object": "הקובץ נקרא, אבל אין בו דבר שמועיל כאן.",
  "diagnostic.unreadable-document": "מסמך אחד בקובץ לא ניתן לקריאה, והשאר נקרא.",
  "diagnostic.parameter-ambiguous": "הקלט מרמז על כמה ערכים לפרמטר אחד, ואפשר למסור אותו בעזרת --param.",
  "diagnostic.unmatched-marks": {
    plural: "count",
    one: "שורה אחת לא שויכה לאף חקירה.",
    two: "שתי שורות לא שויכו לאף חקירה.",
    other: "{count} שורות לא שויכו לאף חקירה.",
  },
  "diagnostic.ambiguous-marks": {
    plural: "count",
    one: "שורה אחת יכולה להשתייך ליותר מחקירה אחת, ולכן לא שימשה.",
    two: "שתי שורות יכולות להשתייך ליותר מחקירה אחת, ולכן לא שימשו.",
    other: "{count} שורות יכולות להשתייך ליותר מחקירה אחת, ולכן לא שימשו.",
  },
  "diagnostic.doubled-records": {
    plural: "count",
    one: "רשומה אחת מופיעה פעמיים בלוג, ונספרה פעם אחת.",
    two: "שתי רשומות מופיעות פעמיים בלוג, וכל אחת נספרה פעם אחת.",
    other: "{count} רשומות מופיעות פעמיים בלוג, וכל אחת נספרה פעם אחת.",
  },
  "diagnostic.several-runs": "בלוג יש {found} ריצות, והדוח עוסק בריצה {selected}.",
  "diagnostic.source-ends-early": "הקובץ {path} מסתיים ב-{at}, לפני סוף הריצה ({runEnd}). מכאן ואילך לא ידוע ממנו דבר.",
  "diagnostic.clock-unanchored": "אין מה שקושר את השעון של מכונת ההרצה לשעון של ה-cluster: משכי הזמן תקפים, והשעות מקומיות.",
  "diagnostic.clock-zone-changed":
    "שעון הקיץ התחיל או הסתיים במהלך הריצה: השעון של מכונת ההרצה הוזז ב-{minutes} דקות. הזמנים נמשכים ברצף כמו לפני כן ({paths}).",
  "diagnostic.clock-zone-assumed": "הלוג חוזר אחורה ב-{minutes} דקות: נחשב לסוף שעון הקיץ, אף שאין לכך הוכחה נוספת ({paths}).",
  "diagnostic.clock-hole":
    "בלוג יש חור באורך שבו שעון הקיץ מזיז שעון. אין מה שמראה אם עבר זמן או שהשעון הוזז, ולכן משכי זמן שחוצים אותו הושמטו. --tz עם שם אזור הזמן יכריע ({paths}).",
  "diagnostic.clock-step":
    "השעון של מכונת ההרצה תוקן ב-{seconds} שניות במהלך הריצה. מה שלפני התיקון ומה שאחריו נמדדו בנפרד, ומשכי זמן שחוצים אותו הושמטו ({paths}).",
  "diagnostic.clock-widened": {
    plural: "count",
    one: "חסם אחד בקצה הריצה לא מתאים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותו.",
    two: "שני חסמים ברצף לא מתאימים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותם.",
    other: "{count} חסמים ברצף לא מתאימים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותם.",
  },
  "diagnostic.several-runners": "הלוגים באו מ-{count} מכונות הרצה, וכל אחת עם שעון משלה.",
  "diagnostic.log-not-aligned": {
    plural: "count",
    one: "אין מה שקושר את השעון של {paths} לאחרים: לחקירה שבו יש משכי זמן, אבל אין לה מקום על ציר הזמן שלהם.",
    two: "אין מה שקושר את השעון של {paths} לאחרים: לשתי החקירות שבו יש משכי זמן, אבל אין להן מקום על ציר הזמן שלהם.",
    other: "אין מה שקושר את השעון של {paths} לאחרים: ל-{count} החקירות שבו יש משכי זמן, אבל אין להן מקום על ציר הזמן שלהם.",
  },
  "diagnostic.clock-bounds-disagree": "מתוך {total} חסמים על השעון של מכונת ההרצה רק {anchors} מסכימים ביניהם.",
  "diagnostic.arrivals-disagree":
    "השורות ב-{paths} נרשמו עם זמני הגעה לפי שעונים של מכונות שונות (הפרש של {seconds} שנ׳ לפחות), ולכן זמני ההגעה לא שימשו. הפקודה postrun collect רושמת גם את מה שקושר את השעון שלה לשעון של ה-cluster.",
  "diagnostic.clock-drift": "השעון של מכונת ההרצה נסחף ב-{ppm} ppm, והסחיפה תוקנה.",
  "diagnostic.no-cluster-data": "בקלט אין נתונים מה-cluster, ולכן Jobs, ניקוי ו-Jobs פתוחים לא נמדדו.",
  "diagnostic.no-log": "בקלט אין לוג של מכונת ההרצה, ולכן השלבים לא נמדדו.",
  "diagnostic.jobs-of-others": {
    plural: "count",
    one: "ב-namespace יש Job אחד שאינו של הריצה הזו.",
    two: "ב-namespace יש שני Jobs שאינם של הריצה הזו.",
    other: "ב-namespace יש {count} Jobs שאינם של הריצה הזו.",
  },
  "diagnostic.references": "הפניות לתיעוד שנבדקו: {found} נמצאו במקומן, {moved} עברו למקום אחר, {changed} השתנו, {gone} נעלמו עם הקובץ.",
  "diagnostic.gone-before-disconnect": {
    plural: "count",
    one: "נמחק Job אחד עוד לפני שהלקוח שלו התנתק ({names}), והוא לא נכלל בזמנים שאחרי הניתוק.",
    two: "נמחקו שני Jobs עוד לפני שהלקוח שלהם התנתק ({names}), והם לא נכללים בזמנים שאחרי הניתוק.",
    other: "נמחקו {count} Jobs עוד לפני שהלקוח שלהם התנתק ({names}), והם לא נכללים בזמנים שאחרי הניתוק.",
  },
  "diagnostic.watch-gaps": {
    plural: "count",
    one: "נמחק Job אחד בזמן שהמעקב אחרי ה-Jobs הופעל מחדש, ומועד המחיקה שלו ידוע רק כטווח.",
    two: "נמחקו שני Jobs בזמן שהמעקב אחרי ה-Jobs הופעל מחדש, ומועד המחיקה שלהם ידוע רק כטווח.",
    other: "נמחקו {count} Jobs בזמן שהמעקב אחרי ה-Jobs הופעל מחדש, ומועד המחיקה שלהם ידוע רק כטווח.",
  },
  "diagnostic.littles-law-broken":
    "עקומת ה-Jobs הפתוחים (ממוצע {curve}) והזמנים של ה-Jobs עצמם (ממוצע {expected}) סותרים זה את זה. זו תקלה ב-postrun, וכדאי לדווח עליה.",
  "diagnostic.two-populations":
    "נראים שני סוגי סיום: {early} Jobs נמחקו כ-{earlyS} שנ׳ אחרי הניתוק, ו-{late} נוספים אחרי כ-{lateS} שנ׳. חציון יחיד לא מתאר אף אחד מהם.",
  "diagnostic.leaked-jobs": {
    plural: "count",
    one: "נשאר Job אחד שלא נמחק אף שעברו יותר מ-{olderThanS} שניות.",
    two: "נשארו שני Jobs שלא נמחקו אף שעברו יותר מ-{olderThanS} שניות.",
    other: "נשארו {count} Jobs שלא נמחקו אף שעברו יותר מ-{olderThanS} שניות.",
  },
  "diagnostic.job-censored": {
    plural: "count",
    one: "נשאר Job אחד פתוח כשאיסוף הנתונים הסתיים, וזמן המחיקה שלו לא ידוע.",
    two: "נשארו שני Jobs פתוחים כשאיסוף הנתונים הסתיים, וזמני המחיקה שלהם לא ידועים.",
    other: "נשארו {count} Jobs פתוחים כשאיסוף הנתונים הסתיים, וזמני המחיקה שלהם לא ידועים.",
  },
  "diagnostic.parameter-contradicted": "הפרמטר {parameter} ניתן כ-{given}, אבל הנתונים מראים {measured}.",
  "diagnostic.not-same-run": "ללוג ולנתוני ה-cluster אין שום דבר משותף, והם לא של אותה ריצה.",
  "diagnostic.job-not-linked": {
    plural: "count",
    one: "לחקירה אחת לא נמצא Job.",
    two: "לשתי חקירות לא נמצא Job.",
    other: "ל-{count} חקירות לא נמצא Job.",
  },
  "diagnostic.deletion-brackets": {
    plural: "count",
    one: "ל-Job אחד ידוע רק טווח לזמן המחיקה, והערך הוא סוף הטווח.",
    two: "לשני Jobs ידוע רק טווח לזמן המחיקה, והערך הוא סוף הטווח.",
    other: "ל-{count} Jobs ידוע רק טווח לזמן המחיקה, והערך הוא סוף הטווח.",
  },

  "diagnostic.stage-log-preferred": {
    plural: "count",
    one: "שורה אחת בלוג אחר חוזרת על מה שכתוב ביומן השלבים, והיא הושמטה.",
    two: "שתי שורות בלוגים אחרים חוזרות על מה שכתוב ביומן השלבים, והן הושמטו.",
    other: "{count} שורות בלוגים אחרים חוזרות על מה שכתוב ביומן השלבים, והן הושמטו.",
  },
  "diagnostic.unusable-stage-record": {
    plural: "count",
    one: "ברשומה אחת ביומן השלבים חסרים זמן, גרסה, אירוע או חקירה, והיא לא שימשה.",
    two: "בשתי רשומות ביומן השלבים חסרים זמן, גרסה, אירוע או חקירה, והן לא שימשו.",
    other: "ב-{count} רשומות ביומן השלבים חסרים זמן, גרסה, אירוע או חקירה, והן לא שימשו.",
  },

  "diagnostic.declared-losses": {
    plural: "count",
    one: "לפי הכתוב בקובץ {path} עצמו חסרה בו רשומה אחת.",
    two: "לפי הכתוב בקובץ {path} עצמו חסרות בו שתי רשומות.",
    other: "לפי הכתוב בקובץ {path} עצמו חסרות בו {count} רשומות.",
  },

  "missing.missing-deletions": "מתי נמחק כל Job, בדיוק של שנייה",
  "missing.missing-capture":
    "איסוף נתונים אחד לצד הריצה, שמביא את כל מה שמופיע כאן על Jobs, Pods, Events ו-CPU. אם ל-postrun אין גישה ל-cluster, אפשר להריץ במקומה את הפקודות הבודדות שבהמשך",
  "missing.missing-log": "הלוג של מכונת ההרצה, בשביל השלבים",
  "missing.missing-clock-anchor": "משהו שקושר את השעון של מכונת ההרצה לשעון של ה-cluster",
  "missing.missing-jobs": "מעקב אחרי ה-Jobs, בשביל ה-Jobs הפתוחים והניקוי",
  "missing.missing-pods": "מעקב אחרי ה-Pods, בשביל ה-Pods הרצים וזמנים מדויקים יותר",
  "missing.missing-cpu-samples": "דגימות CPU, בשביל סף הניקוי",
  "missing.missing-events": "אירועי ה-Events של ה-namespace",
  "missing.missing-audit": "יומן ה-audit, בשביל מי מחק מה ומתי בדיוק",
  "missing.missing-full-coverage": "איסוף נתונים שנמשך עד שה-Job האחרון נמחק",
} as const;
