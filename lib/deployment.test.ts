import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from './server/config';

// Dockerfile, compose.yaml, nginx.conf and docs/deployment.md agree with each other and with the code. What
// becomes of the Dockerfile is tested by e2e/api/image.test.ts.

const path = (file: string) => join(import.meta.dirname, '..', file);
const read = (file: string) => readFileSync(path(file), 'utf8');

const dockerfile = read('Dockerfile');
const volume = /^VOLUME (.+)$/m.exec(dockerfile)?.[1];
const settings = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
// In seconds: runs, and as lib/server/shutdown.ts says, what is written down and a last look.
const longestStop = readConfig({}).shutdownGraceMs / 1000 + 25;

describe('the Dockerfile', () => {
  it('builds and runs on the same Node, which the code can run on', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toHaveLength(2);
    expect(bases[1]).toBe(bases[0]);
    const { engines } = JSON.parse(read('package.json'));
    const oldest = Number(/^>=(\d+)/.exec(engines.node)?.[1]);
    expect(Number(/^node:(\d+)-/.exec(bases[0] ?? '')?.[1])).toBeGreaterThanOrEqual(oldest);
  });

  it('has no setting in its layers but where the volume is', () => {
    const named = settings.filter((name) => new RegExp(`\\b${name}=`).test(dockerfile));
    expect(named.filter((name) => !['DATA_DIR', 'PORT', 'HOSTNAME'].includes(name ?? ''))).toEqual(
      [],
    );
    expect(dockerfile).not.toMatch(/^ARG/m);
    expect(read('.dockerignore')).toMatch(/^\*\*$/m);
    expect(read('.dockerignore')).not.toMatch(/^!.*\.env/m);
  });

  it('starts the server itself, as a user that has a number', () => {
    expect(dockerfile).toMatch(/^USER 10001:10001$/m);
    expect(dockerfile).toMatch(/^CMD \["env", "HOSTNAME=0\.0\.0\.0", "node", .*"server\.js"\]$/m);
  });
});

interface Service {
  build?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  networks?: Record<string, { aliases?: string[]; ipv4_address?: string } | null>;
  depends_on?: Record<string, object> | string[];
  ports?: string[];
  read_only?: boolean;
  stop_grace_period?: string;
}

describe('compose.yaml', () => {
  const compose: {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
    networks: Record<
      string,
      { internal?: boolean; ipam?: { config: { subnet: string; ip_range: string }[] } }
    >;
  } = parse(read('compose.yaml'), { merge: true });
  const services = Object.values(compose.services);
  const servers = services.filter(({ build }) => build);
  const { nginx, database } = compose.services;
  const namesOf = (list: object = {}) => (Array.isArray(list) ? list : Object.keys(list));

  it('names what is there', () => {
    for (const service of services) {
      for (const name of namesOf(service.depends_on)) {
        expect(Object.keys(compose.services)).toContain(name);
      }
      for (const name of namesOf(service.networks)) {
        expect(Object.keys(compose.networks)).toContain(name);
      }
      for (const mount of service.volumes ?? []) {
        const [source = ''] = mount.split(':');
        if (source.startsWith('.')) expect(existsSync(path(source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
    const used = services.flatMap(({ volumes = [] }) =>
      volumes.map((mount) => mount.split(':')[0]),
    );
    expect(used).toEqual(expect.arrayContaining(Object.keys(compose.volumes)));
  });

  it('runs two servers alike, with a volume, a database and time to stop', () => {
    expect(servers).toHaveLength(2);
    expect(servers[0]).toEqual(servers[1]);
    for (const server of servers) {
      expect(server.build).toBe('.');
      expect(server.read_only).toBe(true);
      expect(Number.parseInt(server.stop_grace_period ?? '', 10)).toBeGreaterThan(longestStop);
      expect(server.volumes?.map((mount) => mount.split(':')[1])).toContain(volume);
      expect(server.environment?.DATA_DIR).toBe(volume);
      expect(settings).toEqual(expect.arrayContaining(Object.keys(server.environment ?? {})));
    }
  });

  it('gives the database to the servers alone, under one password', () => {
    const { POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB } = database?.environment ?? {};
    const url = `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@database/${POSTGRES_DB}`;
    for (const server of servers) expect(server.environment?.DATABASE_URL).toBe(url);
    const [store = '', ...others] = namesOf(database?.networks);
    expect(others).toEqual([]);
    expect(compose.networks[store]?.internal).toBe(true);
    expect(services.filter(({ networks }) => namesOf(networks).includes(store))).toEqual([
      ...servers,
      database,
    ]);
    expect(POSTGRES_PASSWORD).toMatch(/^\$\{\w+:\?/);
  });

  it('lets nobody in but through nginx, and believes nginx alone', () => {
    const [name = ''] = namesOf(nginx?.networks);
    const address = nginx?.networks?.[name]?.ipv4_address ?? '';
    expect(services.filter(({ ports }) => ports)).toEqual([nginx]);
    const lists = (key: 'subnet' | 'ip_range') => {
      const [network = '', bits] = compose.networks[name]?.ipam?.config[0]?.[key].split('/') ?? [];
      const list = new BlockList();
      list.addSubnet(network, Number(bits));
      return list;
    };
    expect(lists('subnet').check(address)).toBe(true);
    // Otherwise a server that starts first could get it.
    expect(lists('ip_range').check(address)).toBe(false);
    for (const server of servers) {
      expect(server.environment?.TRUSTED_PROXIES).toBe(address);
      const alias = server.networks?.[name]?.aliases?.[0];
      expect(read('docs/nginx.conf')).toContain(`http://${alias}:${server.environment?.PORT};`);
    }
  });
});

describe('docs/deployment.md', () => {
  const page = read('docs/deployment.md');
  const example = /<!-- example: kubernetes.yaml -->\n```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const [deployment, policy] = parseAllDocuments(example).map((document) => document.toJS());

  it('links to files that exist', () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(existsSync(path(join('docs', link)))).toBe(true);
  });

  it('runs one pod at a time, with time to stop, as the user of the image', () => {
    const { replicas, strategy, template } = deployment.spec;
    expect([replicas, strategy.type]).toEqual([1, 'Recreate']);
    const { spec } = template;
    const [server] = spec.containers;
    const pause = server.lifecycle.preStop.sleep.seconds;
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(pause + longestStop);
    expect(dockerfile).toContain(`USER ${spec.securityContext.runAsUser}:`);
    expect(server.securityContext.readOnlyRootFilesystem).toBe(true);
    expect(server.volumeMounts[0].mountPath).toBe(volume);
    expect(spec.volumes[0].name).toBe(server.volumeMounts[0].name);
  });

  it('asks addresses that are there, on the port of the image', () => {
    const [server] = deployment.spec.template.spec.containers;
    const ports = [server.ports[0].containerPort, policy.spec.ingress[0].ports[0].port];
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { path: address, port } = server[probe].httpGet;
      expect(existsSync(path(`app${address}/route.ts`))).toBe(true);
      ports.push(port);
    }
    expect(new Set(ports)).toEqual(new Set([Number(/PORT=(\d+)/.exec(dockerfile)?.[1])]));
    expect(policy.spec.podSelector).toEqual(deployment.spec.selector);
  });
});

describe('the packages that come along with the server', () => {
  const allowed = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];
  // Linked dynamically; data that wants its author named.
  const withNotice = { 'LGPL-3.0-or-later': /^@img\/sharp-/, 'CC-BY-4.0': /^caniuse-lite$/ };

  it('have licences that allow it', () => {
    const sbom: {
      components: {
        name: string;
        version: string;
        properties: { name: string; value: string }[];
        licenses?: ({ license: { id?: string; name?: string } } | { expression: string })[];
      }[];
    } = JSON.parse(
      execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
        cwd: path('.'),
        encoding: 'utf8',
      }),
    );
    const isDev = (properties: { name: string; value: string }[]) =>
      properties.some(({ name }) => name === 'cdx:npm:package:development');
    const shipped = sbom.components.filter(({ properties }) => !isDev(properties));
    const names = shipped.map(({ name }) => name);
    const { dependencies } = JSON.parse(read('package.json'));
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    const wrong = shipped.filter(({ name, licenses = [] }) => {
      const found = licenses.flatMap((one) =>
        'expression' in one ? one.expression.split(' AND ') : [one.license.id ?? ''],
      );
      const fits = (licence: string) =>
        allowed.includes(licence) ||
        Object.entries(withNotice).some(([id, who]) => id === licence && who.test(name));
      return found.length === 0 || !found.every(fits);
    });
    expect(wrong.map(({ name, version }) => `${name}@${version}`)).toEqual([]);
  });
});
