export const endpointMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type EndpointMethod = (typeof endpointMethods)[number];
