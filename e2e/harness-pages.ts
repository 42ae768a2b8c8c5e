// Every page of a company, and every form that stands on one.
import type { Caller } from "./harness-caller";
import type { Company } from "./harness-company";
import { type Form, formsOf } from "./harness-form";

/** Every page of the console, with ids of this company where there are any. docs/routes.csv and routes.spec.ts keep it whole. */
export function pagesOf(company: Company): string[] {
  const { channelId, draftId, placementId, connectionId, people } = company;
  return [
    "/",
    ...["/channels", "/channels/new", `/channels/${channelId}`, `/channels/${draftId}`, `/channels/${channelId}/edit`],
    ...[`/channels/${channelId}/history`, `/channels/${channelId}/profile`],
    ...[
      `/channels/${channelId}/checks`,
      `/channels/${channelId}/blocks`,
      `/channels/${channelId}/blocks/${company.blockId}`,
      `/channels/${channelId}/dealer`,
    ],
    ...[`/channels/${channelId}/blocks/import`, `/channels/${channelId}/blocks/import/${company.importId}`],
    ...["/dealers", "/dealers/connections", "/dealers/directory", "/dealers/new", `/dealers/${connectionId}`],
    "/dealers/contracts/new",
    ...["", "/edit", "/clauses", "/channels", "/documents", "/approval", "/history", "/exit"].map(
      (part) => `/dealers/contracts/${company.contractId}${part}`,
    ),
    ...["", "/new-approval", "/new-supervision"].map(
      (part) => `/dealers/contracts/${company.contractId}/consignees${part}`,
    ),
    ...["/placements", "/placements/new", `/placements/${placementId}`, `/placements/${placementId}/edit`],
    ...["history", "kit"].map((part) => `/placements/${placementId}/${part}`),
    "/placements/symbol",
    ...["/templates/media", `/templates/media/${company.mediaId}`],
    ...["", "/new", `/${company.takeDownId}`, `/${company.takeDownId}/tasks/${company.takeDownTaskId}`].map(
      (part) => `/placements/take-downs${part}`,
    ),
    `/placements/bulk?placementId=${placementId}`,
    `/placements/${placementId}/qr`,
    `/placements/${placementId}/presence`,
    `/placements/${company.pagedId}/presence`,
    "/placements/presence",
    `/placements/prints/${company.printId}`,
    ...[
      "/prints",
      "/prints/new",
      "/bulk",
      "/decode",
      "/findings",
      "/hand-over",
      "/import",
      `/import/${company.placeImportId}`,
    ].map((part) => `/placements${part}`),
    ...[
      "",
      ...["", "/versions", "/payload", "/edit"].map((part) => `/${company.templateId}${part}`),
      ...["/types", "/new", "/locked", "/wording", "/transfer", `/transfer/${company.templateImportId}`],
    ].map((part) => `/templates${part}`),
    ...["", "/new", `/${company.scenarioId}`, `/${company.scenarioId}/edit`, `/${company.scenarioId}/sheet`].map(
      (part) => `/rehearsal/scenarios${part}`,
    ),
    ...["/rehearsal", `/rehearsal/${company.rehearsalId}`, `/rehearsal/${company.rehearsalId}/report`],
    ...["/monitor", `/monitor/${company.sessionId}/send`, "/audit", "/menu"],
    ...["", "/plan", "/reviews", `/reviews/${company.accessReviewId}`].map((part) => `/audit/access${part}`),
    ...["/transcripts", `/transcripts/${company.sessionId}`, "/transcripts/purposes", "/transcripts/files"],
    ...["/transcripts/exports", "/transcripts/exports/new", "/transcripts/imports"],
    `/transcripts/imports/${company.transcriptImportId}`,
    ...["/retention/holds", "/retention/holds/new", `/retention/holds/${company.holdId}`],
    ...["", "/new", `/${company.destructionId}`].map((part) => `/retention/destructions${part}`),
    "/retention/ledger",
    "/retention/ledger/new",
    ...["/privacy", "/privacy/consignees", "/privacy/consignees/history"],
    ...["/privacy/consents", "/privacy/consents/new", "/privacy/consents/records", "/privacy/consents/records/new"],
    ...["", "/edit"].map((part) => `/privacy/consents/${company.consentFormId}${part}`),
    `/privacy/consents/records/${company.consentId}`,
    "/privacy/notices",
    ...["", "/edit", "/at"].map((part) => `/privacy/notices/${channelId}${part}`),
    "/retention/statistics",
    "/placements/statistics",
    ...["/privacy/requests", "/privacy/requests/new", `/privacy/requests/${company.dataRequestId}`],
    ...["/retention", "/retention/policies", "/retention/policies/new", "/retention/laws", "/retention/settings"],
    ...["", "/edit", "/history"].map((part) => `/retention/policies/${company.policyId}${part}`),
    ...["/people", "/people/invite", "/people/invites", "/people/history", "/people/roles"],
    ...[`/people/${people.MARKETER.personId}`, `/people/${company.guardedId}`],
    ...["/account", "/account/codes", "/settings"],
  ];
}

export type FoundForm = { role: (typeof formRoles)[number]; who: Caller; page: string; form: Form; name: string };

/** Those who find forms: an auditor finds none that these do not. */
export const formRoles = ["CLIENT_ADMIN", "COMPLIANCE_OFFICER", "MARKETER"] as const;

/** Every form that they find, each kind once, posted ones alone. */
export async function formsIn(company: Company): Promise<FoundForm[]> {
  const found = new Map<string, FoundForm>();
  for (const role of formRoles) {
    const who = company.people[role].caller;
    for (const page of pagesOf(company))
      for (const form of formsOf((await who.get(page)).text, page)) {
        const name = nameOf(form);
        if (form.method === "post" && !found.has(name)) found.set(name, { role, who, page, form, name });
      }
  }
  return [...found.values()];
}

/** The kind of a form: which action or route it goes to, and what it asks. */
function nameOf(form: Form): string {
  const action = form.fields.flatMap(([name, value]) => /[\da-f]{42}/.exec(name + value)?.[0].slice(0, 8) ?? [])[0];
  const asked = form.names.filter((name) => !name.startsWith("$ACTION"));
  return [action ?? form.action.replace(/[\w-]{22,}/g, "*"), ...asked].join(" ");
}
