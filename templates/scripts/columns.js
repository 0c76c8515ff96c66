/** The data that a report is packed into, as columns; src/report/embed-columns.ts says how. */
export const unpackColumns = ({ strings, numbers, data }) => {
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const between = (later, earlier) => (later === null || earlier === null ? null : Date.parse(later) - Date.parse(earlier));
  const integers = ([, order, scale, index]) => {
    const values = [...numbers[index]];
    for (let pass = 0; pass < order; pass++) for (let at = 1; at < values.length; at++) values[at] += values[at - 1];
    return scale === 1 ? values : values.map((value) => value / scale);
  };
  const objects = ([, keys, shapes, which, ...columns], count) => {
    const chosen = read(which, count);
    const counts = keys.map(() => 0);
    for (const shape of chosen) for (const place of shapes[shape]) counts[place]++;
    const values = columns.map((column, place) => (column[0] === "-" ? [] : read(column, counts[place])));
    for (const [place, [tag, later, earlier]] of columns.entries()) {
      if (tag !== "-") continue;
      const [ends, starts] = [values[keys.indexOf(later)], values[keys.indexOf(earlier)]];
      values[place] = Array.from({ length: counts[place] }, (_, index) => between(ends[index], starts[index]));
    }
    const next = keys.map(() => 0);
    return chosen.map((shape) => Object.fromEntries(shapes[shape].map((place) => [keys[place], values[place][next[place]++]])));
  };
  const parts = (lengths, column) => {
    const flat = read(column, sum(lengths));
    let at = 0;
    return lengths.map((length) => {
      at += length;
      return flat.slice(at - length, at);
    });
  };
  const tuples = (columns, count) => {
    const values = columns.map((column) => read(column, count));
    return Array.from({ length: count }, (_, index) => values.map((part) => part[index]));
  };
  const mixed = (which, columns) => {
    const values = columns.map((column, kind) => read(column, which.filter((index) => index === kind).length));
    const next = columns.map(() => 0);
    return which.map((kind) => values[kind][next[kind]++]);
  };
  const read = (column, count) => {
    const [tag, first, second] = column;
    if (tag === "=") return new Array(count).fill(first);
    if (tag === "i") return integers(column);
    if (tag === "f") return numbers[first];
    if (tag === "b") return read(first, count).map(Boolean);
    if (tag === "d") return read(first, count).map(String);
    if (tag === "t") return read(first, count).map((at) => new Date(at).toISOString());
    if (tag === "s") return read(first, count).map((index) => strings[index]);
    if (tag === "u") return tuples(column.slice(2), count);
    if (tag === "a") return parts(read(first, count), second);
    if (tag === "o") return objects(column, count);
    return mixed(read(first, count), column.slice(2));
  };
  return read(data, 1)[0];
};
