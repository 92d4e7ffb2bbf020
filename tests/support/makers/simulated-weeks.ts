import { countReplies } from "@/lib/analytics/figures";
import { findFailure } from "@/lib/incidents/failure";
import { type CauseValues, wholeAccount } from "@/lib/incidents/incident";
import { type SeriesCount, sumCounts } from "@/lib/rates/series";
import { hoursBack, toUsual, type Usual, usualWeeks } from "@/lib/rates/usual";
import { createRandom } from "@/scripts/simulator/random";
import { seriesCount } from "@/tests/support/makers/series-count";
import {
  assistants,
  codes,
  day,
  type FailureType,
  gauss,
  hour,
  noiseOf,
  numbers,
  poisson,
  rhythm,
  rules,
  usualFailureRates,
  versionOf,
  week,
} from "@/tests/support/makers/simulated-calls";

/** The stored counts of the weeks before, drawn per hour rather than call by call. */
export class Weeks {
  readonly #hours = new Map<number, SeriesCount[]>();
  readonly #days = new Map<number, SeriesCount[]>();

  constructor(
    readonly seed: string,
    readonly load: number,
    /** End of the weeks. */
    readonly until: number,
  ) {
    for (let at = until - (usualWeeks + 1) * week; at < until + week; at += hour) {
      const counts = this.#draw(at);
      this.#hours.set(at, counts);
      const begins = Math.floor(at / day) * day;
      const light = counts.map((count) => ({ ...count, replies: [] }));
      this.#days.set(begins, sumCounts([...(this.#days.get(begins) ?? []), ...light]));
    }
  }

  #draw(at: number): SeriesCount[] {
    const random = createRandom(`${this.seed}/history/${at}`);
    const noise = noiseOf(`${this.seed}/history`, at);
    const volume = 60 * this.load * rhythm(at) * Math.exp(0.1 * gauss(random));
    const counts: SeriesCount[] = [];
    const add = (causes: CauseValues, counted: Partial<SeriesCount>, isScoped = true) => {
      const pairs = isScoped
        ? [["account", wholeAccount], ...Object.entries(causes)]
        : Object.entries(causes);
      for (const [kind, value] of pairs) {
        counts.push(seriesCount({ ...counted, kind: kind as SeriesCount["kind"], value: value ?? "" }));
      }
    };
    for (const desk of assistants) {
      for (const number of numbers) {
        const calls = poisson(random, (volume * desk.share) / numbers.length);
        if (calls === 0) continue;
        const scope = { assistant: desk.id, version: versionOf(desk, "7"), number };
        const costUsd = calls * 0.06 * 3.25 * Math.exp((0.9 * gauss(random)) / Math.sqrt(calls));
        const replies = countReplies(
          Array.from({ length: Math.min(200, calls * 5) }, () => 1_200 * Math.exp(0.35 * gauss(random))),
        );
        add(scope, { begun: calls, ended: calls, costed: calls, costUsd, replies });
        const draw = (trouble: FailureType) => poisson(random, calls * usualFailureRates[trouble] * noise);
        const hangs = draw("hang");
        add({ ...scope, stage: "response" }, { alerts: hangs });
        const tools = draw("tool");
        add({ ...scope, tool: desk.tool, stage: "tool" }, { tools });
        for (const part of ["voice", "model", "transcriber", "transport"] as const) {
          for (let n = draw(part); n > 0; n -= 1) {
            const code = random.pick(codes[part](part === "transport" ? "" : desk[part]));
            const failure = findFailure(code);
            add(scope, { failures: 1 });
            add(
              {
                "end-reason": code,
                ...(failure?.provider && { provider: failure.provider }),
                ...(failure?.stage && { stage: failure.stage }),
              },
              { failures: 1 },
              false,
            );
          }
        }
      }
    }
    return sumCounts(counts);
  }

  usualAt(now: number): Usual {
    const hourAt = Math.floor(now / hour) * hour;
    const today = Math.floor(now / day) * day;
    const usual = toUsual(
      {
        days: [...this.#days].flatMap(([at, counts]) =>
          at < today && at >= today - usualWeeks * week
            ? counts.map((count) => ({ ...count, day: String(at) }))
            : [],
        ),
        hours: Array.from({ length: hoursBack }, (_, hoursAgo) =>
          Array.from({ length: usualWeeks }, (_, index) =>
            (this.#hours.get(hourAt - hoursAgo * hour - (index + 1) * week) ?? []).map((count) => ({
              ...count,
              hoursAgo,
              week: index + 1,
            })),
          ),
        ).flat(2),
        figures: Array.from(
          { length: usualWeeks },
          (_, index) => this.#hours.get(hourAt - (index + 1) * week) ?? [],
        ).flat(),
        weeks: usualWeeks,
        hourAt: new Date(hourAt),
      },
      rules,
    );
    if (!usual) throw new Error("Weeks of calls are too few.");
    return usual;
  }
}
