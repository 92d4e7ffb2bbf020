/**
 * One line of CSV (RFC 4180), with its line break. A cell that a spreadsheet would run as a formula gets an apostrophe
 * in front: what people typed must not calculate. Spreadsheets skip blanks and read full-width signs as plain ones. A phone
 * number stays as it is: it calculates nothing, and other systems import it.
 */
export function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => toCell(cell)).join(",")}\r\n`;
}

const phoneNumber = /^\+\d[\d ().-]{3,30}$/;

function toCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const isFormula = /^[\t\r\n]/.test(cell) || /^[=+\-@＝＋－＠]/.test(cell.trimStart());
  const inert = isFormula && !phoneNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
