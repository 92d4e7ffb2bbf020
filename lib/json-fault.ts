import { printParseErrorCode, visit } from "jsonc-parser";
import { cleanText } from "@/lib/clean-text";

/** Where a text stops being valid JSON, and why. */
interface JsonFault {
  /** Both are 1-based, as in editors. */
  line: number;
  column: number;
  why: string;
}

/** Far more than typed JSON needs; a long run of brackets must not crash the page. */
const deepest = 100;

type Code = Exclude<ReturnType<typeof printParseErrorCode>, "<unknown ParseErrorCode>">;

const reasons: Readonly<Record<Code, string>> = {
  InvalidSymbol: "is not a value; put text and keys in double quotes.",
  InvalidNumberFormat: "is not a number.",
  PropertyNameExpected: "appears where a key in double quotes is expected.",
  ValueExpected: "appears where a value is expected.",
  ColonExpected: "appears where a colon is expected.",
  CommaExpected: "appears where a comma or the end of the list is expected.",
  CloseBraceExpected: "appears where } is expected.",
  CloseBracketExpected: "appears where ] is expected.",
  EndOfFileExpected: "follows the value; nothing may follow it.",
  InvalidCommentToken: "is a comment; JSON does not allow them.",
  UnexpectedEndOfComment: "is a comment; JSON does not allow them.",
  UnexpectedEndOfString: "has no closing quotes on its line.",
  UnexpectedEndOfNumber: "ends early; a digit is missing.",
  InvalidUnicode: "has no four digits after \\u.",
  InvalidEscapeCharacter: "has a backslash that JSON does not allow.",
  InvalidCharacter: "contains a character that must be escaped.",
};

class Found extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.why);
    this.fault = fault;
  }
}

/**
 * Returns the first error in a text that should be JSON, or null. Browsers word these errors differently, mostly
 * without a position, and none reports a duplicate key, of which JSON.parse silently keeps only the last.
 */
export function findJsonFault(source: string): JsonFault | null {
  const keys: Set<string>[] = [];
  const stop = (line: number, character: number, why: string): never => {
    throw new Found({ line: line + 1, column: character + 1, why });
  };
  const begin = (_offset: number, _length: number, line: number, character: number) => {
    if (keys.length === deepest) stop(line, character, `Deeper than ${deepest} levels.`);
    keys.push(new Set());
  };
  const end = () => void keys.pop();
  try {
    visit(
      source,
      {
        onObjectBegin: begin,
        onObjectEnd: end,
        onArrayBegin: begin,
        onArrayEnd: end,
        onObjectProperty(key, _offset, _length, line, character) {
          if (keys.at(-1)?.has(key)) stop(line, character, `The key "${key}" appears twice.`);
          keys.at(-1)?.add(key);
        },
        onError(code, offset, length, line, character) {
          const name = printParseErrorCode(code);
          const token = cleanText(source.slice(offset, offset + length), 20) || "The end";
          stop(line, character, name === "<unknown ParseErrorCode>" ? name : `${token} ${reasons[name]}`);
        },
      },
      { disallowComments: true },
    );
  } catch (cause) {
    if (cause instanceof Found) return cause.fault;
    throw cause;
  }
  return null;
}

/** Parses JSON typed into a form, or returns the error and its position: `Line 3, column 7: …`. */
export function readJson(text: string): { value: unknown; why?: never } | { value?: never; why: string } {
  const fault = findJsonFault(text);
  return fault
    ? { why: `Line ${fault.line}, column ${fault.column}: ${fault.why}` }
    : { value: JSON.parse(text) };
}
