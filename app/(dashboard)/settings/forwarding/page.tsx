import type { Metadata } from "next";
import { DeliveryRow } from "@/components/forwarding/delivery-row";
import { TargetForm } from "@/components/forwarding/target-form";
import { TargetRow } from "@/components/forwarding/target-row";
import { Rows, Section } from "@/components/settings/section";
import { Link } from "@/components/ui/link";
import { db } from "@/db/client";
import { listDeliveries } from "@/db/queries/forwarding/log";
import { listTargets } from "@/db/queries/forwarding/targets";
import { requireUser } from "@/lib/auth/server/session";
import { deliveryFilterSchema } from "@/lib/forwarding/target";
import { loggedTypes } from "@/lib/webhook/server/registry";

export const metadata: Metadata = { title: "Forwarding" };

/** Targets that events and alerts are forwarded to, and the log of attempts. */
export default async function ForwardingPage({ searchParams }: PageProps<"/settings/forwarding">) {
  await requireUser("settings.manage");
  const isProblemsOnly = (await searchParams).log === "problems";
  const [targets, deliveries] = await Promise.all([
    listTargets(db),
    listDeliveries(db, deliveryFilterSchema.parse({ isProblem: isProblemsOnly })),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="Targets"
        about="Vapi sends each event to one URL. Forward events and alerts to other systems: signed, in order within each call, retried for 24 hours."
      >
        <Rows label="Targets" empty="No targets yet. Add one below.">
          {targets.map((target) => (
            <TargetRow key={target.id} target={target} types={loggedTypes} />
          ))}
        </Rows>
        <TargetForm types={loggedTypes} />
      </Section>
      <Section
        title="Delivery log"
        about={
          <>
            Most recent attempts. Successful ones are kept for 7 days, others for 30.{" "}
            <Link
              href={isProblemsOnly ? "/settings/forwarding" : "/settings/forwarding?log=problems"}
              className="whitespace-nowrap underline"
            >
              {isProblemsOnly ? "Show all" : "Show problems only"}
            </Link>
          </>
        }
      >
        <Rows label="Delivery log" empty={isProblemsOnly ? "No problems." : "Nothing forwarded yet."}>
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </Rows>
      </Section>
    </div>
  );
}
