import { dialogues } from "@/scripts/simulator/dialogues";
import type { Random } from "@/scripts/simulator/random";

/** The course of a conversation, shared by many calls with different callers. */
export interface Template {
  lines: { role: "user" | "assistant"; text: string }[];
}

export interface Templates {
  all: Template[];
  /** Invented words, most common first; their frequencies follow Zipf's law. */
  vocabulary: string[];
  /** Whole sentences, for phrase searches. */
  sentences: string[];
}

const vocabularySize = 20_000;

/**
 * Makes conversations of 14 to 46 lines, 30 on average, from sentences of the simulator's dialogues, shuffled within
 * their language. Every third sentence gets words of a vocabulary with few common and many rare words.
 */
export function makeTemplates(count: number, random: Random): Templates {
  const pools = poolsByLanguage();
  const vocabulary = Array.from({ length: vocabularySize }, () => inventWord(random));
  const say = () => vocabulary[Math.floor(vocabularySize ** random.between(0, 1)) - 1] ?? "parcel";
  const all = Array.from({ length: count }, (): Template => {
    const pool = random.chance(0.75) ? pools.find(({ language }) => language === "en") : random.pick(pools);
    const { user, assistant } = pool ?? random.pick(pools);
    const lines = Array.from({ length: random.whole(14, 46) }, (_, index) => {
      const role = index % 2 === 0 ? "assistant" : "user";
      const sentence = random.pick(role === "user" ? user : assistant);
      return { role, text: random.chance(0.33) ? `${sentence} ${say()} ${say()}.` : sentence } as const;
    });
    return { lines };
  });
  return { all, vocabulary, sentences: pools.flatMap(({ user, assistant }) => [...user, ...assistant]) };
}

function poolsByLanguage() {
  const known = new Set(dialogues.map(({ assistant }) => assistant.language));
  return [...known].map((language) => {
    const turns = dialogues
      .filter(({ assistant }) => assistant.language === language)
      .flatMap((each) => each.turns);
    return {
      language,
      user: turns.flatMap((turn) => ("caller" in turn ? [plain(turn.caller)] : [])),
      assistant: turns.flatMap((turn) => ("assistant" in turn ? [plain(turn.assistant)] : [])),
    };
  });
}

const plain = (text: string) => text.replace(/\{\w+\}/g, "that");

function inventWord(random: Random): string {
  const syllable = () => random.pick([..."bcdfghklmnprstvz"]) + random.pick([..."aeiou"]);
  return (
    Array.from({ length: random.whole(2, 4) }, syllable).join("") + random.pick(["", "n", "r", "s", "l"])
  );
}
