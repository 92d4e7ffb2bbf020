import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignWords, findNear, type Stretch, toWords } from "@/lib/calls/align-words";

interface Said extends Stretch {
  at: number;
}

/** Words said between two times, in seconds into the call. */
function said(text: string, from = 0, to = from): Said {
  return { words: toWords(text), from: from * 1_000, to: to * 1_000, at: from * 1_000 };
}
const all = (...texts: string[]) => texts.map((text) => said(text));
/** For each line, the positions of its words among all words of the stretches. */
function align(stretches: readonly Stretch[], lines: readonly Stretch[], options?: { isShared: boolean }) {
  return alignWords(stretches, lines, options).places.map((places) => [...places]);
}
/** The same for a single line, with everything said at the same time. */
const alignOne = (line: string, ...stretches: string[]) => align(all(...stretches), all(line))[0];

describe("splitting text into words", () => {
  const keys = (text: string) => toWords(text).map(({ key }) => key);

  test("words match regardless of case, punctuation and letter form", () => {
    expect(keys("Hello, WORLD!  It's 5 p.m.")).toEqual(keys("hello world its 5 pm"));
    expect(keys("Ｈello ﬁne")).toEqual(keys("hello fine"));
    expect(keys("hello world")).not.toEqual(keys("hello word"));
  });

  test("each word keeps its position in the text", () => {
    const text = "Well,  yes – please.";
    expect(toWords(text).map(({ from, to }) => text.slice(from, to))).toEqual(["Well,", "yes", "please."]);
  });

  test("text in a script without spaces is split into several words", () => {
    expect(keys("我想 OK")).toHaveLength(3);
    expect(keys("สวัสดี").length).toBeGreaterThan(1);
  });

  test("punctuation between words is dropped; punctuation alone is one word, and blank text has no words", () => {
    expect(keys("yes – no")).toEqual(keys("yes no"));
    expect(toWords("… !")).toEqual([{ key: "… !", from: 0, to: 3 }]);
    expect(keys("  … ")).toEqual(keys("…"));
    expect(keys("…")).not.toEqual(keys("!"));
    expect(toWords(" \n")).toEqual([]);
    expect(toWords("")).toEqual([]);
  });
});

describe("word alignment", () => {
  test("each word of a line gets the position of its match, and an unmatched word gets none", () => {
    const { places, stretchOf, starts } = alignWords(
      all("I need a plumber.", "Today, please."),
      all("I need a good plumber today"),
    );
    expect(places.map((each) => [...each])).toEqual([[0, 1, 2, -1, 3, 4]]);
    expect([...stretchOf]).toEqual([0, 0, 0, 0, 1, 1]);
    expect([...starts]).toEqual([0, 4]);
  });

  test("words have no place without stretches, and a line without words has no places", () => {
    expect(align([], all("I need a plumber"))).toEqual([[-1, -1, -1, -1]]);
    expect(align(all("I need a plumber"), [])).toEqual([]);
    expect(align(all("I need a plumber"), all("", "I need"))).toEqual([[], [0, 1]]);
  });

  test("each word of a stretch is matched at most once, so a repeated word needs a second one", () => {
    expect(align(all("yes"), all("yes", "yes"))).toEqual([[0], [-1]]);
    expect(align(all("yes", "yes"), all("yes", "yes"))).toEqual([[0], [1]]);
    expect(alignOne("I need I need it", "I need it")).toEqual([-1, -1, 0, 1, 2]);
  });

  test("with sharing, several lines may match the same word, but one line matches it only once", () => {
    const shared = { isShared: true };
    expect(align(all("oh yes"), all("yes", "yes"), shared)).toEqual([[1], [1]]);
    expect(align(all("yes"), all("yes", "yes"), shared)).toEqual([[0], [0]]);
    expect(align(all("yes"), all("yes yes"), shared)).toEqual([[0, -1]]);
    expect(align(all("yes I do"), all("well yes I do", "yes"), shared)).toEqual([[-1, 0, 1, 2], [0]]);
  });

  test("lines of three or more words are matched first, so a shorter line takes none of their words", () => {
    expect(align(all("yes please"), all("yes", "yes please now"))).toEqual([[-1], [0, 1, -1]]);
    expect(align(all("I do so"), all("I do", "I do so"))).toEqual([
      [-1, -1],
      [0, 1, 2],
    ]);
    expect(align(all("I do so too"), all("do so", "I do so", "too"))).toEqual([[-1, -1], [0, 1, 2], [3]]);
  });

  test("a repeated line matches after the previous line, or before it if no match follows", () => {
    const stretches = all("I want it now", "hello my dear friend", "I want it now");
    expect(align(stretches, all("hello my dear friend", "I want it now"))).toEqual([
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
    // If no match follows, the line was reported out of order.
    expect(align(stretches.slice(0, 2), all("hello my dear friend", "I want it now"))).toEqual([
      [4, 5, 6, 7],
      [0, 1, 2, 3],
    ]);
  });

  test("a line of three or more words matches as a whole, not at a single shared word", () => {
    expect(alignOne("yes please now", "yes no", "yes please now")).toEqual([2, 3, 4]);
    expect(alignOne("yes please do that", "yes please no", "yes please do that")).toEqual([3, 4, 5, 6]);
    expect(align(all("hm", "yes no", "yes please now"), all("oh my goodness", "yes please now"))[1]).toEqual([
      3, 4, 5,
    ]);
    expect(alignOne("a b c", "x b y")).toEqual([-1, -1, -1]);
    expect(alignOne("a b c", "x a y")).toEqual([-1, -1, -1]);
    expect(alignOne("a b c", "a y z")).toEqual([-1, -1, -1]);
  });

  test("a line of one or two words may match anywhere, even with its words apart", () => {
    expect(alignOne("yes please", "oh yes so very please")).toEqual([1, 4]);
    expect(alignOne("please", "oh yes so very please")).toEqual([4]);
  });

  test("a longer line may start with a match of one or two words only if they are an entire stretch", () => {
    expect(alignOne("yes I want pizza", "hm", "Yes.")).toEqual([1, -1, -1, -1]);
    expect(alignOne("yes please and coffee", "hm", "Yes please.")).toEqual([1, 2, -1, -1]);
    expect(alignOne("yes and a coffee", "hm", "Yes please.")).toEqual([-1, -1, -1, -1]);
    expect(alignOne("please and a coffee", "hm", "Yes please.")).toEqual([-1, -1, -1, -1]);
    expect(alignOne("yes please and coffee", "hm", "Yes please now.")).toEqual([-1, -1, -1, -1]);
  });

  test("a match continues past four extra words in the stretch, but not past five", () => {
    expect(alignOne("one two three four five", "one two three w x y z four five")).toEqual([0, 1, 2, 7, 8]);
    expect(alignOne("one two three four five", "one two three v w x y z four five")).toEqual([
      0, 1, 2, -1, -1,
    ]);
  });

  test("a match continues after a skipped word only if the following word matches too, or the line ends", () => {
    expect(alignOne("one two three four five", "one two three x four y")).toEqual([0, 1, 2, -1, -1]);
    expect(alignOne("one two three four", "one two three x four y")).toEqual([0, 1, 2, 4]);
    expect(alignOne("one two three four five", "one two three x four five")).toEqual([0, 1, 2, 4, 5]);
  });

  test("a match continues after an extra word in the line, regardless of the words that follow", () => {
    expect(alignOne("one two three um four z", "one two three four y")).toEqual([0, 1, 2, -1, 3, -1]);
  });

  test("a line continues in another stretch, later or earlier, if three of its words are there", () => {
    expect(
      alignOne(
        "hello there my friend what a day",
        "hello there my friend",
        "v w x y z",
        "my friend what a day",
      ),
    ).toEqual([0, 1, 2, 3, 11, 12, 13]);
    expect(alignOne("hello there my friend what a day", "what a day", "hello there my friend")).toEqual([
      3, 4, 5, 6, 0, 1, 2,
    ]);
  });

  test("a match extends backward past single differing words, but not past two in a row", () => {
    expect(alignOne("I um need a plumber", "I really need a plumber")).toEqual([0, -1, 2, 3, 4]);
    expect(alignOne("so I um need a plumber", "so I really need a plumber")).toEqual([0, 1, -1, 3, 4, 5]);
    expect(alignOne("so um I er need a plumber", "so then I really need a plumber")).toEqual([
      0, -1, 2, -1, 4, 5, 6,
    ]);
    expect(alignOne("so um er need a plumber", "so we really need a plumber")).toEqual([-1, -1, -1, 3, 4, 5]);
    expect(alignOne("I um need a plumber", "I need a plumber")).toEqual([-1, -1, 1, 2, 3]);
  });

  test("a line matches only stretches at most 10 s away", () => {
    const word = (from: number, to = from) => [said("yes", from, to)];
    expect(align(word(20), word(30))).toEqual([[0]]);
    expect(align(word(20), word(30.001))).toEqual([[-1]]);
    expect(align(word(20), word(10))).toEqual([[0]]);
    expect(align(word(20), word(9.999))).toEqual([[-1]]);
    expect(align(word(20, 40), word(50))).toEqual([[0]]);
    expect(align(word(20), word(1, 10))).toEqual([[0]]);
    expect(align(word(20, 21), word(0, 60))).toEqual([[0]]);
  });

  test("a line matches a stretch that began long before and is still going on", () => {
    const stretches = [said("yes", 0, 100), said("no", 1, 2), said("well", 90)];
    expect(align(stretches, [said("yes", 95), said("no", 95), said("well", 95)])).toEqual([[0], [-1], [2]]);
  });

  test("a match is found regardless of how often the same words occurred before", () => {
    const often = Array.from({ length: 20 }, (_, n) => said("yes", n));
    expect(align([...often, said("yes", 100)], [said("yes", 100)])).toEqual([[20]]);
    const more = Array.from({ length: 20 }, (_, n) => said("I do want that", n));
    expect(align([...more, said("I do want that", 100)], [said("I do want that", 100)])).toEqual([
      [80, 81, 82, 83],
    ]);
  });

  test("often-repeated speech costs at most 20 lookups per word on average", () => {
    let looks = 0;
    const later = Array.from({ length: 2_000 }, (_, n) => ({
      ...said("yes", 1_000 + n),
      get from() {
        looks += 1;
        return (1_000 + n) * 1_000;
      },
    }));
    const lines = Array.from({ length: 100 }, () => said("yes"));
    expect(align(later, lines).flat()).toEqual(lines.map(() => -1));
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(100 * 20);
  });

  test("every match has the same word within 10 s, and a place is used once, or once per line with sharing", () => {
    const anySaid = fc
      .tuple(
        fc.array(fc.constantFrom("yes", "no", "two", "hello", "pizza"), { maxLength: 8 }),
        fc.nat({ max: 60 }),
        fc.nat({ max: 20 }),
      )
      .map(([words, from, lengthS]) => said(words.join(" "), from, from + lengthS));
    const anyList = fc
      .array(anySaid, { maxLength: 12 })
      .map((list) => list.toSorted((a, b) => a.from - b.from));
    fc.assert(
      fc.property(anyList, anyList, fc.boolean(), (stretches, lines, isShared) => {
        const { places, stretchOf } = alignWords(stretches, lines, { isShared });
        const keys = stretches.flatMap(({ words }) => words.map(({ key }) => key));
        expect(places.map(({ length }) => length)).toEqual(lines.map(({ words }) => words.length));
        for (const [n, line] of lines.entries()) {
          for (const [word, place] of (places[n] ?? []).entries()) {
            if (place < 0) continue;
            expect(keys[place]).toBe(line.words[word]?.key);
            const stretch = stretches[stretchOf[place] ?? -1];
            expect(stretch?.from).toBeLessThanOrEqual(line.to + 10_000);
            expect(stretch?.to).toBeGreaterThanOrEqual(line.from - 10_000);
          }
        }
        const found = (isShared ? places : [places.flatMap((each) => [...each])]).map((each) =>
          [...each].filter((place) => place >= 0),
        );
        for (const each of found) expect(new Set(each).size).toBe(each.length);
      }),
    );
  });
});

describe("stretches near a line", () => {
  const texts = (stretches: readonly Said[], line: Said) =>
    findNear(stretches, line).map(({ from }) => from / 1_000);

  test("include only those at most 10 s away", () => {
    const stretches = [1, 10, 30, 40, 60].map((from) => said("yes", from));
    expect(texts(stretches, said("yes", 20, 30))).toEqual([10, 30, 40]);
    expect(texts(stretches, said("yes", 20.001, 29.999))).toEqual([30]);
    expect(texts(stretches, said("yes", 200))).toEqual([]);
    expect(texts([], said("yes", 20))).toEqual([]);
  });

  test("include one that began long before and is still going on", () => {
    const stretches = [said("well", 0, 5), said("yes", 1, 100), said("no", 90)];
    expect(texts(stretches, said("yes", 95))).toEqual([1, 90]);
    expect(texts(stretches, said("yes", 50))).toEqual([1]);
  });

  test("are capped at a few, starting with the earliest", () => {
    const stretches = Array.from({ length: 1_000 }, (_, n) => said("yes", n / 1_000));
    const near = texts(stretches, said("yes", 10.2));
    expect(near.length).toBeGreaterThan(4);
    expect(near.length).toBeLessThan(12);
    expect(near[0]).toBeCloseTo(0.2, 1);
  });
});
