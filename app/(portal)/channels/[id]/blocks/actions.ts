"use server";

import { getTranslations } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { addBlock } from "@/lib/channels/commands/add-block";
import { discardBlockImport, saveBlockImport } from "@/lib/channels/commands/import-blocks";
import { confirmBlock, dropBlock, identifyBlock, reopenBlock } from "@/lib/channels/commands/mark-block";
import { blockedUserKey } from "@/lib/channels/queries/get-block";
import {
  addBlockSchema,
  blockAtDealerSchema,
  blockImportSchema,
  confirmBlockSchema,
  dropBlockSchema,
  identifyBlockSchema,
  reopenBlockSchema,
} from "@/lib/channels/schema/blocks";
import { blockAtDealer } from "@/lib/dealers/commands/block-user";

const listOf = (channelId: string) => `/channels/${channelId}/blocks`;

export const addBlockAction = formAction(addBlockSchema, async (actor, input) => {
  await addBlock(actor, input);
  return leave(listOf(input.channelId), "channels.blocks.done.added");
});

export const identifyBlockAction = formAction(identifyBlockSchema, async (actor, input) => {
  await identifyBlock(actor, input);
  return leave(`${listOf(input.channelId)}/${input.blockId}`, "channels.blocks.done.identified");
});

export const confirmBlockAction = formAction(confirmBlockSchema, async (actor, input) => {
  await confirmBlock(actor, input);
  return leave(`${listOf(input.channelId)}/${input.blockId}`, "channels.blocks.done.marked");
});

/** At the dealer first, then in the list: when the second fails, asking again does no harm. */
export const blockAtDealerAction = formAction(blockAtDealerSchema, async (actor, input) => {
  const t = await getTranslations("channels.blocks");
  const userKey = await blockedUserKey(actor, input);
  await blockAtDealer(actor, "block:edit", { channelId: input.channelId, userKey });
  await confirmBlock(actor, { ...input, userKey: null, note: t("atDealer.note") });
  return leave(`${listOf(input.channelId)}/${input.blockId}`, "channels.blocks.done.atDealer");
});

export const dropBlockAction = formAction(dropBlockSchema, async (actor, input) => {
  await dropBlock(actor, input);
  return leave(`${listOf(input.channelId)}/${input.blockId}`, "channels.blocks.done.dropped");
});

export const reopenBlockAction = formAction(reopenBlockSchema, async (actor, input) => {
  await reopenBlock(actor, input);
  return leave(`${listOf(input.channelId)}/${input.blockId}`, "channels.blocks.done.reopened");
});

export const saveBlockImportAction = formAction(blockImportSchema, async (actor, input) => {
  await saveBlockImport(actor, input);
  return leave(listOf(input.channelId), "channels.blocks.done.imported");
});

export const discardBlockImportAction = formAction(blockImportSchema, async (actor, input) => {
  await discardBlockImport(actor, input);
  return leave(listOf(input.channelId), "channels.blocks.done.discarded");
});
