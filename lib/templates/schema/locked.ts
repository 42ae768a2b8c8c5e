/** A message that another module writes and approves: shown in the library, changed there alone. */
export type LockedMessage = {
  kind: "notice" | "consent";
  /** Id of the notice's channel, or of the consent form. */
  of: string;
  name: string;
  /** Null: every channel. */
  channelName: string | null;
  /** As it is sent. */
  text: string;
  /** When it was approved. */
  at: Date;
  version: number;
};
