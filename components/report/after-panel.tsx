import { LocalTime } from "@/components/clock/local-time";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { describeCostItem, toCostParts } from "@/lib/calls/costs";
import type { Report, Transfer } from "@/lib/calls/report";
import { formatCost, formatPhoneNumber, keyLabel } from "@/lib/format";

/** Recording consent, and the call's transfers. */
export function AfterPanel({ report: { consent, transfers } }: { report: Report }) {
  return (
    <>
      {consent && (
        <Panel title="Recording consent">
          <Figures
            rows={[
              ["Asked", consent.kind === null ? null : keyLabel(consent.kind)],
              ["Given", consent.grantedAt === null ? "No" : <LocalTime key="at" at={consent.grantedAt} />],
            ]}
          />
        </Panel>
      )}
      {transfers.length > 0 && (
        <Panel title="Transfers">
          <ul className="grid gap-1.5">
            {transfers.map((transfer, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: only their order distinguishes transfers.
              <li key={index} className="grid">
                <span className="break-words">{describeRecipient(transfer)}</span>
                <span className="text-muted text-xs">{howItWent(transfer)}</span>
                {transfer.id && (
                  <span className="break-all font-mono text-[11px] text-muted">{transfer.id}</span>
                )}
                {transfer.transcript && (
                  <details className="text-xs">
                    <summary className="cursor-pointer text-muted">Transcript</summary>
                    <p className="whitespace-pre-wrap break-words">{transfer.transcript}</p>
                  </details>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function describeRecipient({ destination, name, extension }: Transfer): string {
  if (!destination) return name ?? "Destination not reported";
  const address = `${formatPhoneNumber(destination)}${extension ? `, extension ${extension}` : ""}`;
  return name ? `${name}, ${address}` : address;
}

function howItWent({ mode, status }: Transfer): string {
  return (
    [mode, status]
      .filter((word) => word !== null)
      .map(keyLabel)
      .join(" · ") || "Result not reported"
  );
}

interface CostSplitProps {
  report: Pick<Report, "costs" | "costBreakdown">;
  totalUsd: number | null;
}

/** The call's cost by part (model, voice …), most expensive first, each with its items on the bill. */
export function CostSplit({ report, totalUsd }: CostSplitProps) {
  const parts = toCostParts(report);
  if (parts.length === 0) return null;
  const sum = parts.reduce((total, { usd }) => total + usd, 0);
  return (
    <Panel title="Cost" aside={formatCost(totalUsd ?? sum)}>
      <ul className="grid grid-cols-1 gap-2.5">
        {parts.map(({ name, usd, items }) => (
          <li key={name} className="grid grid-cols-1 gap-1">
            <div className="flex items-baseline justify-between gap-4">
              <span>{name}</span>
              <span>{formatCost(usd)}</span>
            </div>
            <div aria-hidden className="h-1 overflow-hidden rounded-full bg-hover">
              <div className="h-full rounded-full bg-faint" style={{ width: `${(usd / sum) * 100}%` }} />
            </div>
            {items.map((item, index) => {
              const { whose, amount } = describeCostItem(item);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: only their order distinguishes entries of a bill.
                <p key={index} className="flex justify-between gap-4 text-muted text-xs">
                  <span className="wrap-break-word min-w-0">{whose}</span>
                  <span className="whitespace-nowrap">
                    {[amount, items.length > 1 && formatCost(item.usd)].filter(Boolean).join(" · ")}
                  </span>
                </p>
              );
            })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
