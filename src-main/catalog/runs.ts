/** Runs: begun, ended, and those that a crash left open. */
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';
import type { PackKey } from './packs.ts';

export interface RunStart {
  readonly pack: PackKey;
  readonly policy: unknown; // kept as JSON, as the summary is
  readonly provider: string;
  readonly files: number;
}

export interface StoredRun {
  readonly id: number;
  readonly started: number; // milliseconds since 1970
  readonly ended: number | null;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly pack: PackKey;
  readonly policy: unknown;
  readonly provider: string;
  readonly files: number;
  readonly summary: unknown; // null until it ended
}

type RunRow = Omit<StoredRun, 'pack' | 'policy' | 'summary'> & PackKey & { policy: string; summary: string | null };

export function runVerbs(db: DatabaseSync, packId: (pack: PackKey) => number) {
  const begin = new Statement(db, 'insert into runs (started, pack, policy, provider, files) values (?, ?, ?, ?, ?)');
  const note = new Statement(db, 'update runs set files = ?, summary = ? where id = ?');
  const end = new Statement(db, 'update runs set ended = ?, state = ?, files = ?, summary = ? where id = ?');
  const columns = 'runs.id, started, ended, state, digest, preprocessing, policy, provider, files, summary';
  const latest = new Statement<RunRow>(db, `select ${columns} from runs join packs on packs.id = runs.pack order by runs.id desc limit ?`);
  const open = new Statement<RunRow>(
    db,
    `select ${columns} from runs join packs on packs.id = runs.pack where state = 'running' order by runs.id`,
  );
  return {
    beginRun: ({ pack, policy, provider, files }: RunStart): number =>
      begin.run(Date.now(), packId(pack), JSON.stringify(policy), provider, files),
    /** How far it has come, for the case that it is never ended. */
    noteRun(run: number, files: number, summary: unknown): void {
      note.run(files, JSON.stringify(summary), run);
    },
    /** @param files as many as it came to know of */
    endRun(run: number, state: Exclude<StoredRun['state'], 'running'>, files: number, summary: unknown): void {
      end.run(Date.now(), state, files, JSON.stringify(summary ?? null), run);
    },
    /** The latest first. */
    runs: (limit: number): StoredRun[] => latest.all(limit).map(toRun),
    /** Right after opening: those that a crash or power cut ended. */
    unfinishedRuns: (): StoredRun[] => open.all().map(toRun),
  };
}

function toRun({ digest, preprocessing, policy, summary, ...run }: RunRow): StoredRun {
  return { ...run, pack: { digest, preprocessing }, policy: JSON.parse(policy), summary: summary === null ? null : JSON.parse(summary) };
}
