import { Panel } from "@/components/ui/panel";
import type { ToolCall } from "@/lib/calls/parts";
import { formatSeconds } from "@/lib/format";

/** The tools used on this call and how long each took. */
export function ToolsPanel({ toolCalls }: { toolCalls: readonly ToolCall[] }) {
  if (toolCalls.length === 0) return null;
  return (
    <Panel title="Tools" aside={`${toolCalls.length} calls`}>
      <ul className="grid gap-1.5">
        {toolCalls.map(({ id, name, askedAt, answeredAt, error }) => (
          <li key={id} className="flex justify-between gap-4">
            <span className="truncate">{name}</span>
            <span className={error === null ? "whitespace-nowrap text-muted" : "whitespace-nowrap text-hang"}>
              {error !== null && "failed, "}
              {answeredAt ? formatSeconds(Date.parse(answeredAt) - Date.parse(askedAt)) : "waiting"}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
