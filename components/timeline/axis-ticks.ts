const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => seconds * 1_000);
const mostTicks = 12;

/** Round moments for the axis of a timeline of `lengthMs`, in ms from its start, at most a dozen. */
export function axisTicks(lengthMs: number): number[] {
  const step = steps.find((each) => lengthMs / each <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}
