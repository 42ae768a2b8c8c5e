// user: the operator's way to open a company with its first administrator, and to shut somebody out.
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import type { OperatorActor } from "@/lib/auth/actor";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

type Create = {
  organization: string;
  organizationName?: string;
  withoutSecondFactor?: boolean;
  email: string;
  name: string;
  role: string;
  password?: string;
  expiresOn?: string;
};

export function registerPeopleCommands(program: Command, context: CommandContext): void {
  const user = program.command("user").description("구성원 / people");
  user
    .command("create")
    .description(
      "구성원을 만듭니다. 회사가 없으면 이름과 함께 엽니다 / make a person, and the company where there is none yet",
    )
    .requiredOption("--organization <slug>", "회사의 짧은 이름 / short name of the company")
    .option("--organization-name <name>", "새로 여는 회사의 이름 / name of a company that is opened now")
    .option(
      "--without-second-factor",
      "새 회사에 2단계 인증을 요구하지 않습니다 / a new company asks for no second factor",
    )
    .requiredOption("--email <address>", "회사 메일 / e-mail address")
    .requiredOption("--name <name>", "이름 / name")
    .requiredOption("--role <role>", "CLIENT_ADMIN | COMPLIANCE_OFFICER | MARKETER | AUDITOR")
    .option("--password <password>", "비밀번호. 없으면 만들어 한 번 보여 줍니다 / left out: made and shown once")
    .option("--expires-on <day>", "사용 기한, 2026-12-31 / last day of the account")
    .action((options: Create) => create(context, options));
  user
    .command("disable")
    .description("구성원의 사용을 중지합니다 / take a person's rights away")
    .requiredOption("--organization <slug>", "회사의 짧은 이름 / short name of the company")
    .requiredOption("--email <address>", "회사 메일 / e-mail address")
    .option("--note <text>", "메모 / note", "")
    .action((options: { organization: string; email: string; note: string }) => disable(context, options));
}

async function create(context: CommandContext, options: Create): Promise<void> {
  await open(context);
  const { createPerson } = await import("@/lib/people/commands/create-organization");
  const { invitePersonSchema, newPasswordSchema } = await import("@/lib/people/schema");
  const { hashPassword, passwordProblem } = await import("@/lib/password");
  const { personByEmail } = await import("@/lib/db/crossings");
  const given = invitePersonSchema.safeParse(options);
  if (!given.success) throw misused(given.error.issues[0]?.path.join(".") ?? "");
  const { email, name, role, expiresOn } = given.data;
  const known = await personByEmail(email);
  const made =
    options.password === undefined && !known?.passwordHash ? randomBytes(12).toString("base64url") : undefined;
  const password = options.password ?? made;
  if (password !== undefined) {
    const words = [name, email, options.organization, options.organizationName ?? ""];
    if (!newPasswordSchema.safeParse(password).success || (await passwordProblem(password, words))) {
      throw setupError(
        "비밀번호가 짧거나, 널리 알려졌거나, 이름과 같습니다.",
        "The password is too short, well known, or made of names.",
      );
    }
  }
  const actor = await organizationFor(options);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const personId = await createPerson(actor, { email, name, role, passwordHash, expiresOn }, new Date());
  const shown = { id: personId, email, name: known?.name ?? name, role, organization: options.organization };
  const kept = known?.passwordHash ? ["비밀번호는 그대로입니다. / The password stays."] : [];
  context.one({ ...shown, ...(made ? { password: made } : {}) }, [
    `${shown.name} <${email}> · ${role} · ${options.organization}`,
    ...(made ? [`비밀번호(지금만 보입니다) / password, shown once: ${made}`] : kept),
  ]);
}

/** The company by its short name; opened when it is new and has a name. */
async function organizationFor(options: Create): Promise<OperatorActor> {
  const { createOrganization } = await import("@/lib/people/commands/create-organization");
  const { nameSchema } = await import("@/lib/people/schema");
  const slug = options.organization;
  const found = (await listOrganizations()).find((organization) => organization.slug === slug);
  if (found) return operatorOf(found.id);
  if (options.organizationName === undefined) {
    throw setupError(
      `회사 ${slug}를 찾을 수 없습니다. 새로 열려면 --organization-name을 함께 쓰십시오.`,
      `There is no organization ${slug}; add --organization-name to open it.`,
    );
  }
  const name = nameSchema.safeParse(options.organizationName);
  if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(slug)) throw misused("organization");
  if (!name.success) throw misused("organization-name");
  const secondFactorNeeded = options.withoutSecondFactor !== true;
  return createOrganization("damso", { slug, name: name.data, secondFactorNeeded }, new Date());
}

async function disable(
  context: CommandContext,
  options: { organization: string; email: string; note: string },
): Promise<void> {
  await open(context);
  const { personByEmail } = await import("@/lib/db/crossings");
  const { disablePerson } = await import("@/lib/people/commands/disable-person");
  const { getPerson } = await import("@/lib/people/queries/people");
  const { normalizeEmail } = await import("@/lib/people/schema");
  const [organization] = await listOrganizations(options.organization);
  const known = await personByEmail(normalizeEmail(options.email));
  const actor = operatorOf(organization?.id ?? "");
  const person = known && (await getPerson(actor, known.personId));
  if (!person) {
    throw setupError(
      `${options.email} 구성원을 찾을 수 없습니다.`,
      `There is nobody with the address ${options.email}.`,
    );
  }
  const { personId, version, email } = person;
  await disablePerson(actor, { personId, version, note: options.note.slice(0, 200) }, new Date());
  context.one({ id: personId, email, disabled: true }, [
    `${person.name} <${email}>의 사용을 중지했습니다. / Disabled.`,
  ]);
}

async function open(context: CommandContext): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
}

function misused(option: string): Error {
  return setupError(`--${option} 값이 맞지 않습니다.`, `The value of --${option} is not valid.`);
}
