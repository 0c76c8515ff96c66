/** On the terminal, after what was given and does not fit, in Hebrew. */
export const heMisfits = {
  "misfit.profile": "האפשרות --profile בוחרת פרופיל אחר, והפקודה postrun init יוצרת פרופיל להתחיל ממנו.",
  "misfit.patterns": "הפקודה postrun inspect מראה את שורות הלוג ואת מה שהפרופיל {profile} מצפה לו, והאפשרות --profile בוחרת פרופיל אחר.",
  "misfit.format": "הפקודה postrun inspect מראה מהו כל קובץ ואיך הוא מתחיל.",
  "misfit.whole": "יש למסור אותו בשלמותו, או לאסוף אותו מחדש.",
  "misfit.capture": "הפקודה postrun collect, שפועלת מלפני הריצה ועד אחריה, אוספת אותם.",
} as const;
