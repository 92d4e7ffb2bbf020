import type { SpeechFacts } from "@/lib/alerts/silences";
import type { Speaker } from "@/lib/calls/call";
import type { SourceLine } from "@/lib/calls/line";
import type { Mark, MarkKind } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";

/** Makes a mark whose id depends only on its content; `second` counts from the call's start. */
export function makeMark(kind: MarkKind, role: Speaker | null, second: number): Mark {
  return { id: `${kind} ${role} ${second}`, kind, role, turn: null, at: atSecond(second), detail: null };
}

/** Makes a final transcript with its timestamp at that second. */
export function makeLine(role: Speaker, second: number): SourceLine {
  return makeSourceLine({ id: `${role} ${second}`, role, text: "…", at: atSecond(second) });
}

/** Makes a line as its source delivered it: a final, unless `differences` change that. */
export function makeSourceLine(differences: Partial<SourceLine> = {}): SourceLine {
  return {
    id: `${differences.source ?? "transcript"} ${differences.role ?? "user"} ${differences.at ?? ""}`,
    role: "user",
    text: "Hello?",
    at: atSecond(1),
    endedAt: null,
    source: "transcript",
    final: true,
    isTimed: true,
    notBefore: null,
    ...differences,
  };
}

/** Makes the speech facts of a call answered at second 0 and still live. */
export function makeSpeechFacts(marks: readonly Mark[], differences: Partial<SpeechFacts> = {}): SpeechFacts {
  return { marks, lines: [], assistantSpokeAt: null, startedAt: atSecond(0), endedAt: null, ...differences };
}

export const hangs = (second: number) => makeMark("hang", null, second);
export const speaks = (role: Speaker, from: number, to: number) => [
  makeMark("speech-started", role, from),
  makeMark("speech-stopped", role, to),
];
