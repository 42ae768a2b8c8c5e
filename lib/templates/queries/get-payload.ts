import type { Actor } from "@/lib/auth/actor";
import type { Day } from "@/lib/clock";
import { isSendable } from "../rules/judge";
import { type PayloadDealer, payloadDealers } from "../rules/payload";
import { payloadPreview } from "../rules/payload-preview";
import type { TemplateContent } from "../schema/content";
import type { PayloadChoice } from "../schema/payload";
import { getTemplate } from "./get-template";
import { getTemplateReport } from "./judge-given";

export type TemplatePayload = {
  id: string;
  name: string;
  /** Number of the version that is shown; null: the newest draft. */
  version: number | null;
  /** Whether this very text was approved. */
  approved: boolean;
  sendable: boolean;
  content: TemplateContent;
  /** Newest first. */
  versions: number[];
  payloads: Record<PayloadDealer, { path: string; json: string }>;
};

/** What dealers are sent for a template, or null: the version that was asked for, else the one in use, else the newest draft. */
export async function getTemplatePayload(
  actor: Actor,
  id: string,
  { version: asked, view }: PayloadChoice,
  on: Day,
): Promise<TemplatePayload | null> {
  const template = await getTemplate(actor, id);
  if (!template) return null;
  const wanted = asked === null ? template.standing.inUse : asked;
  const version = template.versions.find(({ number }) => number === wanted) ?? null;
  if (asked !== null && asked !== 0 && !version) return null;
  const content = version?.content ?? template.content;
  const { report, media } = await getTemplateReport(actor, content, template, on);
  const [happytalk, infobank] = payloadDealers.map((dealer) => payloadPreview(dealer, content, { view, media }));
  if (!happytalk || !infobank) throw new Error("A dealer has no payload");
  return {
    ...{ id, name: template.name, version: version?.number ?? null, content, payloads: { happytalk, infobank } },
    approved: template.steps.some(({ kind, number }) => kind === "approved" && number === (version?.number ?? -1)),
    sendable: isSendable(report),
    versions: template.versions.map(({ number }) => number),
  };
}
