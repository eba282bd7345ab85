/** Lock: what holds, what will be sealed, the signature; and verification of workbook and journal files. */
import type { ScreenDefinition } from '../../app/screens';
import { LockScreen } from './lock-screen';

export const lockScreen: ScreenDefinition = {
  id: 'lock',
  title: 'Lock',
  component: LockScreen,
  command: 'step.lock',
  alsoOpenedBy: {
    'lock.period': { view: 'lock' },
    'pack.make': { view: 'makePack' },
    'verify.workbook': { view: 'verifyWorkbook' },
    'verify.file': { view: 'verifyFile' },
  },
};
