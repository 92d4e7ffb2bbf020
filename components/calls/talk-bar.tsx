import type { TalkShare } from "@/lib/calls/turns";

/** How the time was shared between caller, assistant and nobody. */
export function TalkBar({ share: { userMs, assistantMs, silentMs } }: { share: TalkShare }) {
  const all = userMs + assistantMs + silentMs;
  const parts = [
    { name: "Caller", ms: userMs, paint: "bg-caller" },
    { name: "Assistant", ms: assistantMs, paint: "bg-assistant" },
    { name: "Nobody", ms: silentMs, paint: "bg-faint" },
  ];
  const percent = (ms: number) => (all === 0 ? 0 : Math.round((ms / all) * 100));
  return (
    <>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        {parts.map(({ name, ms, paint }) => (
          <div key={name} className={paint} style={{ width: `${percent(ms)}%` }} />
        ))}
      </div>
      <ul className="flex justify-between gap-2 pt-1.5 text-xs">
        {parts.map(({ name, ms, paint }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-full ${paint}`} />
            {name} {percent(ms)} %
          </li>
        ))}
      </ul>
    </>
  );
}
