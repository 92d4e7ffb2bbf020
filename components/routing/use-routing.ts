"use client";

import { useRef, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { sendJson } from "@/lib/http/client";
import type { Routing, VersionedRouting } from "@/lib/routing/routing";

/** The rules of a page with what is on its way to the server, and how to change them. */
export function useRouting(served: VersionedRouting) {
  const { isPending, refusal, run } = useChange();
  /** What the next change builds on: two quick ones in a row are sent one after the other, each from the one before. */
  const latest = useRef({ routing: served as Routing, version: served.version });
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [shown, setShown] = useState<{ routing: Routing; of: number } | null>(null);
  const routing: Routing = shown && shown.of >= served.version ? shown.routing : served;

  function save(change: (from: Routing) => Routing, onDone?: () => void) {
    if (latest.current.version < served.version) {
      latest.current = { routing: served, version: served.version };
    }
    const wanted = change(latest.current.routing);
    latest.current = { routing: wanted, version: latest.current.version };
    setShown({ routing: wanted, of: Number.POSITIVE_INFINITY });
    run(() => {
      const sent = line.current.then(() => send(wanted));
      line.current = sent;
      return sent;
    }, onDone);
  }

  async function send({ rules, defaultAnswer }: Routing) {
    const { version } = latest.current;
    const sent = await sendJson("PUT", "/api/routing", { version, rules, defaultAnswer });
    if (sent.ok) {
      latest.current = { ...latest.current, version: version + 1 };
      setShown((now) => now && { ...now, of: version + 1 });
    } else {
      latest.current = { routing: served, version: served.version };
      setShown(null);
    }
    return sent;
  }

  return { routing, isPending, refusal, save };
}
