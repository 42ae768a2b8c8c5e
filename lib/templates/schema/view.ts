// A template as pages show it.
import type { TemplateStanding, TemplateStepKind } from "../rules/status";
import type { TemplateContent } from "./content";
import type { UseWay } from "./template";

export type TemplateFacts = {
  id: string;
  name: string;
  channelId: string | null;
  /** Null: for every channel. */
  channelName: string | null;
  tags: string[];
  ownerId: string;
  ownerName: string;
  createdAt: Date;
  changedAt: Date;
};

export type TemplateVersionView = {
  id: string;
  number: number;
  revision: number;
  hash: string;
  content: TemplateContent;
  personName: string;
  at: Date;
};
export type TemplateStepView = {
  id: string;
  kind: TemplateStepKind;
  /** Of its version; null for the template as a whole. */
  number: number | null;
  hash: string;
  note: string;
  personId: string;
  personName: string;
  at: Date;
};
export type TemplateCommentView = { id: string; revision: number; text: string; personName: string; at: Date };
export type TemplateUseView = {
  id: string;
  number: number;
  way: UseWay;
  channelName: string | null;
  place: string;
  personName: string;
  at: Date;
};

export type TemplateView = TemplateFacts & {
  /** Number of the newest draft, and what it says. */
  revision: number;
  hash: string;
  content: TemplateContent;
  standing: TemplateStanding;
  /** Who wrote a draft since the last approved version: they do not decide. */
  authorIds: string[];
  /** Who submitted the newest version: nor do they. */
  submitterIds: string[];
  /** Newest first, each. */
  versions: TemplateVersionView[];
  steps: TemplateStepView[];
  comments: TemplateCommentView[];
  uses: TemplateUseView[];
};

/** One save, as somebody else's text stands beside one's own. */
export type TemplateDraftView = {
  number: number;
  hash: string;
  name: string;
  content: TemplateContent;
  personName: string;
  at: Date;
};
