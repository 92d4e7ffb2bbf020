import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { Assistant } from "@/scripts/simulator/frame/build-assistant";
import { createRandom } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";

/** The line the call came in on or went out from. */
export function buildPhoneNumber({ phone }: AssistantProfile, { id: assistantId, orgId }: Assistant) {
  const random = createRandom(`phone number ${phone.number}`);
  return {
    id: uuidV4(random),
    orgId,
    assistantId,
    number: phone.number,
    createdAt: "2025-09-04T06:42:22.247Z",
    updatedAt: "2025-09-04T16:12:06.970Z",
    name: phone.name,
    provider: "vapi",
    status: "active",
    providerResourceId: uuidV4(random),
  };
}
