/**
 * PostgreSQL's settings as command-line arguments: reachable from this machine only, and quick on a small one.
 * Durable unless told otherwise (fsync and synchronous_commit keep their defaults); a test's cluster need not
 * survive a power cut.
 */
export function postgresSettings(options: { port: number; isDurable: boolean }): string[] {
  const settings = {
    port: options.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    // One server without replicas: commits write less.
    wal_level: "minimal",
    max_wal_senders: 0,
    // Short statements by the hundred: compiling them costs more than it saves.
    jit: "off",
    log_timezone: "UTC",
    timezone: "UTC",
    // Nothing to PostgreSQL; `readPostmaster` finds it again.
    "earshot.owner": process.pid,
    ...(!options.isDurable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
