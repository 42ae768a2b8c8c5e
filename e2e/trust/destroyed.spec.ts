// What was destroyed is gone for everybody and from everywhere (trust.md H, P-74).
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { storedPath } from "@/lib/storage";
import { type Answer, Caller, comparable } from "../harness-caller";
import { type Company, destructionOf, openCompany, roles } from "../harness-company";
import { dumpOf, row, rows } from "../harness-database";
import { begin, consultOf, ended, runs } from "../harness-destruction";
import { formWith, submit } from "../harness-form";
import { say, sendForm } from "../probes/probe";
import { keepFile } from "../probes/transcripts";

const officerOf = (company: Company) => company.people.COMPLIANCE_OFFICER.caller;

test("what was destroyed is nowhere: no page, search, file, export, dump, store or log has it (P-74)", async () => {
  const company = await openCompany();
  const officer = officerOf(company);
  const word = randomBytes(8).toString("hex");
  const told = await consultOf(company, 0, { text: `표식${word} 010-1234-4821`, userKey: `K${word.slice(0, 11)}` });
  const { attachmentId, fileId } = await keepFile(company, told.id);
  const store = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");

  await look(company, told.id);
  const found = await find(officer, told.userKey);
  expect(found.text).toContain(told.id);
  const exportId = await exported(company, told.externalId);
  const pages = (id: string, attachment: string, file: string) => [
    ...[`/transcripts/${id}`, `/transcripts/${id}/attachments/${attachment}`, `/transcripts/exports/${file}/file`],
    ...[`/retention/holds/new?session=${id}`, `${runs}/new?session=${id}`],
  ];
  const before: Answer[] = [];
  for (const page of pages(told.id, attachmentId, exportId)) before.push(await officer.get(page));
  expect(before.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(before[0]?.text).toContain(`표식${word}`);
  const sealed = await rows<{ hex: string }>(
    "SELECT encode(sealed, 'hex') AS hex FROM messages WHERE session_id = $1 UNION ALL SELECT encode(wrapped, 'hex') FROM session_keys WHERE session_id = $1",
    [told.id],
  );
  const { file_id: exportFile } = await row<{ file_id: string }>(
    "SELECT file_id FROM transcript_exports WHERE id = $1",
    [exportId],
  );
  const files = [fileId, exportFile].map((file) => path.join(store, storedPath(file)));
  const secrets = [word, told.userKey, told.externalId, ...sealed.map(({ hex }) => hex)];
  const kept = await dumpOf();
  for (const secret of secrets.slice(2)) expect([secret, kept.includes(secret)]).toEqual([secret, true]);
  expect(files.map((file) => existsSync(file))).toEqual([true, true]);

  const at = `${runs}/${(await destructionOf(company, company.people, told.id)).id}`;
  await begin(company, at, 1);
  expect(await ended(at)).toBe("finished");
  await expect.poll(() => files.map((file) => existsSync(file)), { timeout: 60_000 }).toEqual([false, false]);

  const nobody = [randomUUID(), randomUUID(), randomUUID()] as const;
  const callers = [...roles.map((role) => company.people[role].caller), new Caller()];
  for (const [who, caller] of callers.entries())
    for (const [index, page] of pages(told.id, attachmentId, exportId).entries()) {
      const ids = [told.id, attachmentId, exportId, ...nobody];
      let gone: Answer | undefined;
      // The menu counts open work, which a job may just be finding: what truly tells the two apart does so each time.
      await expect(async () => {
        gone = await caller.get(page);
        const never = await caller.get(pages(...nobody)[index] ?? "");
        expect([who, page, comparable(gone, ...ids)]).toEqual([who, page, comparable(never, ...ids)]);
      }).toPass({ timeout: 15_000 });
      expect(gone?.text).not.toContain(word);
      if (index < 3 && caller === officer) expect([page, gone?.status]).toEqual([page, 404]);
    }
  // Whoever kept the page or its address: asked again, it is gone.
  const { etag, "last-modified": modified } = before[0]?.headers ?? {};
  expect(before[0]?.headers["cache-control"]).toContain("no-store");
  const again = await officer.get(`/transcripts/${told.id}`, {
    ...{ "if-none-match": etag ?? '"x"', "if-modified-since": modified ?? new Date().toUTCString() },
  });
  expect(again.status).toBe(404);
  const rsc = await officer.get(`/transcripts/${told.id}?_rsc=1`, { rsc: "1", accept: "text/x-component" });
  expect(rsc.text).not.toContain(word);
  for (const page of [(await find(officer, told.userKey)).text, (await officer.get("/transcripts")).text])
    expect(page).not.toContain(told.id);

  const dump = await dumpOf();
  for (const secret of secrets)
    for (const form of [
      secret,
      Buffer.from(secret).toString("hex"),
      Buffer.from(secret).toString("base64").slice(2, -4),
    ])
      expect([secret, form, dump.includes(form)]).toEqual([secret, form, false]);
  const log = process.env.DAMSO_E2E_LOG;
  const written = log && existsSync(log) ? readFileSync(log, "utf8") : "";
  for (const secret of [word, told.userKey, told.externalId])
    expect([secret, written.includes(secret)]).toEqual([secret, false]);
});

/** Opens it on purpose by its page, unmasked: the text and its files may be seen now. */
async function look(company: Company, id: string): Promise<void> {
  const who = officerOf(company);
  const at = `/transcripts/${id}`;
  const open = formWith(await who.get(at), at, { purposeId: true, reason: true });
  expect(
    (await submit(who, open, { purposeId: company.purposeId, reason: "시험으로 열어 봅니다" })).status,
  ).toBeLessThan(400);
  const unmask = formWith(await who.get(at), at, { lookId: true }, say("transcripts.reading.look.unmaskAct"));
  expect((await submit(who, unmask)).status).toBeLessThan(400);
}

/** Finds a user by the list's own form. */
async function find(who: Caller, key: string): Promise<Answer> {
  const form = formWith(await who.get("/transcripts"), "/transcripts", { key: true });
  return who.follow(await submit(who, form, { key }));
}

/** Takes it out of the house as a file. @returns the export's id, once its file is there */
async function exported(company: Company, session: string): Promise<string> {
  const reason = `시험으로 내보냅니다 ${randomUUID()}`;
  await sendForm(officerOf(company), {
    ...{ giver: officerOf(company), page: "/transcripts/exports/new?session=probe" },
    has: { format: true, purposeId: true, reason: true },
    change: { session, purposeId: company.purposeId, reason, format: "ndjson" },
  });
  const made =
    "SELECT id FROM transcript_exports WHERE reason = $1 AND file_id IS NOT NULL AND finished_at IS NOT NULL";
  await expect.poll(async () => (await rows(made, [reason])).length, { timeout: 60_000 }).toBe(1);
  return (await row<{ id: string }>(made, [reason])).id;
}
