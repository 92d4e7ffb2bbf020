import { CopyButton } from "@/components/ui/copy-button";
import type { ShownCredential } from "@/lib/credentials/credential";
import { listVapiFields } from "@/lib/credentials/setup";

/** A new credential as it is entered in Vapi. Its secret is shown only here, once. */
export function VapiFields({ shown, tokenUrl }: { shown: ShownCredential; tokenUrl: string }) {
  return (
    <div role="status" className="grid gap-3 rounded-md border border-accent bg-accent-soft px-4 py-3">
      <p>
        In Vapi, open Settings → Integrations → Server Configuration, add a custom credential with these, and
        choose it where the Server URL is set. The secret is not shown again.
      </p>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
        {listVapiFields(shown, tokenUrl).map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="self-center text-muted">{name}</dt>
            <dd className="flex min-w-0 items-center gap-2">
              <code className="min-w-0 select-all break-all font-mono text-xs">{value}</code>
              <CopyButton text={value} what={name} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
