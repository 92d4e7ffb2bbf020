import { CircleAlert, CircleCheck } from "lucide-react";

/** What came of a form, read out as it appears. */
export function FormMessage({ kind, children }: { kind: "refused" | "done"; children: string }) {
  const Icon = kind === "refused" ? CircleAlert : CircleCheck;
  return (
    <p
      role={kind === "refused" ? "alert" : "status"}
      className={`flex items-start gap-2 rounded-md px-3 py-2 text-sm ${kind === "refused" ? "bg-hang-soft text-hang" : "bg-assistant-soft text-assistant"}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
