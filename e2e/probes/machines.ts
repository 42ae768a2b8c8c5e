// What jobs and the operator's command do by themselves: the work behind each permission that no person has, and the proof of it.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { reckonDue } from "@/lib/archive/reckoning";
import { dropAccessRecords } from "@/lib/audit/access/jobs";
import type { JobActor, OperatorActor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import { drawNext } from "@/lib/placements/commands/draw-print";
import { openPrint } from "@/lib/placements/commands/open-print";
import { remindTakeDowns } from "@/lib/placements/take-down-jobs";
import { destroyRoutinely } from "@/lib/retention/jobs";
import { importEvents } from "@/lib/transcripts/commands/import-events";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import { keepFiles } from "@/lib/transcripts/commands/keep-files";
import { makeNextExport } from "@/lib/transcripts/commands/make-export";
import { requestExport } from "@/lib/transcripts/commands/request-export";
import type { ConsultEvent, Json } from "@/lib/transcripts/schema";
import type { Company } from "../harness-company";
import { owner, row } from "../harness-database";
import { opened } from "../harness-hook";
import { openCampaign } from "../harness-take-down";
import { count, fresh } from "./probe";
import { rehearsalMachine } from "./rehearsals";

export type MachineProbe = {
  /** Makes what there is to do. @returns what names it */
  prepare: (company: Company) => Promise<string>;
  /** Does it, as the machine. The server's own chores may be first. */
  work: (company: Company, target: string) => Promise<unknown>;
  done: (company: Company, target: string) => Promise<boolean>;
};

const dayMs = 86_400_000;
const job = ({ id: organizationId }: Company, name: string): JobActor => ({ kind: "job", name, organizationId });
const one = async (text: string, ...values: unknown[]) => (await count(text, ...values)) === 1;

/** A message that a dealer brought `daysAgo`. @returns the consultation's id */
async function brought(company: Company, daysAgo: number, content: Json, kind: ConsultEvent["row"]): Promise<string> {
  const sessionId = `m-${randomUUID()}`;
  const { id: organizationId, channelId, connectionId } = company;
  const at = new Date(Date.now() - daysAgo * dayMs);
  const event: ConsultEvent = {
    ...{ key: `message:${sessionId}`, digest: sessionId, kind: "message", sessionId, userKey: "MachineUser1", at },
    ...{ extra: null, entry: null, reason: null, direction: "in", row: kind, content },
  };
  await ingestEvents({ kind: "dealer", organizationId, connectionId, address: "192.0.2.9" }, channelId, [event], at);
  const query = "SELECT id FROM consult_sessions WHERE channel_id = $1 AND external_id = $2";
  return (await row<{ id: string }>(query, [channelId, sessionId])).id;
}

export const machineProbes = {
  "attachment:keep": {
    // Of a host that nobody allowed: settled without asking anything of it.
    prepare: (company) =>
      brought(company, 0, { attachment: { url: `https://${company.marker}.invalid/a.jpg` } }, "photo"),
    work: () => keepFiles(new Date()),
    done: (_company, sessionId) =>
      one("SELECT count(*) n FROM attachments WHERE session_id = $1 AND reason = 'host-not-allowed'", sessionId),
  },
  "retention:reckon": {
    prepare: (company) => brought(company, 90, { text: fresh() }, "text"),
    work: (company) => reckonDue(job(company, "reckoning"), new Date()),
    done: (_company, sessionId) =>
      one("SELECT count(*) n FROM consult_sessions WHERE id = $1 AND due_on IS NOT NULL", sessionId),
  },
  "rehearsal:sweep": rehearsalMachine,
  "take-down:run": {
    prepare: async ({ people, channelId }) =>
      (await openCampaign(people.MARKETER.actor, channelId, 1, new Date())).takeDownId,
    work: (company) => remindTakeDowns(job(company, "take-down-reminders"), new Date()),
    done: (_company, id) => one("SELECT count(*) n FROM take_down_reminders WHERE take_down_id = $1", id),
  },
  "transcript:write-export": {
    prepare: async ({ people, purposeId, channelId }) => {
      const order = {
        format: "csv",
        unmasked: false,
        purposeId,
        reason: `시험 ${fresh()}`,
        channel: channelId,
      } as const;
      return (await requestExport(people.COMPLIANCE_OFFICER.actor, order, new Date())).exportId;
    },
    work: (company) => makeNextExport(job(company, "transcript-exports"), new Date()),
    done: (_company, exportId) =>
      one("SELECT count(*) n FROM transcript_exports WHERE id = $1 AND file_id IS NOT NULL", exportId),
  },
  "print:draw": {
    // Held back from the server's own drawing, which would find it in a moment.
    prepare: async ({ people, placementId }) => {
      const order = { name: fresh(), kind: "labels24", placementId: [placementId] } as const;
      const id = await openPrint(people.MARKETER.actor, { ...order, placementId: [placementId] });
      await (await owner()).query("UPDATE print_batches SET lease_until = now() + interval '1 hour' WHERE id = $1", [
        id,
      ]);
      return id;
    },
    work: async (company, id) => {
      await (await owner()).query("UPDATE print_batches SET lease_until = NULL WHERE id = $1", [id]);
      await drawNext(job(company, "prints"), new Date());
    },
    done: (_company, id) => one("SELECT count(*) n FROM print_batches WHERE id = $1 AND file_id IS NOT NULL", id),
  },
  "destruction:prepare-routine": {
    prepare: async () => "",
    work: (company) => destroyRoutinely(job(company, "routine-destruction"), new Date()),
    done: async ({ id }) =>
      (await count("SELECT count(*) n FROM destruction_forecasts WHERE organization_id = $1", id)) === 14,
  },
  "access-record:drop": {
    prepare: async ({ id: organizationId, people }) => {
      const id = randomUUID();
      await (await owner()).query(
        `INSERT INTO access_records (id, organization_id, at, actor_kind, actor_id, address, action, subject, purpose, reason)
         VALUES ($1, $2, now() - interval '4 years', 'person', $3, '192.0.2.7', 'read', $4, '시험', '오래전 조회')`,
        [id, organizationId, people.AUDITOR.personId, randomUUID().replaceAll("-", "")],
      );
      return id;
    },
    work: (company) => dropAccessRecords(job(company, "access-records"), new Date()),
    done: async (_company, id) => (await count("SELECT count(*) n FROM access_records WHERE id = $1", id)) === 0,
  },
  "transcript:import": {
    prepare: async (company) => {
      const folder = await mkdtemp(path.join(tmpdir(), "damso-probe-"));
      const file = path.join(folder, `${fresh()}.ndjson`);
      await writeFile(file, JSON.stringify(opened(company)));
      return file;
    },
    work: async ({ id: organizationId, connectionId }, file) => {
      const operator: OperatorActor = { kind: "operator", name: "probe", organizationId };
      await importEvents(operator, connectionId, file, () => undefined);
      await rm(path.dirname(file), { recursive: true });
    },
    done: (_company, file) =>
      one("SELECT count(*) n FROM transcript_imports WHERE name = $1 AND stored = 1", path.basename(file)),
  },
} satisfies Partial<Record<Permission, MachineProbe>>;
