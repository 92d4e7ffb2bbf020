import { Presets, SingleBar } from "cli-progress";
import type { ImportTally } from "@/lib/imports/server/import";

export interface Progress {
  /** `done` is in the unit of the total. */
  show: (done: number, tally: ImportTally, where: string) => void;
  /** Prints a line above the bar. */
  say: (line: string) => void;
  stop: () => void;
}

const everyLines = 1_000;

/**
 * Opens a progress bar on a terminal, or prints a plain line now and then elsewhere.
 * @param total in the unit of `done`; null when unknown, which leaves the bar out
 */
export function openProgress(total: number | null, isTerminal = process.stderr.isTTY): Progress {
  return isTerminal ? openBar(total) : openLines();
}

function openBar(total: number | null): Progress {
  const format = `${total === null ? "" : "{bar} {percentage} % · "}{words}`;
  const bar = new SingleBar(
    { format, hideCursor: true, stream: process.stderr, clearOnComplete: true },
    Presets.rect,
  );
  bar.start(total ?? 1, 0, { words: "" });
  return {
    show: (done, tally, where) =>
      bar.update(total === null ? 0 : Math.min(total, done), { words: toWords(tally, where) }),
    say: (line) => process.stderr.write(`\r\x1b[2K${line}\n`),
    stop: () => bar.stop(),
  };
}

function openLines(): Progress {
  let printedAt = 0;
  return {
    show: (_, tally, where) => {
      const count = tally.imported + tally.known + tally.goingOn + tally.deleted + tally.failed;
      if (count - printedAt < everyLines) return;
      printedAt = count;
      console.error(toWords(tally, where));
    },
    say: (line) => console.error(line),
    stop: () => {},
  };
}

function toWords({ imported, known, failed }: ImportTally, where: string): string {
  return `${imported} imported, ${known} already imported, ${failed} failed${where && ` · ${where}`}`;
}
