// The least that Next can answer per request: one sentence, made anew each time.
import { connection } from "next/server";

export default async function Page() {
  await connection();
  return <p>{new Date().toISOString()}</p>;
}
