import { reckonDue } from "@/lib/archive/reckoning";
import { organizationIds, sealAudit } from "@/lib/db/crossings";
import { seedAccessRecords } from "./access-records";
import { seedBlocks } from "./blocks";
import { dureChannel, hangyeolChannels } from "./channel-plans";
import { seedDureChannel, seedHangyeolChannels } from "./channels";
import { seedChecks } from "./checks";
import { seedConsents } from "./consents";
import { seedConsignees } from "./consignees";
import { seedContracts, seedOtherContracts } from "./contracts";
import { seedDataRequests } from "./data-requests";
import { seedConnections, seedOtherConnections } from "./dealers";
import { seedDestructions } from "./destructions";
import { seedExits } from "./exits";
import { seedHolds } from "./holds";
import { seedLedger } from "./ledger";
import { demonstrationOrganizations } from "./logins";
import { seedMarks } from "./marks";
import { collectPastEvents } from "./past-event";
import { seedOpenInvite, seedOrganization, seedYesterday } from "./people";
import { seedOtherPlacements, seedPlacements } from "./placements";
import { seedOtherPolicies, seedPolicies } from "./policies";
import { seedPresence } from "./presence";
import { seedPrints } from "./prints";
import { seedPrivacy } from "./privacy";
import { seedPurposes } from "./purposes";
import { seedRehearsals } from "./rehearsals";
import { seedScenarios } from "./scenarios";
import { seedSwitches } from "./switches";
import { seedTakeDowns } from "./take-downs";
import { seedTemplates } from "./templates";
import { seedConsults, seedOtherConsults } from "./transcripts";
import { seedWaitingDestruction } from "./waiting-destruction";
import { seedWordRules } from "./word-rules";

/** Makes the demonstration organizations, dated relative to `now`. Makes nothing twice: it runs on an empty database. */
export async function seed(now: Date = new Date()): Promise<void> {
  if ((await organizationIds()).length > 0) return;
  const writePastEvents = collectPastEvents();
  await seedHangyeol(now);
  await seedDure(now);
  await writePastEvents();
  for (const organization of await organizationIds()) await sealAudit(organization);
}

async function seedHangyeol(now: Date): Promise<void> {
  const { person } = await seedOrganization("hangyeol", demonstrationOrganizations.hangyeol, now);
  const admin = person("김서연");
  const channels = await seedHangyeolChannels({
    ...{ now, admin, officer: person("박도현") },
    personId: (name) => person(name).personId,
  });
  const ids = new Map(
    Object.entries(hangyeolChannels).map(([key, { searchId }]) => [searchId, channels[key as keyof typeof channels]]),
  );
  const context = { now, channelId: lookUp(ids), personId: (name: string) => person(name).personId };
  const parties = { now, admin, officer: person("박도현"), auditor: person("정민재") };
  const contracts = await seedContracts(parties, channels);
  await seedChecks({ ...context, actor: admin });
  await seedConsignees(parties, contracts, channels);
  await seedExits(parties, contracts);
  const signers = { now, officer: person("박도현"), admin: person("최은영") };
  const versions = await seedPolicies(signers);
  const told = { ...context, ...signers, second: person("한유진") };
  await seedPrivacy(told);
  await seedConsents(told);
  await seedConnections({ ...context, actor: admin });
  await seedPlacements({ ...context, actor: person("이하늘") });
  await seedPresence({ now: context.now, actor: person("이하늘") });
  await seedPrints({ now: context.now, actor: person("이하늘") });
  await seedTakeDowns({ now, actor: person("이하늘") });
  await seedTemplates({ ...context, person });
  await seedScenarios({ ...context, person });
  await seedRehearsals({ ...context, person });
  await seedWordRules({ now, officer: person("박도현") });
  await seedConsults({ ...context, actor: admin });
  await seedMarks({ now, officer: person("박도현") });
  await reckonDue({ kind: "job", name: "reckoning", organizationId: admin.organizationId }, now);
  await seedPurposes({ now, officer: person("박도현") });
  await seedHolds({ ...context, ...signers });
  await seedLedger(signers);
  await seedDestructions({ ...context, ...signers, versionId: versions.get(1) ?? "" });
  await seedWaitingDestruction(signers);
  await seedDataRequests({ ...context, officer: person("박도현"), company: demonstrationOrganizations.hangyeol.name });
  await seedAccessRecords({ now, officer: person("박도현"), second: person("한유진"), auditor: person("정민재") });
  await seedBlocks({ ...context, officer: person("박도현") });
  await seedSwitches({ ...context, admin });
  await seedOpenInvite(admin, now);
  await seedYesterday([admin, person("박도현"), person("이하늘")], now);
}

async function seedDure(now: Date): Promise<void> {
  const { person } = await seedOrganization("dure", demonstrationOrganizations.dure, now);
  const admin = person("문지호");
  const channel = await seedDureChannel({ now, admin, officer: person("배수아") });
  const context = {
    now,
    channelId: lookUp(new Map([[dureChannel.searchId, channel]])),
    personId: (name: string) => person(name).personId,
  };
  await seedOtherContracts({ now, admin, officer: person("배수아") }, channel);
  await seedOtherPolicies({ now, officer: person("배수아"), admin });
  await seedOtherConnections({ ...context, actor: admin });
  await seedOtherPlacements({ ...context, actor: admin });
  await seedOtherConsults({ ...context, actor: admin });
  await reckonDue({ kind: "job", name: "reckoning", organizationId: admin.organizationId }, now);
  await seedPurposes({ now, officer: person("배수아") });
}

function lookUp(ids: Map<string, string>): (searchId: string) => string {
  return (searchId) => {
    const id = ids.get(searchId);
    if (!id) throw new Error(`The demonstration has no channel @${searchId}`);
    return id;
  };
}
