import { z } from "zod";

export const channelKinds = ["slack", "email", "webhook"] as const;

export type ChannelKind = (typeof channelKinds)[number];

export const channelKindSchema = z.enum(channelKinds);
