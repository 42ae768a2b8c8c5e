// A scenario as its pages show it.
import type { TemplateStanding, TemplateState, versionStepKinds } from "@/lib/templates/rules/status";
import type { ScenarioFinding } from "../rules/judge-scenario";
import type { Scenario } from "./scenario";

export type ListedScenario = {
  id: string;
  name: string;
  channelId: string;
  channelName: string;
  state: TemplateState;
  version: number | null;
  inUse: number | null;
  changedAt: Date;
};

export type ScenarioView = {
  id: string;
  name: string;
  channelId: string;
  channelName: string;
  revision: number;
  hash: string;
  content: Scenario;
  changedAt: Date;
  standing: TemplateStanding;
  findings: ScenarioFinding[];
  /** Names of templates that its answers send, by id. */
  templates: ReadonlyMap<string, string>;
  /** Newest first, both. */
  versions: { id: string; number: number; revision: number; hash: string; at: Date; personName: string }[];
  steps: {
    id: string;
    kind: (typeof versionStepKinds)[number];
    number: number;
    note: string;
    at: Date;
    personId: string;
    personName: string;
  }[];
  /** Whoever wrote a draft since the last approved version, and whoever asked for the decision: none of them takes it. */
  ownIds: string[];
};
