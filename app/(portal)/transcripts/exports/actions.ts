"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { requestExport } from "@/lib/transcripts/commands/request-export";
import { revokeExport } from "@/lib/transcripts/commands/revoke-export";
import { exportSchema, requestExportSchema } from "@/lib/transcripts/schema/exports";

/** The password stands in this answer alone. */
export const requestExportAction = formAction(requestExportSchema, async (actor, input) => {
  const t = await getTranslations("transcripts.exports");
  const { password, sessions } = await requestExport(actor, input, new Date());
  revalidatePath("/transcripts/exports");
  return { ok: t("once.asked", { count: sessions }), values: { secret: password, href: "/transcripts/exports" } };
});

export const revokeExportAction = formAction(exportSchema, async (actor, { exportId }) => {
  await revokeExport(actor, exportId, new Date());
  return leave("/transcripts/exports", "transcripts.exports.revoked");
});
