/** What is missing for a full answer, in Hebrew. */
export const heMissing = {
  "missing.missing-deletions": "מתי נמחק כל Job, בדיוק של שנייה",
  "missing.missing-capture":
    "איסוף נתונים אחד לצד הריצה, שמביא את כל מה שמופיע כאן על Jobs, Pods, Events ו-CPU. אם ל-postrun אין גישה ל-cluster, אפשר להריץ במקומו את הפקודות הבודדות שבהמשך",
  "missing.missing-log": "הלוג של מכונת ההרצה, בשביל השלבים",
  "missing.missing-clock-anchor": "משהו שקושר את השעון של מכונת ההרצה לשעון של ה-cluster",
  "missing.missing-answer":
    'השורה בלוג שעונה לבקשה: השעונים קשורים זה לזה רק עד כדי ±{seconds} שנ׳, לפי סופי החקירות. ציון "answers: true" בפרופיל, בתבנית של השורה הזו, יקשור אותם טוב יותר',
  "missing.missing-jobs": "מעקב אחרי ה-Jobs, בשביל ה-Jobs הפתוחים והניקוי",
  "missing.missing-pods": "מעקב אחרי ה-Pods, בשביל ה-Pods הרצים וזמנים מדויקים יותר",
  "missing.missing-cpu-samples": "דגימות CPU, בשביל סף הניקוי",
  "missing.missing-events": "ה-Events של ה-namespace",
  "missing.missing-audit": "יומן ה-audit, כדי לדעת מי מחק מה ומתי בדיוק",
  "missing.missing-full-coverage": "איסוף נתונים שנמשך עד שה-Job האחרון נמחק",
} as const;
