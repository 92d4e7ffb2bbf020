import { LocalTime } from "@/components/clock/local-time";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import type { Report, Transfer } from "@/lib/calls/report";
import { formatPhoneNumber, spellKey } from "@/lib/format";

/** Whether the caller agreed to be recorded, and where the call went on. */
export function AfterPanel({ report: { consent, transfers } }: { report: Report }) {
  return (
    <>
      {consent && (
        <Panel title="Recording consent">
          <Figures
            rows={[
              ["Asked", consent.kind === null ? null : spellKey(consent.kind)],
              ["Given", consent.grantedAt === null ? "No" : <LocalTime key="at" at={consent.grantedAt} />],
            ]}
          />
        </Panel>
      )}
      {transfers.length > 0 && (
        <Panel title="Transfers">
          <ul className="grid gap-1.5">
            {transfers.map((transfer, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: transfers are told apart by nothing but their order.
              <li key={index} className="grid">
                <span className="break-words">{toWhom(transfer)}</span>
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

function toWhom({ destination, name, extension }: Transfer): string {
  if (!destination) return name ?? "Destination not reported";
  const address = `${formatPhoneNumber(destination)}${extension ? `, extension ${extension}` : ""}`;
  return name ? `${name}, ${address}` : address;
}

function howItWent({ mode, status }: Transfer): string {
  return (
    [mode, status]
      .filter((word) => word !== null)
      .map(spellKey)
      .join(" · ") || "Result not reported"
  );
}
