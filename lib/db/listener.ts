// What other transactions announce with pg_notify, heard by everybody in this process over one connection per channel.
import { StandingConnection } from "./standing-connection";

type Hearer = { hear: (payload: string) => void; missed: () => void };
type Channel = { hearers: Set<Hearer>; connection: StandingConnection };

// Next bundles its routes apart from the server's own modules: they share this one.
const shared = globalThis as typeof globalThis & { damsoChannels?: Map<string, Channel> };

/**
 * Hears every notification of `channel` until the returned function is called.
 * @param hearer.missed the connection was away and is back: something may have been announced meanwhile
 */
export function listen(channel: string, hearer: Hearer): () => void {
  shared.damsoChannels ??= new Map();
  const { hearers } = shared.damsoChannels.get(channel) ?? begin(shared.damsoChannels, channel);
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}

/** Ends the listening connections: for tests that should stop. */
export async function closeListeners(): Promise<void> {
  const channels = [...(shared.damsoChannels?.values() ?? [])];
  shared.damsoChannels = undefined;
  for (const { connection } of channels) await connection.stop();
}

function begin(channels: Map<string, Channel>, name: string): Channel {
  const hearers = new Set<Hearer>();
  let connectedOnce = false;
  const connection = new StandingConnection({
    name: `damso ${name}`,
    channel: name,
    onNotice: (payload) => {
      for (const { hear } of hearers) hear(payload);
    },
    onConnected: async () => {
      if (connectedOnce) for (const { missed } of hearers) missed();
      connectedOnce = true;
    },
  });
  const channel = { hearers, connection };
  channels.set(name, channel);
  void connection.start();
  return channel;
}
