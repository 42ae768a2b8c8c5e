import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { usualQr } from "../rules/qr-settings";
import type { QrVersion } from "../schema/qr";

type Found = Omit<QrVersion, "logo" | "logoFile"> & {
  placementId: string;
  logoFileId: string | null;
  logoSha256: string;
  logoBytes: number;
};

const selected = Prisma.sql`SELECT q.placement_id AS "placementId", q.number, q.level, q.quiet, q.dark, q.light, q.side_mm AS "sideMm",
    q.distance_cm AS "distanceCm", q.caption_ko AS "captionKo", q.caption_en AS "captionEn", q.sha256, q.at, w.name AS "personName",
    l.file_id AS "logoFileId", l.sha256 AS "logoSha256", l.bytes AS "logoBytes"
  FROM placement_qrs q LEFT JOIN persons w ON w.id = q.person_id LEFT JOIN consult_symbols l ON l.id = q.logo_id`;

/** Versions of how a place's QR looks, newest first. */
export function listQrVersions(actor: Actor, placementId: string): Promise<QrVersion[]> {
  return read(actor, "placement:read", (tx) => qrVersions(tx, placementId));
}

export async function qrVersions(tx: Tx, placementId: string): Promise<QrVersion[]> {
  const found = await tx.$queryRaw<Found[]>`${selected}
    WHERE q.placement_id = ${placementId}::uuid ORDER BY q.number DESC LIMIT 100`;
  return found.map(versionOf);
}

/** The versions with which an order's places are printed, by place. */
export async function qrsOfPrint(tx: Tx, batchId: string): Promise<Map<string, QrVersion>> {
  const found = await tx.$queryRaw<Found[]>`${selected}
    JOIN print_batch_items i ON i.placement_id = q.placement_id AND i.qr_number = q.number WHERE i.batch_id = ${batchId}::uuid`;
  return new Map(found.map((row) => [row.placementId, versionOf(row)]));
}

function versionOf({ placementId: _placementId, logoFileId, logoSha256, logoBytes, ...row }: Found): QrVersion {
  return {
    ...row,
    logo: logoFileId !== null,
    logoFile: logoFileId === null ? null : { id: logoFileId, sha256: logoSha256, bytes: logoBytes },
  };
}

/** What a place's QR looks like where nobody chose anything. @param since when the place was made: the same file for ever */
export function usualVersion(since: Date): QrVersion {
  return { ...usualQr, number: 0, at: since, personName: null, sha256: "", logoFile: null };
}

/** The company's logo for the middle of codes, or null. */
export function currentLogo(actor: Actor): Promise<{ id: string; fileId: string; sha256: string } | null> {
  return read(actor, "placement:read", logoNow);
}

export async function logoNow(tx: Tx): Promise<{ id: string; fileId: string; sha256: string } | null> {
  const [newest] = await tx.consultSymbol.findMany({
    where: { kind: "logo" },
    orderBy: { number: "desc" },
    take: 1,
    include: { withdrawal: true },
  });
  return newest && !newest.withdrawal ? { id: newest.id, fileId: newest.fileId, sha256: newest.sha256 } : null;
}
