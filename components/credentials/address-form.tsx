"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { splitRanges } from "@/lib/credentials/credential";
import { sendJson } from "@/lib/http/client";

/** Sets the IP ranges that events are accepted from, whatever their credential. */
export function AddressForm({ ranges }: { ranges: readonly string[] }) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);

  function save(form: FormData) {
    const wanted = splitRanges(readFields(form, "ranges").ranges);
    setSaved(false);
    run(
      () => sendJson("PUT", "/api/credentials/addresses", { ranges: wanted }),
      () => setSaved(true),
    );
  }

  return (
    <div className="grid gap-3">
      <form onSubmit={takeFields(save)} className="grid items-start gap-3 sm:grid-cols-[1fr_auto]">
        <Field
          label="Addresses or CIDR ranges"
          name="ranges"
          key={ranges.join()}
          defaultValue={ranges.join(", ")}
          placeholder="Anywhere"
          autoComplete="off"
          hint="The address of the connection. Behind a proxy, set TRUSTED_PROXIES to the proxy’s addresses."
        />
        <Button type="submit" variant="primary" className="h-10 sm:mt-[1.625rem]" disabled={isPending}>
          Save
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && <FormMessage kind="done">Saved. Takes effect within seconds.</FormMessage>}
    </div>
  );
}
