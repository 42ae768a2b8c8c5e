// The file store on an S3-compatible service: a file is received and synced on this machine, then put whole under its id. Loaded only where
// DAMSO_FILES says s3://bucket/prefix?endpoint=…&region=….
import { createReadStream } from "node:fs";
import path from "node:path";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { env, SettingError } from "@/lib/env";
import type { FileStore } from "@/lib/storage";
import { putDraft, receiveDraft, storedPath } from "@/lib/store-drafts";
import { hour, incoming, leftOverMs, removeOlder, unclaimed } from "@/lib/store-folders";

/** Where a bucket is and what stands before each name in it; see docs/decisions/file-store.md. */
type Place = { bucket: string; prefix: string; endpoint: string | null; region: string };

/** @throws SettingError when it is not s3://bucket/prefix with an http or https endpoint */
export function bucketPlace(setting: string): Place {
  const shape = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?]*))?(?:\?(.*))?$/.exec(setting);
  const asked = new URLSearchParams(shape?.[3] ?? "");
  const endpoint = asked.get("endpoint");
  const unknown = [...asked.keys()].some((key) => key !== "endpoint" && key !== "region");
  const wrong = endpoint !== null && !/^https?:\/\/[^/]+\/?$/.test(endpoint);
  if (!shape?.[1] || unknown || wrong)
    throw new SettingError(
      "DAMSO_FILES",
      "설정 DAMSO_FILES 값은 s3://버킷/경로?endpoint=https://…&region=… 형식이어야 합니다.",
      "The setting DAMSO_FILES must look like s3://bucket/prefix?endpoint=https://…&region=….",
    );
  const prefix = (shape[2] ?? "").replace(/^\/+|\/+$/g, "");
  return {
    bucket: shape[1],
    prefix: prefix === "" ? "" : `${prefix}/`,
    endpoint,
    region: asked.get("region") ?? (endpoint ? "us-east-1" : "ap-northeast-2"),
  };
}

/** @throws SettingError without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY */
export function bucketStore(setting: string): FileStore {
  const place = bucketPlace(setting);
  const { bucket: Bucket, prefix } = place;
  const client = clientOf(place);
  const drafts = path.join(env().DAMSO_SPOOL, "files");
  const keyOf = (id: string) => `${prefix}${storedPath(id)}`;
  const store: FileStore = {
    receive: (source, most, expected = 0) =>
      receiveDraft(path.join(drafts, incoming), source, most, expected, async (id, draft) => {
        await client.send(
          new PutObjectCommand({
            ...{ Bucket, Key: keyOf(id), Body: createReadStream(draft.path), ContentLength: draft.bytes },
            // The service compares what has arrived, and refuses what is not this.
            ChecksumSHA256: Buffer.from(draft.sha256, "hex").toString("base64"),
          }),
        );
      }),
    async putStream(id, source, most) {
      return putDraft(id, await store.receive(source, most));
    },
    async read(id) {
      const Key = keyOf(id);
      const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(nullIfMissing);
      if (head === null) return null;
      return { bytes: head.ContentLength ?? 0, stream: whenAsked(client, Bucket, Key) };
    },
    async remove(id) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(id) }));
    },
    async *names(before) {
      for await (const page of objects(client, Bucket, prefix))
        yield page
          .filter(({ at }) => at < before.getTime())
          .map(({ key }) => key.slice(prefix.length))
          .filter(isNobodysAside);
    },
    async sweep(now, known) {
      const left = await removeOlder(path.join(drafts, incoming), now.getTime() - leftOverMs);
      return { drafts: left, unclaimed: await setAside(client, { Bucket, prefix }, now, known) };
    },
  };
  return store;
}

/** Whether the bucket answers and lets us in. @throws what the service says */
export async function reachBucket(setting: string): Promise<void> {
  const place = bucketPlace(setting);
  await clientOf(place).send(new HeadBucketCommand({ Bucket: place.bucket }));
}

const clients = new Map<string, S3Client>();

function clientOf({ endpoint, region }: Place): S3Client {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env();
  if (!accessKeyId || !secretAccessKey)
    throw new SettingError(
      "AWS_ACCESS_KEY_ID",
      "DAMSO_FILES가 s3://이면 설정 AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY가 있어야 합니다.",
      "With s3:// in DAMSO_FILES the settings AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are needed.",
    );
  const key = JSON.stringify([endpoint, region, accessKeyId]);
  const client =
    clients.get(key) ??
    new S3Client({
      ...{ region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 3 },
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      // Sums only where we name them: not every service knows the newer ones.
      ...{ requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" },
    });
  clients.set(key, client);
  return client;
}

function nullIfMissing(error: unknown): null {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
  throw error;
}

/** Asks for the object at the first byte: an answer nobody reads holds nothing open. */
async function* whenAsked(client: S3Client, Bucket: string, Key: string): AsyncGenerator<Uint8Array> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  if (Body) yield* Body as AsyncIterable<Uint8Array>;
}

type Found = { key: string; at: number };

async function* objects(client: S3Client, Bucket: string, Prefix: string): AsyncGenerator<Found[]> {
  for (let token: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ...(token ? { ContinuationToken: token } : {}) }),
    );
    yield (page.Contents ?? []).map(({ Key = "", LastModified }) => ({ key: Key, at: LastModified?.getTime() ?? 0 }));
    token = page.NextContinuationToken;
    if (!page.IsTruncated || !token) return;
  }
}

const isNobodysAside = (name: string): boolean => !name.startsWith(`${unclaimed}/`);

/** As the folders do it (store-folders.ts): a file without a row is set aside for 30 days before it goes. */
async function setAside(
  client: S3Client,
  { Bucket, prefix }: { Bucket: string; prefix: string },
  now: Date,
  known: (ids: string[]) => Promise<string[]>,
): Promise<number> {
  let moved = 0;
  for await (const page of objects(client, Bucket, prefix)) {
    const aside = page.filter(({ key }) => !isNobodysAside(key.slice(prefix.length)));
    for (const { key } of aside.filter(({ at }) => at < now.getTime() - 30 * 24 * hour))
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    const recent = page.filter(
      ({ key, at }) =>
        isNobodysAside(key.slice(prefix.length)) && at < now.getTime() - leftOverMs && at > now.getTime() - 48 * hour,
    );
    if (recent.length === 0) continue;
    const claimed = new Set(await known(recent.map(({ key }) => path.basename(key))));
    for (const { key } of recent.filter((one) => !claimed.has(path.basename(one.key)))) {
      const aside = `${prefix}${unclaimed}/${path.basename(key)}`;
      await client.send(new CopyObjectCommand({ Bucket, Key: aside, CopySource: encodeURI(`${Bucket}/${key}`) }));
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      moved += 1;
    }
  }
  return moved;
}
