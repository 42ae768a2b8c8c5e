import type { Permission } from "@/lib/auth/permissions";
import { addDays, kstDay } from "@/lib/clock";
import { termRuleOf } from "@/lib/dealers/rules/contract-term";
import { openDeadlines } from "@/lib/dealers/rules/reminders";
import type { Role } from "@/prisma/generated/enums";
import { makeContract } from "@/prisma/seed/contracts";
import { Caller } from "../harness-caller";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, say, sendForm, type Target } from "./probe";

const endsInDays = 80;
const termEndsOn = () => addDays(kstDay(new Date()), endsInDays);

/** An approved contract that renews itself unless notice is there thirty days before. */
function contract({ people, marker }: Company): Promise<string> {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = people;
  return makeContract(
    { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
    {
      ...{
        number: `${marker}-${fresh()}`,
        dealer: "infobank",
        startsInDays: endsInDays - 365,
        endsInDays,
        madeDaysAgo: 90,
      },
      ...{ renewal: "tacit", renewalMonths: 12, notice: { count: 30, unit: "days" }, documents: [] },
    },
  );
}

/** Value of the snooze form for the notice day of such a contract. */
function noticeOf(): string {
  const today = kstDay(new Date());
  const fields = {
    ...{ startsOn: addDays(today, endsInDays - 365), endsOn: termEndsOn(), renewal: "tacit", renewalMonths: 12 },
    ...{ noticeCount: 30, noticeUnit: "days", dealerNoticeCount: null, dealerNoticeUnit: null, marginDays: 5 },
  };
  const watched = { rule: termRuleOf(fields), endedOn: null, choices: [], snoozes: [] };
  return `notice ${openDeadlines(watched, today).find(({ kind }) => kind === "notice")?.on ?? ""}`;
}

/** A contract of each company whose page forms are taken from, made before anything is measured. */
const pages = new Map<string, string>();

export async function prepareDeadlines(company: Company): Promise<void> {
  pages.set(company.id, await contract(company));
}

function pageOf(home: Company): string {
  const id = pages.get(home.id);
  if (!id) throw new Error("prepareDeadlines was not called for this company");
  return `/dealers/contracts/${id}`;
}

async function feedsOf(company: Company, role: Role): Promise<Target> {
  const { personId } = company.people[role];
  return {
    personId,
    feeds: String(await count("SELECT count(*) n FROM calendar_feeds WHERE person_id = $1", personId)),
  };
}

export const deadlineProbes = {
  "contract:decide": {
    target: async (company) => ({ id: await contract(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: pageOf(home),
        has: { choice: true, termEndsOn: true },
        change: { contractId: id, termEndsOn: termEndsOn(), choice: "renew" },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM contract_choices WHERE contract_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "deadline:snooze": {
    target: async (company) => ({ id: await contract(company), deadline: noticeOf() }),
    act: (who, { id = "", deadline = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: pageOf(home),
        has: { deadline: true, untilOn: true },
        change: { contractId: id, deadline, untilOn: addDays(kstDay(new Date()), 3) },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM deadline_snoozes WHERE contract_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "calendar:own": {
    target: feedsOf,
    act: (who, _target, home) =>
      sendForm(who, {
        giver: home.people.AUDITOR.caller,
        page: "/account",
        words: say("dealers.deadlines.calendar.open"),
      }),
    // Its address comes in the answer, and opens without a session.
    effect: async ({ personId, feeds }, answer) => {
      const made = await count("SELECT count(*) n FROM calendar_feeds WHERE person_id = $1", personId);
      const [path] = /\/calendar\/[\w-]{43}\.ics/.exec(answer.text) ?? [];
      if (made !== Number(feeds) + 1 || !path) return false;
      const shown = await new Caller().get(path);
      return shown.status === 200 && shown.text.startsWith("BEGIN:VCALENDAR");
    },
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
