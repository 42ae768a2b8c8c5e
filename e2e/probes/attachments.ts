import type { Permission } from "@/lib/auth/permissions";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const host = () => `${Buffer.from(fresh()).toString("hex")}.example`;

export const attachmentProbes = {
  "attachment-host:read": {
    target: async ({ marker }) => ({ marker }),
    act: (who) => who.get("/transcripts/files"),
    effect: async (_target, answer) => answer.status === 200 && answer.text.includes(say("transcripts.files.title")),
    ids: [],
    refusal: 403,
  },
  "attachment-host:edit": {
    target: async () => ({ host: host() }),
    act: (who, { host: name = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: "/transcripts/files",
        has: { host: true },
        words: say("transcripts.files.allow"),
        change: { host: name },
      }),
    effect: async ({ host: name }) =>
      (await count("SELECT count(*) n FROM attachment_hosts WHERE host = $1", name)) === 1,
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
