/** Why a file is refused; each has a sentence in messages/<locale>/channels.json under `file`. */
export const fileRefusals = [
  "empty",
  "extension",
  "double-extension",
  "mismatch",
  "declared-type",
  "damaged",
  "active-content",
  "too-many-pixels",
  "too-many-frames",
  "picture-size",
  "archive-size",
  "archive-entries",
  "archive-names",
  "archive-nested",
  "encrypted",
  "macro",
] as const;
export type FileRefusal = (typeof fileRefusals)[number];

/** A file that is not kept, with its reason. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  constructor(readonly code: FileRefusal) {
    super(code);
  }
}
