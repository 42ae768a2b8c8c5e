// The whole table of rights by real requests (trust.md P-20): every permission × every role and nobody × own and other company.
import { expect, test } from "@playwright/test";
import type { Actor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { type Permission, permissions } from "@/lib/auth/permissions";
import { remindContracts } from "@/lib/dealers/jobs";
import { Forbidden } from "@/lib/errors";
import { type Answer, Caller, comparable } from "./harness-caller";
import { type Company, openCompany, roles, sessionCookieName, signedIn } from "./harness-company";
import { auditMark, changedTables, entriesSince, row, stateOf } from "./harness-database";
import { browserHeaders, formWith, multipart, submit } from "./harness-form";
import { freshId, opened, tell } from "./harness-hook";
import { accessRecordProbes } from "./probes/access-records";
import { attachmentProbes } from "./probes/attachments";
import { auditProbes } from "./probes/audit";
import { blockProbes, prepareSwitch } from "./probes/blocks";
import { channelProbes } from "./probes/channels";
import { consentProbes, prepareConsents } from "./probes/consents";
import { consigneeProbes, prepareConsignees } from "./probes/consignees";
import { contractProbes, prepareContracts } from "./probes/contracts";
import { dataRequestProbes, prepareDataRequests } from "./probes/data-requests";
import { deadlineProbes, prepareDeadlines } from "./probes/deadlines";
import { dealerProbes, prepareDealers } from "./probes/dealers";
import { destructionProbes, prepareDestructions } from "./probes/destructions";
import { exitProbes, prepareExits } from "./probes/exits";
import { exportProbes } from "./probes/exports";
import { holdProbes, prepareHolds } from "./probes/holds";
import { ledgerProbes } from "./probes/ledger";
import { machineProbes } from "./probes/machines";
import { mediaProbes } from "./probes/media";
import { noticeProbes, prepareNotices } from "./probes/notices";
import { peopleProbes } from "./probes/people";
import { placementProbes } from "./probes/placements";
import { policyProbes, preparePolicies } from "./probes/policies";
import { missing, type Probe, type Target } from "./probes/probe";
import { rehearsalProbes } from "./probes/rehearsals";
import { prepareScenarios, scenarioProbes } from "./probes/scenarios";
import { prepareSending, sendingProbes } from "./probes/sending";
import { takeDownProbes } from "./probes/take-downs";
import { prepareTemplates, templateProbes } from "./probes/templates";
import { wordingProbes } from "./probes/templates-wording";
import { prepareTranscripts, transcriptProbes } from "./probes/transcripts";

const probes: Partial<Record<Permission, Probe>> = {
  ...channelProbes,
  ...blockProbes,
  ...placementProbes,
  ...takeDownProbes,
  ...dealerProbes,
  ...contractProbes,
  ...exitProbes,
  ...exportProbes,
  ...deadlineProbes,
  ...consigneeProbes,
  ...holdProbes,
  ...destructionProbes,
  ...ledgerProbes,
  ...dataRequestProbes,
  ...consentProbes,
  ...mediaProbes,
  ...noticeProbes,
  ...peopleProbes,
  ...auditProbes,
  ...templateProbes,
  ...scenarioProbes,
  ...rehearsalProbes,
  ...sendingProbes,
  ...wordingProbes,
  ...transcriptProbes,
  ...policyProbes,
  ...accessRecordProbes,
  ...attachmentProbes,
};
/** Nobody's who signs in: asked of machines and visitors alone, each with a case of its own below. */
const machines: readonly Permission[] = [
  ...(["event:ingest", "press:record", "account:enter", "job:run", "deadline:remind"] as const),
  ...(Object.keys(machineProbes) as (keyof typeof machineProbes)[]),
];

let ours: Company;
let theirs: Company;
test.beforeAll(async () => {
  [ours, theirs] = [await openCompany(), await openCompany()];
  await prepareContracts(ours);
  await prepareExits(ours);
  await prepareSwitch(ours);
  await prepareDeadlines(ours);
  await prepareConsignees(ours);
  await prepareTranscripts(ours);
  await prepareHolds(ours);
  await prepareDestructions(ours);
  await prepareDataRequests(ours);
  await prepareConsents(ours);
  await prepareNotices(ours);
  await preparePolicies(ours);
  await prepareTemplates(ours);
  await prepareDealers(ours);
  await prepareScenarios(ours);
  await prepareSending(ours);
});

/** What a request must leave as it was: everything of both companies. */
const everything = () => stateOf(ours.id, theirs.id);

function grants(permission: Permission, role: (typeof roles)[number]): boolean {
  return (permissions[permission] as readonly string[]).includes(role);
}

function expectTurnedAway({ status, headers }: Answer): void {
  const answer = status >= 300 && status < 400 ? String(headers.location).replace(/\?.*/, "") : status;
  expect(["/sign-in", 401, 404]).toContain(answer);
}

async function expectDenied(probe: Probe, permission: Permission, personId: string, target: Target): Promise<void> {
  const role = roles.find((one) => ours.people[one].personId === personId) ?? "AUDITOR";
  const before = await everything();
  const mark = await auditMark(ours.id, theirs.id);
  const answer = await probe.act(ours.people[role].caller, target, ours);
  expect(answer.status).toBe(probe.refusal);
  expect(changedTables(before, await everything())).toEqual([]);
  const entries = await entriesSince(mark, ours.id, theirs.id);
  expect(entries).toContainEqual(
    expect.objectContaining({
      ...{ action: "access.denied", result: "refused", actor: `person:${personId}`, organization: ours.id },
      target: `permission:${probe.asked ?? permission}`,
    }),
  );
  expect(entries.filter(({ action, actor }) => action !== "access.denied" && !actor.startsWith("job:"))).toEqual([]);
}

for (const [name, probe] of Object.entries(probes)) {
  const permission = name as Permission;
  test.describe(permission, () => {
    for (const role of roles.filter((one) => !grants(permission, one))) {
      test(`${role} is refused, and the refusal is recorded`, async () => {
        const { personId } = ours.people[role];
        await expectDenied(probe, permission, personId, await probe.target(ours, role));
        if (probe.ids.length > 0) await expectDenied(probe, permission, personId, await probe.target(theirs, role));
      });
    }
    for (const role of roles.filter((one) => grants(permission, one))) {
      test(`${role} may, in the own company alone`, async () => {
        const { caller } = ours.people[role];
        if (probe.ids.length > 0) {
          const other = await probe.target(theirs, role);
          const nobodys = missing(probe, other);
          const before = await everything();
          const idsOf = (target: Target) => probe.ids.map((id) => target[id] ?? "");
          let there: Answer = { status: 0, headers: {}, cookies: [], bytes: Buffer.alloc(0), text: "" };
          // The menu counts the company's own open work, which a job may just be finding: what truly tells the two apart does so each time.
          await expect(async () => {
            there = await probe.act(caller, other, ours);
            const nowhere = await probe.act(caller, nobodys, ours);
            expect(there.status === 404 || there.text !== "").toBe(true);
            expect(comparable(there, ...idsOf(other))).toBe(comparable(nowhere, ...idsOf(nobodys)));
          }).toPass({ timeout: 15_000 });
          expect(await probe.effect(other, there)).toBe(false);
          expect(there.text).not.toContain(theirs.marker);
          expect(changedTables(before, await everything())).toEqual([]);
        }
        const target = await probe.target(ours, role);
        const aside = await stateOf(theirs.id);
        const answer = await probe.act(caller, target, ours);
        expect({ status: answer.status, done: await probe.effect(target, answer) }).toMatchObject({ done: true });
        expect(answer.text).not.toContain(theirs.marker);
        expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
      });
    }
    test("nobody gets in without a session", async () => {
      for (const company of [ours, theirs]) {
        const target = await probe.target(company, "AUDITOR");
        const before = await everything();
        const answer = await probe.act(new Caller(), target, ours);
        expectTurnedAway(answer);
        expect(answer.text).not.toContain(company.marker);
        expect(changedTables(before, await everything())).toEqual([]);
      }
    });
  });
}

test("every permission has a probe, or is a machine's", () => {
  expect([...Object.keys(probes), ...machines].sort()).toEqual(Object.keys(permissions).sort());
});

test.describe("machines", () => {
  test("event:ingest: a session opens no hook, a token opens its own company's alone", async () => {
    const before = await everything();
    for (const role of roles) {
      const { caller } = ours.people[role];
      const body = JSON.stringify([opened(ours)]);
      const headers = { ...browserHeaders, "content-type": "application/json" };
      for (const token of [ours.connectionId, theirs.connectionId, freshId()])
        expect((await caller.ask(`/hooks/${token}/events`, { method: "POST", headers, body })).status).toBe(404);
    }
    expect(changedTables(before, await everything())).toEqual([]);
    expect(JSON.parse((await tell(ours, opened(ours))).text)).toMatchObject({ stored: 1 });
    const aside = await stateOf(theirs.id);
    expect(JSON.parse((await tell(ours, opened(theirs))).text)).toMatchObject({ stored: 0 });
    expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
  });

  test("press:record: nobody writes a press but by pressing", async () => {
    const before = await everything();
    for (const who of [...roles.map((role) => ours.people[role].caller), new Caller()])
      for (const method of ["POST", "PUT", "PATCH", "DELETE"])
        expect((await who.ask(`/b/${ours.code}`, { method, headers: browserHeaders })).status).toBe(405);
    expect(changedTables(before, await everything())).toEqual([]);
    const aside = await stateOf(theirs.id);
    expect((await new Caller().get(`/b/${ours.code}`)).status).toBe(302);
    const counted = () =>
      row<{ n: string }>("SELECT count(*) n FROM presses WHERE placement_id = $1", [ours.placementId]);
    await expect.poll(async () => (await counted()).n).toBe("1");
    expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
  });

  test("account:enter: only the right password of that very account opens a session", async () => {
    const { email } = ours.people.AUDITOR;
    const page = "/sign-in";
    const visitor = new Caller();
    const form = formWith(await visitor.get(page), page, { email: true, password: true });
    const before = await everything();
    const wrong = await submit(visitor, form, { email, password: theirs.password });
    expect([wrong.status, visitor.jar.has(sessionCookieName)]).toEqual([200, false]);
    expect(changedTables(before, await everything())).toEqual([]);
    const right = await submit(visitor, form, { email, password: ours.password });
    expect([right.status, visitor.jar.has(sessionCookieName)]).toEqual([303, true]);
    expect((await visitor.get("/account")).text).toContain(email);
  });

  test("deadline:remind: no address sends reminders, and the job tells its own company alone", async () => {
    const before = await everything();
    for (const role of roles)
      for (const path of ["/jobs/contract-reminders", "/api/v1/reminders"])
        expect((await ours.people[role].caller.ask(path, { method: "POST", headers: browserHeaders })).status).toBe(
          404,
        );
    expect(changedTables(before, await everything())).toEqual([]);
    const aside = await stateOf(theirs.id);
    const clerk = { kind: "job", name: "contract-reminders", organizationId: ours.id } as const;
    expect(await remindContracts(clerk, new Date())).toMatch(/^[1-9]\d* reminders, [1-9]\d* letters$/);
    expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
  });

  test("job:run: jobs run by themselves, and no address starts one", async () => {
    const { caller } = ours.people.CLIENT_ADMIN;
    for (const path of ["/jobs", "/api/jobs", "/api/v1/jobs", "/jobs/audit-verify"])
      expect((await caller.ask(path, { method: "POST", headers: browserHeaders })).status).toBe(404);
  });
});

test.describe("machines' own work", () => {
  for (const [name, probe] of Object.entries(machineProbes)) {
    const permission = name as keyof typeof machineProbes;
    test(`${permission}: no person may, the machine does it in its own company alone`, async () => {
      const target = await probe.prepare(ours);
      const before = await everything();
      const mark = await auditMark(ours.id, theirs.id);
      const others: Actor[] = [
        ...roles.map((role) => ours.people[role].actor),
        { kind: "dealer", organizationId: ours.id, connectionId: ours.connectionId, address: "192.0.2.9" },
        { kind: "visitor", organizationId: ours.id, address: "192.0.2.9" },
        ...(permissions[permission].length === 0
          ? [{ kind: "job", name: "probe", organizationId: ours.id } as const]
          : []),
      ];
      for (const actor of others)
        await expect(ingest(actor, permission, async () => "let in")).rejects.toBeInstanceOf(Forbidden);
      expect(changedTables(before, await everything())).toEqual([]);
      const denied = (await entriesSince(mark, ours.id)).filter(({ action }) => action === "access.denied");
      expect(denied.map(({ target: asked }) => asked)).toEqual(others.map(() => `permission:${permission}`));

      const aside = await stateOf(theirs.id);
      await probe.work(ours, target);
      await expect.poll(() => probe.done(ours, target)).toBe(true);
      expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
    });
  }
});

test.describe("actions", () => {
  /** Every action that the pages of an administrator and an officer name, with a form it stands in. */
  async function actionIds(): Promise<string[]> {
    const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = ours.people;
    const pages = [
      ...[
        "/",
        "/channels/new",
        `/channels/${ours.channelId}`,
        `/channels/${ours.draftId}`,
        `/channels/${ours.channelId}/edit`,
        `/channels/${ours.channelId}/blocks/${ours.blockId}`,
        `/channels/${ours.channelId}/dealer`,
      ],
      ...[
        "/dealers/new",
        `/dealers/${ours.connectionId}`,
        "/placements",
        "/placements/new",
        `/placements/${ours.placementId}`,
      ],
      ...[`/placements/${ours.placementId}/edit`, "/people/invite", `/people/${ours.people.AUDITOR.personId}`],
      ...[`/people/${ours.guardedId}`, "/settings", "/account", "/audit"],
    ];
    const found = new Set<string>();
    for (const page of pages)
      for (const { caller } of [CLIENT_ADMIN, COMPLIANCE_OFFICER])
        for (const [id] of (await caller.get(page)).text.matchAll(/\b[0-9a-f]{42}\b/g)) found.add(id);
    return [...found].sort();
  }

  /** Calls an action as the pages' own script does: two arguments, the state and the form. */
  function call(
    who: Caller,
    id: string,
    page: string,
    fields: Readonly<Record<string, string>>,
    args = '[{},"$K1"]',
  ): Promise<Answer> {
    const entries = Object.entries(fields).map(([name, value]) => [`1_${name}`, value] as const);
    const { body, type } = multipart([...entries, ["0", args]]);
    const headers = { ...browserHeaders, accept: "text/x-component", "next-action": id, "content-type": type };
    return who.ask(page, { method: "POST", headers, body });
  }

  test("an action's id, sent by somebody without the right or without a session, changes nothing", async () => {
    const ids = await actionIds();
    expect(ids.length).toBeGreaterThan(15);
    const fields = {
      ...{ channelId: ours.channelId, placementId: ours.placementId, connectionId: ours.connectionId, version: "1" },
      ...{
        personId: ours.people.MARKETER.personId,
        role: "CLIENT_ADMIN",
        name: "바꿈",
        reason: "까닭이 있습니다.",
        note: "까닭이 있습니다.",
      },
      ...{ medium: "web", item: "opened", kind: "reopened", endsOn: "2031-01-01", confirmed: "on", format: "infobank" },
      ...{
        searchId: "vorbei",
        email: "new@example.test",
        signInId: "others",
        secondFactorNeeded: "on",
        allowedFrom: "",
      },
    };
    const before = await everything();
    for (const id of ids)
      for (const page of ["/", "/sign-in"]) {
        expect((await call(new Caller(), id, page, fields)).status).toBeLessThan(500);
        expect(changedTables(before, await everything())).toEqual([]);
      }
    const { personId } = ours.people.AUDITOR;
    for (const id of ids) {
      const { caller } = await signedIn(ours.id, personId);
      expect((await call(caller, id, "/", fields)).status).toBeLessThan(500);
    }
    // Sessions are the auditor's own to open, and to end by signing out; so is the calendar.
    const own = ["sign_ins", "calendar_feeds"];
    expect(changedTables(before, await everything()).filter((name) => !own.includes(name))).toEqual([]);
  });

  test("an action's id, sent by another company's administrator with our ids, changes nothing", async () => {
    const ids = await actionIds();
    const fields = {
      ...{ channelId: ours.channelId, placementId: ours.placementId, connectionId: ours.connectionId, version: "1" },
      ...{
        personId: ours.people.MARKETER.personId,
        role: "AUDITOR",
        reason: "까닭이 있습니다.",
        note: "까닭이 있습니다.",
      },
      ...{ name: "바꿈", medium: "web", item: "opened", kind: "reopened", endsOn: "2031-01-01", confirmed: "on" },
      ...{ format: "infobank", proofPassword: theirs.password, organizationId: ours.id },
    };
    const before = await stateOf(ours.id);
    for (const id of ids)
      for (const args of ['[{},"$K1"]', '["$K1"]', "[]", '[{"organizationId":{"not":""}}]']) {
        const { caller } = await signedIn(theirs.id, theirs.people.CLIENT_ADMIN.personId);
        expect((await call(caller, id, "/", fields, args)).status).toBeLessThan(500);
      }
    expect(changedTables(before, await stateOf(ours.id))).toEqual([]);
  });
});
