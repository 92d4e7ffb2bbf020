/** The identity providers there can be, as people know them. */
export const providerNames = { google: "Google", github: "GitHub", microsoft: "Microsoft" } as const;

export type SocialProvider = keyof typeof providerNames;
