import { type ReportQuery, reportQuerySchema } from "@/lib/reports/filter";
import type { Random } from "@/scripts/simulator/random";
import type { Templates } from "./make-templates";

export interface Questions {
  list: ReportQuery[];
  filter: ReportQuery[];
  text: ReportQuery[];
  /** First and last day. */
  analytics: { from: string; to: string; assistant?: string }[];
}

const zones = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata"];
const dayMs = 86_400_000;

/** Draws the questions an ops team asks in a week, `count` different ones of each kind. */
export function drawQuestions(
  count: number,
  { vocabulary, sentences }: Templates,
  random: Random,
): Questions {
  const times = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  const ask = (params: Record<string, string | undefined>) => reportQuerySchema.parse(params);
  return {
    list: times((index) => ask({ sort: ["newest", "oldest", "longest", "costliest"][index % 4] })),
    filter: times(() => ask(drawFilter(random))),
    text: times((index) =>
      ask({
        q: drawText(index, vocabulary, sentences, random),
        ...(random.chance(0.3) && drawPeriod(random)),
      }),
    ),
    analytics: times((index) => {
      const to = Date.now() - random.whole(0, 200) * dayMs;
      const assistant = index % 4 === 0 ? { assistant: `assistant-${random.whole(0, 14)}` } : {};
      return { from: toDay(to - 89 * dayMs), to: toDay(to), ...assistant };
    }),
  };
}

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10);

function drawPeriod(random: Random): Record<string, string> {
  const days = random.pick([1, 7, 30, 90]);
  const to = Date.now() - random.whole(0, 250) * dayMs;
  return { from: toDay(to - days * dayMs), to: toDay(to), zone: random.pick(zones) };
}

/** Draws one to three conditions at once. */
function drawFilter(random: Random): Record<string, string> {
  const conditions = [
    () => drawPeriod(random),
    () => ({ assistant: `assistant-${random.whole(0, 14)}` }),
    () => ({ number: `+1555020${String(random.whole(0, 39)).padStart(4, "0")}` }),
    () => ({
      group: random.pick(["caller-gave-up", "our-fault", "provider-fault", "our-fault,provider-fault"]),
    }),
    () => ({ success: random.pick(["no", "unknown"]) }),
    () => ({ hang: "yes" }),
    () => ({ minSeconds: random.pick(["120", "300", "600"]) }),
    () => ({ minCost: random.pick(["0.2", "0.5", "1"]) }),
    () => ({ tag: random.pick(["urgent", "billing", "billing,refund"]) }),
    () => ({ score: random.pick(["1", "4,5"]) }),
  ];
  const chosen = Array.from({ length: random.whole(1, 3) }, () => random.pick(conditions)());
  return Object.assign(
    { sort: random.pick(["newest", "newest", "oldest", "longest", "costliest"]) },
    ...chosen,
  );
}

function drawText(index: number, vocabulary: string[], sentences: string[], random: Random): string {
  const common = () =>
    random.pick(["delivery", "appointment", "invoice", "parcel", "tomorrow", "evening", "number"]);
  const rare = () => vocabulary[random.whole(200, vocabulary.length - 1)] ?? "parcel";
  const phrase = () => `"${random.pick(sentences).split(/\s+/).slice(0, 4).join(" ").replaceAll('"', "")}"`;
  const shapes = [
    rare,
    common,
    phrase,
    () => `${rare()} -${common()}`,
    () => `${common()} ${common()}`,
    () => `${rare().slice(0, 5)}*`,
    () => String(random.whole(100_000, 999_999)),
    () => `${common()} ${rare()}`,
  ];
  return (shapes[index % shapes.length] ?? rare)();
}
