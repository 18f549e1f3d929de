// SPDX-License-Identifier: Apache-2.0
// What every client of this folder shares: its arguments, and when it counts as failed.
//
//   node NAME.mjs BASE_URL KEY      BASE_URL without a slash at its end: http://127.0.0.1:8080
//
// Each sends the events that its text names, with ids and times that never change, so that whoever runs it can
// say what must have come; it exits 0 where the real client library says that all were taken.

export function addressed() {
  const [base, key] = process.argv.slice(2);
  if (!base || !key) {
    console.error(`usage: node ${process.argv[1]} BASE_URL KEY`);
    process.exit(2);
  }
  // Why: some libraries report what failed nowhere but here.
  process.on('unhandledRejection', (reason) => failed(reason));
  return { base: base.replace(/\/$/, ''), key };
}

export function failed(why) {
  console.error(String(why?.stack ?? why));
  process.exit(1);
}

export function done(count) {
  console.log(`${count} events taken`);
  process.exit(0);
}
