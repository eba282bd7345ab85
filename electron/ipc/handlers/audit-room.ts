/** Serves the auditor's room. */
import type { auditRoomContract } from '@shared/contract/audit-room';
import { done } from '@shared/domain/outcome';
import { createAuditorFile, listAuditorFiles, usualFileName, withAuditorFile } from '../../services/audit-room/auditor-file';
import { runCutOffTest } from '../../services/audit-room/cut-off';
import { drawSample, planSample } from '../../services/audit-room/draw';
import { replayForAuditor } from '../../services/audit-room/replay-told';
import { listSamples } from '../../services/audit-room/read';
import { judgeCutOffItem, keepCutOffTest, keptCutOff, keptCutOffsOf } from '../../services/audit-room/kept-cut-off';
import { keptSample, repeatKeptSample } from '../../services/audit-room/kept-sample';
import { verifyAuditorFile } from '../../services/audit-room/trail';
import { changeSample } from '../../services/audit-room/work';
import { saveWorkingPaper } from '../../services/audit-room/working-paper';
import type { Handlers } from '../session';

export const auditRoomHandlers: Handlers<typeof auditRoomContract> = {
  'auditRoom:files': async (context) => done({ files: await listAuditorFiles(context), usualName: usualFileName(context.workbook.originPath) }),
  'auditRoom:create': (context, input) => createAuditorFile(context, input),
  'auditRoom:verify': async (context, { file }) => {
    const read = await withAuditorFile(context, file, 'read', verifyAuditorFile);
    return read.ok ? done({ ...read.value, findings: [...read.value.findings] }) : read;
  },
  'samples:plan': ({ workbook }, { periodId, terms }) => planSample(workbook, periodId, terms),
  'samples:draw': (context, request) => drawSample(context, request),
  'samples:list': (context, { file }) => withAuditorFile(context, file, 'read', listSamples),
  'samples:read': (context, { file, sampleId }) => keptSample(context, file, sampleId),
  'samples:repeat': (context, { file, sampleId }) => repeatKeptSample(context, file, sampleId),
  'samples:change': (context, request) => changeSample(context, request),
  'samples:save': (context, request) => saveWorkingPaper(context, request),
  'auditRoom:replay': (context, request) => replayForAuditor(context, request),
  'cutOff:test': ({ workbook }, { periodId, count }) => runCutOffTest(workbook, periodId, count),
  'cutOff:keep': (context, request) => keepCutOffTest(context, request),
  'cutOff:kept': (context, { file }) => keptCutOffsOf(context, file),
  'cutOff:read': (context, { file, cutOffTestId }) => keptCutOff(context, file, cutOffTestId),
  'cutOff:judge': (context, request) => judgeCutOffItem(context, request),
};
