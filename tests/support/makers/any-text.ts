import fc, { type StringConstraints } from "fast-check";

/** ASCII, the rest of the BMP, and beyond. fast-check's `unit: "binary"` builds a table of a million, which takes seconds. */
const codePoint = fc.oneof(
  fc.nat(0x7f),
  fc.integer({ min: 0x80, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);

/** Any possible text without lone surrogates. */
export function anyText(lengths: Pick<StringConstraints, "minLength" | "maxLength"> = {}) {
  return fc.string({ unit: codePoint.map((code) => String.fromCodePoint(code)), ...lengths });
}
