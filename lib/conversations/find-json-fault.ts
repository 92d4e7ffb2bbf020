import { cleanText } from "@/lib/clean-text";

/** Where a text stops being JSON, and why. */
export interface JsonFault {
  /** Both from 1, as editors count. */
  line: number;
  column: number;
  why: string;
}

const blank = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a text.
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const bareWord = /[\p{L}\p{N}_$.+-]+/uy;

/**
 * The first mistake in a text that is meant to be JSON; null when there is none. Browsers say it each in their own words,
 * most without the place; and a key that stands twice, of which JSON.parse silently drops one, none of them says at all.
 */
export function findJsonFault(source: string): JsonFault | null {
  const fault = new Reader(source).read();
  if (!fault) return null;
  const before = source.slice(0, fault.at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, why: fault.why };
}

/** Far more than a context may have: a stack of brackets must not take the page down. */
const deepest = 100;

type Fault = { at: number; why: string } | null;

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Fault {
    return this.#value() ?? (this.#next() === "" ? null : this.#fault("Nothing may follow the value."));
  }

  #value(): Fault {
    const next = this.#next();
    if (next === "") return this.#fault("A value is missing.");
    if (next === "{") {
      const keys = new Set<string>();
      return this.#list("}", () => this.#entry(keys));
    }
    if (next === "[") return this.#list("]", () => this.#value());
    if (next === '"') return this.#take(text) === null ? this.#badText() : null;
    if (this.#take(word) !== null) return this.#endOfWord();
    return this.#fault(next === "'" ? "Texts stand in double quotes." : `${this.#nameNext()} is no value.`);
  }

  /** A number or word that goes on is another one: `01`, `trueish`. */
  #endOfWord(): Fault {
    const at = this.#at;
    return this.#take(bareWord) === null ? null : { at, why: "The value should end here." };
  }

  #entry(keys: Set<string>): Fault {
    if (this.#next() !== '"')
      return this.#fault(`A key in double quotes is expected, not ${this.#nameNext()}.`);
    const at = this.#at;
    const key = this.#take(text);
    if (key === null) return this.#badText();
    if (keys.has(key)) return { at, why: `The key ${key} stands here a second time.` };
    keys.add(key);
    if (this.#next() !== ":") return this.#fault(`A colon is expected after ${key}.`);
    this.#at += 1;
    return this.#value();
  }

  #list(end: string, part: () => Fault): Fault {
    if (this.#depth === deepest) return this.#fault(`Deeper than ${deepest} levels.`);
    this.#at += 1;
    this.#depth += 1;
    if (this.#next() !== end) {
      for (;;) {
        const fault = part();
        if (fault) return fault;
        if (this.#next() === end) break;
        if (this.#next() !== ",")
          return this.#fault(`A comma or ${end} is expected, not ${this.#nameNext()}.`);
        this.#at += 1;
        if (this.#next() === end) return this.#fault("After a comma another one is expected.");
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return null;
  }

  #badText(): Fault {
    const rest = this.#source.slice(this.#at + 1);
    const end = /^(?:[^"\\\n]|\\.)*/.exec(rest)?.[0].length ?? 0;
    const isOpen = rest[end] !== '"';
    return this.#fault(
      isOpen
        ? "This text has no closing quotes on its line."
        : "This text holds a character that must be escaped.",
    );
  }

  #next(): string {
    this.#take(blank);
    return this.#source[this.#at] ?? "";
  }

  #nameNext(): string {
    bareWord.lastIndex = this.#at;
    const word = bareWord.exec(this.#source)?.[0] ?? this.#next();
    return word === "" ? "the end" : cleanText(word, 20);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (!found) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #fault(why: string): Fault {
    return { at: this.#at, why };
  }
}
