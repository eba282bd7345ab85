/** Builds the application before tests that run what was built; nothing is done where its sources are unchanged. */
import { ensureBuild } from '../../scripts/setup/compile.mjs';

export const setup = (): Promise<void> => ensureBuild();
