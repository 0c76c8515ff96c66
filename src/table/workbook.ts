import { visible } from "../model/reports/visible.js";
import { escapeXml } from "../model/text/xml.js";
import type { Cell } from "./rows.js";
import { type ZipEntry, zipBytes } from "./zip.js";

export interface Sheet {
  /** At most 31 characters, none of []:*?/\. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Workbook {
  readonly direction: "ltr" | "rtl";
  readonly sheets: readonly Sheet[];
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** What Excel holds in a cell and on a sheet. */
const MOST_CHARACTERS = 32_767;
const MOST_ROWS = 1_048_576;
/** Widths in characters of the default font. */
const WIDTHS = { least: 8, most: 70 } as const;
/** Rows that a column's width is taken from. */
const ROWS_SEEN = 300;
/** Places in the list of styles. */
const STYLE = { plain: 0, heading: 1, time: 2, wrapped: 3 } as const;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;
/** Days from Excel's day 0 to 1970. */
const EPOCH_DAYS = 25_569;

/**
 * A workbook in Office Open XML (ECMA-376): numbers as numbers, times as dates, text as text and never as a formula; the first row of every sheet stays
 * in sight; in Hebrew sheets begin at the right. The same tables give the same bytes.
 */
export function xlsxBytes(workbook: Workbook): Buffer {
  const { sheets } = workbook;
  const numbered = sheets.map((_, index) => index + 1);
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (content: string): string => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  const part = (name: string, type: string): string =>
    `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-${type}+xml"/>`;
  const spreadsheet = (kind: string): string => `officedocument.spreadsheetml.${kind}`;
  const entries: ZipEntry[] = [
    {
      // First and not compressed, so that postrun knows a file of its own again.
      name: "docProps/app.xml",
      text: `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>postrun</Application></Properties>`,
      stored: true,
    },
    {
      name: "[Content_Types].xml",
      text: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        part("docProps/app.xml", "officedocument.extended-properties"),
        part("xl/workbook.xml", spreadsheet("sheet.main")),
        part("xl/styles.xml", spreadsheet("styles")),
        ...numbered.map((number) => part(`xl/worksheets/sheet${number}.xml`, spreadsheet("worksheet"))),
      ].join("")}</Types>`,
    },
    {
      name: "_rels/.rels",
      text: relations(relation(1, "officeDocument", "xl/workbook.xml") + relation(2, "extended-properties", "docProps/app.xml")),
    },
    {
      name: "xl/workbook.xml",
      text: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>${sheets
        .map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
        .join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: relations(
        numbered.map((number) => relation(number, "worksheet", `worksheets/sheet${number}.xml`)).join("") +
          relation(sheets.length + 1, "styles", "styles.xml"),
      ),
    },
    { name: "xl/styles.xml", text: STYLES },
    ...sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, text: sheetXml(sheet, workbook.direction) })),
  ];
  return zipBytes(entries);
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EAEF"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

function sheetXml(sheet: Sheet, direction: Workbook["direction"]): string {
  const rows = sheet.rows.slice(0, MOST_ROWS - 1);
  const times = sheet.columns.map((_, column) => isTimes(rows.map((row) => row[column] ?? null)));
  const view = `<sheetView${direction === "rtl" ? ' rightToLeft="1"' : ""} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>`;
  const widths = sheet.columns.map((heading, column) => {
    const lengths = rows.slice(0, ROWS_SEEN).map((row) => (times[column] ? 23 : String(row[column] ?? "").length));
    return Math.min(WIDTHS.most, Math.max(WIDTHS.least, heading.length, ...lengths) + 2);
  });
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join("");
  const heading = `<row r="1">${sheet.columns.map((text, column) => cellXml(text, placeName(column, 1), STYLE.heading)).join("")}</row>`;
  const body = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const place = placeName(column, index + 2);
      return times[column] && typeof cell === "string" ? timeXml(cell, place) : cellXml(cell, place, styleOf(cell));
    });
    return `<row r="${index + 2}">${cells.join("")}</row>`;
  });
  const filter = sheet.rows.length > 0 ? `<autoFilter ref="A1:${placeName(sheet.columns.length - 1, rows.length + 1)}"/>` : "";
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews>${view}</sheetViews><cols>${columns}</cols><sheetData>${heading}${body.join("")}</sheetData>${filter}</worksheet>`;
}

/** Whether a column holds moments and nothing else. */
function isTimes(cells: readonly Cell[]): boolean {
  const held = cells.filter((cell) => cell !== null);
  return held.length > 0 && held.every((cell) => typeof cell === "string" && TIME.test(cell));
}

/** Text too long for its column is wrapped. */
function styleOf(cell: Cell): number {
  return typeof cell === "string" && cell.length > WIDTHS.most ? STYLE.wrapped : STYLE.plain;
}

/** A moment as days since Excel's day 0; local times as they stand. */
function timeXml(text: string, place: string): string {
  const days = Date.parse(text.endsWith("Z") ? text : `${text}Z`) / 86_400_000 + EPOCH_DAYS;
  return `<c r="${place}" s="${STYLE.time}"><v>${days}</v></c>`;
}

function cellXml(cell: Cell, place: string, style: number): string {
  const opening = `<c r="${place}"${style === STYLE.plain ? "" : ` s="${style}"`}`;
  if (cell === null || cell === "" || (typeof cell === "number" && !Number.isFinite(cell))) return "";
  if (typeof cell === "number") return `${opening}><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `${opening} t="b"><v>${cell ? 1 : 0}</v></c>`;
  // Spreadsheets read _x0041_ as an escape.
  const shown = visible(cell).replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_");
  const text = shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS - 1)}…` : shown;
  return `${opening} t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** "A1", "AB12"; columns count from 0, rows from 1. */
export function placeName(column: number, row: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}
