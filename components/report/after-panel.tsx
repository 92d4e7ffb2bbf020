import { LocalTime } from "@/components/clock/local-time";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { formatPhoneNumber } from "@/lib/calls/format-phone-number";
import type { Report, Transfer } from "@/lib/calls/report";
import { spellKey } from "@/lib/calls/spell-key";

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
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function toWhom({ destination }: Transfer): string {
  return destination ? formatPhoneNumber(destination) : "Nobody says to whom";
}

function howItWent({ mode, status }: Transfer): string {
  return (
    [mode, status]
      .filter((word) => word !== null)
      .map(spellKey)
      .join(" · ") || "Nobody says how it went"
  );
}
