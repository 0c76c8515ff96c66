import type { Catalog } from "./en.js";
import type { enClocks } from "./en-clocks.js";

/** What is said of clocks and zones, in Hebrew. */
export const heClocks: Pick<Catalog, keyof typeof enClocks> = {
  "diagnostic.zone-in-log": "אזור הזמן כתוב בלוג עצמו, והוא ששימש.",
  "diagnostic.clock-unanchored": "אין מה שקושר את השעון של מכונת ההרצה לשעון של ה-cluster: משכי הזמן תקפים, והשעות מקומיות.",
  "diagnostic.clock-zone-alone":
    "מהשעון של מכונת ההרצה ידוע רק אזור הזמן, ולא בכמה הוא סוטה: השעות ביממה עשויות לסטות באותה מידה, ודבר לא נמדד בין הלוג ל-cluster. האפשרות --clock-offset קובעת בכמה השעון סוטה.",
  "diagnostic.clock-by-schedule":
    "ה-Jobs של הלוג הזה נוצרו על ידי CronJob ולא בעקבות בקשה בלוג: הם מראים את אזור הזמן של השעון של מכונת ההרצה, ולא בכמה הוא סוטה. השעות ביממה עשויות לסטות באותה מידה, ודבר לא נמדד בין הלוג ל-cluster. האפשרות --clock-offset קובעת בכמה השעון סוטה.",
  "diagnostic.clock-of-server":
    "רק התאריכים בתשובות של שרת אינטרנט מראים בכמה סוטה השעון של מכונת ההרצה, והשעון של השרת אינו בהכרח השעון של ה-cluster: דבר לא נמדד בין הלוג ל-cluster. האפשרות --clock-offset קובעת בכמה השעון סוטה.",
  "diagnostic.clock-zone-changed":
    "שעון הקיץ התחיל או הסתיים במהלך הריצה: השעון של מכונת ההרצה הוזז ב-{minutes} דקות. הזמנים נמשכים ברצף כמו לפני כן ({paths}).",
  "diagnostic.clock-zone-assumed": "הלוג חוזר אחורה ב-{minutes} דקות: נחשב לסוף שעון הקיץ, אף שאין לכך הוכחה נוספת ({paths}).",
  "diagnostic.clock-hole":
    "הלוג שותק במקום שבו ייתכן ששעון הקיץ הזיז את השעון שלו ({silences} לפי אותו שעון). אין מה שמראה אם הוזז, ולכן משכי זמן שחוצים אותו הושמטו, ובצד שבו אין Job שקושר את השעון לשעון של ה-cluster השעות מקומיות. --tz עם שם אזור הזמן יכריע ({paths}).",
  "diagnostic.clock-step":
    "השעון של מכונת ההרצה תוקן ב-{seconds} שניות במהלך הריצה. מה שלפני התיקון ומה שאחריו נמדדו בנפרד, ומשכי זמן שחוצים אותו הושמטו ({paths}).",
  "diagnostic.clock-widened": {
    plural: "count",
    one: "חסם אחד בקצה הריצה לא מתאים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותו.",
    two: "שני חסמים ברצף לא מתאימים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותם.",
    other: "{count} חסמים ברצף לא מתאימים לשעון של מכונת ההרצה, שייתכן שתוקן; אי-הוודאות הורחבה כדי לכלול אותם.",
  },
  "diagnostic.clock-bounds-disagree": "מתוך {total} חסמים על השעון של מכונת ההרצה רק {anchors} מסכימים ביניהם.",
  "diagnostic.audit-clock-ahead":
    "הזמנים ב-audit log שבקובץ {path} מקדימים את זמני ה-cluster ב-{seconds} שנ׳: {creations} יצירות רשומות בו מאוחר ממה שכתוב באובייקטים עצמם. הזמנים הוזזו אחורה בהתאם. כנראה מי שמעביר את הקובץ רושם בו זמנים משלו.",
  "diagnostic.audit-clock-behind":
    "הזמנים ב-audit log שבקובץ {path} מאחרים ביחס לזמני ה-cluster ב-{seconds} שנ׳: {creations} יצירות רשומות בו מוקדם ממה שכתוב באובייקטים עצמם. הזמנים הוזזו קדימה בהתאם. כנראה מי שמעביר את הקובץ רושם בו זמנים משלו.",
  "diagnostic.sender-clock-ahead":
    "השעון של {sender} מקדים את השעון של ה-API server ב-{seconds} שנ׳, לפי {stamps} מחותמות הזמן שלו. הזמנים שרשם הוזזו אחורה בהתאם.",
  "diagnostic.sender-clock-behind":
    "השעון של {sender} מאחר ביחס לשעון של ה-API server ב-{seconds} שנ׳, לפי {stamps} מחותמות הזמן שלו. הזמנים שרשם הוזזו קדימה בהתאם.",
  "diagnostic.clock-drift": "השעון של מכונת ההרצה נסחף ב-{ppm} ppm, והסחיפה תוקנה.",
};
