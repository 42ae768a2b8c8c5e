"use server";

import { z } from "zod";
import { formAction, leave } from "@/lib/action";
import { verifyAudit } from "@/lib/audit/commands";

export const verifyAuditAction = formAction(z.object({}), async (actor) => {
  await verifyAudit(actor);
  return leave("/audit", "audit.verified");
});
