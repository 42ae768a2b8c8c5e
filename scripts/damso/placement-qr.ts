// qr: the code of a place as a file, as its newest version says, read back before it is written.
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { OperatorActor } from "@/lib/auth/actor";
import { Refused } from "@/lib/errors";
import { sentence } from "@/lib/messages";
import { logoOf, qrFile } from "@/lib/placements/qr-file";
import { listQrVersions, usualVersion } from "@/lib/placements/queries/get-qr";
import { qrAddress } from "@/lib/placements/rules";
import type { PlacementRow } from "@/lib/placements/schema";
import { qrFileSchema } from "@/lib/placements/schema/qr";
import { setupError } from "../setup-error.mjs";

type Options = { out: string; px: string; version?: string };

/** @returns file, what it says, version and bytes. @throws SetupError where it cannot be read */
export async function writePlacementQr(
  actor: OperatorActor,
  placement: PlacementRow,
  options: Options,
  origin: string,
) {
  const asked = qrFileSchema.safeParse({
    format: path.extname(options.out).slice(1).toLowerCase(),
    px: options.px,
    ...(options.version === undefined ? {} : { number: options.version }),
  });
  if (!asked.success)
    throw setupError(
      "--out은 .svg, .png, .pdf로 끝나고 --px는 120에서 4000 사이입니다.",
      "--out must end in .svg, .png or .pdf; --px is from 120 to 4000.",
    );
  const { format, px, number } = asked.data;
  const versions = await listQrVersions(actor, placement.id);
  const usual = usualVersion(placement.createdAt);
  const version =
    number === undefined ? (versions[0] ?? usual) : [...versions, usual].find((one) => one.number === number);
  if (!version) throw setupError(`${number}판은 없습니다.`, `There is no version ${number}.`);
  const address = qrAddress(origin, placement.code);
  try {
    const logo = await logoOf(version.logoFile, version.level);
    const source = { address, title: placement.name, settings: version, at: version.at, logo };
    const { bytes } = await qrFile(source, format, px);
    writeFileSync(options.out, bytes);
    return { file: options.out, text: address, version: version.number, bytes: bytes.byteLength };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw setupError(sentence(error.key, "ko", error.values), sentence(error.key, "en", error.values));
  }
}
