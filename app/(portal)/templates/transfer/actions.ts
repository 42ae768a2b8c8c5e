"use server";

import { formAction, leave } from "@/lib/action";
import { discardTemplateImport, takeTemplateImport } from "@/lib/templates/commands/import-templates";
import { discardTemplateImportSchema, takeTemplateImportSchema } from "@/lib/templates/schema/transfer";

export const takePackAction = formAction(takeTemplateImportSchema, async (actor, input) => {
  await takeTemplateImport(actor, input);
  return leave("/templates", "templates.transfer.done.takenPack");
});

export const takeTextsAction = formAction(takeTemplateImportSchema, async (actor, input) => {
  await takeTemplateImport(actor, input);
  return leave("/templates", "templates.transfer.done.takenTexts");
});

export const discardTemplateImportAction = formAction(discardTemplateImportSchema, async (actor, { importId }) => {
  await discardTemplateImport(actor, importId);
  return leave("/templates/transfer", "templates.transfer.done.discarded");
});
