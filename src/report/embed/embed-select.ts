/** Some of the values of a column, as a column of their own: what stands at one position of arrays. */
import type { Cells, Column } from "./embed-cells.js";
import type { Shape } from "./embed-shapes.js";

/** @param places of the values, ascending */
export function selectColumn({ parts, which }: Column, places: Float64Array): Column {
  const [only] = parts;
  if (which === undefined) return { count: places.length, parts: only === undefined ? [] : [selectCells(only, places)] };
  const ofParts = parts.map((): number[] => []);
  /** In the order of their first appearance among those that are selected. */
  const present: number[] = [];
  const seen = new Float64Array(parts.length);
  const chosen = new Float64Array(places.length);
  let at = 0;
  for (let value = 0; value < which.length && at < places.length; value += 1) {
    const part = which[value] as number;
    if (places[at] === value) {
      if (!present.includes(part)) present.push(part);
      chosen[at] = present.indexOf(part);
      ofParts[part]?.push(seen[part] as number);
      at += 1;
    }
    seen[part] = (seen[part] as number) + 1;
  }
  const selected = present.map((part) => selectCells(parts[part] as Cells, Float64Array.from(ofParts[part] ?? [])));
  return { count: places.length, parts: selected, ...(selected.length > 1 ? { which: chosen } : {}) };
}

function selectCells(cells: Cells, places: Float64Array): Cells {
  if (cells.kind === "null") return { kind: "null", count: places.length };
  if (cells.kind === "array") return selectArrays(cells, places);
  if (cells.kind === "object")
    return cells.shapes.length === 1 && places.length > 0 ? selectAlike(cells, places) : selectObjects(cells, places);
  return { ...cells, numbers: picked(cells.numbers, places) };
}

function picked(numbers: Float64Array, places: Float64Array): Float64Array {
  return places.map((place) => numbers[place] as number);
}

function selectArrays({ kind, lengths, items }: Extract<Cells, { kind: "array" }>, places: Float64Array): Cells {
  const itemPlaces: number[] = [];
  let at = 0;
  let begin = 0;
  for (const [array, length] of lengths.entries()) {
    if (at === places.length) break;
    if (places[at] === array) {
      for (let item = begin; item < begin + length; item += 1) itemPlaces.push(item);
      at += 1;
    }
    begin += length;
  }
  return { kind, lengths: picked(lengths, places), items: selectColumn(items, Float64Array.from(itemPlaces)) };
}

/** Of objects with the same keys: a value stands at the place of its object in each column. */
function selectAlike({ which, columns, ...same }: Extract<Cells, { kind: "object" }>, places: Float64Array): Cells {
  const selected = [...columns].map(([key, column]) => [key, selectColumn(column, places)] as const);
  return { ...same, which: picked(which, places), columns: new Map(selected) };
}

function selectObjects({ kind, shapes, which, columns }: Extract<Cells, { kind: "object" }>, places: Float64Array): Cells {
  const used: Shape[] = [];
  const chosen = new Float64Array(places.length);
  const seen = new Map([...columns.keys()].map((key) => [key, 0]));
  const ofKeys = new Map<string, number[]>();
  const indexes = new Map<Shape, number>();
  let at = 0;
  for (const [object, index] of which.entries()) {
    if (at === places.length) break;
    const shape = shapes[index] as Shape;
    if (places[at] === object) {
      let own = indexes.get(shape);
      if (own === undefined) {
        own = used.push({ index: used.length, keys: shape.keys }) - 1;
        indexes.set(shape, own);
        for (const key of shape.keys) if (!ofKeys.has(key)) ofKeys.set(key, []);
      }
      chosen[at] = own;
      for (const key of shape.keys) ofKeys.get(key)?.push(seen.get(key) ?? 0);
      at += 1;
    }
    for (const key of shape.keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const selected = [...ofKeys].map(([key, own]) => [key, selectColumn(columns.get(key) as Column, Float64Array.from(own))] as const);
  return { kind, shapes: used, which: chosen, columns: new Map(selected) };
}
