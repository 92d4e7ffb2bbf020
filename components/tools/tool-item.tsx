import { Badge, Row } from "@/components/settings/row";
import { describeFigures } from "@/components/tools/describe-figures";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import type { ToolOverview } from "@/lib/tools/tool";
import { toDefinition } from "@/lib/tools/tool";

/** One tool of the list. */
export function ToolItem({ tool }: { tool: ToolOverview }) {
  const { name, description, effect, endpointId, isEnabled, figures } = tool;
  return (
    <Row
      title={
        <>
          <Link href={`/settings/tools/${encodeURIComponent(name)}`} className="font-mono underline">
            {name}
          </Link>
          {effect === "write" && <Badge>Writes data</Badge>}
          {endpointId && <Badge>endpoint</Badge>}
          {!isEnabled && <Badge>off</Badge>}
        </>
      }
      facts={
        <>
          {description}
          <br />
          {describeFigures(figures)}
        </>
      }
      actions={
        <CopyButton text={JSON.stringify(toDefinition(tool), null, 2)} what={`definition of ${name}`} />
      }
    />
  );
}
