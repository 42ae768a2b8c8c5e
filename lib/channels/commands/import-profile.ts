import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { readText } from "@/lib/dealers/rules/read-json";
import { NotFound, Refused } from "@/lib/errors";
import { profileAnswers, shownFacts } from "../rules/profile-answers";
import { mostProfileBytes, readSenderProfile } from "../rules/sender-profile";
import type { ImportProfile } from "../schema/check";
import { keepCheck } from "./keep-check";

/**
 * Takes a dealer's answer about the channel's sender profile: its known facts are kept with the digest of what came, the rest is not.
 * @returns the check's id. @throws NotFound, Forbidden, Refused beside `profile`
 */
export async function importProfile(actor: Actor, { channelId, profile, file }: ImportProfile): Promise<string> {
  if (!z.uuid().safeParse(channelId).success) throw new NotFound();
  const channel = await read(actor, "check:run", async (tx) => {
    const found = await tx.channel.findUnique({ where: { id: channelId }, include: { goLive: true } });
    if (!found) throw new NotFound();
    const organization = await tx.organization.findUnique({ where: { id: actor.organizationId } });
    return { ...found, consignor: found.consignorName || (organization?.name ?? "") };
  });
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(profile ?? "");
  if (bytes.length === 0) throw new Refused("channels.refused.profileNone", "profile");
  if (bytes.length > mostProfileBytes) throw new Refused("channels.refused.profileLarge", "profile");
  const text = readText(bytes);
  if (text === null) throw new Refused("channels.refused.profileJson", "profile");
  const { format, facts } = readSenderProfile(text, channel);
  const { consignor, categoryCode } = channel;
  const subject = { consignor, categoryCode, wentLive: channel.goLive !== null };
  return keepCheck(actor, channelId, {
    ...{ kind: "sender-profile", format, bytes: bytes.length },
    sha256: createHash("sha256").update(bytes).digest("hex"),
    ...{ facts: shownFacts(facts, subject), answers: profileAnswers(facts, subject) },
  });
}
