"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import type { BlockedNumber } from "@/lib/dialing/do-not-call";
import { sendJson } from "@/lib/http/client";

/** One do-not-call number, shown masked: the list stores only its hash. */
export function BlockedNumberRow({ number }: { number: BlockedNumber }) {
  const { isPending, problem, run } = useChange();
  const { id, hint, addedBy, addedAt } = number;
  return (
    <Row
      title={hint}
      facts={
        <>
          added by {addedBy}, <LocalTime at={addedAt} />
        </>
      }
      actions={
        <ConfirmButton
          verb="Remove"
          title={`Remove ${hint} from the list?`}
          disabled={isPending}
          onConfirm={() => run(() => sendJson("DELETE", `/api/dialing/do-not-call/${id}`))}
        >
          Campaigns may call this number again.
        </ConfirmButton>
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
