import fc, { type StringConstraints } from "fast-check";

/** ASCII, the rest of the first plane, and beyond. For `unit: "binary"` fast-check makes a table of a million, which takes seconds. */
const codePoint = fc.oneof(
  fc.nat(0x7f),
  fc.integer({ min: 0x80, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);

/** Any text there can be; no half of a pair stands alone. */
export function anyText(lengths: Pick<StringConstraints, "minLength" | "maxLength"> = {}) {
  return fc.string({ unit: codePoint.map((code) => String.fromCodePoint(code)), ...lengths });
}
