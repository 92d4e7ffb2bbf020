/** The channel that tells the same as this private one, without numbers and names (lib/auth/channel-permission.ts). */
export function maskedChannel(channel: string): string {
  return channel.replace(/^private-/, "private-masked-");
}
