import { knownFileIds } from "@/lib/db/crossings";
import { log } from "@/lib/log";
import { fileStore } from "@/lib/storage";

/** Clears what broken uploads left in the file store: at start and every hour. Safe to run beside uploads and twice at once. */
export async function sweepUploads(now: Date): Promise<{ drafts: number; unclaimed: number }> {
  const swept = await fileStore().sweep(now, knownFileIds);
  if (swept.drafts + swept.unclaimed > 0) log("info", "uploads.swept", swept);
  return swept;
}
