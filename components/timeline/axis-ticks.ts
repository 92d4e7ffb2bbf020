const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => seconds * 1_000);
const mostTicks = 8;

/** Round moments for the axis of a timeline of `lengthMs`, in ms from its start, about eight: as many as a narrow panel has room for. */
export function axisTicks(lengthMs: number): number[] {
  const step = steps.find((each) => lengthMs / each <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}
