import { Panel } from "@/components/ui/panel";
import type { EventDetail } from "@/lib/events/event";

/** What is wrong with a malformed delivery, field by field. */
export function EventIssues({ issues }: Pick<EventDetail, "issues">) {
  return (
    <Panel title="What is wrong">
      <ul className="grid gap-1.5">
        {issues.map(({ path, message }) => (
          <li key={`${path} ${message}`} className="wrap-anywhere">
            <code className="font-mono text-xs">{path || "message"}</code>: {message}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
