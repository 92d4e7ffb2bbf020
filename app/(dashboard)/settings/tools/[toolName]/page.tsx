import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Rows, Section } from "@/components/settings/section";
import { DeleteEndpoint } from "@/components/tools/delete-endpoint";
import { describeFigures } from "@/components/tools/describe-figures";
import { EndpointForm } from "@/components/tools/endpoint-form";
import { FailureRow } from "@/components/tools/failure-row";
import { RunForm } from "@/components/tools/run-form";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { Link } from "@/components/ui/link";
import { db } from "@/db/client";
import { listEndpoints, listToolFailures } from "@/db/queries/tools/read";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { listTools } from "@/lib/tools/server/registry";
import { toDefinition, toExample } from "@/lib/tools/tool";

export const metadata: Metadata = { title: "Tool" };

const shownFailures = 20;

/** One tool: its definition, figures and recent failures, and a form to try it. */
export default async function ToolPage({ params }: PageProps<"/settings/tools/[toolName]">) {
  const { role } = await requireUser("tools.view");
  const canManage = can(role, "settings.manage");
  const name = decodeURIComponent((await params).toolName);
  const tool = (await listTools(db)).find((one) => one.name === name);
  if (!tool) notFound();
  const [failures, endpoints] = await Promise.all([
    listToolFailures(db, name, shownFailures),
    canManage && tool.endpointId ? listEndpoints(db) : [],
  ]);
  const endpoint = endpoints.find(({ id }) => id === tool.endpointId);
  const definition = toDefinition(tool);
  return (
    <div className="grid gap-10">
      <div className="grid gap-1">
        <Link href="/settings/tools" className="justify-self-start text-muted text-xs underline">
          All tools
        </Link>
        <Section title={name} about={tool.description}>
          <p className="text-muted">
            {tool.effect === "write" ? "Writes data, once per tool call. " : "Read-only. "}
            Time limit {tool.timeoutMs / 1000} s. Last 7 days: {describeFigures(tool.figures)}.
          </p>
        </Section>
      </div>
      <Section title="Definition" about="Paste it into the assistant's tools in Vapi.">
        <div className="grid gap-1">
          <div className="justify-self-end">
            <CopyButton text={JSON.stringify(definition, null, 2)} what="definition" />
          </div>
          <Json label="Definition as JSON" value={definition} />
        </div>
      </Section>
      {canManage && tool.isEnabled && (
        <Section title="Try it" about="Runs the tool with your arguments, as an assistant would.">
          <RunForm name={name} hasEffect={tool.effect === "write"} example={toExample(tool.parameters)} />
        </Section>
      )}
      <Section title="Recent failures">
        <Rows label="Recent failures" empty="No failures.">
          {failures.map((failure) => (
            <FailureRow key={`${failure.callId} ${failure.id}`} {...failure} />
          ))}
        </Rows>
      </Section>
      {endpoint && (
        <Section title="Endpoint">
          <EndpointForm endpoint={endpoint} />
          <DeleteEndpoint id={endpoint.id} name={endpoint.name} />
        </Section>
      )}
    </div>
  );
}
