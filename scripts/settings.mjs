// Fills the environment with what .damso/settings.json keeps for this checkout. Given variables always win.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setupError } from "./setup-error.mjs";

export const root = path.resolve(import.meta.dirname, "..");
export const state = path.join(root, ".damso");

/** @param {string} host @returns {boolean} whether a HOST means this machine alone */
export const isLoopback = (host) =>
  host === "localhost" || host === "::1" || (net.isIP(host) === 4 && host.startsWith("127."));

/** Address to listen on. @returns {{ host: string, port: number }} from HOST and PORT */
export function listenAddress() {
  const text = process.env.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw setupError(
      `설정 PORT 값은 1에서 65535 사이의 포트 번호여야 합니다: ${text}`,
      `The setting PORT must be a port number from 1 to 65535: ${text}`,
    );
  }
  return { host: process.env.HOST || "127.0.0.1", port };
}

/**
 * Sets DAMSO_SECRET, DAMSO_KEYRING, DAMSO_FILES, DAMSO_MAIL, HOST and PORT where they are unset.
 * The secret is made once, and only while the server listens on loopback: elsewhere keys are the operator's to keep.
 * @param {{ serving?: boolean }} [options] `serving`: HOST matters
 */
export function loadSettings({ serving = false } = {}) {
  const { host, port } = listenAddress();
  if (serving && !isLoopback(host)) {
    for (const name of ["DAMSO_SECRET", "DAMSO_KEYRING"]) {
      if (process.env[name]) continue;
      throw setupError(
        `HOST가 ${host}이면 설정 ${name} 값을 직접 지정해야 합니다.`,
        `With HOST=${host} the setting ${name} must be given.`,
      );
    }
  }
  const defaults = {
    HOST: host,
    PORT: String(port),
    DAMSO_SECRET: process.env.DAMSO_SECRET || keptSecret(),
    DAMSO_KEYRING: path.join(state, "keyring"),
    DAMSO_FILES: `file:${path.join(state, "files")}`,
    DAMSO_MAIL: path.join(state, "mail"),
  };
  for (const [name, value] of Object.entries(defaults)) process.env[name] ||= value;
  fs.mkdirSync(state, { recursive: true });
  for (const folder of [process.env.DAMSO_KEYRING, process.env.DAMSO_FILES, process.env.DAMSO_MAIL]) {
    if (folder && !folder.startsWith("s3:"))
      fs.mkdirSync(folder.replace(/^file:(\/\/)?/, ""), { recursive: true, mode: 0o700 });
  }
}

function keptSecret() {
  const file = path.join(state, "settings.json");
  const read = () => JSON.parse(fs.readFileSync(file, "utf8")).DAMSO_SECRET;
  if (fs.existsSync(file)) return read();
  fs.mkdirSync(state, { recursive: true });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify({ DAMSO_SECRET: randomBytes(32).toString("base64url") }, null, 2)}\n`, {
    mode: 0o600,
  });
  try {
    fs.linkSync(draft, file); // two first starts at once agree on one secret
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return read();
}
