// notice as-of and consignees: what users were told, and who processed for the company, at any time.
import type { Command } from "commander";
import { kstDay } from "@/lib/clock";
import { NotFound } from "@/lib/errors";
import { setupError } from "../setup-error.mjs";
import { findChannel } from "./channel-by-search-id";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

type AsOf = { channel: string; at: string; organization?: string };
type On = { on?: string; organization?: string };

export function registerPrivacyCommands(program: Command, context: CommandContext): void {
  program
    .command("notice")
    .description("첫 자동 안내 / the first automatic notice")
    .command("as-of")
    .description("그때 이용자가 본 안내 / what a user saw at an instant")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .requiredOption("--at <instant>", "ISO 8601 시각, 예 2026-03-01T09:00:00+09:00 / an instant")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ channel, at, organization }: AsOf) => {
      const instant = instantOf(at);
      await open(context);
      const { actor, channelId } = await findChannel(channel, organization);
      const { noticeAt } = await import("@/lib/privacy/queries/notice-at");
      const seen = await noticeAt(actor, channelId, instant);
      if (!seen?.shown) throw new NotFound();
      const { version, text, sha256, from, until, approvedAt, verifiedAt, facts } = seen.shown;
      context.one({ channel, at: instant, version, text, sha256, from, until, approvedAt, verifiedAt, facts }, [text]);
    });
  program
    .command("consignees")
    .description("그날 공개되어 있던 수탁자 목록 / the list of consignees as it was published on a day")
    .option("--on <day>", "YYYY-MM-DD (KST), 없으면 오늘 / a day, today without it")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ on = kstDay(new Date()), organization }: On) => {
      if (!isDay(on)) throw setupError("--on은 YYYY-MM-DD로 적습니다.", "--on is a day, YYYY-MM-DD.");
      await open(context);
      const { consigneesOn } = await import("@/lib/privacy/queries/consignee-lists");
      const items = [];
      for (const { id, slug } of await listOrganizations(organization)) {
        const list = await consigneesOn(operatorOf(id), on);
        for (const entry of list?.entries ?? []) {
          items.push({ organization: slug, number: list?.number, effectiveOn: list?.effectiveOn, ...entry });
        }
      }
      context.list(items);
    });
}

async function open(context: CommandContext): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
}

/** An instant with its offset; a time of day without one would mean another in every zone. */
function instantOf(text: string): Date {
  const instant = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(instant.getTime())) {
    throw setupError(
      "--at은 시간대가 있는 ISO 8601 시각으로 적습니다.",
      "--at is an ISO 8601 instant with its offset.",
    );
  }
  return instant;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
