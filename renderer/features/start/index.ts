/** What the window shows while no workbook is open: the sample company, a workbook that exists, or a new one. */
export { StartScreen } from './start-screen';
