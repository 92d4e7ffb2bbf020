import { describeTally } from "@/scripts/delivery/tally";
import type { Progress } from "@/scripts/simulator/simulate";

/**
 * Keeps one line up to date on a terminal; writes nothing elsewhere.
 *
 * @returns a function that stops the updates and clears the line
 */
export function showProgress(progress: Progress): () => void {
  if (!process.stdout.isTTY) return () => undefined;
  const draw = () => {
    const line = `${progress.live} live · ${progress.done} done · ${describeTally(progress.tally)}`;
    process.stdout.write(`\r\x1b[2K${line.slice(0, process.stdout.columns - 1)}`);
  };
  const timer = setInterval(draw, 250);
  return () => {
    clearInterval(timer);
    process.stdout.write("\r\x1b[2K");
  };
}
