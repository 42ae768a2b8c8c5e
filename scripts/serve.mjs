// Runs server.ts as a child that ends with us, and waits until it is fit to serve.
import { spawn } from "node:child_process";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./settings.mjs";
import { setupError } from "./setup-error.mjs";

/**
 * Starts the server in a process group of its own: Ctrl-C reaches it once, through us, and never cuts an answer short.
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv, output?: "inherit" | number }} [options]
 */
export function startServer({ args = [], env = process.env, output = "inherit" } = {}) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", path.join(root, "scripts/parent.mjs"), "server.ts", ...args],
    {
      cwd: root,
      env: { NODE_ENV: args.includes("--dev") ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: ["ignore", output, output, "ipc"],
      detached: true,
    },
  );
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  return { child, ended };
}

/** Waits for `GET /readyz` to answer 200. @param {{ host: string, port: number }} address @param {Promise<unknown>} ended
 * @param {number} [limitSeconds] */
export async function untilReady({ host, port }, ended, limitSeconds = 90) {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const deadline = performance.now() + limitSeconds * 1000;
  while (performance.now() < deadline) {
    if (over)
      throw setupError(
        "서버가 시작하다가 끝났습니다. 위의 기록을 보십시오.",
        "The server ended while starting: see above.",
      );
    if ((await ask(host, port)) === 200) return;
    await sleep(50);
  }
  throw setupError(
    `서버가 ${limitSeconds}초가 지나도록 준비되지 않았습니다 (/readyz).`,
    `The server was not ready (/readyz) within ${limitSeconds} s.`,
  );
}

/** The address that a client on this machine uses. @param {string} host */
export const reachableHost = (host) => (host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host);

function ask(host, port) {
  return new Promise((resolve) => {
    const request = http.get({ host: reachableHost(host), port, path: "/readyz", timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(0));
  });
}

/** Ends a server: politely, after `graceSeconds` for good. @param {ReturnType<typeof startServer>} server */
export async function endServer(server, signal = "SIGTERM", graceSeconds = 20) {
  server.child.kill(signal);
  const timer = setTimeout(() => server.child.kill("SIGKILL"), graceSeconds * 1000);
  const result = await server.ended;
  clearTimeout(timer);
  return result;
}
