/** The release workflow runs on machines that are not here: what can be known of it without them. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const { load } = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };
const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');

interface Step {
  uses?: string;
  run?: string;
  name?: string;
  'continue-on-error'?: unknown;
}
interface Workflow {
  on: { push: { tags: string[] } };
  permissions: Record<string, string>;
  jobs: {
    packages: { strategy: { matrix: { include: Record<string, string>[] } }; steps: Step[] };
    draft: { permissions: Record<string, string>; steps: Step[] };
  };
}

const workflow = load(read('.github/workflows/release.yml')) as Workflow;
const builder = load(read('build/package/electron-builder.yml')) as Record<
  'linux' | 'win' | 'mac',
  { target: { target: string; arch: string }[] }
> & {
  electronFuses: Record<string, boolean>;
};
const { packages, draft } = workflow.jobs;
const commands = packages.steps.flatMap(({ run }) => run?.split('\n') ?? []).join('\n');

describe('the release workflow', () => {
  it('starts by a tag and may write nothing but the draft of a release', () => {
    expect(workflow.on.push.tags).toEqual(['v*']);
    expect([workflow.permissions, draft.permissions]).toEqual([{ contents: 'read' }, { contents: 'write' }]);
  });

  it('runs on the three systems, and asks Windows and macOS for their own provider', () => {
    expect(packages.strategy.matrix.include.map(({ runner, provider }) => [runner, provider])).toEqual([
      ['ubuntu-24.04', undefined],
      ['windows-2025', 'dml'],
      ['macos-14', 'coreml'],
    ]);
  });

  it('runs only scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...commands.matchAll(/npm (?:run )?(?!ci)([a-z][a-z:]*)/g)].map(([, script]) => script!);
    expect(new Set(named)).toEqual(new Set(['test', 'package', 'journeys', 'package:check']));
    for (const script of named) {
      const file = scripts[script]?.split(' ')[2];
      expect(file !== undefined && existsSync(root + file), `${script}: ${file ?? 'no such script'}`).toBe(true);
    }
  });

  it('tests, then packs, then looks at what it packed before it hands it on', () => {
    const at = (command: string): number => packages.steps.findIndex(({ run, uses }) => (run ?? uses ?? '').includes(command));
    const order = ['npm ci', 'npm test', '--for-tests', 'npm run package:check -- --built', 'actions/upload-artifact'].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('hands on each kind of package that is built', () => {
    const suffix: Record<string, string> = { AppImage: 'AppImage', deb: 'deb', nsis: 'exe', dmg: 'dmg', zip: 'zip' };
    const kinds = [builder.linux, builder.win, builder.mac].flatMap(({ target }) => target.map((one) => suffix[one.target]!));
    const { path } = (packages.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact')) as { with: { path: string } }).with;
    expect(path.trim().split('\n').sort()).toEqual(kinds.map((kind) => `dist/*.${kind}`).sort());
  });

  it('lets nothing pass that fails, but DirectML where there is no graphics processor', () => {
    const lenient = packages.steps.filter((step) => step['continue-on-error'] !== undefined);
    expect(lenient.map((step) => step['continue-on-error'])).toEqual(["${{ matrix.provider == 'dml' }}"]);
  });
});
