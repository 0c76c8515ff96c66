import { expect, test } from "vitest";
import { drawings } from "../../../src/ingest/log/terminal-line.js";

const ESC = "\u001b";

test.each([
  ["a line as it is", "plain [2K text", ["plain [2K text"]],
  ["colours", `${ESC}[1;32mgreen${ESC}[0m text`, ["green text"]],
  ["a title", `${ESC}]0;title\u0007text`, ["text"]],
  ["a character set, and colours reset", `${ESC}(B${ESC}[mtext`, ["text"]],
  ["modes of the keypad", `${ESC}[?1h${ESC}=text${ESC}>`, ["text"]],
  ["returns at the end", "text\r\r", ["text"]],
  ["a return at the beginning", "\rtext", ["text"]],
  ["an erased line", `${ESC}[2K\rtext`, ["text"]],
  ["an erased rest of a line", `\r${ESC}[Ktext`, ["text"]],
  ["a line erased without a return", `bar${ESC}[2Ktext`, ["bar", "text"]],
  ["the first column", `bar${ESC}[1Gtext`, ["bar", "text"]],
  ["a bar drawn again and again", "\r 10%\r 20%\rtext", [" 10%", " 20%", "text"]],
  ["a bar wiped with spaces", "\r 10%\r    \rtext", [" 10%", "text"]],
  ["nothing to be seen", `\r${ESC}[2K  \r`, [""]],
  ["a cursor that moves within the line", `a${ESC}[3Cb`, ["ab"]],
])("%s", (_, line, expected) => {
  expect(drawings(line)).toEqual(expected);
});
