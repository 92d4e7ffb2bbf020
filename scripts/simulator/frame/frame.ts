import type { Assistant } from "@/scripts/simulator/frame/build-assistant";

export interface Customer {
  number: string;
  name?: string;
  sipUri?: string;
}

/** What every message of one call repeats, whole, each time. */
export interface Frame {
  call: Record<string, unknown>;
  /** Absent on web calls, like the customer. */
  phoneNumber?: Record<string, unknown>;
  customer?: Customer;
  assistant: Assistant;
  /** Vapi's label, "v3"; null where an organisation does not version its assistants. */
  assistantVersion: string | null;
}
