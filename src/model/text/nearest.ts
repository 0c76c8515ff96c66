/** Number of single-character edits (insert, delete, replace) between two words. Wagner and Fischer's table, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word that `word` was probably meant to be, or undefined if none is near. Case is ignored; the first of equally near ones wins. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, 100);
  const tolerated = Math.max(2, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = tolerated + 1;
  for (const candidate of words) {
    const known = candidate.toLowerCase();
    const startsAlike = wanted.length >= 3 && (known.startsWith(wanted) || wanted.startsWith(known));
    const distance = startsAlike ? Math.min(1, editDistance(wanted, known)) : editDistance(wanted, known);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** "did you mean ...?" for an error's hint, or the list of what there is. */
export function suggestion(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  if (words.length === 0) return "there is none here";
  return near === undefined ? `known: ${words.join(", ")}` : `did you mean ${near}?`;
}
