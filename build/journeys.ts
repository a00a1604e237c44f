/** What Playwright's JSON report says of the journeys. */
import { readFileSync } from 'node:fs';

export interface Journey {
  readonly project: string; // what it ran on
  readonly name: string;
  readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
  readonly why: string; // it was skipped
}

interface Suite {
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: Journey['status'];
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
  readonly suites?: readonly Suite[];
}

/** @returns none where there is no report: Playwright ended before it wrote one */
export function readJourneys(path: string): Journey[] {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { suites: Suite[] }).suites.flatMap(journeysOf);
  } catch {
    return [];
  }
}

function journeysOf({ file, specs, suites = [] }: Suite): Journey[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName, status, annotations }) => ({
      project: projectName,
      name: `${file}: ${title}`,
      status,
      why: annotations.find(({ type }) => type === 'skip')?.description ?? title,
    })),
  );
  return [...own, ...suites.flatMap(journeysOf)];
}
