/** What Pusher's dashboard calls an app: the server clients know all three, browsers only the key. */
export type AppCredentials = { id: string; key: string; secret: string };
