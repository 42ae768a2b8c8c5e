"use server";

import { formAction, leave } from "@/lib/action";
import { addBlock } from "@/lib/channels/commands/add-block";
import { discardBlockImport, saveBlockImport } from "@/lib/channels/commands/import-blocks";
import { confirmBlock, dropBlock, identifyBlock, reopenBlock } from "@/lib/channels/commands/mark-block";
import {
  addBlockSchema,
  blockImportSchema,
  confirmBlockSchema,
  dropBlockSchema,
  identifyBlockSchema,
  reopenBlockSchema,
} from "@/lib/channels/schema/blocks";

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
