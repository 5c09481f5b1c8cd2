// The npm package `emulate` as Slack, on free ports of 127.0.0.1: `node serve.mjs SEED.json`. Ends when its stdin does.
//
// A witness stands before it, since it shows nobody what it was asked, what only one person sees, and which modals were opened.
// stdout: the address of the witness, then a line of JSON for each call, in the order in which they were answered.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createEmulator } from "emulate";

const HOST = "127.0.0.1";

const seed = JSON.parse(readFileSync(process.argv[2], "utf8"));
const emulator = await createEmulator({ service: "slack", port: 0, hostname: HOST, seed });
const behind = `http://${HOST}:${new URL(emulator.url).port}`;

const witness = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString("utf8");
  const { authorization = "", "content-type": type = "" } = request.headers;
  const answer = await fetch(behind + request.url, { method: "POST", headers: { authorization, "content-type": type }, body });
  const text = await answer.text();
  const given = type.startsWith("application/json") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  const error = answer.ok ? (JSON.parse(text).error ?? "") : String(answer.status);
  const told = { method: request.url.split("/").pop(), token: authorization.split(" ").pop(), given, error };
  process.stdout.write(JSON.stringify(told) + "\n");
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") }).end(text);
});
witness.listen(0, HOST, () => process.stdout.write(`http://${HOST}:${witness.address().port}/api/\n`));
process.stdin.on("end", () => process.exit(0)).resume();
