// Choices, snoozes, reminders and calendars on a real PostgreSQL; letters over a real SMTP conversation.
import { randomUUID } from "node:crypto";
import net from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobActor, PersonActor } from "@/lib/auth/actor";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { letterText } from "@/lib/outbox";
import { sendWaitingMail } from "@/lib/people/jobs";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { calendarText } from "./calendar-text";
import { decideContract } from "./commands/decide-contract";
import { closeCalendar, openCalendar } from "./commands/own-calendar";
import { snoozeDeadline } from "./commands/snooze-deadline";
import { remindContracts } from "./jobs";
import { calendarDates, getOwnCalendar } from "./queries/own-calendar";
import { deadlinesOf } from "./rules/deadlines";

let owner: pg.Client;
const now = new Date("2026-11-23T01:00:00Z");
const today = kstDay(now);
const atNine = (day: string) => new Date(kstDayStart(day).getTime() + 9 * 3_600_000);

type House = { id: string; admin: PersonActor; officer: PersonActor; marketer: PersonActor; auditor: PersonActor };
let ours: House;
let theirs: House;

async function house(slug: string): Promise<House> {
  const id = randomUUID();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  const join = async (role: PersonActor["role"], word: string): Promise<PersonActor> => {
    const personId = randomUUID();
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, $3)", [
      ...[personId, `${word}@${slug}.kr`, `${word}-${slug}`],
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      ...[id, personId, role],
    ]);
    return { kind: "person", personId, organizationId: id, role, signInId: randomUUID(), address: "192.0.2.1" };
  };
  return {
    ...{ id, admin: await join("CLIENT_ADMIN", "admin"), officer: await join("COMPLIANCE_OFFICER", "officer") },
    ...{ marketer: await join("MARKETER", "marketer"), auditor: await join("AUDITOR", "auditor") },
  };
}

/** 2025-01-15 to 2027-01-14, tacit by a year, 30 days of notice, 5 business days of margin: the picture's. */
async function contract(of: House, more: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const row = {
    ...{ id, organization_id: of.id, number: `N-${id.slice(0, 8)}`, title: "상담톡 이용 계약", dealer: "infobank" },
    ...{ service: true, consignment: false, consignor: "가", consignee: "나", created_by: of.admin.personId },
    ...{ starts_on: "2025-01-15", ends_on: "2027-01-14", renewal: "tacit", renewal_months: 12 },
    ...{ notice_count: 30, notice_unit: "days", margin_days: 5, ...more },
  };
  const names = Object.keys(row);
  await owner.query(
    `INSERT INTO contracts (${names.join(", ")}) VALUES (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
    Object.values(row),
  );
  return id;
}

async function agreedEnd(of: House, contractId: string, kind: "end" | "reinstate", endsOn: string | null, at: Date) {
  await owner.query(
    `INSERT INTO contract_endings (organization_id, contract_id, kind, ends_on, reason, person_id, outcome, closed_by, closed_at)
     VALUES ($1, $2, $3, $4, '까닭', $5, 'approved', $6, $7)`,
    [of.id, contractId, kind, endsOn, of.admin.personId, of.officer.personId, at],
  );
}

const clerk = (of: House): JobActor => ({ kind: "job", name: "contract-reminders", organizationId: of.id });
const rows = async (table: string, of: House) =>
  (await owner.query(`SELECT * FROM ${table} WHERE organization_id = $1`, [of.id])).rows;
const events = async (action: string, target: string) =>
  (await owner.query("SELECT * FROM audit_events WHERE action = $1 AND target_id = $2", [action, target])).rows;
const letters = async (of: House) =>
  (await rows("mails", of)).map(({ recipient, subject, body }) => ({ recipient, subject, text: letterText(body) }));

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  ours = await house("ours");
  theirs = await house("theirs");
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

describe("deciding about a term's end", () => {
  const said = (contractId: string) => ({
    ...{
      contractId,
      termEndsOn: "2027-01-14",
      choice: "renew" as const,
      note: "",
      noticeSentOn: null,
      noticeHadOn: null,
    },
  });

  it("is kept with exactly one event that names days, and ends what waits", async () => {
    const id = await contract(ours);
    const choice = {
      ...said(id),
      choice: "end" as const,
      noticeSentOn: "2026-11-20",
      noticeHadOn: "2026-11-22",
      note: "메모",
    };
    await decideContract(ours.admin, choice, now);
    const [row] = (await owner.query("SELECT * FROM contract_choices WHERE contract_id = $1", [id])).rows;
    expect(row).toMatchObject({ choice: "end", note: "메모", person_id: ours.admin.personId });
    const found = await events("contract.decided", id);
    expect(found.map(({ body }) => JSON.parse(body))).toEqual([
      { choice: "end", termEndsOn: "2027-01-14", noticeSentOn: "2026-11-20", noticeHadOn: "2026-11-22" },
    ]);
    const waiting = await listWaiting(ours.admin, now);
    expect(waiting.some((thing) => thing.id === `contract:${id}`)).toBe(false);
  });
  it("is the administrator's, of the own company", async () => {
    const id = await contract(ours);
    for (const actor of [ours.officer, ours.marketer, ours.auditor])
      await expect(decideContract(actor, said(id), now)).rejects.toThrow(Forbidden);
    await expect(decideContract(theirs.admin, said(id), now)).rejects.toThrow(NotFound);
    await expect(decideContract(ours.admin, said(randomUUID()), now)).rejects.toThrow(NotFound);
    expect(await events("contract.decided", id)).toEqual([]);
  });
  it("is refused when the notice came too late, or another term runs", async () => {
    const id = await contract(ours);
    const late = { ...said(id), choice: "end" as const, noticeHadOn: "2026-12-16" };
    await expect(decideContract(ours.admin, late, atNine("2026-12-16"))).rejects.toThrow(Refused);
    await expect(decideContract(ours.admin, said(id), atNine("2027-01-15"))).rejects.toThrow(Conflict);
    await agreedEnd(ours, id, "end", "2026-12-31", now);
    await expect(decideContract(ours.admin, said(id), now)).rejects.toThrow(Refused);
    expect(await events("contract.decided", id)).toEqual([]);
  });
});

describe("putting reminders off", () => {
  const put = (contractId: string, untilOn = "2026-12-01") => ({
    ...{ contractId, deadline: { kind: "decision" as const, on: "2026-12-08" }, untilOn, note: "" },
  });
  const waits = async (id: string, at: Date) =>
    (await listWaiting(ours.officer, at)).find((thing) => thing.id === `contract:${id}`);

  it("hides the deadline from Today until that day, with exactly one event", async () => {
    const id = await contract(ours);
    expect(await waits(id, now)).toMatchObject({ kind: "decide", dueOn: "2026-12-08", group: "contracts" });
    await snoozeDeadline(ours.officer, put(id), now);
    expect(await waits(id, now)).toBeUndefined();
    expect(await waits(id, atNine("2026-11-30"))).toBeUndefined();
    expect(await waits(id, atNine("2026-12-01"))).toMatchObject({ kind: "decide" });
    expect(await waits(id, atNine("2026-12-09"))).toMatchObject({ kind: "notify", dueOn: "2026-12-15" });
    expect(await waits(id, atNine("2026-12-16"))).toMatchObject({ kind: "renewing", dueOn: "2027-01-14" });
    expect((await events("deadline.snoozed", id)).map(({ body }) => JSON.parse(body))).toEqual([
      { kind: "decision", deadlineOn: "2026-12-08", untilOn: "2026-12-01" },
    ]);
  });
  it("is refused beyond the deadline, for others' contracts and for other roles", async () => {
    const id = await contract(ours);
    await expect(snoozeDeadline(ours.officer, put(id, "2026-12-09"), now)).rejects.toThrow(Refused);
    await expect(snoozeDeadline(theirs.officer, put(id), now)).rejects.toThrow(NotFound);
    for (const actor of [ours.marketer, ours.auditor])
      await expect(snoozeDeadline(actor, put(id), now)).rejects.toThrow(Forbidden);
    expect(await events("deadline.snoozed", id)).toEqual([]);
  });
});

describe("reminders", () => {
  it("go out once for each step to administrators and officers, in one transaction with their row", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    const id = await contract(firm);
    const sent: Record<string, string[]> = {};
    for (let day = "2026-09-05"; day <= "2027-01-14"; day = addDays(day, 1)) {
      const line = await remindContracts(clerk(firm), atNine(day));
      if (line !== "0 reminders") expect(await remindContracts(clerk(firm), atNine(day))).toBe("0 reminders");
      for (const row of await rows("reminders", firm)) {
        const on = row.deadline_on.toISOString().slice(0, 10);
        const key = `${row.kind} ${on} ${row.days_before}`;
        sent[key] ??= [day];
      }
    }
    const steps = deadlinesOf(
      {
        ...{ startsOn: "2025-01-15", endsOn: "2027-01-14", renewal: "tacit", renewalMonths: 12, marginDays: 5 },
        ...{ notice: { count: 30, unit: "days" }, dealerNotice: null },
      },
      today,
    )
      .filter(({ kind }) => ["decision", "notice", "term-end"].includes(kind))
      .flatMap(({ kind, on }) =>
        [90, 60, 30, 7, 0].map((step) => [`${kind} ${on} ${step}`, [addDays(on, -step)]] as const),
      );
    expect(sent).toEqual(Object.fromEntries(steps));
    const mails = await letters(firm);
    // Steps that share a day share a letter.
    const days = new Set(Object.values(sent).flat());
    expect(mails).toHaveLength(days.size * 2);
    expect([...new Set(mails.map(({ recipient }) => recipient.split("@")[0]))].sort()).toEqual(["admin", "officer"]);
    expect(mails[0]?.text).toContain(`/dealers/contracts/${id}`);
    expect(mails.some(({ text }) => text.includes("해지 통지 마감 12.15 (화) · D-7"))).toBe(true);
    const reminded = await events("deadline.reminded", firm.id);
    expect(reminded).toHaveLength(days.size);
  }, 60_000);

  it("go out once when two instances run at the same moment", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    await contract(firm);
    await Promise.all([1, 2, 3, 4].map(() => remindContracts(clerk(firm), atNine("2026-12-05"))));
    expect(await rows("reminders", firm)).toHaveLength(3);
    const told = (await letters(firm)).flatMap(({ text }) => text.match(/D-\d+/g) ?? []);
    expect(told.sort()).toEqual(["D-10", "D-10", "D-3", "D-3", "D-40", "D-40"]);
  });

  it("catch missed days up with the nearest step alone", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    await contract(firm);
    await remindContracts(clerk(firm), atNine("2026-12-05"));
    const made = (await rows("reminders", firm)).map(({ kind, days_before }) => `${kind} ${days_before}`).sort();
    expect(made).toEqual(["decision 7", "notice 30", "term-end 60"]);
    expect(await letters(firm)).toHaveLength(2);
  });

  it("are never sent for a contract that ended, a term that is decided or a deadline that sleeps", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    const [ended, decided, asleep] = [await contract(firm), await contract(firm), await contract(firm)];
    await agreedEnd(firm, ended, "end", "2026-12-31", now);
    await decideContract(
      firm.admin,
      {
        ...{ contractId: decided, termEndsOn: "2027-01-14", choice: "renew", note: "" },
        noticeSentOn: null,
        noticeHadOn: null,
      },
      now,
    );
    for (const [kind, on] of [
      ["decision", "2026-12-08"],
      ["notice", "2026-12-15"],
      ["term-end", "2027-01-14"],
    ] as const)
      await snoozeDeadline(
        firm.officer,
        { contractId: asleep, deadline: { kind, on }, untilOn: "2026-12-03", note: "" },
        now,
      );
    expect(await remindContracts(clerk(firm), atNine("2026-12-01"))).toBe("0 reminders");
    expect([await rows("reminders", firm), await rows("mails", firm)]).toEqual([[], []]);
    // The snooze ends: one reminder for each, with the days of that day.
    await remindContracts(clerk(firm), atNine("2026-12-03"));
    const made = (await rows("reminders", firm)).map(
      (row) => `${row.contract_id === asleep} ${row.kind} ${row.days_before}`,
    );
    expect(made.sort()).toEqual(["true decision 5", "true notice 12", "true term-end 42"]);
    // Reinstated: its deadlines are back.
    await agreedEnd(firm, ended, "reinstate", null, new Date(now.getTime() + 1_000));
    await remindContracts(clerk(firm), atNine("2026-12-04"));
    expect((await rows("reminders", firm)).filter((row) => row.contract_id === ended)).toHaveLength(3);
  });

  it("wait while there is nobody to tell, and are another job's to send", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    await contract(firm);
    await owner.query("UPDATE memberships SET disabled_at = now() WHERE organization_id = $1", [firm.id]);
    expect(await remindContracts(clerk(firm), atNine("2026-12-05"))).toContain("nobody to tell");
    expect(await rows("reminders", firm)).toEqual([]);
    await expect(remindContracts({ ...firm.admin } as unknown as JobActor, now)).rejects.toThrow(Forbidden);
  });

  it("arrive over SMTP", async () => {
    const firm = await house(`r${randomUUID().slice(0, 8)}`);
    await contract(firm);
    const heard: string[] = [];
    const server = net.createServer((socket) => {
      let inside = false;
      socket.write("220 test\r\n");
      socket.on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        for (const line of bytes.toString("utf8").split("\r\n")) {
          if (inside && line === ".") {
            inside = false;
            socket.write("250 kept\r\n");
          } else if (inside || line === "") continue;
          else if (/^RCPT TO/i.test(line)) {
            heard.push(/<(.*)>/.exec(line)?.[1] ?? "");
            socket.write("250 ok\r\n");
          } else if (/^DATA/i.test(line)) {
            inside = true;
            socket.write("354 go on\r\n");
          } else socket.write(/^QUIT/i.test(line) ? "221 bye\r\n" : "250 ok\r\n");
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const place = server.address();
    const settings = env();
    const before = settings.SMTP_URL;
    settings.SMTP_URL = `smtp://127.0.0.1:${typeof place === "object" && place ? place.port : 0}`;
    try {
      await owner.query("DELETE FROM mails WHERE organization_id <> $1", [firm.id]);
      await remindContracts(clerk(firm), atNine("2026-12-05"));
      await sendWaitingMail(new Date(Date.now() + 1_000));
      expect(heard.sort()).toEqual([(await rows("mails", firm)).map(({ recipient }) => recipient).sort()].flat());
      expect(heard).toHaveLength(2);
    } finally {
      settings.SMTP_URL = before;
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("the care for consignees on Today", () => {
  it("is due when the newest entry says so, and gone once there is a newer one", async () => {
    const firm = await house(`c${randomUUID().slice(0, 8)}`);
    const id = await contract(firm);
    const supervise = (heldOn: string, nextOn: string | null) =>
      owner.query(
        `INSERT INTO supervisions (organization_id, contract_id, kind, held_on, subject, next_on, person_id)
         VALUES ($1, $2, 'inspection', $3, '점검', $4, $5)`,
        [firm.id, id, heldOn, nextOn, firm.admin.personId],
      );
    const waits = async () => (await listWaiting(firm.officer, now)).filter((thing) => thing.kind === "inspection");
    await supervise("2025-11-20", "2026-11-20");
    expect(await waits()).toMatchObject([{ dueOn: "2026-11-20", group: "contracts" }]);
    await supervise("2026-11-21", "2027-11-20");
    expect(await waits()).toEqual([]);
    expect((await listWaiting(firm.marketer, now)).filter((thing) => thing.group === "contracts")).toEqual([]);
  });
});

describe("a calendar of one's own", () => {
  const address = "192.0.2.9";

  it("opens, changes its address and closes, with an event each and no token anywhere", async () => {
    const firm = await house(`k${randomUUID().slice(0, 8)}`);
    await contract(firm);
    const first = await openCalendar(firm.officer, now);
    expect(await getOwnCalendar(firm.officer)).toEqual({ openedAt: now });
    expect((await calendarDates(first.token, address, now))?.deadlines).toHaveLength(3);
    const second = await openCalendar(firm.officer, now);
    expect(await calendarDates(first.token, address, now)).toBeNull();
    expect((await calendarDates(second.token, address, now))?.deadlines).toHaveLength(3);
    await closeCalendar(firm.officer, now);
    expect(await calendarDates(second.token, address, now)).toBeNull();
    expect(await getOwnCalendar(firm.officer)).toBeNull();
    await expect(closeCalendar(firm.officer, now)).rejects.toThrow(Refused);
    const kept = await rows("calendar_feeds", firm);
    expect(JSON.stringify(kept)).not.toContain(first.token);
    const actions = (await rows("audit_events", firm))
      .map(({ action }) => action)
      .filter((name) => name.startsWith("calendar."));
    expect(actions.sort()).toEqual(["calendar.closed", "calendar.opened", "calendar.renewed"]);
  });
  it("shows what its person may see at that moment", async () => {
    const firm = await house(`k${randomUUID().slice(0, 8)}`);
    await contract(firm);
    const { token } = await openCalendar(firm.auditor, now);
    const set = (what: string) =>
      owner.query(`UPDATE memberships SET ${what} WHERE person_id = $1`, [firm.auditor.personId]);
    expect(await calendarDates(token, address, now)).not.toBeNull();
    await set("role = 'MARKETER'");
    expect(await calendarDates(token, address, now)).toBeNull();
    await set("role = 'AUDITOR', disabled_at = now()");
    expect(await calendarDates(token, address, now)).toBeNull();
    await set("disabled_at = NULL, expires_at = now() - interval '1 minute'");
    expect(await calendarDates(token, address, now)).toBeNull();
    await set("expires_at = NULL");
    expect(await calendarDates(token, address, now)).not.toBeNull();
    await expect(openCalendar(firm.marketer, now)).rejects.toThrow(Forbidden);
    for (const wrong of ["", "x", "a".repeat(43), `${token}a`, token.slice(1)])
      expect(await calendarDates(wrong, address, now)).toBeNull();
  });
  it("is one open address, also when two are asked for at once", async () => {
    const firm = await house(`k${randomUUID().slice(0, 8)}`);
    await Promise.all([openCalendar(firm.admin, now), openCalendar(firm.admin, now), openCalendar(firm.admin, now)]);
    expect((await rows("calendar_feeds", firm)).filter((feed) => feed.closed_at === null)).toHaveLength(1);
  });
  it("is whole days with the same names each time, in lines of 75 octets", async () => {
    const firm = await house(`k${randomUUID().slice(0, 8)}`);
    const id = await contract(firm, { title: "가나다라마바사 ".repeat(12), number: "HG;2025,014" });
    const { token } = await openCalendar(firm.admin, now);
    const dates = await calendarDates(token, address, now);
    if (!dates) throw new Error("no calendar");
    const text = calendarText(dates, "https://damso.example", now);
    const lines = text.split("\r\n");
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const whole = text.replaceAll(/\r\n[ \t]/g, "");
    expect(whole.match(/^UID:.*/gm)).toEqual(
      ["decision", "notice", "term-end"].map((kind) => `UID:${id}-${kind}-2027-01-14@damso.example`),
    );
    expect(whole).toContain("DTSTART;VALUE=DATE:20261208");
    expect(whole).toContain("SUMMARY:해지 통지 마감: 인포뱅크 HG\\;2025\\,014");
    expect(whole).not.toMatch(/VTIMEZONE|TZID/);
    const later = calendarText(dates, "https://damso.example", new Date(now.getTime() + 86_400_000));
    expect(later.match(/^UID:.*/gm)).toEqual(text.match(/^UID:.*/gm));
  });
});
