/** `squint packs …`: what packs there are, what is in them, where they come from and how good they are. */
import type { Command } from 'commander';
import { type Host, examples } from '../host.ts';
import { addExport } from './export.ts';
import { addImport } from './import.ts';
import { addInfo } from './info.ts';
import { addJoin } from './join.ts';
import { addList } from './list.ts';
import { addLogits } from './logits.ts';
import { addCalibrate, addEvaluate } from './measure.ts';
import { addVerify } from './verify.ts';

export function addPacks(squint: Command, host: Host): void {
  const group = squint.command('packs').description('Packs: networks with their labels and calibration.').helpCommand(false);
  examples(group, 'squint packs info models/photos', 'squint packs import --help');
  for (const add of [addList, addInfo, addVerify, addImport, addExport, addJoin, addCalibrate, addEvaluate, addLogits]) add(group, host);
}
