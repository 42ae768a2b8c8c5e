// The login role the application works as: owns nothing, a member of the role that the migrations grant rights to.
import { createHash, createHmac } from "node:crypto";

/** NOLOGIN role that migrations grant rights to. */
export const APP_GROUP = "damso_app";

/** Name of the database that a connection URL means: its path, else its user, as PostgreSQL has it. */
export function databaseName(url: string): string {
  const parsed = new URL(url);
  return decodeURIComponent(parsed.pathname.slice(1)) || decodeURIComponent(parsed.username);
}

/** Login role of one database, `damso_app_` and 8 hex digits: roles belong to the whole server, so each database has its own. */
export function appRole(database: string): string {
  return `${APP_GROUP}_${createHash("sha256").update(database).digest("hex").slice(0, 8)}`;
}

/**
 * Connection URL of the application's own role, where DATABASE_APP_URL is not given.
 * @param ownerUrl URL of the migrating owner
 * @param secret DAMSO_SECRET; the password is base64url HMAC-SHA256 of "database:" and the database's name under it
 */
export function appUrl(ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  const database = databaseName(ownerUrl);
  url.username = appRole(database);
  url.password = createHmac("sha256", secret).update(`database:${database}`).digest("base64url");
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}
