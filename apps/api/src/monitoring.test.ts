import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Metrics } from './platform/metrics.ts';
import { HashPool } from './platform/passwords/hash-pool.ts';

const docs = join(import.meta.dirname, '../../../docs');
const folder = join(docs, 'deploy/monitoring');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook_url: string };
}

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

const alerts: Rule[] = parse(read('alerts.yaml')).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);
const panels: Panel[] = JSON.parse(read('dashboard.json')).panels;

const expressions: [where: string, expr: string][] = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

/** Grafana's variable for a span of time is none of PromQL. */
const promql = (expr: string): string => expr.replaceAll('[$__rate_interval]', '[5m]');

/** The nodes of one kind, with their text. */
function nodesOf(expr: string, kind: string): string[] {
  const found: string[] = [];
  parser.parse(promql(expr)).iterate({
    enter: ({ name, from, to }) => {
      if (name === kind) found.push(promql(expr).slice(from, to));
    },
  });
  return found;
}

/** All that `/metrics` can have, on either database, with Redis and backups, by name with its labels. */
async function exposed(): Promise<Map<string, Set<string>>> {
  const metrics = new Metrics();
  metrics.tellBuild({ version: '0', build: 'source', schema: '0' });
  metrics.watchPool(() => ({ total: 0, idle: 0, waiting: 0 }));
  metrics.watchRedis(() => true);
  metrics.watchDoor({ size: 0 });
  metrics.watchHashPool(new HashPool());
  metrics.watchMail(async () => 0);
  metrics.watchSealing(async () => 0);
  metrics.watchBackups(async () => 0);
  metrics.observeRequest({ method: 'GET', route: '/', status: 200, seconds: 0 });
  metrics.observeChore({ name: 'one', outcome: 'done', rows: 0, seconds: 0 });
  metrics.countMail('delivered');
  metrics.countSignIn('authenticated');
  metrics.countShedSignIn('full');
  metrics.countDroppedEvent('sso.sign_in_failed');
  metrics.hashPoolObserver.waited('password', 0);
  metrics.hashPoolObserver.shed('password');
  const found = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of (await metrics.text()).matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = found.get(name) ?? new Set(['job', 'instance', 'process']);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    found.set(name, known);
  }
  // Prometheus's own, of each scrape.
  return found.set('up', new Set(['job', 'instance']));
}

describe('dashboard and alerts', () => {
  test.each(expressions)('%s: %s is PromQL', (_, expr) => {
    expect(nodesOf(expr, '⚠')).toEqual([]);
  });

  test('name only metrics and labels that the product has', async () => {
    const known = await exposed();
    expect(expressions.length).toBeGreaterThan(40);
    const faults = expressions.flatMap(([where, expr]) => {
      const names = nodesOf(expr, 'VectorSelector').map((selector) => /^\w+/.exec(selector)?.[0] ?? selector);
      const labels = nodesOf(expr, 'LabelName');
      expect(names, where).not.toEqual([]);
      return [
        ...names.filter((name) => !known.has(name)).map((name) => `${where}: ${name}`),
        ...labels
          .filter((label) => !names.some((name) => known.get(name)?.has(label)))
          .map((label) => `${where}: label ${label}`),
      ];
    });
    expect(faults).toEqual([]);
  });

  test('each metric of ours is looked at by one of them', async () => {
    const all = expressions.map(([, expr]) => expr).join('\n');
    const bare = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');
    const ours = [...(await exposed()).keys()].filter((name) => name.startsWith('sallyport_')).map(bare);
    expect([...new Set(ours)].filter((name) => !all.includes(name))).toEqual([]);
  });

  test('each alert has its part of the runbook, which it links, and its test', () => {
    const book = readFileSync(join(docs, 'operators/alerts.md'), 'utf8');
    const sections = [...book.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts) {
      expect(annotations.runbook_url).toMatch(new RegExp(`/operators/alerts\\.md#${alert.toLowerCase()}$`));
    }
    type Case = { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] };
    const [quiet, wrong] = (parse(read('alerts.test.yaml')).tests as Case[]).map((one) => one.alert_rule_test);
    const names = alerts.map(({ alert }) => alert);
    expect(quiet?.map(({ alertname }) => alertname)).toEqual(names);
    expect(quiet?.filter(({ exp_alerts }) => exp_alerts)).toEqual([]);
    expect(wrong?.filter(({ exp_alerts }) => exp_alerts?.length === 1).map(({ alertname }) => alertname)).toEqual(
      names,
    );
  });
});

const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });

describe.skipIf(promtool('--version').status !== 0)('promtool (skipped where there is none)', () => {
  test('each alert fires on what it is for, and none in a quiet hour', { timeout: 60_000 }, () => {
    for (const args of [
      ['check', 'rules', 'alerts.yaml'],
      ['test', 'rules', 'alerts.test.yaml'],
    ]) {
      const { status, stdout, stderr } = promtool(...args);
      expect(status, stdout + stderr).toBe(0);
    }
  });
});
