import "server-only";
import { env } from "@/lib/env";
import { runTick } from "@/lib/tick/run-tick";

const pauseMs = 5_000;

/** `next dev` may load this module again: one clock a process. */
const clock = globalThis as typeof globalThis & { earshotTicks?: boolean };

/** Runs the tick every few seconds for as long as this process lives. On Vercel its cron does (vercel.json). */
export function startTicking(): void {
  if (env.VERCEL || clock.earshotTicks) return;
  clock.earshotTicks = true;
  const tick = async () => {
    await runTick();
    setTimeout(tick, pauseMs).unref();
  };
  setTimeout(tick, pauseMs).unref();
}
