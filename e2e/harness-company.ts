// A company of the suite's own in the server under test, with a person of each role and one of everything: other specs never see it.
import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { saveAccessPlan, startReview } from "@/lib/audit/access/commands";
import type { PersonActor } from "@/lib/auth/actor";
import { addBlock } from "@/lib/channels/commands/add-block";
import { requestGoLive } from "@/lib/channels/commands/go-live";
import { receiveBlockList } from "@/lib/channels/commands/import-blocks";
import { goLivePhrase } from "@/lib/channels/rules/go-live";
import { addDays, kstDay } from "@/lib/clock";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import type { Format } from "@/lib/dealers/schema/connection";
import { jobs } from "@/lib/jobs";
import { duePeriod } from "@/lib/jobs/period";
import { hashPassword } from "@/lib/password";
import { createOrganization, createPerson } from "@/lib/people/commands/create-organization";
import { createPlacement } from "@/lib/placements/commands";
import { drawNext } from "@/lib/placements/commands/draw-print";
import { receivePlaceList } from "@/lib/placements/commands/import-places";
import { openPrint } from "@/lib/placements/commands/open-print";
import { getPrint } from "@/lib/placements/queries/prints";
import { createPlacementSchema } from "@/lib/placements/schema";
import { approveConsent, submitConsent } from "@/lib/privacy/commands/decide-consent-form";
import { publishConsignees } from "@/lib/privacy/commands/publish-consignees";
import { recordConsent } from "@/lib/privacy/commands/record-consent";
import { registerRequest } from "@/lib/privacy/commands/register-request";
import { draftConsentForm } from "@/lib/privacy/commands/save-consent-form";
import { getConsignees } from "@/lib/privacy/queries/consignee-lists";
import { emptyPlaces } from "@/lib/privacy/rules/consignee-list";
import { draftConsentFormSchema, recordConsentSchema } from "@/lib/privacy/schema/consent";
import { createScenario } from "@/lib/rehearsal/commands/save-scenario";
import { startRehearsal } from "@/lib/rehearsal/commands/start-rehearsal";
import { firstScenario } from "@/lib/rehearsal/rules/scenario-form";
import { placeHold } from "@/lib/retention/commands/place-hold";
import { prepareDestruction } from "@/lib/retention/commands/prepare-destruction";
import { derivedKey } from "@/lib/seal";
import { commentTemplate } from "@/lib/templates/commands/comment-template";
import { receiveTemplateImport } from "@/lib/templates/commands/receive-import";
import { createTemplate } from "@/lib/templates/commands/save-draft";
import { approveTemplate, submitTemplate, takeTemplateInUse } from "@/lib/templates/commands/take-step";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { textHash } from "@/lib/templates/rules/text-list";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema, takeTemplateInUseSchema } from "@/lib/templates/schema/template";
import { addPurpose } from "@/lib/transcripts/commands/edit-purposes";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import type { Role } from "@/prisma/generated/enums";
import { makePolicy } from "@/prisma/seed/policies";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import { base, Caller } from "./harness-caller";
import { owner, row } from "./harness-database";
import { mediaOf } from "./harness-media";
import { takeDownOf } from "./harness-take-down";

export const roles = ["CLIENT_ADMIN", "COMPLIANCE_OFFICER", "MARKETER", "AUDITOR"] as const satisfies readonly Role[];

export type Colleague = {
  personId: string;
  email: string;
  name: string;
  role: Role;
  actor: PersonActor;
  caller: Caller;
};

export type Company = {
  id: string;
  name: string;
  /** Stands in every name and note of this company, and nowhere else. */
  marker: string;
  password: string;
  people: Record<Role, Colleague>;
  /** A live channel, and one that is still being prepared. */
  channelId: string;
  draftId: string;
  /** One that waits for a second person to agree to going live. */
  requestedId: string;
  senderKey: string;
  /** The contract behind the live channel, its consignment paper, and the approval of re-consignment. */
  contractId: string;
  documentId: string;
  reconsignmentId: string;
  /** A retention policy in force, with a newer draft. */
  policyId: string;
  placementId: string;
  code: string;
  connectionId: string;
  token: string;
  fileId: string;
  /** Somebody on the live channel's block list, and a list that waits to be saved. */
  blockId: string;
  importId: string;
  /** A take-down under way: one place is open, the other closed with a photo. */
  takeDownId: string;
  takeDownTaskId: string;
  takeDownFileId: string;
  /** A list of places that waits to be taken. */
  placeImportId: string;
  /** A new wording of the template that waits to be taken. */
  templateImportId: string;
  /** An auto-reply scenario, a draft. */
  scenarioId: string;
  /** A rehearsal that has just begun, without a stand-in. */
  rehearsalId: string;
  /** A place with a page, on a channel that is not live: nobody looks at it by itself. */
  pagedId: string;
  /** A picture of the media library. */
  mediaId: string;
  /** An order of labels that is drawn. */
  printId: string;
  /** A consultation on the live channel in which the marker was said, and a purpose for which it may be looked at. */
  sessionId: string;
  purposeId: string;
  /** A hold on a channel that nobody writes to, and a data subject's request that nobody has answered. */
  /** A review of access records of January 2020, under way. */
  accessReviewId: string;
  holdId: string;
  dataRequestId: string;
  /** A consent form in use, and a user's consent to it. */
  consentFormId: string;
  consentId: string;
  /** A template in use. */
  templateId: string;
  /** A frozen destruction of the consultation, for which nobody has asked yet. */
  destructionId: string;
  transcriptImportId: string;
  /** A marketer with a second factor. */
  guardedId: string;
};

/** No job of the server's has anything left to do here today: what a snapshot sees was done by the probe. */
async function settleJobs(organizationId: string, now: Date): Promise<void> {
  const later = new Date(now.getTime() + twelveHoursMs);
  for (const job of jobs)
    for (const period of new Set([duePeriod(job, now), duePeriod(job, later)]))
      await (await owner()).query(
        `INSERT INTO job_runs (organization_id, job, period, lease_until, ended_at, result) VALUES ($1, $2, $3, now(), now(), 'ok')
         ON CONFLICT DO NOTHING`,
        [organizationId, job.name, period],
      );
}

const twelveHoursMs = 12 * 3_600_000;

/** The name of the session cookie on plain http. */
export const sessionCookieName = "damso";

/** Opens a company with all that a probe may want to touch. */
export async function openCompany(options: { secondFactorNeeded?: boolean; format?: Format } = {}): Promise<Company> {
  const now = new Date();
  const marker = `marke${randomBytes(4).toString("hex")}`;
  const password = `Pw ${marker} 여섯 글자 ${randomBytes(4).toString("hex")}`;
  const operator = await createOrganization(
    "trust",
    { slug: marker, name: `주식회사 ${marker}`, secondFactorNeeded: options.secondFactorNeeded ?? false },
    now,
  );
  const company = { id: operator.organizationId, marker };
  await settleJobs(company.id, now);
  const passwordHash = await hashPassword(password);
  const made: [Role, Colleague][] = [];
  for (const role of roles) made.push([role, await join(company, role, passwordHash)]);
  const people = Object.fromEntries(made) as Record<Role, Colleague>;
  const admin = people.CLIENT_ADMIN.actor;
  const officer = people.COMPLIANCE_OFFICER.actor;
  const plan = { publicId: null, contact: `고객센터 ${marker}` };
  const channelId = await makeReadyChannel(
    { now, admin, officer },
    { ...plan, searchId: marker, name: `채널 ${marker}`, openedDaysAgo: 30, wentLiveDaysAgo: 5 },
  );
  const draftId = await makeReadyChannel(
    { now, admin, officer },
    { ...plan, searchId: `${marker}b`, name: `준비 ${marker}`, openedDaysAgo: 9 },
  );
  const placement = await createPlacement(
    people.MARKETER.actor,
    createPlacementSchema.parse({ channelId, name: `버튼 ${marker}`, medium: "web", location: `첫 화면 ${marker}` }),
  );
  const connection = await createConnection(admin, {
    channelId,
    format: options.format ?? "canonical",
    allowedFrom: [],
    signed: false,
  });
  const block = { channelId, label: `막은 사람 ${marker}`, reason: "", blockedOn: null };
  const blockId = await addBlock(admin, block);
  const importId = await receiveBlockList(admin, channelId, listOf(`사람 ${marker}`), 0);
  const words = { unit: "months", anchor: "session-end", basis: "pipa-15-1-1" } as const;
  const { id: policyId } = await makePolicy(
    { now, admin, officer },
    {
      ...{ number: 1, name: `정책 ${marker}` },
      versions: [
        { ...words, savedDaysAgo: 40, count: 6 },
        { ...words, savedDaysAgo: 1, count: 9, stage: "draft" },
      ],
    },
  );
  const guarded = await join(company, "MARKETER", passwordHash, "guarded");
  await giveFactor(guarded.personId);
  const requestedId = await makeReadyChannel(
    { now, admin, officer },
    { ...plan, searchId: `${marker}c`, name: `동의 ${marker}`, openedDaysAgo: 9 },
  );
  // By somebody who is none of the four, so that each of them is a second person.
  const phrase = goLivePhrase(`${marker}c`);
  await requestGoLive({ ...admin, personId: guarded.personId }, { channelId: requestedId, phrase });
  // So that there is another one to end.
  await signedIn(company.id, people.CLIENT_ADMIN.personId);
  const { id: fileId } = await row<{ id: string }>(
    "SELECT id FROM evidence_files WHERE channel_id = $1 ORDER BY name LIMIT 1",
    [channelId],
  );
  const register = await row<Pick<Company, "contractId" | "documentId" | "reconsignmentId">>(
    `SELECT r.contract_id AS "contractId", d.id AS "documentId", r.id AS "reconsignmentId" FROM reconsignments r
     JOIN contract_documents d ON d.contract_id = r.contract_id AND d.kind = 'consignment' WHERE r.channel_id = $1`,
    [channelId],
  );
  const { key } = await row<{ key: string }>("SELECT sender_key AS key FROM channels WHERE id = $1", [channelId]);
  const sessionId = await makeConsult(company, channelId, connection.connectionId);
  await publishList(company, people, now);
  return {
    ...company,
    name: `주식회사 ${marker}`,
    password,
    policyId,
    people,
    channelId,
    draftId,
    requestedId,
    senderKey: key,
    ...register,
    placementId: placement.id,
    code: placement.code,
    connectionId: connection.connectionId,
    token: connection.token ?? "",
    ...{ fileId, blockId, importId },
    ...(await takeDownOf(people.MARKETER.actor, channelId, now)),
    pagedId: await pagedOf(people.MARKETER.actor, draftId, marker),
    mediaId: await mediaOf(people.MARKETER.actor, marker),
    printId: await printOf(people.MARKETER.actor, marker, placement.id),
    placeImportId: await receivePlaceList(people.MARKETER.actor, placesOf(`곳 ${marker}`), 0),
    sessionId,
    purposeId: await addPurpose(officer, { ...everyRight, name: `목적 ${marker}`, position: 0 }, now),
    accessReviewId: await reviewOf(company, people, now),
    holdId: await holdOf(company, people, draftId),
    dataRequestId: await requestOf(company, people),
    ...(await consentOf(company, people, channelId)),
    ...(await templatesOf(company, people)),
    scenarioId: await scenarioOf(people.MARKETER.actor, channelId, marker),
    rehearsalId: await startRehearsal(people.MARKETER.actor, { channelId, format: "infobank" }, now),
    destructionId: (await destructionOf(company, people, sessionId)).id,
    transcriptImportId: await importOf(company, connection.connectionId),
    guardedId: guarded.personId,
  };
}

const everyRight = { scope: "", unmask: true, separated: true };

/** A consultation with one message that says the company's marker, and a telephone. @returns its id */
export async function makeConsult(
  company: { id: string; marker: string },
  channelId: string,
  connectionId: string,
): Promise<string> {
  const sessionId = `s-${randomUUID()}`;
  const dealer = { kind: "dealer", organizationId: company.id, connectionId, address: "192.0.2.9" } as const;
  const text = `${company.marker} 010-1234-4821`;
  const at = new Date(Date.now() - 3_600_000);
  const event: ConsultEvent = {
    ...{ key: `message:${sessionId}`, digest: text, kind: "message", sessionId, userKey: "TrustUser_01", at },
    ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text } },
  };
  await ingestEvents(dealer, channelId, [event], new Date());
  const { id } = await row<{ id: string }>(
    "SELECT id FROM consult_sessions WHERE channel_id = $1 AND external_id = $2",
    [channelId, sessionId],
  );
  return id;
}

/** A hold on everything of a channel. @returns its id */
async function holdOf(company: { marker: string }, people: Company["people"], channelId: string): Promise<string> {
  const { actor, personId } = people.COMPLIANCE_OFFICER;
  const said = { title: `보존 ${company.marker}`, reason: `사유 ${company.marker}` };
  const reviewOn = addDays(kstDay(new Date()), 60);
  return (await placeHold(actor, { scope: "channel", channelId, ...said, ownerId: personId, reviewOn })).id;
}

/** A request for access. @returns its id */
async function requestOf(company: { marker: string }, people: Company["people"]): Promise<string> {
  const { actor } = people.COMPLIANCE_OFFICER;
  const said = { identity: `신원 ${company.marker}`, detail: `열람 요구 ${company.marker}` };
  const receivedOn = kstDay(new Date());
  const { id } = await registerRequest(actor, {
    ...{ kind: "access", receivedOn, receivedVia: "kakaotalk", proxy: false },
    ...said,
  });
  return id;
}

/** Publishes what the company's contracts say as its list of consignees. */
async function publishList({ marker }: { marker: string }, people: Company["people"], now: Date): Promise<void> {
  const { actor } = people.COMPLIANCE_OFFICER;
  const { generated } = await getConsignees(actor, now);
  const words = Object.fromEntries(emptyPlaces(generated.entries).map(({ place }) => [place, `업무 ${marker}`]));
  const said = { number: 0, hash: generated.hash, effectiveOn: kstDay(now), reason: `공개 ${marker}`, words };
  await publishConsignees(actor, said, now);
}

/** A consent form in use with one answer. */
async function consentOf(
  { marker }: { marker: string },
  people: Company["people"],
  channelId: string,
): Promise<{ consentFormId: string; consentId: string }> {
  const { actor } = people.COMPLIANCE_OFFICER;
  const words = { purpose: `목적 ${marker}`, items: "주문번호", refusal: "거부하셔도 됩니다.", periodOf: "policy" };
  const input = draftConsentFormSchema.parse({ name: `동의 ${marker}`, kind: "collection", ...words });
  const formId = await draftConsentForm(actor, input, new Date());
  const { hash } = await row<{ hash: string }>("SELECT hash FROM consent_versions WHERE form_id = $1", [formId]);
  await submitConsent(actor, { formId, hash, note: "" }, new Date());
  await approveConsent(people.CLIENT_ADMIN.actor, { formId, hash, note: "" }, new Date());
  const said = { formId, channelId, userKey: "TrustUser_01", given: "given", how: "chat" };
  const consentId = await recordConsent(actor, recordConsentSchema.parse(said), new Date(Date.now() + 1_000));
  return { consentFormId: formId, consentId };
}

/** A scenario that nothing is wrong with. @returns its id */
export function scenarioOf(actor: PersonActor, channelId: string, marker: string): Promise<string> {
  const words = {
    menu: `무엇을 도와드릴까요? ${marker}`,
    agent: "연결합니다.",
    closed: "내일 다시 열립니다.",
    choice: "상담원",
  };
  return createScenario(actor, { channelId, name: `시나리오 ${marker}`, content: firstScenario(words) });
}

/** A template that went to work, with a remark, and a new wording of it that waits to be taken. */
async function templatesOf(
  { marker }: { marker: string },
  people: Company["people"],
): Promise<Pick<Company, "templateId" | "templateImportId">> {
  const { actor: marketer } = people.MARKETER;
  const text = `안녕하세요 ${marker} 고객센터입니다.`;
  const content = templateContentSchema.parse({ type: "PLAIN_TEXT", text });
  const id = await createTemplate(marketer, createTemplateSchema.parse({ name: `템플릿 ${marker}`, content }));
  const about = { templateId: id, hash: contentHash(content), note: "" };
  await submitTemplate(marketer, about);
  await approveTemplate(people.COMPLIANCE_OFFICER.actor, about);
  await takeTemplateInUse(marketer, takeTemplateInUseSchema.parse({ ...about, way: "agents" }));
  await commentTemplate(marketer, { templateId: id, revision: 1, text: `의견 ${marker}` });
  const list = wordingOf(id, text, `반갑습니다 ${marker} 고객센터입니다.`);
  return { templateId: id, templateImportId: await receiveTemplateImport(marketer, list, 0) };
}

/** A plain template's new wording as a translator hands it in. */
export function wordingOf(templateId: string, original: string, text: string): Request {
  const form = new FormData();
  const line = [templateId, "이름", "text", textHash(original), original, text].join(",");
  form.set("file", new File([line], "texts.csv", { type: "text/csv" }));
  return new Request(`${base.origin}/upload`, { method: "POST", body: form });
}

/** Freezes the destruction of one consultation before its day; destroys nothing. */
export function destructionOf(
  company: { marker: string },
  people: Company["people"],
  sessionId: string,
): Promise<{ id: string; digest: string; sessions: number }> {
  const { actor } = people.COMPLIANCE_OFFICER;
  const said = { kind: "early", sessionIds: sessionId, reason: `사유 ${company.marker}` } as const;
  return prepareDestruction(actor, said, new Date());
}

/** A file of consultations that the operator imported, with a row that was not taken. @returns its id */
async function importOf(company: { id: string; marker: string }, connectionId: string): Promise<string> {
  const { id } = await row<{ id: string }>(
    `INSERT INTO transcript_imports (organization_id, connection_id, name, bytes, sha256, "offset", rows, bad, finished_at)
     VALUES ($1, $2, $3, 10, $4, 10, 1, 1, now()) RETURNING id`,
    [company.id, connectionId, `${company.marker}.ndjson`, randomBytes(32).toString("hex")],
  );
  await row(
    "INSERT INTO import_faults (import_id, organization_id, row, reason) VALUES ($1, $2, 1, 'malformed') RETURNING row",
    [id, company.id],
  );
  return id;
}

/** The upload of a block list with one name. */
async function pagedOf(marketer: PersonActor, channelId: string, marker: string): Promise<string> {
  const pageUrl = `https://${marker.toLowerCase()}.example/`;
  const place = { channelId, name: `페이지 ${marker}`, medium: "web", pageUrl };
  return (await createPlacement(marketer, createPlacementSchema.parse(place))).id;
}

/** An order of labels, drawn: what runs by itself is over before anybody looks. */
async function printOf(marketer: PersonActor, marker: string, placementId: string): Promise<string> {
  const id = await openPrint(marketer, { name: `라벨 ${marker}`, kind: "labels24", placementId: [placementId] });
  const job = { kind: "job", name: "prints", organizationId: marketer.organizationId } as const;
  await expect
    .poll(async () => {
      await drawNext(job, new Date());
      return (await getPrint(marketer, id))?.batch.fileId ?? null;
    })
    .not.toBeNull();
  return id;
}

/** A list of places as somebody hands it in. */
function placesOf(name: string): Request {
  const form = new FormData();
  form.set("file", new File([`이름,종류\n${name},앱\n`], "places.csv", { type: "text/csv" }));
  return new Request(`${base.origin}/upload`, { method: "POST", body: form });
}

function listOf(name: string): Request {
  const form = new FormData();
  form.set("file", new File([`이름\n${name}\n`], "blocks.csv", { type: "text/csv" }));
  return new Request(`${base.origin}/upload`, { method: "POST", body: form });
}

/** One more person of the company, signed in. */
export async function join(
  company: { id: string; marker: string },
  role: Role,
  passwordHash: string | null,
  word = role.toLowerCase().replaceAll("_", "-"),
): Promise<Colleague> {
  const email = `${word}@${company.marker}.example`;
  const name = `${role.slice(0, 2)} ${company.marker}`;
  const operator = { kind: "operator", name: "trust", organizationId: company.id } as const;
  const personId = await createPerson(operator, { email, name, role, passwordHash }, new Date());
  const { signInId, caller } = await signedIn(company.id, personId);
  const actor = { kind: "person", personId, organizationId: company.id, role, signInId, address: "127.0.0.1" } as const;
  return { personId, email, name, role, actor, caller };
}

/** A second factor that nobody can give: there to be taken away. */
export async function giveFactor(personId: string): Promise<void> {
  await (await owner()).query("UPDATE persons SET totp_sealed = '\\x00', totp_confirmed_at = now() WHERE id = $1", [
    personId,
  ]);
}

/** A session as the sign-in page opens it, without the page: and somebody who carries its cookie. */
export async function signedIn(
  organizationId: string,
  personId: string,
): Promise<{ signInId: string; caller: Caller }> {
  const signInId = randomUUID();
  await (await owner()).query(
    `INSERT INTO sign_ins (id, person_id, organization_id, ends_at, factor_at, address, agent)
     VALUES ($1, $2, $3, $4, now(), '127.0.0.1', 'trust')`,
    [signInId, personId, organizationId, new Date(Date.now() + twelveHoursMs)],
  );
  return { signInId, caller: new Caller({ [sessionCookieName]: await cookieFor(signInId) }) };
}

/** The cookie of a session, sealed with the server's own key. */
export async function cookieFor(signInId: string): Promise<string> {
  const secret = derivedKey("next-auth").toString("base64url");
  return encode({ token: { sid: signInId }, secret, maxAge: twelveHoursMs / 1000 });
}

/** A plan, and a review under way of days of long ago, with one record to look at. @returns the review's id */
async function reviewOf(
  company: { id: string; marker: string },
  people: Record<Role, Colleague>,
  now: Date,
): Promise<string> {
  const { actor } = people.COMPLIANCE_OFFICER;
  await saveAccessPlan(actor, {
    ...{ intervalMonths: 1, clause: `조항 ${company.marker}`, conditions: [], keepYears: 2 },
    ...{ nightFrom: 22, nightTo: 7, bulk: 30, sameSubject: 5 },
  });
  await row(
    `INSERT INTO access_records (organization_id, at, actor_kind, actor_id, address, action, subject, purpose, reason)
     VALUES ($1, '2020-01-15T03:00:00Z', 'person', $2, '192.0.2.9', 'read', repeat('ab', 16), '분쟁 처리', $3) RETURNING id`,
    [company.id, actor.personId, company.marker],
  );
  return startReview(actor, { from: "2020-01-01", to: "2020-01-31" }, now);
}
