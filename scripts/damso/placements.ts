// placements, placement, qr: buttons as the operator sees them.
import type { Command } from "commander";
import type { OperatorActor } from "@/lib/auth/actor";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

type ListOptions = { organization?: string; state?: string; channel?: string };
type CreateOptions = {
  organization?: string;
  channel: string;
  name: string;
  medium: string;
  location?: string;
  mode?: string;
  code?: string;
  bot?: string;
  event?: string;
};

export function registerPlacementCommands(program: Command, context: CommandContext): void {
  const placements = program.command("placements").description("버튼·QR / buttons and QR codes");
  placements
    .command("list", { isDefault: true })
    .description("버튼을 보여 줍니다 / list placements")
    .option("--state <state>", "live | ending | preparing | ended | retired")
    .option("--channel <@id>", "한 채널만 / one channel alone")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async (options: ListOptions) => {
      await opened(context);
      context.list(await listed(options));
    });
  placements
    .command("count")
    .argument("<code>", "위치 코드 / placement code")
    .description("누름과 스캔의 수 / presses and scans of a placement")
    .action(async (code: string) => {
      await opened(context);
      const { placement } = await byCode(code);
      context.one({
        code,
        presses: placement.allPresses,
        scans: placement.allScans,
        others: placement.allOthers,
        consults: placement.consults,
      });
    });
  placements
    .command("import")
    .argument("<file>", "CSV 또는 .xlsx / CSV or .xlsx, up to 1,000 places")
    .description("적어 둔 곳을 한꺼번에 만듭니다 / make all the places of a list")
    .option("--dry-run", "읽어 보기만 / read it only")
    .option("--organization <slug>", "회사 / organization")
    .action(async (file: string, options: { dryRun?: boolean; organization?: string }) => {
      await opened(context);
      const { importPlaces } = await import("./place-import");
      const found = await operators(options.organization);
      const [only, ...others] = found;
      if (!only || others.length > 0)
        throw setupError("--organization으로 회사를 지정하십시오.", "Name the organization with --organization.");
      context.one(await importPlaces(only.actor, context.file(file), options.dryRun === true));
    });
  program
    .command("placement")
    .description("버튼 하나 / one placement")
    .command("create")
    .description("버튼을 만듭니다 / make a placement")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .requiredOption("--name <name>", "이름 / name")
    .requiredOption("--medium <medium>", "web | mobile_web | app | offline")
    .option("--location <text>", "둔 곳 / where it is")
    .option("--mode <mode>", "redirect | direct (기본 / default: redirect)")
    .option("--code <code>", "위치 코드, 비우면 만듦 / code, made when absent")
    .option("--bot <bot>", "false | true | auto")
    .option("--event <name>", "챗봇 블록 이벤트 / chatbot block event")
    .option("--organization <slug>", "회사 / organization")
    .action(async (options: CreateOptions) => {
      const { DAMSO_URL } = await opened(context);
      const { buttonAddress, qrAddress } = await import("@/lib/placements/rules");
      const { id, code } = await created(options);
      context.one({ id, code, button: buttonAddress(DAMSO_URL, code), qr: qrAddress(DAMSO_URL, code) });
    });
  program
    .command("qr")
    .argument("<code>", "위치 코드 / placement code")
    .description("QR을 파일로 씁니다 / write the QR of a placement")
    .requiredOption("--out <file>", ".svg | .png | .pdf")
    .option("--px <n>", "PNG 한 변의 픽셀, 120–4000 / side of a PNG in pixels", "1200")
    .option("--version <n>", "모양의 판, 비우면 지금 것 / version of its look, the newest when absent")
    .action(async (code: string, options: { out: string; px: string; version?: string }) => {
      const { DAMSO_URL } = await opened(context);
      const { writePlacementQr } = await import("./placement-qr");
      const { actor, placement } = await byCode(code);
      context.one(await writePlacementQr(actor, placement, { ...options, out: context.file(options.out) }, DAMSO_URL));
    });
}

async function opened(context: CommandContext) {
  const env = await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
  return env;
}

/** The operator in each organization, or in the one named. */
async function operators(slug?: string): Promise<{ slug: string; actor: OperatorActor }[]> {
  const { listOrganizations } = await import("./organizations");
  const organizations = await listOrganizations(slug);
  return organizations.map(({ id, slug: name }) => ({
    slug: name,
    actor: { kind: "operator", name: "damso", organizationId: id },
  }));
}

async function listed(options: ListOptions) {
  const { listPlacements } = await import("@/lib/placements/queries");
  const { placementStatus } = await import("@/lib/placements/rules");
  const { placementFiltersSchema, placementStates } = await import("@/lib/placements/schema");
  if (options.state !== undefined && !placementStates.some((state) => state === options.state)) {
    throw setupError(
      `--state는 ${placementStates.join(", ")} 가운데 하나입니다.`,
      `--state is one of ${placementStates.join(", ")}.`,
    );
  }
  const now = new Date();
  const items = [];
  for (const { slug, actor } of await operators(options.organization)) {
    let after = "";
    do {
      const page = await listPlacements(actor, placementFiltersSchema.parse({ state: options.state, after }), now);
      for (const one of page.items) {
        if (options.channel !== undefined && one.searchId !== bare(options.channel)) continue;
        items.push({
          organization: slug,
          code: one.code,
          state: placementStatus(one, one, now),
          name: one.name,
          medium: one.medium,
          mode: one.mode,
          channel: `@${one.searchId}`,
          presses: one.presses,
          scans: one.scans,
          id: one.id,
        });
      }
      after = page.next ?? "";
    } while (after !== "");
  }
  return items;
}

async function byCode(code: string) {
  const { getPlacementByCode } = await import("@/lib/placements/queries");
  const { NotFound } = await import("@/lib/errors");
  for (const { actor } of await operators()) {
    const placement = await getPlacementByCode(actor, code, new Date());
    if (placement) return { actor, placement };
  }
  throw new NotFound();
}

async function created(options: CreateOptions): Promise<{ id: string; code: string }> {
  const { listPlacementChoices } = await import("@/lib/placements/queries");
  const { createPlacement } = await import("@/lib/placements/commands");
  const { createPlacementSchema } = await import("@/lib/placements/schema");
  const found: { actor: OperatorActor; channelId: string }[] = [];
  for (const { actor } of await operators(options.organization)) {
    const { channels } = await listPlacementChoices(actor, new Date());
    for (const channel of channels)
      if (channel.searchId === bare(options.channel)) found.push({ actor, channelId: channel.id });
  }
  const [only, ...others] = found;
  if (!only)
    throw setupError(`채널 ${options.channel}을(를) 찾을 수 없습니다.`, `There is no channel ${options.channel}.`);
  if (others.length > 0) {
    throw setupError(
      "여러 회사에 있는 채널입니다. --organization을 지정하십시오.",
      "Several organizations have this channel: name one with --organization.",
    );
  }
  const { name, medium, location, mode, code, bot, event } = options;
  const parsed = createPlacementSchema.safeParse({
    channelId: only.channelId,
    name,
    medium,
    location,
    mode,
    code,
    bot,
    event,
  });
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => `--${String(issue.path[0])}`))].join(", ");
    throw setupError(`값이 올바르지 않습니다: ${fields}`, `Not valid: ${fields}`);
  }
  return createPlacement(only.actor, parsed.data);
}

function bare(searchId: string): string {
  return searchId.replace(/^@/, "").normalize("NFC");
}
