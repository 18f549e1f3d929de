// An installation of the program's own for the tests of its pages: the demo, its promises, one person for each
// role, and the server on a free port of the loopback.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SOURCE = process.env.HANDSLAG_SOURCE_DIR ?? fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = process.env.HANDSLAG ?? join(SOURCE, 'build', 'handslag');
export const PASSWORD = 'grön häst går hem';
export const ROLES = ['front_line', 'owner', 'analyst', 'steward', 'leader', 'administrator'];

export class Installation {
  /** `isBare`: nothing in it and nobody, as at the very first start. */
  constructor({ customers = 1000, isBare = false } = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'handslag-pages-'));
    this.data = join(this.folder, 'data');
    this.isBare = isBare;
    if (isBare) return;
    this.run('demo', '--data', this.data, '--customers', String(customers));
    const pack = join(SOURCE, 'packs', 'telecom');
    const promises = readdirSync(pack).filter((it) => it.endsWith('.promise'));
    this.run(
      '--data',
      this.data,
      'promise',
      'publish',
      ...promises.map((it) => join(pack, it)),
      '--why',
      'demo',
    );
    for (const it of ['types', 'units'])
      this.run('--data', this.data, 'settings', 'put', join(pack, `${it}.toml`));
    for (const role of ROLES) this.person(role, role);
    this.person('everybody', ...ROLES);
    this.person('service_leader', 'leader:service');
    this.person('demo', 'front_line', 'owner', 'analyst', 'steward', 'leader');
    this.key = this.run(
      '--data',
      this.data,
      'key',
      'add',
      'shop',
      '--source',
      'shop',
      '--scope',
      'events.send',
    ).trim();
  }

  run(...words) {
    return execFileSync(PROGRAM, words, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  }

  person(login, ...roles) {
    const options = roles.flatMap((it) => ['--role', it]);
    execFileSync(PROGRAM, ['--data', this.data, 'person', 'add', login, ...options], {
      input: `${PASSWORD}\n`,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** On the port that it had before, where it had one: below those that the system hands out (net.ipv4.ip_local_port_range),
   *  so that no other program's connection takes it while this one is stopped. */
  async start() {
    for (let left = 20; ; left -= 1) {
      const port = this.port ?? 20_000 + Math.floor(Math.random() * 10_000);
      const said = await this.serve(port);
      if (!said) return this;
      if (left === 0 || !/listen|lyssna|in use/i.test(said)) throw new Error(`the server ended: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** What it said against it; nothing when it answers. */
  async serve(port) {
    this.process = spawn(PROGRAM, ['--data', this.data, 'serve', '--listen', `127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    this.process.stderr.on('data', (part) => (said = (said + part).slice(-4000)));
    const ended = new Promise((resolve) => this.process.once('close', resolve));
    const lines = createInterface({ input: this.process.stdout });
    for await (const line of lines) {
      const found = /http:\/\/127\.0\.0\.1:(\d+)(\/setup#\S+)?/.exec(line);
      if (!found) continue;
      this.port = Number(found[1]);
      this.url = `http://127.0.0.1:${this.port}`;
      this.setup = found[2];
      if (this.setup || !this.isBare) return '';
    }
    await ended;
    return said || 'it said nothing';
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }

  /** Sends events as a system does, with a key. */
  async send(events) {
    const answer = await fetch(`${this.url}/v1/events`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.key}` },
      body: JSON.stringify(events),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  /** What somebody else does meanwhile: `(method, path, body)` as this person, through a session of its own. */
  async as(login) {
    const json = { 'Content-Type': 'application/json' };
    const door = await fetch(`${this.url}/v1/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ login, password: PASSWORD }),
    });
    const headers = {
      ...json,
      Cookie: door.headers.getSetCookie()[0].split(';')[0],
      'X-CSRF-Token': (await door.json()).csrf,
    };
    return async (method, path, body) => {
      const answer = await fetch(this.url + path, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
      return answer.json();
    };
  }

  async remove() {
    if (this.process && this.process.exitCode === null) await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}
