import { notFound } from "next/navigation";
import { cache } from "react";
import { currentActor } from "@/lib/auth/session";
import { type ChannelView, getChannel } from "@/lib/channels/queries/get-channel";

/** The channel of this address, asked once per request; the not-found page for anything that is not ours. */
export const loadChannel = cache(async (id: string): Promise<ChannelView> => {
  const channel = await getChannel(await currentActor(), id, new Date());
  return channel ?? notFound();
});
