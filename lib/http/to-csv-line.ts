/**
 * One line of CSV (RFC 4180), with its line break. A cell that a spreadsheet would run as a formula gets an apostrophe
 * in front: what people typed must not calculate.
 */
export function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => toCell(cell)).join(",")}\r\n`;
}

function toCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
