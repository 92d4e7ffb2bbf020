import { LocalTime } from "@/components/clock/local-time";
import type { ListedCredential } from "@/lib/credentials/credential";
import { describeSettings } from "@/lib/credentials/credential";

/** How a credential is sent, by whom and when it was made, when it was last used. */
export function CredentialFacts({ credential }: { credential: ListedCredential }) {
  const { settings, hint, createdBy, createdAt, lastUsedAt, expiresAt, state, addressRanges } = credential;
  return (
    <>
      <code className="font-mono">
        {settings ? describeSettings(settings) : "X-Vapi-Secret: … or Authorization: Bearer …"}
      </code>
      {hint && ` · ends in ${hint}`}
      {createdAt && (
        <>
          {" "}
          · by {createdBy}, <LocalTime at={createdAt} />
        </>
      )}{" "}
      · last used {lastUsedAt ? <LocalTime at={lastUsedAt} /> : "never"}
      {state === "expiring" && expiresAt && (
        <>
          {" "}
          · until <LocalTime at={expiresAt} />
        </>
      )}
      {addressRanges.length > 0 && ` · only from ${addressRanges.join(", ")}`}
    </>
  );
}
