/** What the HTTP API says: JSON when it went well, a sentence when not. */
export type HttpAnswer = { status: 200; body: object } | { status: 400 | 401 | 404 | 413; body: string };
