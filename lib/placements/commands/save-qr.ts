import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { env } from "@/lib/env";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { qrMatrix } from "@/lib/qr";
import { logoOf, qrFile, qrHash } from "../qr-file";
import { logoNow } from "../queries/get-qr";
import { assertNotRetired, qrAddress } from "../rules";
import { assertQrReads } from "../rules/qr-settings";
import type { SaveQr } from "../schema/qr";

/**
 * Keeps how a place's QR looks as its next version; every earlier one stays and can be printed again.
 * Drawn and read back first: settings that do not read are never kept.
 * @throws NotFound, Conflict when another version came meanwhile, Refused beside the field that keeps it from being read
 */
export function saveQr(actor: Actor, input: SaveQr): Promise<number> {
  const { placementId, number: seen, ...settings } = input;
  return change(actor, "placement:edit", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    await tx.$queryRaw`SELECT 1 FROM placements WHERE id = ${placementId}::uuid FOR NO KEY UPDATE`;
    const placement = await tx.placement.findUnique({
      where: { id: placementId },
      include: { retirement: true, qrs: { orderBy: { number: "desc" }, take: 1 } },
    });
    if (!placement) throw new NotFound();
    assertNotRetired({ retiredAt: placement.retirement?.at ?? null });
    if (placement.mode === "direct") throw new Refused("placements.qrs.fault.direct");
    const last = placement.qrs[0];
    if ((last?.number ?? 0) !== seen) throw new Conflict();
    const address = qrAddress(env().DAMSO_URL, placement.code);
    assertQrReads(settings, qrMatrix(address, settings.level).size);
    const logo = settings.logo ? await logoNow(tx) : null;
    if (settings.logo && !logo) throw new Refused("placements.qrs.fault.noLogo", "logo");
    const picture = await logoOf(logo && { id: logo.fileId, sha256: logo.sha256 }, settings.level);
    const at = new Date();
    await qrFile({ address, title: placement.code, settings, at, logo: picture }, "svg", 0);
    const sha256 = qrHash(address, settings, logo?.sha256 ?? "");
    if (last?.sha256 === sha256) throw new Refused("placements.qrs.same");
    const { logo: _logo, ...kept } = settings;
    const number = seen + 1;
    await tx.placementQr.create({
      data: { ...kept, organizationId, placementId, number, logoId: logo?.id ?? null, sha256, personId, at },
    });
    await record({
      action: "placement.qr-saved",
      target: { kind: "placement", id: placementId },
      body: { number, sha256, level: settings.level, sideMm: settings.sideMm, logo: logo?.sha256 ?? "" },
    });
    return number;
  });
}
